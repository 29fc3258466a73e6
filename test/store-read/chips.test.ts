/** A filter by what the status shows finds the rows whose status shows it, of all orders and lines there can be. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Filter } from '../../shared/domain/filter.ts';
import { chipStates, orderChips } from '../../shared/domain/order-status.ts';
import type { TableName } from '../../shared/model/index.ts';
import { context, newFile, pause, type TestFile } from './file.ts';
import { finish, idAt, insertRows, type Values } from './fill.ts';

const UNIT = 1_000_000;
const DAYS = ['2026-01-02', '2026-06-01', '2026-12-31'];

const qty = fc.option(fc.integer({ min: 0, max: 4 }), { freq: 6 });
const event = fc.record({
  kind: fc.constantFrom('shipped', 'delivered', 'returned', 'short_closed', 'cancelled'),
  qty: fc.integer({ min: 0, max: 4 }),
  on: fc.constantFrom(...DAYS),
});
const line = fc.record({
  qty,
  requested: fc.option(fc.constantFrom(...DAYS), { freq: 4 }),
  events: fc.array(event, { maxLength: 3 }),
});
const order = fc.record({
  status: fc.constantFrom('draft', 'submitted', 'confirmed', 'cancelled', 'closed'),
  lines: fc.array(line, { maxLength: 3 }),
});

const keys = orderChips.map(({ key }) => key);

type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

const scale = (value: number | null): number | null => (value === null ? null : value * UNIT);

/** Orders with their lines, promises and events, numbered as they come. */
const fill = ({ db }: TestFile, orders: readonly Order[]): void => {
  let n = 0;
  const next = (): string => idAt((n += 1));
  const rows: Record<'orders' | 'order_lines' | 'schedule_lines' | 'fulfilments', Values[]> = {
    orders: [],
    order_lines: [],
    schedule_lines: [],
    fulfilments: [],
  };
  for (const one of orders) {
    const id = next();
    rows.orders.push({ id, number: `O${n}`, status: one.status, currency: 'EUR' });
    for (const { qty: ordered, requested, events } of one.lines) {
      const [lineId, schedule] = [next(), next()];
      rows.order_lines.push({ id: lineId, order_id: id, position: 1, qty: scale(ordered), price: 1 });
      rows.schedule_lines.push({ id: schedule, line_id: lineId, qty: scale(ordered), requested });
      for (const { kind, qty: moved, on } of events)
        rows.fulfilments.push({ id: next(), schedule_id: schedule, kind, qty: scale(moved), happened_on: on });
    }
  }
  for (const [table, values] of Object.entries(rows)) insertRows(db, table as TableName, values);
  finish(db);
};

const open = async ({ read }: TestFile, table: TableName, filter: Filter | null) => {
  const { view, count } = await read.views.open('c', { table, filter, sort: [] }, context, pause);
  return read.views.rows('c', view, 0, count, context);
};

/** The state of a line's order, which its chips are judged by too. */
const stateOf = (table: TableName, row: { readonly v: Readonly<Record<string, unknown>> }, states: ReadonlyMap<string, string>) =>
  String(table === 'orders' ? row.v['status'] : states.get(String(row.v['order_id'])));

it.each(['orders', 'order_lines'] as const)('%s', async (table) => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 12 }), fc.constantFrom(...keys), async (orders, turned) => {
      const file = newFile();
      try {
        fill(file, orders);
        const states = new Map((await open(file, 'orders', null)).map((row) => [row.id, String(row.v['status'])]));
        const all = await open(file, table, null);
        for (const key of keys) {
          const shown = all.filter((row) => chipStates.includes(stateOf(table, row, states)) && row.chips?.[0] === key);
          expect((await open(file, table, { chip: key })).map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
          if (key !== turned) continue;
          // And its opposite every other row: none is on both sides, none on neither.
          const others = all.filter((row) => !shown.includes(row));
          expect((await open(file, table, { not: { chip: key } })).map(({ id }) => id)).toEqual(others.map(({ id }) => id));
        }
      } finally {
        file.close();
      }
    }),
    { numRuns: 25 },
  );
});

it('a filter by a state finds the orders that are in it, whatever their status shows', async () => {
  const file = newFile();
  try {
    const late = { qty: 2, requested: '2026-01-02', events: [] };
    fill(file, [
      { status: 'confirmed', lines: [late] },
      { status: 'confirmed', lines: [] },
      { status: 'closed', lines: [] },
    ]);
    const confirmed = await open(file, 'orders', { field: 'status', is: 'eq', value: 'confirmed' });
    expect(confirmed.map(({ chips }) => chips?.[0])).toEqual(['late', 'in_fulfilment']);
    expect((await open(file, 'orders', { chip: 'late' })).map(({ id }) => id)).toEqual([confirmed[0]?.id]);
  } finally {
    file.close();
  }
});

it.each(['orders', 'order_lines'] as const)(
  '%s that are late are those whose status shows it; sent late is another thing',
  async (table) => {
    const file = newFile();
    try {
      const sentLate = [{ kind: 'shipped', qty: 2, on: '2026-06-01' }] as const;
      const wanted = '2026-01-02';
      fill(file, [
        { status: 'confirmed', lines: [{ qty: 2, requested: wanted, events: [] }] },
        { status: 'confirmed', lines: [{ qty: 2, requested: wanted, events: [...sentLate] }] },
        { status: 'closed', lines: [{ qty: 2, requested: wanted, events: [...sentLate] }] },
        { status: 'confirmed', lines: [{ qty: 2, requested: '2026-12-31', events: [] }] },
        { status: 'draft', lines: [{ qty: 2, requested: wanted, events: [] }] },
      ]);
      const ids = async (filter: Filter) => (await open(file, table, filter)).map(({ id }) => id);
      expect(await ids({ flag: 'late' })).toHaveLength(1);
      expect(await ids({ flag: 'late' })).toEqual(await ids({ chip: 'late' }));
      expect(await ids({ chip: 'shipped_late' })).toHaveLength(2);
    } finally {
      file.close();
    }
  },
);
