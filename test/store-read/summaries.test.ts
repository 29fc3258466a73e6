/** Sums kept change by change equal sums made anew, whatever happened in between; and they say what they should. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSummaries } from '../../electron/engine/store/sums/summaries.ts';
import { newFile, type TestFile } from './file.ts';
import { idAt, insertRows, type Values } from './fill.ts';
import { openWrite, type WriteFile } from './write.ts';

let file: TestFile;
beforeEach(() => {
  file = newFile();
});
afterEach(() => file.close());

const orderSums = () => file.db.prepare<[], Values>('SELECT * FROM order_sums ORDER BY n').all();
const lineSums = () => file.db.prepare<[], Values>('SELECT * FROM line_sums ORDER BY n').all();
const UNIT = 1_000_000;

/** One order with lines of (quantity, price in whole units, shipments of (quantity, day)). */
const fillOrder = (
  order: Values,
  lines: readonly {
    readonly line?: Values;
    readonly requested?: string;
    readonly events?: readonly (readonly [kind: string, qty: number, day: string])[];
  }[],
): void => {
  const { db } = file;
  insertRows(db, 'orders', [{ id: idAt(1), status: 'confirmed', currency: 'EUR', rounding: 'line', ...order }]);
  lines.forEach(({ line, requested, events }, at) => {
    const [lineId, scheduleId] = [idAt(100 + at), idAt(200 + at)];
    insertRows(db, 'order_lines', [{ id: lineId, order_id: idAt(1), qty: 10 * UNIT, uom: 'EA', price: UNIT, ...line }]);
    insertRows(db, 'schedule_lines', [{ id: scheduleId, line_id: lineId, qty: 10 * UNIT, requested: requested ?? '2026-06-10' }]);
    insertRows(
      db,
      'fulfilments',
      (events ?? []).map(([kind, qty, happened_on], n) => ({
        id: idAt(1000 + at * 10 + n),
        schedule_id: scheduleId,
        kind,
        qty: qty * UNIT,
        happened_on,
      })),
    );
  });
  createSummaries(db).rebuild();
};

describe('the sums of an order', () => {
  it.each([
    [
      'shipped on the day asked is on time',
      [['shipped', 10, '2026-06-10']],
      { is_open: 0, shipped_on: '2026-06-10', late_shipped: 0 },
    ],
    ['a day after is late', [['shipped', 10, '2026-06-11']], { is_open: 0, shipped_on: '2026-06-11', late_shipped: 1 }],
    [
      'its last shipment decides',
      [
        ['shipped', 4, '2026-06-01'],
        ['shipped', 6, '2026-06-13'],
      ],
      { is_open: 0, shipped_on: '2026-06-13', late_shipped: 3 },
    ],
    [
      'part shipped is open',
      [['shipped', 4, '2026-06-01']],
      { is_open: 1, shipped_on: null, open_qty: 6 * UNIT, shipped_qty: 4 * UNIT },
    ],
    [
      'closed short is not open',
      [
        ['shipped', 4, '2026-06-01'],
        ['short_closed', 6, '2026-06-02'],
      ],
      { is_open: 0, open_qty: 0, closed_qty: 6 * UNIT, shipped_on: '2026-06-01' },
    ],
    [
      'cancelled is neither open nor shipped',
      [['cancelled', 10, '2026-06-02']],
      { is_open: 0, shipped_on: null, late_shipped: null },
    ],
    [
      'a return opens nothing',
      [
        ['shipped', 10, '2026-06-10'],
        ['returned', 5, '2026-06-20'],
      ],
      { is_open: 0, open_qty: 0, returned_qty: 5 * UNIT },
    ],
  ] as const)('%s', (_, events, expected) => {
    fillOrder({}, [{ events }]);
    expect(orderSums()[0]).toMatchObject(expected);
  });

  it('rounds each line, or once over the whole, as the order says', () => {
    const third = { qty: UNIT, price: 333_333 };
    fillOrder({ rounding: 'line' }, [{ line: third }, { line: third }, { line: third }]);
    expect(orderSums()[0]).toMatchObject({ net: 99, net_micros: 999_999, lines: 3, counted: 3, qty: 3 * UNIT });
    file.db.exec(`UPDATE orders SET rounding = 'document'`);
    createSummaries(file.db).rebuild();
    expect(orderSums()[0]).toMatchObject({ net: 100, net_micros: 999_999 });
  });

  it('leaves a line without a price out and says so; adds no quantities of different units', () => {
    fillOrder({}, [{ line: { price: null } }, { line: { uom: 'KG' } }]);
    expect(orderSums()[0]).toMatchObject({ net: 1000, lines: 2, counted: 1, qty: null });
  });

  it('survives quantities whose sum no integer holds', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const { db } = file;
    fillOrder({}, [{}]);
    for (let at = 0; at < 1100; at += 1) {
      insertRows(db, 'fulfilments', [
        { id: idAt(5000 + at), schedule_id: idAt(200), kind: 'shipped', qty: most, happened_on: '2026-06-01' },
      ]);
    }
    expect(() => createSummaries(db).rebuild()).not.toThrow();
  });

  it('a draft is open for nobody; an order without lines is open once submitted', () => {
    fillOrder({ status: 'draft' }, [{}]);
    expect(orderSums()[0]).toMatchObject({ is_open: 0, has_open: 1, is_revenue: 0 });
    insertRows(file.db, 'orders', [{ id: idAt(2), status: 'submitted' }]);
    createSummaries(file.db).rebuild();
    expect(orderSums()[1]).toMatchObject({ is_open: 1, lines: 0, net: 0 });
  });

  it('a line shows the earliest day still open, else the last', () => {
    fillOrder({}, [{ requested: '2026-06-20' }]);
    insertRows(file.db, 'schedule_lines', [
      { id: idAt(300), line_id: idAt(100), qty: UNIT, requested: '2026-06-05' },
      { id: idAt(301), line_id: idAt(100), qty: UNIT, requested: '2026-06-01' },
    ]);
    insertRows(file.db, 'fulfilments', [
      { id: idAt(400), schedule_id: idAt(301), kind: 'shipped', qty: UNIT, happened_on: '2026-06-01' },
    ]);
    createSummaries(file.db).rebuild();
    expect(lineSums()[0]).toMatchObject({ requested: '2026-06-05', due_on: '2026-06-05', is_open: 1 });
  });
});

