import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf } from '../../shared/domain/fulfilment.ts';
import {
  amend,
  applyAmendments,
  judgeAmendment,
  needsApproval,
  type AmendableLine,
  type AmendedValues,
  type Amendment,
} from '../../shared/domain/order/amend.ts';
import { addWorkingDays, calendarOf, type Calendar } from '../../shared/domain/order/calendar.ts';
import {
  blockingOf,
  checkOrder,
  roundUpToPack,
  type CheckedLine,
  type CheckedOrder,
  type OtherOrder,
} from '../../shared/domain/order/checks.ts';
import { judgeRelease, openHolds, orderStateOf, type Hold } from '../../shared/domain/order/holds.ts';

/** A Thursday. */
const TODAY = '2026-03-12';
const week: Calendar = { days: [1, 2, 3, 4, 5], closed: new Set(['2026-03-16']) };
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 12, 9);

const line = (id: string, more: Partial<CheckedLine> = {}): CheckedLine => ({
  id,
  product: `p-${id}`,
  uom: 'EA',
  qty: 24_000_000n,
  quoted: null,
  pack: null,
  isDiscontinued: false,
  successor: null,
  stock: null,
  promised: null,
  leadDays: 0,
  ...more,
});
const order = (more: Partial<CheckedOrder> = {}): CheckedOrder => ({
  id: 'o',
  account: 'acme',
  po: 'PO-77',
  net: 50_000n,
  lines: [line('a'), line('b')],
  at: NOW,
  ...more,
});
const other = (more: Partial<OtherOrder> = {}): OtherOrder => ({
  id: 'x',
  number: 'O26-K7M-0001',
  po: null,
  at: NOW - 100 * HOUR,
  isCancelled: false,
  lines: [],
  ...more,
});
const check = (given: CheckedOrder, others: readonly OtherOrder[] = [], minimum: bigint | null = null) =>
  checkOrder(given, others, { today: TODAY, calendar: week, minimum });
const said = (...args: Parameters<typeof check>) =>
  check(...args).map(({ code, line: of, field, level }) => [code, of, field, level]);

