import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeReturn, lastDayFor, returnableOf, settleReturn } from '../../shared/domain/returns/returnable.ts';
import { operationOf, returnMoves, returnOperations, returnStates } from '../../shared/domain/returns/states.ts';

const M = 1_000_000n;
const line = { delivered: 10n * M, returned: 2n * M, inReturns: 3n * M, deliveredOn: '2026-03-01' };
const asked = { qty: 5n * M, operation: 'refund', override: null };

describe('T1: how much may come back', () => {
  test('T1: delivered 10, returned 2, 3 in open returns -> 5', () => {
    expect(returnableOf(line)).toBe(5n * M);
    expect(judgeReturn(line, asked, '2026-03-20', 30)).toBeNull();
    expect(judgeReturn(line, { ...asked, qty: 5n * M + 1n }, '2026-03-20', 30)?.code).toBe('TOO_MUCH');
  });

  test.each([
    { today: '2026-03-31', override: null, code: undefined },
    { today: '2026-04-01', override: null, code: 'TOO_LATE' },
    { today: '2026-04-01', override: '  ', code: 'TOO_LATE' },
    { today: '2026-04-01', override: 'Their warehouse was flooded', code: undefined },
  ])('T1: 30 days from 1 March, asked on $today with “$override”: $code', ({ today, override, code }) => {
    expect(judgeReturn(line, { ...asked, override }, today, 30)?.code).toBe(code);
  });

  test('T1: without a window it never ends, and says the last day where it does', () => {
    expect(judgeReturn(line, asked, '2036-01-01', null)).toBeNull();
    expect(lastDayFor('2026-03-01', 30)).toBe('2026-03-31');
    expect(judgeReturn(line, asked, '2026-04-01', 30)?.message).toContain('2026-03-31');
  });

  test('T1: nothing, nothing delivered, and goods nobody ordered', () => {
    expect(judgeReturn(line, { ...asked, qty: 0n }, '2026-03-02', 30)?.code).toBe('NOTHING');
    expect(judgeReturn({ ...line, deliveredOn: null }, asked, '2026-03-02', 30)?.code).toBe('NOT_DELIVERED');
    expect(judgeReturn({ ...line, deliveredOn: null }, { ...asked, operation: 'not_ordered' }, '2026-03-02', 30)).toBeNull();
  });

  test('T1: returns that were let through never add up to more than was delivered', () => {
    const few = fc.bigInt({ min: 1n, max: 12n });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 40n }), fc.array(few, { maxLength: 12 }), (delivered, wishes) => {
        let inReturns = 0n;
        for (const qty of wishes)
          if (
            judgeReturn(
              { delivered, returned: 0n, inReturns, deliveredOn: '2026-03-01' },
              { ...asked, qty },
              '2026-03-02',
              30,
            ) === null
          )
            inReturns += qty;
        expect(inReturns).toBeLessThanOrEqual(delivered);
      }),
    );
  });
});

describe('T1: what it is credited for', () => {
  test('T1: 4 of 10 billed at 1,000.00 less a discount that is in it -> 400.00; a fee of 15 % stands beside it', () => {
    expect(settleReturn(4n * M, { billed: 100_000n, invoiced: 10n * M }, 150_000)).toEqual({ credit: 40_000n, fee: 6000n });
  });

  test('T1: what was never billed is not credited', () => {
    expect(settleReturn(4n * M, { billed: 0n, invoiced: 0n }, 150_000)).toEqual({ credit: 0n, fee: 0n });
  });
});

describe('T1: the states of a line', () => {
  const keys = returnStates.map(({ key }) => key);
  test('T1: every move is between states there are, every state but the first is reached, the ends stay', () => {
    for (const { from, to } of returnMoves) expect(keys).toEqual(expect.arrayContaining([from, to]));
    expect(keys.filter((key) => !returnMoves.some(({ to }) => to === key))).toEqual([]);
    expect(keys.filter((key) => !returnMoves.some(({ from }) => from === key))).toEqual(['denied', 'settled']);
  });

  test('T1: the six ways it ends; what stays there does not come back, what is replaced is not credited', () => {
    expect(returnOperations).toHaveLength(6);
    expect(operationOf('refund_keep')).toMatchObject({ comesBack: false, isCredited: true });
    expect(operationOf('repair')).toMatchObject({ comesBack: true, isCredited: false });
    expect(operationOf('burn')).toBeNull();
  });
});