const TABLES = ['orders', 'order_lines', 'schedule_lines', 'fulfilments'] as const;
const PARENT = {
  order_lines: ['order_id', 'orders'],
  schedule_lines: ['line_id', 'order_lines'],
  fulfilments: ['schedule_id', 'schedule_lines'],
} as const;

type Step = {
  readonly table: (typeof TABLES)[number];
  readonly what: 'insert' | 'update' | 'delete' | 'undelete' | 'move' | 'undo' | 'redo';
  readonly at: number;
  readonly to: number;
  readonly qty: number;
  readonly day: string;
  readonly status: string;
};

const steps = fc.array(
  fc.record<Step>({
    table: fc.constantFrom(...TABLES),
    what: fc.constantFrom('insert', 'insert', 'insert', 'update', 'delete', 'undelete', 'move', 'undo', 'redo'),
    at: fc.nat(),
    to: fc.nat(),
    qty: fc.integer({ min: 0, max: 5 }),
    day: fc.constantFrom('2026-06-01', '2026-06-10', '2026-06-20'),
    status: fc.constantFrom('submitted', 'cancelled', 'draft', 'confirmed'),
  }),
  { minLength: 5, maxLength: 60 },
);

describe('kept sums and search', () => {
  it('equal what is made anew, after any changes through the write path', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const write = openWrite();
        try {
          const ids: Record<string, string[]> = { orders: [], order_lines: [], schedule_lines: [], fulfilments: [] };
          list.forEach((step, n) => play(write, ids, step, n));
          const { kept, anew } = write.compare();
          expect(kept).toEqual(anew);
        } finally {
          write.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

it('a line whose order is not here has no sums, also after an undo', () => {
  const write = openWrite();
  try {
    write.apply([{ kind: 'insert', table: 'order_lines', id: idAt(2), values: { order_id: idAt(999) } }]);
    write.apply([{ kind: 'insert', table: 'orders', id: idAt(1), values: {} }]);
    write.apply([{ kind: 'update', table: 'order_lines', id: idAt(2), values: { order_id: idAt(1) } }]);
    write.undo();
    const { kept, anew } = write.compare();
    expect(kept).toEqual(anew);
  } finally {
    write.close();
  }
});

const valuesFor = ({ table, qty, day, to }: Step, ids: Record<string, string[]>): Values => {
  const parents = table === 'orders' ? [] : (ids[PARENT[table][1]] ?? []);
  const link = table === 'orders' ? {} : { [PARENT[table][0]]: parents[to % Math.max(1, parents.length)] ?? idAt(999_999) };
  const own: Record<(typeof TABLES)[number], Values> = {
    orders: {
      currency: qty === 1 ? 'JPY' : 'EUR',
      rounding: qty > 2 ? 'document' : 'line',
      ordered_on: day,
      account_id: idAt(qty),
      notes: `Note ${day}`,
    },
    order_lines: { qty: qty * UNIT, price: 333_333, uom: qty === 3 ? 'KG' : 'EA', description: `Steel ${qty}` },
    schedule_lines: { qty: qty === 5 ? null : qty * UNIT, requested: day },
    fulfilments: {
      kind: ['shipped', 'cancelled', 'short_closed', 'returned', 'delivered', 'shipped'][qty] ?? 'shipped',
      qty: UNIT,
      happened_on: day,
    },
  };
  return { ...own[table], ...link };
};

/** One change; what the write path refuses is no change. */
const play = (write: WriteFile, ids: Record<string, string[]>, step: Step, n: number): void => {
  const { table, what, at, status } = step;
  const own = ids[table] ?? [];
  const id = own[at % Math.max(1, own.length)];
  if (what === 'undo' || what === 'redo') {
    write[what]();
    return;
  }
  if (what === 'insert') {
    const made = idAt(10_000 + n);
    if (write.apply([{ kind: 'insert', table, id: made, values: valuesFor(step, ids) }])) own.push(made);
    return;
  }
  if (id === undefined) return;
  if (what === 'move' && table === 'orders')
    write.apply([{ kind: 'transition', table, id, field: 'status', to: status, why: null }]);
  else if (what === 'delete' || what === 'undelete') write.apply([{ kind: what, table, id }]);
  else if (table !== 'fulfilments') write.apply([{ kind: 'update', table, id, values: valuesFor(step, ids) }]);
};
