/** What hangs on an invoice, in the order a person asks for it: queries, credit notes, payments, promises, its plan. */
import type { ReactElement } from 'react';
import { disputeReasons } from '../../../shared/domain/credit/disputes.ts';
import { formatCell, formatMoney } from '../../../shared/domain/format.ts';
import { stateOf } from '../../../shared/domain/lifecycle.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';
import { sayRate } from '../order/sayRate.ts';
import type { Story } from './asks.ts';
import './invoice.css';

type Row = {
  readonly key: string;
  readonly what: string;
  readonly about: string;
  readonly amount: string;
  /** What its button is called, where the row's own words name others too. */
  readonly label?: string;
  /** Makes the paper that it has of its own. */
  readonly print?: () => void;
};

export const useStory = (id: string, isEnabled = true): Story | undefined =>
  useEngine(
    'invoices.story',
    { id },
    {
      tables: [
        ['invoices', id],
        'invoice_lines',
        'credit_notes',
        'credit_lines',
        'payments',
        'allocations',
        'disputes',
        'promises',
        'payment_plans',
        'instalments',
      ],
      isEnabled,
      isKept: true,
    },
  ).data;

const joined = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' · ');

const reasonOf = (key: string | null): string => disputeReasons.find((one) => one.key === key)?.label ?? '';

type Exchange = Story['payments'][number]['exchange'];

/** What a payment in other money was, the rate of its day, and what that brought or cost against the rate of the invoice (M6). */
const sayExchange = (exchange: Exchange, own: string, locale: string): readonly string[] => {
  if (exchange === null) return [];
  const { taken, currency, rate, difference, base } = exchange;
  const money = (amount: string, of: string): string => `${formatMoney(amount, of, locale)} ${of}`;
  const gain = BigInt(difference ?? 0);
  return [
    ...(currency === own ? [] : [money(taken, currency)]),
    ...(rate === null ? [] : [sayRate({ currency: rate.base, ...rate }, currency === rate.base ? own : currency, locale)]),
    ...(gain === 0n ? [] : [`exchange ${gain > 0n ? 'gain' : 'loss'} ${money(String(gain < 0n ? -gain : gain), base)}`]),
  ];
};

const sayError = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

/** Each paper of a document that was issued twice: which of them stands, and what is to be done about the other. */
const paperRows = (
  table: 'invoices' | 'credit_notes',
  id: string,
  issued: Story['issued'],
  day: (at: number) => string,
): readonly Row[] =>
  issued.map(({ sha, number, at, device, stands, total }, place): Row => ({
    key: `${id}-issued-${place}`,
    what: `Issued ${number ?? ''}`,
    about: joined(day(at), `on ${device}`, stands ? 'this one stands' : 'given out as well: cancel it with the customer'),
    amount: total ?? '',
    // Two papers may bear one number.
    label: `Issued ${number ?? ''} on ${device} as PDF`,
    print: () => void makeDocument(table, id, () => undefined, { sha, name: `${number ?? ''} ${device}`.trim() }).catch(sayError),
  }));

const useRows = (id: string, story: Story | undefined): readonly Row[] => {
  const setting = useSetting();
  if (!story) return [];
  const day = (value: string | null): string => (value === null ? '' : formatCell({ kind: 'date' }, value, setting));
  const instant = (at: number): string => formatCell({ kind: 'instant' }, at, setting);
  const { disputes, credits, payments, promises, plan } = story;
  return [
    ...paperRows('invoices', id, story.issued, instant),
    ...disputes.map(({ id: query, number, status, reason, due_on: due, amount }): Row => {
      const state = stateOf('dispute', status)?.label ?? status;
      const until = status === 'closed' || due === null ? null : `due ${day(due)}`;
      return { key: query, what: `Query ${number ?? ''}`, about: joined(state, reasonOf(reason), until), amount };
    }),
    ...credits.flatMap(({ id: note, number, on, reason, amount, issued }): readonly Row[] => [
      {
        key: note,
        what: `Credit note ${number ?? ''}`,
        about: joined(day(on), reason),
        amount,
        print: () => void makeDocument('credit_notes', note, () => undefined).catch(sayError),
      },
      ...paperRows('credit_notes', note, issued, instant),
    ]),
    ...payments.map(({ id: payment, on, reference, amount, exchange }): Row => ({
      key: payment,
      what: 'Payment',
      about: joined(day(on), reference, ...sayExchange(exchange, story.currency, setting.locale)),
      amount,
    })),
    ...promises.map(({ on, by, is_missed: isMissed, amount }, at): Row => ({
      key: `promise-${at}`,
      what: 'Promise to pay',
      about: joined(day(on), by, isMissed ? 'not kept' : null),
      amount,
    })),
    ...(plan?.instalments ?? []).map(({ due, amount, left }, at): Row => ({
      key: `plan-${at}`,
      what: `Instalment ${at + 1}`,
      about: joined(day(due), left === '0' ? 'paid' : plan?.is_broken === true ? 'plan not kept' : null),
      amount,
    })),
  ];
};

export const StoryList = ({
  id,
  isEnabled = true,
}: {
  readonly id: string;
  readonly isEnabled?: boolean;
}): ReactElement | null => {
  const story = useStory(id, isEnabled);
  const rows = useRows(id, story);
  const { locale } = useSetting();
  if (!story || rows.length === 0) return null;
  return (
    <section className="story" aria-label="What hangs on this invoice" data-testid="invoice-story">
      <table className="mini">
        <tbody>
          {rows.map(({ key, what, about, amount, print, label }) => (
            <tr key={key}>
              <th scope="row">{what}</th>
              <td>{about}</td>
              <td className="num">{amount === '' ? '' : formatMoney(amount, story.currency, locale)}</td>
              <td>
                {print !== undefined && (
                  <button type="button" className="link" aria-label={label ?? `${what} as PDF`} onClick={print}>
                    PDF
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
