/** Confirming in spite of what was found: with a reason, which stands in the history of the order. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

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
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button kind="primary" blocked={why.trim() === '' ? 'Say why first.' : undefined} onClick={confirm}>
            Confirm order
          </Button>
        </>
      }
    >
      <ul className="list">
        {found.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <Field label="Why" isRequired help="It stands in the history of the order.">
        {(control) => (
          <input
            {...control}
            className="input"
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && confirm()}
          />
        )}
      </Field>
    </Dialog>
  );
};
