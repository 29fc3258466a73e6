/** A call, visit, mail or note, written down while it is fresh. What is typed survives a closed window. */
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { activities } from '../../../shared/model/activities.ts';
import { client } from '../../client/client.ts';
import { dropDraft, useDraft } from '../../state/drafts.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { usePerson } from '../register/useSetting.ts';

type Kind = (typeof activities.fields.kind.choices)[number]['key'];

const kinds = activities.fields.kind.choices.map(({ key, label }) => ({ value: key, label }));

export const LogForm = ({ account, onClose }: { readonly account: string; readonly onClose: () => void }): ReactElement => {
  const draft = `log/accounts/${account}`;
  const [text, setText] = useDraft(draft);
  const [kind, setKind] = useState<Kind>('call');
  const person = usePerson();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const save = async (): Promise<void> => {
    if (text.trim() === '') return;
    try {
      await client['records.apply']({
        patches: [
          {
            kind: 'insert',
            table: 'activities',
            id: uuidv7(),
            values: {
              about: `accounts/${account}`,
              kind,
              at: Date.now(),
              summary: { '?': text },
              ...(person === null ? {} : { person_id: person }),
            },
          },
        ],
        label: `Log: ${kinds.find((k) => k.value === kind)?.label ?? kind}`,
        screen: `accounts/${account}`,
      });
      markSaved(Date.now());
      dropDraft(draft);
      onClose();
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  };
  return (
    <fieldset className="log-form" aria-label="Log a contact">
      <Select label="Type" value={kind} options={kinds} onChange={(value) => setKind(value ?? kind)} />
      <input
        ref={input}
        className="input"
        aria-label="Summary"
        placeholder="What was said or agreed"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void save();
          if (event.key === 'Escape') onClose();
        }}
      />
      <span className="acts">
        <Button kind="primary" blocked={text.trim() === '' ? 'Type what happened first.' : undefined} onClick={() => void save()}>
          Log
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </span>
    </fieldset>
  );
};
