/** When this computer tells of what is due: never outside the hours set here, unless an issue is critical (L10). */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { DEFAULT_HOURS, noticeModes, type NoticeMode } from '../../../shared/domain/notices/due.ts';
import { readWeek, sayWeek } from '../../../shared/domain/sla/hours.ts';
import { isAllowed } from '../../client/browserNotices.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useWhole } from './useWhole.ts';

type Kept = { readonly mode: NoticeMode; readonly hours: string };

const readKept = (values: Readonly<Record<string, unknown>>): Kept => ({
  mode: noticeModes.find(({ key }) => key === values['notices.mode'])?.key ?? 'all',
  hours: typeof values['notices.hours'] === 'string' ? values['notices.hours'] : '',
});

const ABOUT =
  'What is told: SLA steps that are for you, your tasks with a time, your promises of the day, your bookings that will be late. Each once; Today has all of it, and the badge of the app counts what is overdue or due today.';

/** Only where the page itself shows them: a browser asks first, and only after a click. */
const Allow = (): ReactElement | null => {
  const [answer, setAnswer] = useState<NotificationPermission | null>(null);
  if (window.workbenchShell !== undefined || !('Notification' in window) || isAllowed()) return null;
  const isDenied = (answer ?? Notification.permission) === 'denied';
  return (
    <>
      <p className="muted">
        {isDenied
          ? 'This browser was told to show none for this address: they stand in the status bar.'
          : 'They stand in the status bar until this browser may show them.'}
      </p>
      {!isDenied && (
        <div>
          <Button onClick={() => void Notification.requestPermission().then(setAnswer)}>Let this browser show them</Button>
        </div>
      )}
    </>
  );
};

export const NoticesSection = (): ReactElement | null => {
  const asked = useEngine('local.get', { prefix: 'notices.' }, { tables: ['settings'] });
  const [wrong, setWrong] = useState<string | null>(null);
  const write = ({ mode, hours }: Kept): Promise<unknown> =>
    client['local.set']({ values: { 'notices.mode': mode, 'notices.hours': hours } });
  const { value, error, change } = useWhole(asked, asked.data && readKept(asked.data.values), write);
  if (value === undefined) return null;
  const setHours = (text: string): void => {
    const week = readWeek(text);
    const isNone = text.trim() !== '' && (week === null || sayWeek(week) === '');
    setWrong(isNone ? `“${text}” are no hours: write them such as ${DEFAULT_HOURS}` : null);
    if (!isNone) change({ ...value, hours: week === null ? '' : sayWeek(week) });
  };
  return (
    <>
      <h2 className="h3">Notifications</h2>
      <p className="muted">{ABOUT}</p>
      {error !== null && <ErrorBar error={error} />}
      <div className="two">
        <Field label="Notifications">
          {(control) => (
            <Select
              {...control}
              value={value.mode}
              options={noticeModes.map(({ key, label }) => ({ value: key, label }))}
              onChange={(mode) => change({ ...value, mode: noticeModes.find(({ key }) => key === mode)?.key ?? value.mode })}
            />
          )}
        </Field>
        <Field
          label="Working hours"
          help="It is quiet outside them, unless an issue is critical. Empty = those of the company’s calendar."
          error={wrong ?? undefined}
        >
          {(control) => (
            <TextInput {...control} label="Working hours" placeholder={DEFAULT_HOURS} value={value.hours} onCommit={setHours} />
          )}
        </Field>
      </div>
      <Allow />
    </>
  );
};
