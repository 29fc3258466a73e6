/**
 * What a change brings with it: defaults of a new order, a new line's place, price and promise, days on their schedule
 * lines, the number of an order that leaves draft. Text is read here, where the row around the cell is known.
 */
import { isTyped, type CellInput, type CellValue } from '../../../../shared/domain/kinds.ts';
import { allowedFrom, initialOf } from '../../../../shared/domain/lifecycle.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { orderBlockers } from '../blockers.ts';
import { companyToday } from '../company.ts';
import { currencyOf, parseField, plain, type ParseEnv } from '../fields.ts';
import { datesOnLine, datesOnOrder, newSchedule, quantityOnLine } from './schedules.ts';

export type ExpandDeps = {
  readonly env: ParseEnv & { readonly ids: () => string };
  /** Next number of a table's series. */
  readonly nextNumber: (table: TableName) => string;
};

type Values = Readonly<Record<string, CellInput>>;
type Settled = Record<string, CellValue>;
/** A patch that carries cells. */
type Write = Extract<StorePatch, { readonly values: Values }> & { readonly table: TableName };
type Work = { readonly change: Change; readonly read: Reader; readonly deps: ExpandDeps };

/** Reads typed text. Links first: what a row points at says what currency its amounts are in. */
const settleValues = (table: TableName, before: StoredRow | undefined, values: Values, { read, change, deps }: Work): Settled => {
  const rank = (field: string): number => (fieldOf(table, field)?.kind === 'link' || field === 'currency' ? 0 : 1);
  const settled: Settled = {};
  for (const [field, input] of Object.entries(values).toSorted(([a], [b]) => rank(a) - rank(b))) {
    const row = { ...before, ...settled };
    const parse = (raw: string): CellValue =>
      parseField({ table, field, row, read, env: deps.env }, raw, change.source !== 'import');
    settled[field] = isTyped(input) ? parse(input['?']) : input;
  }
  return settled;
};

/** Splits days written on a line from what is stored on the line itself. */
const splitDates = ({ requested, promised, ...own }: Settled) => ({
  own,
  dates: { ...(requested === undefined ? {} : { requested }), ...(promised === undefined ? {} : { promised }) },
});

const fill = (values: Settled, defaults: Readonly<Record<string, CellValue | undefined>>): Settled => {
  const filled = { ...values };
  for (const [field, value] of Object.entries(defaults)) {
    if (filled[field] === undefined && value !== undefined && value !== null) filled[field] = value;
  }
  return filled;
};

const newOrder = (values: Settled, { read, change, deps }: Work): Settled => {
  const account = typeof values['account_id'] === 'string' ? read.get('accounts', values['account_id']) : undefined;
  return fill(values, {
    ordered_on: companyToday(read, deps.env),
    currency: currencyOf('orders', values, read),
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
    terms: account?.['terms'],
  });
};

const newActivity = (values: Settled, { read, change, deps }: Work): Settled =>
  fill(values, { at: deps.env.clock(), person_id: read.get('people', change.actor) ? change.actor : undefined });

/** The product's words and price, where they are in the order's money. A file's price is the file's, or missing. */
const fromProduct = (
  product: StoredRow | undefined,
  order: StoredRow | undefined,
  isFromFile = false,
): Readonly<Record<string, CellValue | undefined>> => {
  if (product === undefined) return {};
  if (isFromFile) return { description: product['name'], uom: product['uom'] };
  const isSameMoney = product['currency'] === null || product['currency'] === (order?.['currency'] ?? null);
  return { description: product['name'], uom: product['uom'], price: isSameMoney ? product['list_price'] : undefined };
};

const productOf = (values: Settled, read: Reader): StoredRow | undefined =>
  typeof values['product_id'] === 'string' ? read.get('products', values['product_id']) : undefined;

/** One behind the last line of an order. */
const nextPlace = (order: StoredRow | undefined, read: Reader): number =>
  (order === undefined ? [] : read.children('order_lines', order.id)).reduce(
    (last, line) => Math.max(last, Number(line['position'] ?? 0)),
    0,
  ) + 1;

const newLine = (patch: Write, values: Settled, { read, change, deps }: Work): readonly StorePatch[] => {
  const order = typeof values['order_id'] === 'string' ? read.get('orders', values['order_id']) : undefined;
  const { own, dates } = splitDates(values);
  const filled = fill(own, {
    position: own['position'] ?? nextPlace(order, read),
    ...fromProduct(productOf(own, read), order, change.source === 'import'),
  });
  const due = {
    requested: dates.requested ?? order?.['requested'] ?? null,
    promised: dates.promised ?? order?.['promised'] ?? null,
  };
  return [{ ...patch, values: filled }, newSchedule(deps.env.ids(), patch.id, filled['qty'], due)];
};

