/**
 * What is left of a payment, over the open invoices of its account: proposed to the undisputed part of the oldest, to be typed
 * otherwise. What cannot be is said beside its amount, and everything typed stays.
 */
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import { editText, formatDate, formatMoney } from '../../../shared/domain/format.ts';
import { client } from '../../client/client.ts';
import { markSaved } from '../../state/status.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { CellError, toldBy } from '../../ui/CellError.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { useOnce } from '../../ui/useOnce.ts';
import { useReading } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import { invoicesFor, proposed, type OpenInvoice, type Payment, type Unset } from './parts.ts';

const TITLE = 'Set payment against invoices';

type Part = { readonly invoice: OpenInvoice; readonly text: string; readonly amount: bigint; readonly error: string | null };

const nameOf = ({ number }: OpenInvoice): string => number ?? 'Invoice';

/** The number, and the money of an invoice that is in another than the payment. */
const headOf = (invoice: OpenInvoice, currency: string): string =>
  invoice.currency === currency ? nameOf(invoice) : `${nameOf(invoice)} (${invoice.currency})`;

/** What is typed against each invoice, read. */
const useParts = (payment: Payment, invoices: readonly OpenInvoice[], texts: readonly string[]): readonly Part[] => {
  const { locale } = useSetting();
  const read = useReading(payment.currency);
  return invoices.map((invoice, at) => {
    const text = texts[at] ?? '';
    const { value, error } = read('money', nameOf(invoice), text);
    const amount = BigInt(typeof value === 'number' ? value : 0);
    const most = formatMoney(invoice.open, payment.currency, locale);
    const isOutside = amount < 0n || amount > BigInt(invoice.open);
    return { invoice, text, amount, error: error ?? (isOutside ? `No more than ${most} is open` : null) };
  });
};

type RowProps = {
  readonly part: Part;
  readonly currency: string;
  readonly isFirst: boolean;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
};

const PartRow = ({ part, currency, isFirst, onText, onEnter }: RowProps): ReactElement => {
  const errorId = useId();
  const { locale } = useSetting();
  const { invoice, text, error } = part;
  const { due_on: due, open, disputed } = invoice;
  return (
    <tr>
      <th scope="row">{headOf(invoice, currency)}</th>
      <td className="nowrap">{due === null ? '' : formatDate(due, locale)}</td>
      <td className="num">{formatMoney(open, currency, locale)}</td>
      <td className="num">{disputed === '0' ? '' : formatMoney(disputed, currency, locale)}</td>
      <td className="num">
        <input
          {...toldBy(errorId, error)}
          className="input num"
          aria-label={`Set against ${nameOf(invoice)}`}
          data-focus-first={isFirst || undefined}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => event.key === 'Enter' && onEnter()}
        />
        <CellError id={errorId} error={error} />
      </td>
    </tr>
  );
};

type FormProps = {
  readonly payment: Payment;
  readonly parts: readonly Part[];
  readonly onText: (at: number, text: string) => void;
  readonly onEnter: () => void;
};

const PartTable = ({ payment, parts, onText, onEnter }: FormProps): ReactElement => (
  <table className="mini fulfil">
    <thead>
      <tr>
        <th scope="col">Invoice</th>
        <th scope="col">Due</th>
        <th scope="col" className="num">
          Open
        </th>
        <th scope="col" className="num">
          Disputed
        </th>
        <th scope="col" className="num">
          Set {payment.currency}
        </th>
      </tr>
    </thead>
    <tbody>
      {parts.map((part, at) => (
        <PartRow
          key={part.invoice.id}
          part={part}
          currency={payment.currency}
          isFirst={at === 0}
          onText={(text) => onText(at, text)}
          onEnter={onEnter}
        />
      ))}
    </tbody>
  </table>
);

const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n);

/** Why it cannot be set so; null where it can. */
const judge = ({ unapplied }: Payment, parts: readonly Part[]): string | null => {
  const bad = parts.find(({ error }) => error !== null)?.error;
  if (bad !== undefined && bad !== null) return `${bad}.`;
  const sum = sumOf(parts);
  if (sum === 0n)
    return parts.length === 0
      ? 'No invoice is open in its currency, or in one there is a rate for.'
      : 'Type an amount against an invoice.';
  return sum > BigInt(unapplied) ? 'That is more than is left of the payment.' : null;
};

type Props = {
  readonly unset: Unset;
  /** The payment and the invoice it was asked from; null = the oldest. */
  readonly from: { readonly payment: string | null; readonly invoice: string | null };
  readonly screen: string;
  readonly onClose: () => void;
};

type Texts = Readonly<Record<string, readonly string[]>>;

/** `unset` stays as it was when it was asked: what is typed is not moved while others record something. The engine judges. */
export const SettleDialog = ({ unset, from, screen, onClose }: Props): ReactElement | null => {
  const [id, setId] = useState(from.payment);
  const [typed, setTyped] = useState<Texts>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const payment = unset.payments.find((one) => one.id === id) ?? unset.payments[0];
  const setting = useSetting(payment?.currency ?? null);
  const { locale } = setting;
  const invoices = payment === undefined ? [] : invoicesFor(payment, unset, from.invoice);
  const start = (): readonly string[] =>
    payment === undefined
      ? []
      : proposed(payment, invoices).map((part) => (part === 0n ? '' : editText({ kind: 'money' }, String(part), setting)));
  const texts = (payment && typed[payment.id]) ?? start();
  const parts = useParts(
    payment ?? { id: '', on: null, amount: '0', reference: null, unapplied: '0', currency: '', elsewhere: [] },
    invoices,
    texts,
  );
  const blocked = payment === undefined ? 'No payment is left to set.' : judge(payment, parts);
  const labelOf = ({ on, unapplied, currency, reference }: Payment): string =>
    [on === null ? null : formatDate(on, locale), `${formatMoney(unapplied, currency, locale)} ${currency} left`, reference]
      .filter((part) => part !== null)
      .join(' · ');
  const settle = useOnce(async () => {
    if (payment === undefined || blocked !== null) return setRefusal(blocked);
    const set = parts.filter(({ amount }) => amount > 0n);
    try {
      await client['payments.allocate']({
        id: payment.id,
        parts: set.map(({ invoice, amount }) => ({ invoice: invoice.id, amount: Number(amount) })),
        screen,
      });
    } catch (error) {
      return setRefusal(messageOf(error));
    }
    markSaved(Date.now());
    onClose();
    return sayUndoable(`Payment set against ${set.length === 1 ? 'one invoice' : `${set.length} invoices`}.`);
  });
  if (payment === undefined) return null;
  const rest = BigInt(payment.unapplied) - sumOf(parts);
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      isWide
      foot={<StepFoot label={TITLE} blocked={blocked} onDone={settle} onClose={onClose} />}
    >
      <Field label="Payment">
        {(control) => (
          <Select
            {...control}
            value={payment.id}
            options={unset.payments.map((one) => ({ value: one.id, label: labelOf(one) }))}
            onChange={(next) => {
              setRefusal(null);
              setId(next);
            }}
          />
        )}
      </Field>
      <PartTable
        payment={payment}
        parts={parts}
        onText={(at, text) => {
          setRefusal(null);
          setTyped({ ...typed, [payment.id]: texts.with(at, text) });
        }}
        onEnter={settle}
      />
      <p className={rest < 0n ? 'danger-t' : 't2'} data-testid="settle-rest">
        {`${formatMoney(String(rest), payment.currency, locale)} ${payment.currency} of it stays to be set.`}
      </p>
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};
