/**
 * A call, visit, mail or note, written down while it is fresh, with what follows from it: the next step as a task, and what
 * we promised. What is typed survives a closed window.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { activities } from '../../../shared/model/activities.ts';
import { client } from '../../client/client.ts';
import { dropDraft, useDraft } from '../../state/drafts.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { LineField } from './LineField.tsx';
import { useOnce } from '../../ui/useOnce.ts';

type Kind = (typeof activities.fields.kind.choices)[number]['key'];

const kinds = activities.fields.kind.choices.map(({ key, label }) => ({ value: key, label }));

/** @param about `<table>/<id>`: whom or what it was about */
export const LogForm = ({ about, onClose }: { readonly about: string; readonly onClose: () => void }): ReactElement => {
  const names = { summary: `log/${about}`, next: `log/${about}/next`, promise: `log/${about}/promise` };
  const [summary, setSummary] = useDraft(names.summary);
  const [next, setNext] = useDraft(names.next);
  const [promise, setPromise] = useDraft(names.promise);
  const [kind, setKind] = useState<Kind>('call');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const line = (text: string): string | null => (text.trim() === '' ? null : text);
  const save = useOnce(async () => {
    if (summary.trim() === '') return input.current?.focus();
    try {
      await client['activities.log']({ about, kind, summary, next: line(next), promise: line(promise), screen: about });
      markSaved(Date.now());
      for (const name of Object.values(names)) dropDraft(name);
      onClose();
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
    if (event.key === 'Escape') onClose();
  };
  return (
    <fieldset className="log-form" aria-label="Log a contact">
      <Select label="Type" value={kind} options={kinds} onChange={(value) => setKind(value ?? kind)} />
      <input
        ref={input}
        data-focus-first
        className="input"
        aria-label="Summary"
        placeholder="What was said or agreed"
        value={summary}
        maxLength={500}
        onChange={(event) => setSummary(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="acts">
        <Button kind="primary" blocked={summary.trim() === '' ? 'Type what happened first.' : undefined} onClick={save}>
          Log
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </span>
      <div className="log-follows">
        <LineField
          label="Next step"
          placeholder="Next step: send samples fri 10:00"
          text={next}
          subject={about}
          onText={setNext}
          onKeyDown={onKeyDown}
        />
        <LineField
          label="We promised"
          placeholder="We promised: new lids by fri"
          text={promise}
          onText={setPromise}
          onKeyDown={onKeyDown}
          needsDay
          subject={about}
        />
      </div>
    </fieldset>
  );
};