describe('O3: checks at confirm', () => {
  test('O3: nothing wrong, nothing found', () => {
    expect(check(order(), [other()])).toEqual([]);
  });
  test('O3: the same PO number of the account, as a person would read it; cancelled orders and none do not count', () => {
    expect(said(order({ po: ' po-77 ' }), [other({ po: 'PO-77' })])).toEqual([['PO_DUPLICATE', null, 'po_ref', 'block']]);
    expect(check(order(), [other({ po: 'PO-77', isCancelled: true }), other({ id: 'o', po: 'PO-77' })])).toEqual([]);
    expect(check(order({ po: null }), [other()])).toEqual([]);
  });
  test('O3: the same basket within 24 h, however it is split', () => {
    const half = 12_000_000n;
    const lines = [line('b'), line('a', { qty: half }), line('c', { product: 'p-a', qty: half })];
    expect(said(order(), [other({ at: NOW - 23 * HOUR, lines })])).toEqual([['BASKET_REPEAT', null, 'line_count', 'warn']]);
    expect(check(order(), [other({ at: NOW - 24 * HOUR, lines })])).toEqual([]);
    expect(check(order(), [other({ at: NOW, lines: lines.slice(1) })])).toEqual([]);
  });
  test('O3: pack multiple, with the quantity to round up to', () => {
    const [found] = check(order({ lines: [line('a', { pack: 10_000_000n })] }));
    expect([found?.code, found?.about['up']]).toEqual(['PACK_MULTIPLE', '30000000']);
    fc.assert(
      fc.property(fc.bigInt(1n, 10_000n), fc.bigInt(1n, 500n), (qty, pack) => {
        const up = roundUpToPack(qty, pack);
        expect(up % pack === 0n && up >= qty && up - pack < qty).toBe(true);
      }),
    );
  });
  test('P2: more than the quote holds stops the order until a reason extends its price', () => {
    expect(said(order({ lines: [line('a', { quoted: 24_000_000n }), line('b', { quoted: 20_000_000n })] }))).toEqual([
      ['QUOTE_EXCESS', 'b', 'qty', 'block'],
    ]);
  });

  test('O3: minimum order, discontinued with its successor, stock with its moment', () => {
    const lines = [
      line('a', { isDiscontinued: true, successor: 'p-z' }),
      line('b', { stock: { qty: 3n, asOf: '2026-03-12T08:00Z' } }),
    ];
    const found = check(order({ lines }), [], 50_001n);
    expect(found.map(({ code, about }) => [code, about])).toEqual([
      ['MIN_ORDER', { minimum: '50001' }],
      ['DISCONTINUED', { successor: 'p-z' }],
      ['STOCK_SHORT', { stock: '3', asOf: '2026-03-12T08:00Z' }],
    ]);
    expect(check(order(), [], 50_000n)).toEqual([]);
  });
  test('O3: no promise before the lead time on the ship-to calendar', () => {
    const promised = (day: string) => check(order({ lines: [line('a', { leadDays: 2, promised: day })] }));
    // Friday, a weekend, a closed Monday, Tuesday.
    expect(promised('2026-03-16').map(({ about }) => about)).toEqual([{ earliest: '2026-03-17' }]);
    expect(promised('2026-03-17')).toEqual([]);
    expect(addWorkingDays(TODAY, 0, week)).toBe(TODAY);
    expect(addWorkingDays(TODAY, 1, { days: [], closed: new Set() })).toBe(null);
  });
  test.each([
    [null, null, [1, 2, 3, 4, 5], []],
    ['Mon-Sat', null, [1, 2, 3, 4, 5, 6], []],
    ['Wednesday, mon', '2026-12-25 and 2026-12-26', [1, 3], ['2026-12-25', '2026-12-26']],
    ['Fri–Mon', 'soon', [1, 5, 6, 7], []],
    ['whenever', '', [1, 2, 3, 4, 5], []],
  ] as const)('O3: a place that takes goods on %j, but not on %j', (days, closed, open, shut) => {
    expect(calendarOf(days, closed)).toEqual({ days: open, closed: new Set(shut) });
  });
  test('O3: a reason lets somebody go on, an empty one does not', () => {
    const found = check(order(), [other({ po: 'PO-77' })]);
    const override = (reason: string, code = 'PO_DUPLICATE') => blockingOf(found, [{ code, line: null, reason }]).length;
    expect([override('Two sites, one PO'), override(' '), override('x', 'MIN_ORDER')]).toEqual([0, 1, 1]);
    expect(
      blockingOf(
        found.map((one) => ({ ...one, canOverride: false })),
        [{ code: 'PO_DUPLICATE', line: null, reason: 'x' }],
      ),
    ).toHaveLength(1);
  });
});

