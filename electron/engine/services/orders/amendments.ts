/**
 * Changes of a confirmed order (O5): each numbered, with what stood before and who changed it why. What cannot be is
 * refused in words, all of it at once, and nothing of the command is written. Undo takes a change back as it takes
 * anything else back.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { sayAmendRefusal } from '../../../../shared/domain/order/amend-words.ts';
import { judgeAmendment, type AmendedValues } from '../../../../shared/domain/order/amend.ts';
import { isTaxed } from '../../../../shared/domain/tax-policy.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { amendableOf, linePatches } from './amend-lines.ts';
import { changeRow, nothing, readCell, refused, type Env, type Input, type Part, type Work } from './amend-part.ts';
import { amendWhole } from './amend-whole.ts';
import { placeOf } from './blockers.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { productOf, spread } from '../fulfilment/fulfilment.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { actorOf, changeBy } from '../access/identity.ts';
import { sayHold, standingHolds } from './holds.ts';
import { documentById, documentTotals, nameOfOrder } from './orders.ts';
import { textOf } from '../billing/receivables.ts';
import { taxPolicyOf } from '../money/tax.ts';

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

const gather = (work: Work): readonly StorePatch[] => {
  const { read, order, input } = work;
  if (new Set(input.lines.map(({ line }) => line)).size < input.lines.length)
    throw new AppError('blocked', 'A line is named twice. Say all that changes of it at once.', { id: order.id });
  const own = read.children('order_lines', order.id);
  const parts = [
    ...amendWhole(work),
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
    const heldBefore = new Set(standingHolds(id, store, by.changed_on).map((hold) => hold.id));
    const amends = { order: id, total: BigInt(documentTotals('orders', store, id).total) };
    const what = { label: `Amend ${nameOfOrder(order)}`, screen, reason: reason?.trim() || null, isCommand: true };
    const { inverse: _, ...changed } = store.apply(ordered, { ...changeBy(store, context, what), amends });
    const held = standingHolds(id, store, by.changed_on).filter((hold) => !heldBefore.has(hold.id));
    return { ...changed, held: held.length === 0 ? null : held.map(sayHold).join('. ') };
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
    terms: textOf(row[`terms${key}`]),
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