/** Another product on a line brings its words and price, unless they are written in the same change. */
const changedProduct = (line: StoredRow | undefined, values: Settled, { read, change }: Work): Settled => {
  const product = productOf(values, read);
  if (product === undefined || change.source === 'import' || line?.['product_id'] === product.id) return values;
  const order = typeof line?.['order_id'] === 'string' ? read.get('orders', line['order_id']) : undefined;
  return fill(values, fromProduct(product, order));
};

const updateLine = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { own, dates } = splitDates(values);
  const filled = changedProduct(before, own, work);
  const { qty } = filled;
  return [
    ...(Object.keys(filled).length > 0 ? [{ ...patch, values: filled }] : []),
    ...(qty === undefined ? [] : quantityOnLine(patch.id, qty, work.read)),
    ...(Object.keys(dates).length > 0 ? datesOnLine(patch.id, dates, work.read, work.deps.env.ids) : []),
  ];
};

const isEmptyDraft = (order: StoredRow | undefined, read: Reader): boolean =>
  order?.['status'] === initialOf('order') && read.children('order_lines', order.id).length === 0;

const updateOrder = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const { status, ...rest } = values;
  const takesMoney = rest['account_id'] !== undefined && isEmptyDraft(before, read);
  const own = takesMoney ? fill(rest, { currency: currencyOf('orders', { account_id: plain(rest['account_id']) }, read) }) : rest;
  const { dates } = splitDates(own);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(Object.keys(dates).length > 0 ? datesOnOrder(patch.id, dates, read, deps.env.ids) : []),
    ...(status === undefined ? [] : typedState(patch, before, status, work)),
  ];
};

const numberFor = (id: string, before: StoredRow | undefined, to: string, deps: ExpandDeps): readonly StorePatch[] =>
  before === undefined || before['number'] !== null || to === initialOf('order') || to === 'cancelled'
    ? []
    : [{ kind: 'update', table: 'orders', id, values: { number: deps.nextNumber('orders') } }];

const moveOrder = (id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table: 'orders',
  id,
  field: 'status',
  to,
  why,
});

/** The moves from one state to another: one, or through submitted; none where there is no way. */
export const pathTo = (from: string, to: string): readonly string[] => {
  const next = allowedFrom('order', from);
  if (next.includes(to)) return [to];
  const through = next.find((state) => state === 'submitted' && allowedFrom('order', state).includes(to));
  return through === undefined ? [] : [through, to];
};

/** A status typed in a cell runs the moves; where they may not be made, the text stays on the cell with the reason. */
const typedState = (
  patch: Write,
  before: StoredRow | undefined,
  status: CellValue,
  { read, change, deps }: Work,
): readonly StorePatch[] => {
  const from = before?.['status'];
  const asWritten: StorePatch = { ...patch, values: { status } };
  if (change.source === 'import' || typeof status !== 'string' || typeof from !== 'string' || status === from) return [asWritten];
  const path = pathTo(from, status);
  if (path.length === 0) return [asWritten];
  if (path.includes('confirmed') && from !== 'closed' && orderBlockers(patch.id, read).length > 0) {
    return [{ ...patch, values: { status: { '!': [status, 'STATE_BLOCKED'] } } }];
  }
  return [...numberFor(patch.id, before, status, deps), ...path.map((to) => moveOrder(patch.id, to, null))];
};

/** Fields with days that a copy or an import may set ahead: nothing to add. */
const expandInsert = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  if (patch.table === 'order_lines') return newLine(patch, values, work);
  const isImport = work.change.source === 'import';
  if (patch.table === 'orders' && !isImport) return [{ ...patch, values: newOrder(values, work) }];
  if (patch.table === 'activities' && !isImport) return [{ ...patch, values: newActivity(values, work) }];
  return [{ ...patch, values }];
};

const expandUpdate = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const before = work.read.get(patch.table, patch.id);
  if (patch.table === 'order_lines') return updateLine(patch, before, values, work);
  if (patch.table === 'orders') return updateOrder(patch, before, values, work);
  return [{ ...patch, values }];
};

/** A patch and what it brings with it, in the order they are written. */
export const expandPatch = (patch: StorePatch & { readonly table: TableName }, work: Work): readonly StorePatch[] => {
  if (patch.kind === 'transition') {
    const before = patch.table === 'orders' ? work.read.get('orders', patch.id) : undefined;
    return [...(work.change.source === 'import' ? [] : numberFor(patch.id, before, patch.to, work.deps)), patch];
  }
  if (!('values' in patch)) return [patch];
  const before = patch.kind === 'update' ? work.read.get(patch.table, patch.id) : undefined;
  const values = settleValues(patch.table, before, patch.values, work);
  return patch.kind === 'insert' ? expandInsert(patch, values, work) : expandUpdate(patch, values, work);
};
