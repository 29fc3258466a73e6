/** What is shown, what is selected, what needs attention, and whether it is all safe. */
import type { ReactElement } from 'react';
import { useEngine } from '../client/cache.ts';
import { useConnection } from '../client/client.ts';
import { tableNames } from '../../shared/model/index.ts';
import { runCommand } from '../state/commands.ts';
import { useDrafts } from '../state/drafts.ts';
import type { Stat } from '../state/status.ts';
import { useStatus } from '../state/status.ts';
import { say } from '../state/toasts.ts';
import { countUnsaved, useUnsaved } from '../state/unsaved.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { ExportProgress } from '../features/export/ExportProgress.tsx';
import { SyncStatus } from '../features/sync/SyncStatus.tsx';
import { goToUnsaved } from './goToUnsaved.ts';
import { Toasts } from './Toasts.tsx';

const figure = (n: number): string => n.toLocaleString();

/** Why the cell in focus needs attention: cut where it is long, whole when pointed at or focused. */
const Reason = ({ text }: { readonly text: string }): ReactElement => (
  <button type="button" className="st st-why danger-t">
    <span className="st-cut">{text}</span>
    <span className="st-whole pop" aria-hidden="true">
      {text}
    </span>
  </button>
);

const Rows = (): ReactElement => {
  const { rows, note, reason } = useStatus();
  return (
    <div className="st-l">
      {rows !== null && (
        <span className="st">
          <b>{figure(rows.shown)}</b>
          {rows.total !== undefined && rows.total !== rows.shown && ` of ${figure(rows.total)}`} {rows.noun}
        </span>
      )}
      {note !== null && <span className="st">{note}</span>}
      {reason !== null && <Reason text={reason} />}
    </div>
  );
};

/** A figure as text that other programs read as a number. */
const copyFigure = (label: string, copy: string): void =>
  void navigator.clipboard.writeText(copy).then(
    () => say(`${label} copied.`),
    () => say(`${label} could not be copied.`, { tone: 'danger' }),
  );

const Figure = ({ label, value, copy }: Stat): ReactElement =>
  copy === undefined ? (
    <span className="st">
      {label} <b>{value}</b>
    </span>
  ) : (
    <button type="button" className="st st-b" title={`Copy ${label.toLowerCase()}`} onClick={() => copyFigure(label, copy)}>
      {label} <b>{value}</b>
    </button>
  );

const Selection = (): ReactElement => {
  const { selection, range } = useStatus();
  return (
    <div className="st-m">
      {(range ?? selection).map((stat) => (
        <Figure key={stat.label} {...stat} />
      ))}
    </div>
  );
};

/** Errors are there to be fixed; warnings are only said. */
const Problems = (): ReactElement => {
  const errors = useEngine('records.issues', { level: 'error', limit: 1 }, { tables: tableNames, isKept: true }).data?.count ?? 0;
  const warnings =
    useEngine('records.issues', { level: 'warning', limit: 1 }, { tables: tableNames, isKept: true }).data?.count ?? 0;
  return (
    <>
      {errors > 0 && (
        <button type="button" className="st st-b" data-focus-first onClick={() => runCommand('problem.next')}>
          <span className="danger-t">
            <Icon name="alert" size={14} />
            {figure(errors)} to fix
          </span>{' '}
          <Kbd of="problem.next" />
        </button>
      )}
      {warnings > 0 && (
        <span className="st muted">
          {figure(warnings)} {warnings === 1 ? 'warning' : 'warnings'}
        </span>
      )}
    </>
  );
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Nothing is called saved while there is text the engine has not taken. */
const useUnsavedCount = () => {
  const unsaved = useUnsaved();
  const texts = useDrafts((state) => state.texts);
  return countUnsaved(unsaved, Object.keys(texts));
};

const NotSaved = ({ count }: { readonly count: number }): ReactElement => (
  <button type="button" className="st st-b danger-t" data-focus-first onClick={goToUnsaved}>
    <Icon name="alert" size={14} />
    {figure(count)} not saved
  </button>
);

const SavedText = ({ savedAt }: { readonly savedAt: number | null }): ReactElement => {
  const isWriting = useStatus((state) => state.isWriting);
  const { isTyping, isWaiting } = useUnsavedCount();
  const text =
    isWaiting || isWriting
      ? 'Saving …'
      : isTyping
        ? 'Being typed, not saved yet'
        : `Saved on this computer${savedAt === null ? '' : ` ${clock.format(savedAt)}`}`;
  return (
    <>
      <Icon name="disk" size={14} />
      {text}
    </>
  );
};

const Saved = (): ReactElement => {
  const savedAt = useStatus((state) => state.savedAt);
  const { refused } = useUnsavedCount();
  const { status } = useConnection();
  return (
    <>
      {refused > 0 && <NotSaved count={refused} />}
      {status !== 'ready' && (
        <span className="st warning-t">
          <Icon name="clock" size={14} />
          {status === 'connecting' ? 'Opening the file …' : 'The engine is restarting'}
        </span>
      )}
      {status === 'ready' && refused === 0 && (
        <span className="st" data-saved-at={savedAt ?? undefined}>
          <SavedText savedAt={savedAt} />
        </span>
      )}
    </>
  );
};

export const StatusBar = (): ReactElement => (
  <footer className="status" data-region="status" aria-label="Status">
    <Toasts />
    <ExportProgress />
    <Rows />
    <Selection />
    <div className="st-r">
      <Problems />
      <SyncStatus />
      <Saved />
    </div>
  </footer>
);
