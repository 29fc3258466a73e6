/** Returns: what may come back of an order, the steps of one, and what settling it comes to (T1). */
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { ourStep } from '../../../../shared/domain/returns/states.ts';
import { returnableOf } from '../../../../shared/domain/returns/returnable.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { numberOf } from '../booking/read.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { productOf } from '../fulfilment/fulfilment.ts';
import { documentById } from '../orders/orders.ts';
import { bigOf, creditAmount, numberOnPaper, rowsBy, sumOf, textOf } from '../billing/receivables.ts';
import { ask, askUnordered } from './ask.ts';
import { returnPolicyCommands, returnPolicyOf, returnPolicyQueries } from './policy.ts';
import { lineOfReturn, returnById, standingOf, windowOf } from './read.ts';
import type { ReturnDeps } from './receive.ts';
import { settlementOf } from './settlement.ts';
import { authorise, deny, inspect, receive, sendLabel, settle } from './steps.ts';

type ReturnCommand = Extract<keyof Commands, `returns.${string}` | 'app.setReturns'>;
type ReturnQuery = Extract<keyof Queries, `returns.${string}` | 'app.returns'>;

export const returnCommands = (deps: ReturnDeps): Pick<Commands, ReturnCommand> => ({
  ...returnPolicyCommands(deps),
  'returns.ask': ask(deps),
  'returns.unordered': askUnordered(deps),
  'returns.authorise': authorise(deps),
  'returns.deny': deny(deps),
  'returns.label': sendLabel(deps),
  'returns.receive': receive(deps),
  'returns.inspect': inspect(deps),
  'returns.settle': settle(deps),
});

type QueryDeps = { readonly read: Reader; readonly env: Pick<EngineEnv, 'clock' | 'zone'> };

const returnable =
  ({ read, env }: QueryDeps): Queries['returns.returnable'] =>
  ({ order }) => {
    documentById('orders', read, order);
    const today = companyToday(read, env);
    const lines = read.children('order_lines', order).map((line) => {
      const standing = standingOf(line.id, read);
      return {
        line: line.id,
        position: numberOf(line['position']),
        product: productOf(line, read),
        uom: textOf(line['uom']),
        delivered: String(standing.delivered),
        returnable: String(returnableOf(standing)),
        ...windowOf(standing.deliveredOn, today, read),
      };
    });
    return { fee_share: returnPolicyOf(read).feeShare, lines };
  };

/** What was kept of a credit note: its lines that are of no invoice line. */
const feeOf = (note: StoredRow, read: Reader): bigint =>
  -sumOf(
    read.children('credit_lines', note.id).filter((line) => textOf(line['invoice_line_id']) === null),
    ({ amount }) => bigOf(amount),
  );

/** What it was settled for; before that what it would be. */
const moneyOf = (row: StoredRow, notes: readonly StoredRow[], read: Reader) => {
  if (row['status'] !== 'settled') {
    const { credit, fee, unbilled } = settlementOf(row, read);
    return { credit, fee, unbilled };
  }
  const fee = sumOf(notes, (note) => feeOf(note, read));
  const net = sumOf(notes, (note) => creditAmount(note, read) - bigOf(note['tax']));
  return { credit: net + fee, fee, unbilled: 0n };
};

const story =
  ({ read, env }: QueryDeps): Queries['returns.story'] =>
  ({ id }) => {
    const row = returnById(read, id);
    const line = lineOfReturn(row, read);
    const notes = rowsBy('credit_notes', 'return_id', id, read);
    const { credit, fee, unbilled } = moneyOf(row, notes, read);
    const isOver = row['status'] === 'denied' || row['status'] === 'settled';
    const asked = textOf(row['requested_on']) ?? companyToday(read, env);
    return {
      next: ourStep(String(row['status']), String(row['operation'])),
      // Judged by the day it was asked for: however long it takes, it was in time then.
      ...windowOf(line === undefined ? null : standingOf(line.id, read).deliveredOn, asked, read),
      currency: currencyOf('returns', row, read) ?? '',
      credit: String(credit),
      fee: String(fee),
      unbilled: String(isOver ? 0n : unbilled),
      credits: notes.map((note) => ({
        id: note.id,
        invoice: String(note['invoice_id']),
        number: numberOnPaper(note),
        amount: String(creditAmount(note, read)),
      })),
    };
  };

export const returnQueries = (deps: QueryDeps): Pick<Queries, ReturnQuery> => ({
  ...returnPolicyQueries(deps),
  'returns.returnable': returnable(deps),
  'returns.story': story(deps),
});