describe('O4: holds and the state of an order', () => {
  const release = { by: 'ada', at: NOW, why: 'Paid by card', amount: 50_000n, validTo: '2026-03-12' };
  const hold = (id: string, released: Hold['released'] = null): Hold => ({ id, reason: 'credit', released });
  test('O4: several at once; a release ends with its day and its amount', () => {
    const open = (amount: bigint, today: string) =>
      openHolds([hold('1', release), hold('2')], { amount, today }).map(({ id }) => id);
    expect([open(50_000n, TODAY), open(50_001n, TODAY), open(50_000n, '2026-03-13')]).toEqual([['2'], ['1', '2'], ['1', '2']]);
  });
  test('K2: a credit hold is released by role, with reason, amount and last day', () => {
    const judge = (more: Partial<Parameters<typeof judgeRelease>[1]>) =>
      judgeRelease('credit', { role: 'manager', why: 'Paid', amount: 1n, validTo: TODAY, today: TODAY, ...more }, ['manager']);
    expect([
      judge({}),
      judge({ role: 'member' }),
      judge({ why: ' ' }),
      judge({ validTo: null }),
      judge({ amount: null }),
      judge({ validTo: '2026-03-01' }),
    ]).toEqual([
      null,
      'Your role does not release credit holds.',
      'Say why it is released.',
      'Say for what amount, and to which day, the credit is released.',
      'Say for what amount, and to which day, the credit is released.',
      'That day is past: release it to today or to a later day.',
    ]);
  });
  const sums = { isComplete: false, isStarted: false, isShort: false };
  test.each([
    ['draft', false, sums, 'draft'],
    ['submitted', false, sums, 'submitted'],
    ['submitted', true, sums, 'on_hold'],
    ['confirmed', false, sums, 'confirmed'],
    ['confirmed', true, { ...sums, isStarted: true }, 'on_hold'],
    ['confirmed', false, { ...sums, isStarted: true }, 'in_fulfilment'],
    ['confirmed', true, { ...sums, isStarted: true, isComplete: true }, 'completed'],
    ['confirmed', false, { isStarted: true, isComplete: true, isShort: true }, 'closed_short'],
    ['closed', false, { ...sums, isStarted: true }, 'closed_short'],
    ['closed', false, { ...sums, isComplete: true }, 'completed'],
    ['cancelled', true, sums, 'cancelled'],
  ] as const)('O4: %s, on hold %j, %j is %s', (status, isOnHold, lines, state) => {
    expect(orderStateOf(status, isOnHold, lines)).toBe(state);
  });
});

describe('O5: amendments', () => {
  const values: AmendedValues = { qty: 50n, price: 8_500_000, discount: 0, promised: '2026-03-20' };
  const amendable: AmendableLine = {
    ...values,
    id: 'a',
    promisedOriginal: '2026-03-18',
    quoted: null,
    buckets: bucketsOf(50n, [
      { kind: 'shipped', qty: 30 },
      { kind: 'cancelled', qty: 5 },
    ]),
  };
  test.each([
    [{ qty: 35n }, null, null],
    [{ qty: 34n }, null, 'BELOW_SHIPPED'],
    [{ qty: -1n }, null, 'NEGATIVE'],
    [{}, 'x', 'NO_CHANGE'],
    [{ promised: '2026-03-25' }, ' ', 'NO_REASON'],
    [{ promised: '2026-03-25' }, 'SUPPLY', null],
    [{ price: 8_000_000 }, null, null],
  ])('O5: what may be changed, and why not (%#)', (change, reason, code) => {
    expect(judgeAmendment(amendable, { ...values, ...change }, reason)?.code ?? null).toBe(code);
  });
  test('O5: numbered by order, with before and after; a new day keeps the first promise', () => {
    const first = amend([], amendable, { ...values, promised: '2026-03-25' }, { id: '1', reason: 'SUPPLY' });
    const second = amend(
      [first],
      { ...amendable, promised: '2026-03-25' },
      { ...values, promised: '2026-03-25', qty: 60n },
      { id: '2', reason: null },
    );
    expect([first.number, second.number, first.before.promised, first.after.promised]).toEqual([
      1,
      2,
      '2026-03-20',
      '2026-03-25',
    ]);
    const after = applyAmendments(amendable, [second, first]);
    expect(after).toEqual({
      values: { ...values, qty: 60n, promised: '2026-03-25' },
      promisedOriginal: '2026-03-18',
      review: [],
    });
    expect(applyAmendments({ ...values, promisedOriginal: null }, [first]).promisedOriginal).toBe('2026-03-20');
    expect([needsApproval(first), needsApproval(second)]).toEqual([false, true]);
  });
  test('O5: two amendments made on the same state: the last by number holds, the crossing is for review', () => {
    const mine: Amendment = amend([], amendable, { ...values, qty: 60n }, { id: 'm', reason: null });
    const theirs: Amendment = amend([], amendable, { ...values, qty: 40n }, { id: 't', reason: null });
    const here = applyAmendments(amendable, [mine, theirs]);
    expect([here.values.qty, here.review.map(({ id }) => id)]).toEqual([40n, ['t']]);
    expect(applyAmendments(amendable, [theirs, mine])).toEqual(here);
  });
});
