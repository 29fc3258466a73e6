/** To whom a quote goes, how, and until when it holds: what the customer is told is kept with it. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatDate } from '../../../shared/domain/format.ts';
import { sentBy } from '../../../shared/model/quotes.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useReading } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';

type Args = ArgsOf<WorkbenchContract['quotes.send']>;
export type Sending = Required<Pick<Args, 'channel' | 'recipient' | 'valid_to'>>;
type Offered = OutputOf<WorkbenchContract['quotes.sending']>;
type Channel = (typeof sentBy)[number]['key'];

type Props = { readonly offered: Offered; readonly onSend: (sending: Sending) => void; readonly onClose: () => void };

const channels = sentBy.map(({ key, label }) => ({ value: key, label }));

export const SendDialog = ({ offered, onSend, onClose }: Props): ReactElement => {
  const { locale } = useSetting();
  const read = useReading();
  const [recipient, setRecipient] = useState(offered.recipient ?? '');
  const [channel, setChannel] = useState<Channel>('mail');
  const [day, setDay] = useState(offered.valid_to);
  const last = read('date', 'Valid to', day);
  const { cap } = offered;
  const isBeyond = cap !== null && typeof last.value === 'string' && last.value > cap.until;
  const beyond = isBeyond ? `${cap.name} ends on ${formatDate(cap.until, locale)}: it cannot be valid for longer.` : null;
  const unsaid = channel !== 'told' && recipient.trim() === '' ? 'Say to whom it goes.' : null;
  const missing = unsaid ?? last.error ?? beyond ?? (last.value === null ? 'Say until when it is valid.' : null);
  const send = (): void => {
    if (missing !== null || typeof last.value !== 'string') return;
    onSend({ recipient: recipient.trim() === '' ? null : recipient.trim(), channel, valid_to: last.value });
  };
  const usual = `The usual last day is ${formatDate(offered.usual, locale)}${cap ? `, as ${cap.name} ends then` : ''}.`;
  const error = last.error ?? beyond;
  return (
    <Dialog
      title="Send quote"
      onClose={onClose}
      foot={<StepFoot label="Send quote" blocked={missing} onDone={send} onClose={onClose} />}
    >
      <TextField
        label="To"
        isRequired={channel !== 'told'}
        help="Kept with the quote. The mail itself is written in your own program."
        value={recipient}
        maxLength={200}
        onText={setRecipient}
        onEnter={send}
      />
      <Field label="Sent by">
        {(control) => (
          <Select {...control} value={channel} options={channels} onChange={(value) => value !== null && setChannel(value)} />
        )}
      </Field>
      <TextField
        label="Valid to"
        isRequired
        help={usual}
        error={error}
        value={day}
        maxLength={60}
        onText={setDay}
        onEnter={send}
      />
    </Dialog>
  );
};
