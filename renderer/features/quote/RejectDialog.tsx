/** Why a quote was lost (Q7): the reason is asked for, and who it was lost to where that is the reason. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { judgeLoss, lossReasons } from '../../../shared/domain/quote/outcome.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';

type Props = { readonly onReject: (reason: string, competitor: string | null) => void; readonly onClose: () => void };
type Reason = (typeof lossReasons)[number]['key'];

const options = lossReasons.map(({ key, label }) => ({ value: key, label }));

export const RejectDialog = ({ onReject, onClose }: Props): ReactElement => {
  const [reason, setReason] = useState<Reason | null>(null);
  const [name, setName] = useState('');
  const competitor = name.trim() === '' ? null : name.trim();
  const missing = judgeLoss({ reason, competitor });
  const reject = (): void => {
    if (missing === null && reason !== null) onReject(reason, competitor);
  };
  return (
    <Dialog
      title="Reject quote"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button kind="primary" blocked={missing ?? undefined} onClick={reject}>
            Reject quote
          </Button>
        </>
      }
    >
      <Field label="Why lost" isRequired>
        {(control) => <Select {...control} value={reason} options={options} onChange={setReason} />}
      </Field>
      <Field label="Competitor" isRequired={reason === 'competitor'}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && reject()}
          />
        )}
      </Field>
    </Dialog>
  );
};
