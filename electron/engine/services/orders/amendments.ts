/**
 * Changes of a confirmed order (O5): each numbered, with what stood before and who changed it why. What cannot be is
 * refused in words, all of it at once, and nothing of the command is written. Undo takes a change back as it takes
 * anything else back.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { formatMoney } from '../../../../shared/domain/format.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import { sayAmendRefusal } from '../../../../shared/domain/order/amend-words.ts';
import { judgeAmendment, type AmendedValues } from '../../../../shared/domain/order/amend.ts';
import { isTaxed } from '../../../../shared/domain/tax-policy.ts';
import { describeProblem } from '../../../../shared/domain/problems.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { amendableOf, linePatches } from './amend-lines.ts';
import { placeOf } from './blockers.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf, parseField } from '../records/fields.ts';
import { productOf, schedulesOf, spread } from '../fulfilment/fulfilment.ts';
import { actorOf, changeBy } from '../access/identity.ts';
import { documentById, documentTotals, nameOfOrder } from './orders.ts';
import { billedFreight } from '../billing/billing.ts';
import { textOf } from '../billing/receivables.ts';
import { taxPolicyOf } from '../money/tax.ts';

type Input = Parameters<Commands['orders.amend']>[0];
type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
type Work = { readonly read: WriteStore; readonly env: Env; readonly order: StoredRow; readonly input: Input };
/** What one part of a command comes to: what it writes, or why it cannot be. */
type Part = { readonly patches: readonly StorePatch[]; readonly refusal: string | null };

const nothing: Part = { patches: [], refusal: null };
const refused = (refusal: string): Part => ({ patches: [], refusal });

/** Reads what was typed for a field of a line or of the order; what is left empty stays. */
const readCell = (
  field: string,
  typed: string | undefined,
  row: StoredRow,
  { read, env }: Work,
  table: 'orders' | 'order_lines' = 'order_lines',
) => {
  if (typed === undefined) return undefined;
  const value = parseField({ table, field, row, read, env }, typed);
  if (!isBad(value)) return value;
  const label = fieldOf(table, field)?.label ?? field;
  throw new AppError('blocked', `${describeProblem(value['!'][1], { label, raw: typed }).message}.`, { id: row.id, field });
};

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const afterOf = (before: AmendedValues, line: StoredRow, typed: Input['lines'][number], work: Work): AmendedValues => {
  const [qty, price, discount] = (['qty', 'price', 'discount'] as const).map((key) => readCell(key, typed[key], line, work));
  const promised = readCell('promised', typed.promised, line, work);
  return {
    qty: BigInt(numberOr(qty, Number(before.qty))),
    price: numberOr(price, before.price),
    discount: numberOr(discount, before.discount),
    promised: promised === undefined ? before.promised : typeof promised === 'string' ? promised : null,
  };
};

const written = (key: string, { qty, price, discount, promised }: AmendedValues): Record<string, string | number | null> => ({
  [`qty_${key}`]: Number(qty),
  [`price_${key}`]: price,
  [`discount_${key}`]: discount,
  [`promised_${key}`]: promised,
});

/** The row that says a change; the command gives it its number, day and person. */
const changeRow = (
  { env, order, input }: Work,
  kind: 'changed' | 'added' | 'cancelled',
  line: string | null,
  values: Record<string, string | number | null>,
): StorePatch => ({
  kind: 'insert',
  table: 'order_changes',
  id: env.ids(),
  values: {
    order_id: order.id,
    kind,
    ...(line === null ? {} : { line_id: line }),
    reason: input.reason?.trim() || null,
    ...values,
  },
});

const cancelLine = (line: StoredRow, where: string, before: AmendedValues, work: Work): Part => {
  const { read, env, input } = work;
  const schedules = schedulesOf(line.id, read);
  const open = schedules.reduce((sum, { now }) => sum + now.open, 0n);
  if (open === 0n) return refused(`${where}nothing of it is open.`);
  const reason = input.reason?.trim() ?? '';
  if (reason === '') return refused(`${where}say why it is cancelled.`);
  const today = companyToday(read, env);
  const events = spread(schedules, 'cancelled', open).map(({ schedule, qty }): StorePatch => ({
    kind: 'insert',
    table: 'fulfilments',
    id: env.ids(),
    values: { schedule_id: schedule, kind: 'cancelled', qty: Number(qty), happened_on: today, done_by: 'customer', reason },
  }));
  const after = { ...before, qty: before.qty - open };
  return {
    patches: [...events, changeRow(work, 'cancelled', line.id, { ...written('before', before), ...written('after', after) })],
    refusal: null,
  };
};

