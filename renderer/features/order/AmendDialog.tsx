/**
 * Changes of a confirmed order: every line as it stands, beside what it is to be. What is typed is handed over as it is;
 * what cannot be is said here by the engine, and everything typed stays.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useSetting } from '../register/useSetting.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { AmendTable } from './AmendTable.tsx';
import { Changes, sayHeader } from './Changes.tsx';
import { changesIn, headerFields, type Amended, type AmendInput, type HeaderChange } from './amendRows.ts';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOnce } from '../../ui/useOnce.ts';

export type AmendLine = OutputOf<WorkbenchContract['orders.amendable']>['lines'][number];

type Props = {
  readonly id: string;
  /** Why it was refused, in words; null where it is done. */
  readonly onAmend: (input: AmendInput) => Promise<string | null>;
  readonly onClose: () => void;
};

const NEW = { code: '', qty: '' };

export const AmendDialog = ({ id, onAmend, onClose }: Props): ReactElement | null => {
  const { locale } = useSetting();
  const tables = ['orders', 'order_lines', 'schedule_lines', 'fulfilments', 'order_changes'] as const;
  const { data, error, refetch } = useEngine('orders.amendable', { id }, { tables });
  const [typed, setTyped] = useState<Amended>(new Map());
  const [added, setAdded] = useState(NEW);
  const [header, setHeader] = useState<HeaderChange>({});
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const input = changesIn(typed, added, header, reason);
  const count = input.lines.length + input.added.length + Object.keys(input.header).length;
  const amend = useOnce(async () => {
    if (count > 0) setRefusal(await onAmend(input));
  });
  if (data === undefined && error === null) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') amend();
  };
  const newLine = (key: 'code' | 'qty', label: string): ReactElement => (
    <TextField label={label} value={added[key]} onText={(text) => setAdded({ ...added, [key]: text })} onEnter={amend} />
  );
  return (
    <Dialog
      title="Amend order"
      isWide
      onClose={onClose}
      foot={
        <StepFoot label="Amend order" blocked={count === 0 ? 'Type a change first.' : null} onDone={amend} onClose={onClose} />
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      <AmendTable
        lines={data?.lines ?? []}
        typed={typed}
        onType={(line, change) => setTyped((now) => new Map(now).set(line, { ...now.get(line), ...change }))}
        onKeyDown={onKeyDown}
      />
      <div className="pad-bar">
        {newLine('code', 'New line: SKU')}
        {newLine('qty', 'New line: Qty')}
      </div>
      <div className="pad-bar">
        {headerFields.map((field) => (
          <TextField
            key={field}
            label={fieldOf('orders', field)?.label ?? field}
            help={`Now ${(data && sayHeader(field, data.header[field], data.currency, locale)) || 'none'}`}
            value={header[field] ?? ''}
            onText={(text) => setHeader({ ...header, [field]: text })}
            onEnter={amend}
          />
        ))}
      </div>
      <TextField
        label="Reason"
        help="Another day or a cancelled line needs one."
        value={reason}
        onText={setReason}
        onEnter={amend}
      />
      <p className="err" role="alert">
        {refusal}
      </p>
      <Changes lines={data?.lines ?? []} changes={data?.changes ?? []} currency={data?.currency ?? ''} />
    </Dialog>
  );
};
