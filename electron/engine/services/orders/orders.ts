/** What is done with an order as a whole: its total, its cells that need attention, copying. */
import { AppError, type OutputOf } from '../../../../shared/contract/define.ts';
import type { Commands, Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import { tenTo } from '../../../../shared/domain/decimal.ts';
import { lineExact18, netMicros } from '../../../../shared/domain/money.ts';
import { documents, type DocumentTable, type LineTable, type PaperTable } from '../../../../shared/model/documents.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { tableOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { documentBlockers } from './blockers.ts';
import { copiedCells } from './copies.ts';
import { currencyOf } from '../records/fields.ts';
import { baseTotalOf } from '../money/fx.ts';
import { changeBy } from '../access/identity.ts';
import { taxPolicyOf } from '../money/tax.ts';
import { countedOf, lineOf, policyOf, workOut } from './worked.ts';

/** A document that is here, or the error that says it is not. */
export const documentById = (table: PaperTable, read: Reader, id: string): StoredRow => {
  const document = read.get(table, id);
  if (document) return document;
  const name = inSentence(tableOf(table).one);
  throw new AppError('not-found', `The ${name} is not here or was deleted.`, { table, id });
};

const orderOf = (read: Reader, id: string): StoredRow => documentById('orders', read, id);

export const nameOfOrder = (order: StoredRow): string => (order['number'] === null ? 'a draft' : String(order['number']));

const isPriced = ({ qty, price }: StoredRow): boolean => typeof qty === 'number' && typeof price === 'number';

/** An unreadable discount is no discount of nothing: the line is left out until it can be read. */
const isDiscountRead = (table: LineTable, line: StoredRow, read: Reader): boolean =>
  line['discount'] !== null ||
  !read.issues(table, line.id).some(({ field, origin }) => field === 'discount' && origin === 'parse');

/** The sum of the quantities, where all lines are in one unit. */
const quantityOf = (lines: readonly StoredRow[]): string | null =>
  new Set(lines.map(({ uom }) => uom ?? '')).size > 1
    ? null
    : String(lines.reduce((sum, { qty }) => sum + BigInt(typeof qty === 'number' ? qty : 0), 0n));

const hasError = (table: LineTable | 'schedule_lines', id: string, read: Reader): boolean =>
  read.issues(table, id).some(({ level }) => level === 'error');

/** A day typed on a line stands on its schedule line; it is the line that shows it. */
const isFaulty = (table: LineTable, line: string, read: Reader): boolean =>
  hasError(table, line, read) ||
  read.children('schedule_lines', line).some((schedule) => hasError('schedule_lines', schedule.id, read));

/**
 * What a document comes to. Lines that cannot be computed are not in it: `counted` of `lines` are.
 * @param lines those that count; as they were ordered, where what was cancelled is not to be taken out
 */
export const documentTotals = (
  table: DocumentTable,
  read: Reader,
  id: string,
  lines: readonly StoredRow[] = countedOf(table, id, read),
): OutputOf<WorkbenchContract['orders.totals']> => {
  const document = documentById(table, read, id);
  const lineTable = documents[table].lines;
  const readable = lines.filter((line) => isDiscountRead(lineTable, line, read) && isPriced(line));
  const currency = currencyOf(table, document, read) ?? '';
  const policy = taxPolicyOf(table, document, read);
  const worked = workOut(document, currency, readable, policy);
  const taxes = worked.taxes.map(({ code, rate, base, tax }) => ({ code, rate, base: String(base), tax: String(tax) }));
  const net = worked.net - worked.discount;
  const before = net + worked.charges;
  const { work, digits } = policyOf(document, currency, policy);
  const exact = readable.reduce((sum, line) => sum + lineExact18(lineOf(line, false), work, digits), 0n);
  return {
    currency,
    lines: lines.length,
    counted: readable.length,
    faulty: lines.filter(({ id: line }) => isFaulty(lineTable, line, read)).length,
    net: String(net),
    discount: String(worked.discount),
    net_micros: String(netMicros(exact) - worked.discount * tenTo(6 - digits)),
    freight: String(worked.charges),
    taxes,
    tax: String(worked.total - before),
    is_tax_included: policy.isIncluded,
    total: String(worked.total),
    base: baseTotalOf(table, document, worked.total, read),
    qty: quantityOf(lines),
  };
};

export const orderQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.totals' | 'orders.blockers'> => ({
  'orders.totals': ({ id }) => documentTotals('orders', read, id),
  'orders.blockers': ({ id }) => {
    orderOf(read, id);
    return { blockers: [...documentBlockers('orders', id, read)] };
  },
});

/** What a copy does not take over: it is a new order of today. */
const OWN_TO_ORDER: readonly string[] = [
  'id',
  'number',
  'status',
  'po_ref',
  'ordered_on',
  'requested',
  'promised',
  'cancel_after',
  'price_on',
  'quote_id',
  'tax_policy',
  'fx_policy',
];
const OWN_TO_LINE: readonly string[] = ['id', 'order_id', 'position', 'net', 'quote_line_id'];
/** Prices that a person or a file gave are copied; all others are made anew, as of today. */
const notCopied = (line: StoredRow): readonly string[] => (line['by_hand'] === 0 ? [...OWN_TO_LINE, 'price'] : OWN_TO_LINE);

const copyPatches = (
  order: StoredRow,
  read: Reader,
  ids: () => string,
): { readonly id: string; readonly patches: readonly StorePatch[] } => {
  const id = ids();
  const lines = read.children('order_lines', order.id).map((line): StorePatch => ({
    kind: 'insert',
    table: 'order_lines',
    id: ids(),
    values: { ...copiedCells('order_lines', line, notCopied(line), read), order_id: id },
  }));
  const values = copiedCells('orders', order, OWN_TO_ORDER, read);
  return { id, patches: [{ kind: 'insert', table: 'orders', id, values }, ...lines] };
};

type OrderCommands = Pick<Commands, 'orders.duplicate'>;

const duplicate =
  (store: WriteStore, env: Pick<EngineEnv, 'ids'>): OrderCommands['orders.duplicate'] =>
  ({ id, screen }, context) => {
    const order = orderOf(store, id);
    const copy = copyPatches(order, store, env.ids);
    const { inverse: _, ...changed } = store.apply(
      copy.patches,
      changeBy(store, context, { label: `Duplicate ${nameOfOrder(order)}`, screen }),
    );
    return { ...changed, id: copy.id };
  };

export const orderCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids'>;
}): OrderCommands => ({
  'orders.duplicate': duplicate(store, env),
});
