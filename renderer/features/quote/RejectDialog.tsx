/** Why a quote was lost (Q7): the reason is asked for, and who it was lost to where that is the reason. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { judgeLoss, lossReasons } from '../../../shared/domain/quote/outcome.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';

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
      foot={<StepFoot label="Reject quote" blocked={missing} onDone={reject} onClose={onClose} />}
    >
      <Field label="Why lost" isRequired>
        {(control) => <Select {...control} value={reason} options={options} onChange={setReason} />}
      </Field>
      <TextField
        label="Competitor"
        isRequired={reason === 'competitor'}
        value={name}
        maxLength={200}
        onText={setName}
        onEnter={reject}
      />
    </Dialog>
  );
};
