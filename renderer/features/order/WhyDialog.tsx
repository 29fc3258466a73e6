/** Confirming in spite of what was found: with a reason, which stands in the history of the order. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';

type Props = { readonly found: readonly string[]; readonly onConfirm: (why: string) => void; readonly onClose: () => void };

export const WhyDialog = ({ found, onConfirm, onClose }: Props): ReactElement => {
  const [why, setWhy] = useState('');
  const confirm = (): void => {
    if (why.trim() !== '') onConfirm(why.trim());
  };
  return (
    <Dialog
      title="Confirm all the same"
      onClose={onClose}
      foot={
        <StepFoot
          label="Confirm order"
          blocked={why.trim() === '' ? 'Say why first.' : null}
          onDone={confirm}
          onClose={onClose}
        />
      }
    >
      <ul className="list">
        {found.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <TextField
        label="Why"
        isRequired
        help="It stands in the history of the order."
        value={why}
        onText={setWhy}
        onEnter={confirm}
      />
    </Dialog>
  );
};
