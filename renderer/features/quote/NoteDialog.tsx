/** One thing to say with a step: why it is asked for, agreed to or declined. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';

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
    <Dialog title={title} onClose={onClose} foot={<StepFoot label={title} blocked={missing} onDone={done} onClose={onClose} />}>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <TextField label={label} isRequired={required !== null} value={typed} maxLength={2000} onText={setTyped} onEnter={done} />
    </Dialog>
  );
};
