/**
 * The order pad: what the account usually orders, with a quantity to type beside each. Enter and the arrows move as in a
 * spreadsheet, Space takes the suggestion, and one key makes all that was typed into lines.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useRef, useState } from 'react';
import { fromScaled } from '../../../shared/domain/decimal.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { padRules } from '../../../shared/domain/order/pad.ts';
import { useEngine } from '../../client/cache.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { platform } from '../../ui/platform.ts';
import { Select } from '../../ui/Select.tsx';
import { useSetting } from '../register/useSetting.ts';
import { PadTable } from './PadTable.tsx';
import { padViews, rowsIn, typedRows, type PadRow, type PadView, type Typed } from './padRows.ts';
import { useOnce } from '../../ui/useOnce.ts';

type Props = {
  readonly account: string;
  readonly order: string;
  /** Why it was refused, in words; null where it is done. */
  readonly onAdd: (rows: readonly PadRow[], typed: Typed) => Promise<string | null>;
  /** Puts the focus where lines are typed: what stood there before may have moved. */
  readonly toLines: () => void;
  readonly onClose: () => void;
};

const linesOf = (count: number): string => (count === 1 ? 'Add 1 line' : `Add ${count} lines`);

/** Moves between the quantities as a spreadsheet does. */
const moveFrom = (body: HTMLElement | null, from: EventTarget, by: number): void => {
  const all = [...(body?.querySelectorAll<HTMLInputElement>('input[data-pad]') ?? [])];
  all[all.findIndex((input) => input === from) + by]?.focus();
};

/** A quantity as it is typed here. */
const plainQty = (qty: string, locale: string): string => fromScaled(BigInt(qty), 6).replace('.', styleOf(locale).decimal);

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

const nothingOf = (view: PadView, all: number): string =>
  all === 0 ? 'This account has ordered nothing yet.' : view === 'all' ? 'Nothing says that.' : 'Nothing here.';

export const PadDialog = ({ account, order, onAdd, toLines, onClose }: Props): ReactElement | null => {
  const { data, error, refetch } = useEngine('orders.pad', { account, order }, { tables: ['orders', 'order_lines', 'products'] });
  const [view, setView] = useState<PadView>('all');
  const [text, setText] = useState('');
  const [typed, setTyped] = useState<Typed>(new Map());
  const [refusal, setRefusal] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const hasAdded = useRef(false);
  const { locale } = useSetting();
  const rows = data?.rows ?? [];
  const shown = rowsIn(rows, view, text);
  const count = typedRows(rows, typed).length;
  const type = (product: string, value: string): void => setTyped((now) => new Map(now).set(product, value));
  const add = useOnce(async () => {
    if (count === 0) return;
    hasAdded.current = true;
    const refused = await onAdd(rows, typed);
    hasAdded.current = refused === null;
    setRefusal(refused);
  });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, row: PadRow): void => {
    const by = MOVES[event.key];
    if (event.key === 'Enter' && (platform === 'mac' ? event.metaKey : event.ctrlKey)) add();
    else if (by !== undefined) moveFrom(body.current, event.target, event.shiftKey ? -by : by);
    else if (event.key === ' ' && event.currentTarget.value === '') type(row.product, plainQty(row.suggested, locale));
    else return;
    event.preventDefault();
  };
  if (data === undefined && error === null) return null;
  return (
    <Dialog
      title="Order pad"
      isWide
      onClose={onClose}
      finalFocus={() => {
        if (hasAdded.current) toLines();
        return !hasAdded.current;
      }}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            kind="primary"
            command="order.confirm"
            blocked={count === 0 ? 'Type a quantity first.' : undefined}
            onClick={add}
          >
            {linesOf(count)}
          </Button>
        </>
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      <div className="pad-bar">
        <Field label="Show">
          {(control) => <Select {...control} value={view} options={padViews} onChange={(next) => setView(next ?? 'all')} />}
        </Field>
        <Field label="Find">
          {(control) => <input {...control} className="input" value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      </div>
      <div ref={body}>
        {shown.length === 0 ? (
          <p className="muted">{nothingOf(view, rows.length)}</p>
        ) : (
          <PadTable rows={shown} typed={typed} onType={type} onKeyDown={onKeyDown} />
        )}
      </div>
      <p className="help">
        Enter goes down, Space takes the suggestion. Suggested: {padRules.suggested.toLowerCase()}. Usual:{' '}
        {padRules.usual.toLowerCase()}. Not lately: {padRules.notLately.toLowerCase()}.
      </p>
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};
