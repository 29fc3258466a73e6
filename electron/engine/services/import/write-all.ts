/**
 * The rows of a run in the order they have to be written: table by table, orders together with their lines, links
 * that point forwards when what they point at is there.
 */
import { isBad, type Scalar } from '../../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch } from '../../store/api.ts';
import { SHIPPED } from './bind.ts';
import type { Customs } from './customs.ts';
import { inactivateMissing } from './missing.ts';
import { patchesOf, type PlannedRow, type RowPlanner } from './rows.ts';
import { parseSeen, writeSeen } from './seen.ts';
import type { Shipments } from './shipments.ts';
import type { Writer } from './write.ts';

export type Run = {
  readonly store: Reader;
  readonly writer: Writer;
  readonly shipments: Shipments;
  readonly customs: Customs;
  readonly planners: readonly RowPlanner[];
  /** New rows that others may link to and that are not written yet. */
  readonly pending: Set<string>;
  readonly late: StorePatch[];
  /** Told of every row that is planned, as it is settled. */
  readonly note: (planner: RowPlanner, planned: PlannedRow) => void;
  /** Tells progress and lets others have their turn; throws when the caller has gone. */
  readonly breathe: (rows: number) => Promise<void>;
};

/** Rows between two breaths. */
const SLICE = 500;

/** Goes through rows in slices: reading together, writing between slices. */
const inSlices = async <T>(run: Run, rows: readonly T[], each: (row: T) => void): Promise<void> => {
  let at = 0;
  while (at < rows.length) {
    const from = at;
    run.store.together(() => {
      const end = Math.min(rows.length, from + SLICE);
      while (at < end && !run.writer.isFull()) {
        const row = rows[at];
        at += 1;
        if (row !== undefined) each(row);
      }
    });
    if (run.writer.isFull()) run.writer.flush();
    await run.breathe(at - from);
  }
};

/** Links to rows that come later in the run are written when those are there. */
const holdBack = (run: Run, planned: PlannedRow): void => {
  const { values, table, row } = planned;
  for (const [field, value] of Object.entries(values)) {
    const kind = tableOf(table).fields[field]?.kind;
    if (typeof value !== 'string' || (kind !== 'link' && kind !== 'ref')) continue;
    if (!run.pending.has(kind === 'ref' ? value.slice(value.indexOf('/') + 1) : value)) continue;
    delete values[field];
    run.late.push({ kind: 'update', table, id: row.id, values: { [field]: value } });
  }
};

const count = (run: Run, planner: RowPlanner, planned: PlannedRow): void => {
  const { tally } = planner;
  run.note(planner, planned);
  if (planned.isNew) tally.added += 1;
  else if (planned.tells) tally.updated += 1;
  else tally.same += 1;
};

const settle = (run: Run, planned: PlannedRow): StorePatch[] => {
  run.pending.delete(planned.row.id);
  if (!planned.hasChanged) return [];
  holdBack(run, planned);
  return patchesOf(planned);
};

const writePlain = async (run: Run, planner: RowPlanner): Promise<void> => {
  await inSlices(run, planner.identified.rows, (row) => {
    const planned = planner.plan(row);
    if (!planned) return;
    run.writer.add(settle(run, planned));
    count(run, planner, planned);
  });
  // A later file may tell of the same rows and has to find them.
  run.writer.flush();
};

/**
 * A day that cannot be an event, since it is no date or the order has no line yet, is kept in a custom field of the
 * order until it can.
 * @param homeless the day of an order without lines
 */
const keepDayApart = (run: Run, planned: PlannedRow, homeless: string | null): void => {
  const value = planned.resolved[SHIPPED];
  const label = 'Shipped (as imported)';
  const apart = isBad(value) ? value : homeless;
  const known = run.customs.find('orders', label);
  const standing = known && !planned.isNew ? (run.store.get('orders', planned.row.id)?.[known.key] ?? null) : null;
  if (apart !== null) {
    if (isBad(apart) || apart !== standing) planned.values[run.customs.ensure('orders', label, 'date').key] = apart;
  } else if (known && value !== undefined && (standing !== null || parseSeen(planned.row.seen)[SHIPPED] !== undefined)) {
    planned.values[known.key] = null;
  }
  const definitions = run.customs.take();
  if (definitions.length > 0) run.writer.add(definitions);
};

type Line = { readonly planner: RowPlanner; readonly planned: PlannedRow };

/** The day to resolve now: where the order or some of its lines are new, or the source changed it. */
const shippedOf = (planner: RowPlanner, planned: PlannedRow, lines: readonly Line[]): Scalar | undefined => {
  const isDue = planned.isNew || planned.resolved[SHIPPED] !== undefined || lines.some((line) => line.planned.isNew);
  const day = isDue ? planner.valueOf(planned.row, SHIPPED) : undefined;
  return isBad(day) ? null : day;
};

