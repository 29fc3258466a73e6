/** Why an order is cancelled; the reason stands in its history. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

type Props = { readonly onCancel: (why: string | null) => void; readonly onClose: () => void };

export const CancelDialog = ({ onCancel, onClose }: Props): ReactElement => {
  const [why, setWhy] = useState('');
  const cancel = (): void => onCancel(why.trim() === '' ? null : why.trim());
  return (
    <Dialog
      title="Cancel order"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep the order</Button>
          <Button kind="primary" onClick={cancel}>
            Cancel order
          </Button>
        </>
      }
    >
      <Field label="Reason" help="Undo takes the cancellation back.">
        {(control) => (
          <input
            {...control}
            className="input"
            value={why}
            maxLength={2000}
            onChange={(event) => setWhy(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && cancel()}
          />
        )}
      </Field>
    </Dialog>
  );
};