const amendLine = (typed: Input['lines'][number], own: readonly StoredRow[], work: Work): Part => {
  const at = own.findIndex(({ id }) => id === typed.line);
  const line = own[at];
  if (line === undefined) return refused('A line is not on this order any more.');
  const where = placeOf(line, at + 1);
  const before = amendableOf(line, work.read);
  if (typed.cancel === true) return cancelLine(line, where, before, work);
  const after = afterOf(before, line, typed, work);
  const refusal = judgeAmendment(before, after, work.input.reason);
  if (refusal?.code === 'NO_CHANGE') return nothing;
  if (refusal !== null) return refused(`${where}${sayAmendRefusal(refusal)}.`);
  return {
    patches: [
      ...linePatches(before, after, line.id, work.read),
      changeRow(work, 'changed', line.id, { ...written('before', before), ...written('after', after) }),
    ],
    refusal: null,
  };
};

/** The tax code of goods that the order's own table has no rate for: they would go out untaxed (M3, M6). */
const untaxed = (product: StoredRow, { read, order }: Work): string | null => {
  const policy = taxPolicyOf('orders', order, read);
  const code = textOf(product['tax_code']);
  return isTaxed(policy) && code !== null && !Object.hasOwn(policy.rates, code) ? code : null;
};

const addLine = ({ code, qty }: Input['added'][number], work: Work): Part => {
  const { read, env, order } = work;
  const row = { id: order.id, order_id: order.id } as StoredRow;
  const chosen = readCell('product_id', code, row, work);
  const amount = readCell('qty', qty, row, work);
  const product = typeof chosen === 'string' ? read.get('products', chosen) : undefined;
  if (product === undefined) return refused('Say what the new line is of.');
  if (typeof amount !== 'number' || amount <= 0) return refused(`New line ${code}: type a quantity.`);
  const unknown = untaxed(product, work);
  if (unknown !== null) return refused(`New line ${code}: the tax table of this order has no rate for “${unknown}”.`);
  const id = env.ids();
  return {
    patches: [
      { kind: 'insert', table: 'order_lines', id, values: { order_id: order.id, product_id: product.id, qty: amount } },
      changeRow(work, 'added', id, { qty_after: amount }),
    ],
    refusal: null,
  };
};

type Header = { readonly header_discount: number | null; readonly header_percent: number | null };

const headerOf = ({ header_discount: amount, header_percent: percent }: StoredRow): Header => ({
  header_discount: typeof amount === 'number' ? amount : null,
  header_percent: typeof percent === 'number' ? percent : null,
});

/** The discount of the whole order (M5): typed as an amount or as a percent, it takes the place of the other. */
const amendHeader = (work: Work): Part => {
  const { order, input } = work;
  const { header_discount: typedAmount, header_percent: typedPercent } = input.header;
  if (typedAmount !== undefined && typedPercent !== undefined)
    return refused('Type the header discount as an amount or as a percent, not both.');
  const amount = readCell('header_discount', typedAmount, order, work, 'orders');
  const percent = readCell('header_percent', typedPercent, order, work, 'orders');
  if (amount === undefined && percent === undefined) return nothing;
  const before = headerOf(order);
  const after: Header = {
    header_discount: typeof amount === 'number' ? amount : null,
    header_percent: typeof percent === 'number' ? percent : null,
  };
  if ((after.header_percent ?? 0) < 0 || (after.header_percent ?? 0) > 1_000_000)
    return refused('Header discount: a discount is from 0 to 100 %.');
  if ((after.header_discount ?? 0) < 0) return refused('Header discount: an amount is never below zero.');
  if (before.header_discount === after.header_discount && before.header_percent === after.header_percent) return nothing;
  const said = (key: string, { header_discount: of, header_percent: part }: Header) => ({
    [`header_discount_${key}`]: of,
    [`header_percent_${key}`]: part,
  });
  return {
    patches: [
      { kind: 'update', table: 'orders', id: order.id, values: after },
      changeRow(work, 'changed', null, { ...said('before', before), ...said('after', after) }),
    ],
    refusal: null,
  };
};

/** What is charged for carriage: billed beside the goods, so its change is a record of its own. */
const amendFreight = (work: Work): Part => {
  const { order, input } = work;
  const typed = readCell('freight', input.header.freight, order, work, 'orders');
  if (typed === undefined) return nothing;
  const before = typeof order['freight'] === 'number' ? order['freight'] : null;
  const after = typeof typed === 'number' ? typed : null;
  if ((after ?? 0) < 0) return refused('Freight is never below zero.');
  const billed = billedFreight(order.id, work.read);
  if ((after ?? 0) < billed)
    return refused(
      `Freight: ${formatMoney(String(billed), currencyOf('orders', order, work.read) ?? '', work.env.locale)} of it is billed. Credit it on its invoice.`,
    );
  if (before === after) return nothing;
  return {
    patches: [
      { kind: 'update', table: 'orders', id: order.id, values: { freight: after } },
      changeRow(work, 'changed', null, { freight_before: before, freight_after: after }),
    ],
    refusal: null,
  };
};