const hasLines = (run: Run, order: PlannedRow, lines: readonly Line[]): boolean =>
  lines.length > 0 || (!order.isNew && run.store.children('order_lines', order.row.id).length > 0);

/** A line without a place gets the next one of its order. */
const placeLines = (run: Run, orderId: string, isNewOrder: boolean, lines: readonly Line[]): void => {
  const fresh = lines.filter(({ planned }) => planned.isNew && planned.values['position'] === undefined);
  if (fresh.length === 0) return;
  const before = isNewOrder ? [] : run.store.children('order_lines', orderId);
  let last = before.reduce((most, row) => Math.max(most, Number(row['position'] ?? 0)), 0);
  for (const { planned } of fresh) planned.values['position'] = last += 1;
};

const writeOrder = (run: Run, planner: RowPlanner, order: PlannedRow, lines: readonly Line[]): void => {
  const day = shippedOf(planner, order, lines);
  const made = order.values['ordered_on'];
  if (typeof day === 'string' && typeof made === 'string' && day < made) planner.tally.early.push(order.row.key);
  // A day without any line to put it on waits for the lines: the next import takes it up again.
  const isHomeless = typeof day === 'string' && !hasLines(run, order, lines);
  keepDayApart(run, order, isHomeless ? day : null);
  if (isHomeless) {
    delete order.seen[SHIPPED];
    planner.tally.waiting.push(order.row.key);
  }
  planner.takeValue(order.row, SHIPPED);
  const hasNews = Object.keys(order.values).length > 0 || writeSeen(order.seen) !== order.row.seen;
  const tells = order.tells && Object.keys(order.values).length + Object.keys(order.resolved).length > 0;
  const settled: PlannedRow = { ...order, tells, hasChanged: order.isNew || (order.hasChanged && hasNews) };
  const { id: orderId, key: orderKey } = order.row;
  placeLines(run, orderId, order.isNew, lines);
  const rows = [...settle(run, settled), ...lines.flatMap(({ planned }) => settle(run, planned))];
  const lineKeys = new Map(lines.map(({ planned }) => [planned.row.id, planned.row.key] as const));
  const shipment = { orderId, orderKey, system: order.system, isNewOrder: order.isNew, lineKeys };
  const isShipping = day !== undefined && !isHomeless && (day !== null || !order.isNew);
  run.writer.add(rows, isShipping ? () => run.shipments.patches({ ...shipment, day }) : undefined);
  count(run, planner, settled);
};

/** The changed lines of a run by the order they belong to. */
const planLines = async (run: Run, planners: readonly RowPlanner[]): Promise<Map<string, Line[]>> => {
  const byOrder = new Map<string, Line[]>();
  for (const planner of planners) {
    await inSlices(run, planner.identified.rows, (row) => {
      const planned = planner.plan(row);
      if (!planned) return;
      count(run, planner, planned);
      if (!planned.hasChanged) return;
      const order = planned.values['order_id'] ?? run.store.get('order_lines', row.id)?.['order_id'];
      const key = typeof order === 'string' ? order : '';
      const lines = byOrder.get(key);
      if (lines) lines.push({ planner, planned });
      else byOrder.set(key, [{ planner, planned }]);
    });
  }
  return byOrder;
};

/** Orders and order lines of a run: each order with its lines, then the lines of orders that are not in it. */
const writeDocuments = async (run: Run, orders: readonly RowPlanner[], lines: readonly RowPlanner[]): Promise<void> => {
  const byOrder = await planLines(run, lines);
  for (const planner of orders) {
    await inSlices(run, planner.identified.rows, (row) => {
      const planned = planner.plan(row);
      if (planned) writeOrder(run, planner, planned, byOrder.get(row.id) ?? []);
      byOrder.delete(row.id);
    });
    run.writer.flush();
  }
  await inSlices(run, [...byOrder], ([orderId, rest]) => {
    if (orderId !== '') placeLines(run, orderId, false, rest);
    run.writer.add(rest.flatMap(({ planned }) => settle(run, planned)));
  });
  run.writer.flush();
};

const DOCUMENT_TABLES: ReadonlySet<TableName> = new Set(['orders', 'order_lines']);

/** Writes everything a run has planned. */
export const writeAll = async (run: Run): Promise<void> => {
  const ofTable = (table: TableName): readonly RowPlanner[] =>
    run.planners.filter((planner) => planner.identified.bound.source.entry.table === table);
  let areDocumentsWritten = false;
  for (const planner of run.planners) {
    const { table } = planner.identified.bound.source.entry;
    if (!DOCUMENT_TABLES.has(table)) await writePlain(run, planner);
    else if (!areDocumentsWritten) {
      areDocumentsWritten = true;
      await writeDocuments(run, ofTable('orders'), ofTable('order_lines'));
    }
  }
  await inSlices(run, run.late, (patch) => run.writer.add([patch]));
  for (const planner of run.planners) run.writer.add(inactivateMissing(run.store, planner, run.planners));
  run.writer.flush();
};
