/**
 * Lines of an order that are to come back, or are here already: how many of each, what is done with them, and why. What cannot
 * be is said here by the engine, and everything typed stays.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useState } from 'react';
import { editText, formatCell, formatScaled } from '../../../shared/domain/format.ts';
import { operationOf, returnOperations } from '../../../shared/domain/returns/states.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOnce } from '../../ui/useOnce.ts';
import { tryStep } from '../order/tryStep.ts';
import { useReading } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import { gather, isLate, type ReturnAsked, type ReturnLine, type Typed } from './gather.ts';

const options = returnOperations.filter(({ key }) => key !== 'not_ordered').map(({ key, label }) => ({ value: key, label }));

type LinesProps = {
  readonly lines: readonly ReturnLine[];
  readonly quantities: Typed['quantities'];
  readonly onText: (line: string, text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const Lines = ({ lines, quantities, onText, onKeyDown }: LinesProps): ReactElement => {
  const setting = useSetting();
  const shown = (qty: string): string => formatScaled(qty, 6, 0, 6, setting.locale);
  return (
    <table className="mini fulfil">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Product</th>
          <th scope="col">Until</th>
          <th scope="col" className="num">
            Can come back
          </th>
          <th scope="col" className="num">
            Quantity
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ line, position, product, last_day: last, is_late: late, returnable }, at) => (
          <tr key={line}>
            <td>{position ?? at + 1}</td>
            <td>{product}</td>
            <td className={late ? 'one-line warning-t' : 'one-line'}>
              {last === null ? '' : formatCell({ kind: 'date' }, last, setting)}
            </td>
            <td className="num">{shown(returnable)}</td>
            <td className="num">
              <input
                className="input num"
                aria-label={`Quantity, Line ${position ?? at + 1}`}
                value={quantities[line] ?? ''}
                onChange={(event) => onText(line, event.target.value)}
                onFocus={(event) => event.target.select()}
                onKeyDown={onKeyDown}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type FormProps = {
  readonly lines: readonly ReturnLine[];
  /** As set, as it is typed. */
  readonly fee: string;
  /** Why it was refused, in words; null where it is done. */
  readonly onAsk: (asked: ReturnAsked) => Promise<string | null>;
  readonly onClose: () => void;
};

const Form = ({ lines, fee, onAsk, onClose }: FormProps): ReactElement => {
  const read = useReading();
  const [typed, setTyped] = useState<Typed>({
    operation: 'refund',
    reason: '',
    override: '',
    fee,
    received: '',
    quantities: {},
  });
  const [refusal, setRefusal] = useState<string | null>(null);
  const type = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const gathered = gather(lines, typed, read);
  const ask = useOnce(async () => {
    setRefusal(typeof gathered === 'string' ? gathered : await onAsk(gathered));
  });
  const operation = operationOf(typed.operation);
  const field = (key: 'reason' | 'override' | 'fee' | 'received', label: string, isRequired = false): ReactElement => (
    <TextField
      label={label}
      isRequired={isRequired}
      value={typed[key]}
      onText={(text) => setTyped((now) => ({ ...now, [key]: text }))}
      onEnter={ask}
    />
  );
  return (
    <Dialog
      title="Return goods"
      onClose={onClose}
      isWide
      foot={
        <StepFoot label="Return goods" blocked={typeof gathered === 'string' ? gathered : null} onDone={ask} onClose={onClose} />
      }
    >
      <Field label="What is done">
        {(control) => (
          <Select
            {...control}
            value={typed.operation}
            options={options}
            onChange={(next) => type({ operation: operationOf(next ?? '')?.key ?? 'refund' })}
          />
        )}
      </Field>
      {field('reason', 'Why', true)}
      {operation?.isCredited === true && field('fee', 'Restocking fee %')}
      {operation?.comesBack === true && field('received', 'Came back on, if it is here')}
      {lines.length === 0 ? (
        <p>Nothing was delivered that could come back.</p>
      ) : (
        <Lines
          lines={lines}
          quantities={typed.quantities}
          onText={(line, text) => type({ quantities: { ...typed.quantities, [line]: text } })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') ask();
          }}
        />
      )}
      {isLate(lines, typed) && field('override', 'Taken back late because', true)}
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};

type Props = { readonly order: string; readonly onClose: () => void };

/** Asks for a return of an order's lines and opens the first of them. */
export const ReturnDialog = ({ order, onClose }: Props): ReactElement | null => {
  const setting = useSetting();
  const tables = ['order_lines', 'schedule_lines', 'fulfilments', 'returns', 'settings'] as const;
  const { data, error, refetch } = useEngine('returns.returnable', { order }, { tables });
  if (error)
    return (
      <Dialog
        title="Return goods"
        onClose={onClose}
        foot={<StepFoot label="Return goods" blocked={null} onDone={onClose} onClose={onClose} />}
      >
        <ErrorBar error={error} onRetry={() => void refetch()} />
      </Dialog>
    );
  if (data === undefined) return null;
  return (
    <Form
      lines={data.lines.filter(({ delivered }) => delivered !== '0')}
      fee={editText({ kind: 'percent' }, data.fee_share, setting)}
      onClose={onClose}
      onAsk={async (asked) => {
        const refusal = await tryStep(asked.received === null ? 'Return asked for.' : 'Return received.', async () => {
          const made = await client['returns.ask']({ order, ...asked, screen: `orders/${order}` });
          openRecord('returns', made.id, 'Return');
        });
        if (refusal === null) onClose();
        return refusal;
      }}
    />
  );
};