const gather = (work: Work): readonly StorePatch[] => {
  const { read, order, input } = work;
  if (new Set(input.lines.map(({ line }) => line)).size < input.lines.length)
    throw new AppError('blocked', 'A line is named twice. Say all that changes of it at once.', { id: order.id });
  const own = read.children('order_lines', order.id);
  const parts = [
    amendHeader(work),
    amendFreight(work),
    ...input.lines.map((typed) => amendLine(typed, own, work)),
    ...input.added.map((typed) => addLine(typed, work)),
  ];
  const refusals = parts.flatMap(({ refusal }) => refusal ?? []);
  if (refusals.length > 0) throw new AppError('blocked', refusals.join(' '), { id: order.id });
  const patches = parts.flatMap((part) => part.patches);
  if (patches.length === 0) throw new AppError('blocked', 'Nothing is changed.', { id: order.id });
  return patches;
};

const amend =
  (store: WriteStore, env: Env): Commands['orders.amend'] =>
  (input, context: CallContext) => {
    const { id, reason, screen } = input;
    const order = documentById('orders', store, id);
    if (order['status'] !== 'confirmed')
      throw new AppError('blocked', 'Only a confirmed order is amended. Before that, change its lines as they stand.', { id });
    const patches = gather({ read: store, env, order, input });
    const last = store.children('order_changes', id).reduce((most, { number }) => Math.max(most, Number(number ?? 0)), 0);
    const actor = actorOf(store, context);
    const by = { changed_on: companyToday(store, env), changed_by: store.get('people', actor) ? actor : null };
    let number = last;
    const said = patches.map((patch): StorePatch => {
      if (patch.kind !== 'insert' || patch.table !== 'order_changes') return patch;
      number += 1;
      return { ...patch, values: { ...patch.values, ...by, number } };
    });
    // The record of the changes comes last: by then the order stands as it was amended, and credit is judged of that.
    const isRecord = (patch: StorePatch): boolean => patch.table === 'order_changes';
    const ordered = [...said.filter((patch) => !isRecord(patch)), ...said.filter(isRecord)];
    const amends = { order: id, total: BigInt(documentTotals('orders', store, id).total) };
    const what = { label: `Amend ${nameOfOrder(order)}`, screen, reason: reason?.trim() || null, isCommand: true };
    const { inverse: _, ...changed } = store.apply(ordered, { ...changeBy(store, context, what), amends });
    return changed;
  };

export const amendCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Env;
}): Pick<Commands, 'orders.amend'> => ({ 'orders.amend': amend(store, env) });

export const amendQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.amendable'> => ({
  'orders.amendable': ({ id }) => {
    const order = documentById('orders', read, id);
    return {
      currency: currencyOf('orders', order, read) ?? '',
      header: headerIn(order, ''),
      lines: read.children('order_lines', id).map((line) => {
        const { qty, price, discount, promised, buckets } = amendableOf(line, read);
        return {
          id: line.id,
          position: typeof line['position'] === 'number' ? line['position'] : null,
          product: productOf(line, read),
          qty: String(qty),
          price: String(price),
          discount: String(discount),
          promised,
          open: String(buckets.open),
        };
      }),
      changes: read.children('order_changes', id).map((row) => ({
        id: row.id,
        number: Number(row['number'] ?? 0),
        kind: String(row['kind']),
        line: typeof row['line_id'] === 'string' ? row['line_id'] : '',
        reason: typeof row['reason'] === 'string' ? row['reason'] : null,
        changed_on: typeof row['changed_on'] === 'string' ? row['changed_on'] : null,
        before: valuesIn(row, 'before'),
        after: valuesIn(row, 'after'),
      })),
    };
  },
});

const headerIn = (row: StoredRow, key: '' | '_before' | '_after') => {
  const scaled = (field: string): string | null =>
    typeof row[`${field}${key}`] === 'number' ? String(row[`${field}${key}`]) : null;
  return {
    header_discount: scaled('header_discount'),
    header_percent: scaled('header_percent'),
    freight: scaled('freight'),
  };
};

const valuesIn = (row: StoredRow, key: 'before' | 'after') => {
  const scaled = (field: string): string | null =>
    typeof row[`${field}_${key}`] === 'number' ? String(row[`${field}_${key}`]) : null;
  const day = row[`promised_${key}`];
  return {
    qty: scaled('qty'),
    price: scaled('price'),
    discount: scaled('discount'),
    promised: typeof day === 'string' ? day : null,
    ...headerIn(row, `_${key}`),
  };
};
