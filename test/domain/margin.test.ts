import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentTotals } from '../../shared/domain/totals.ts';
import {
  costOf,
  defaultLimits,
  isCostStale,
  judgeMargin,
  marginOf,
  type MarginDocument,
  type MarginLine,
} from '../../shared/domain/margin.ts';

const TODAY = '2026-03-12';
const line = (net: bigint, cost: bigint | null, more: Partial<MarginLine> = {}): MarginLine => ({
  id: 'a',
  net,
  cost,
  costOn: '2026-03-02',
  discount: 0,
  ...more,
});
const judge = (lines: readonly MarginLine[], more: Partial<MarginDocument> = {}) =>
  judgeMargin({ lines, termDays: 30, validDays: 30, hasOwnText: false, ...more }, defaultLimits, TODAY);
const causes = (lines: readonly MarginLine[], more: Partial<MarginDocument> = {}) =>
  judge(lines, more).triggers.map(({ cause }) => cause);

describe('A1: margin of lines and of the document', () => {
  test('(net − cost) / net, after everything', () => {
    expect(marginOf(81_000n, 63_200n)).toEqual({ net: 81_000n, cost: 63_200n, amount: 17_800n, percent: 219_753 });
    expect(costOf(560_000_000, 6_320_000, 2)).toBe(353_920n);
    expect([marginOf(0n, 5n).percent, marginOf(5n, null).amount]).toEqual([null, null]);
  });
  test('the allocated header discount counts', () => {
    const policy = {
      digits: 2,
      mode: 'half_up',
      work: 'line',
      rounding: 'line',
      tax: 'line',
      taxMode: 'half_up',
      isTaxIncluded: false,
      taxTable: '',
      fx: null,
    } as const;
    const lines = [{ id: 'a', qty: 1_000_000, price: 100_000_000, discount: 0, taxCode: null }];
    const [whole] = documentTotals({ lines, discount: 2_000n, charges: [], rates: new Map() }, policy).lines;
    expect(causes([line(whole?.total ?? 0n, 7_000n)])).toEqual(['below_floor', 'below_floor']);
    expect(causes([line(10_000n, 7_000n)])).toEqual([]);
  });
  test('a cost is stale after its days, and without one', () => {
    expect(['2025-12-12', '2025-12-11', null].map((on) => isCostStale(on, TODAY, 90))).toEqual([false, true, true]);
    expect(causes([line(100n, 10n, { costOn: null })])).toEqual(['cost_stale']);
  });
});

describe('A2: bands and their approvers', () => {
  test.each([
    [80n, 'free', []],
    [81n, 'approver_1', ['below_floor', 'below_floor']],
    [90n, 'approver_1', ['below_floor', 'below_floor']],
    [91n, 'approver_2', ['below_hard_floor', 'below_hard_floor']],
    [100n, 'approver_2', ['below_hard_floor', 'below_hard_floor']],
    [101n, 'approver_2', ['below_cost', 'below_cost']],
  ] as const)('net 100, cost %i: %s', (cost, band, expected) => {
    const judged = judge([line(100n, cost)]);
    expect([judged.band, judged.triggers.map(({ cause }) => cause)]).toEqual([band, expected]);
  });
  test('a good line hides no bad one', () => {
    const { triggers, band } = judge([line(1_000n, 100n, { id: 'good' }), line(100n, 85n, { id: 'bad' })]);
    expect([triggers, band]).toEqual([[{ cause: 'below_floor', line: 'bad', approver: 1 }], 'approver_1']);
  });
  test('the other triggers', () => {
    const fine = line(100n, 10n);
    expect(causes([{ ...fine, discount: 50_001 }])).toEqual(['discount']);
    expect(causes([{ ...fine, cost: null }])).toEqual(['cost_missing']);
    expect(causes([fine], { termDays: 31, validDays: 31, hasOwnText: true })).toEqual(['terms', 'validity', 'text']);
    expect(causes([fine], { termDays: null, validDays: null })).toEqual([]);
    expect(causes([line(0n, 5n)])).toEqual(['below_cost', 'below_cost']);
    expect(causes([line(0n, 0n)])).toEqual([]);
  });
  test('a higher cost never needs less agreement', () => {
    const rank = { free: 0, approver_1: 1, approver_2: 2 };
    const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(amount, amount, amount, (net, cost, more) => {
        expect(rank[judge([line(net, cost + more)]).band]).toBeGreaterThanOrEqual(rank[judge([line(net, cost)]).band]);
      }),
    );
  });
});
