/** One thing to say with a step: why it is asked for, agreed to or declined. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

type Props = {
  readonly title: string;
  readonly label: string;
  /** What has to be said where nothing may be done without it. */
  readonly required: string | null;
  readonly reasons: readonly string[];
  readonly onDone: (note: string | null) => void;
  readonly onClose: () => void;
};

export const NoteDialog = ({ title, label, required, reasons, onDone, onClose }: Props): ReactElement => {
  const [typed, setTyped] = useState('');
  const note = typed.trim() === '' ? null : typed.trim();
  const missing = note === null ? required : null;
  const done = (): void => {
    if (missing === null) onDone(note);
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button kind="primary" blocked={missing ?? undefined} onClick={done}>
            {title}
          </Button>
        </>
      }
    >
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Field label={label} isRequired={required !== null}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={typed}
            maxLength={2000}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && done()}
          />
        )}
      </Field>
    </Dialog>
  );
};
