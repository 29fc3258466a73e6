import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  heldBy,
  judgePart,
  judgeReturn,
  lastDayFor,
  restockingFee,
  returnableOf,
  sentBackOf,
} from '../../shared/domain/returns/returnable.ts';
import { operationOf, ourStep, returnMoves, returnOperations, returnStates } from '../../shared/domain/returns/states.ts';

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

describe('T1: what a return holds of its line', () => {
  test.each([
    { status: 'requested', operation: 'refund', held: 5n },
    { status: 'denied', operation: 'refund', held: 0n },
    { status: 'authorised', operation: 'refund', held: 4n },
    { status: 'labelled', operation: 'repair', held: 4n },
    { status: 'received', operation: 'refund', held: 0n },
    { status: 'settled', operation: 'refund', held: 0n },
    { status: 'settled', operation: 'refund_keep', held: 4n },
    { status: 'denied', operation: 'refund_keep', held: 0n },
    { status: 'requested', operation: 'not_ordered', held: 0n },
    { status: 'authorised', operation: 'not_ordered', held: 0n },
  ])('T1: 5 asked, 4 authorised, $operation is $status: $held', ({ status, operation, held }) => {
    expect(heldBy({ status, operation, asked: 5n, authorised: 4n })).toBe(held);
  });

  test.each([
    ['authorise', 0n, 'Say how many.'],
    ['authorise', 6n, 'That is more than was asked for.'],
    ['authorise', 5n, null],
    ['receive', 0n, 'Say how many.'],
    ['receive', 6n, 'That is more than was authorised.'],
    ['accept', 0n, null],
    ['accept', -1n, 'Say how many.'],
    ['accept', 6n, 'That is more than came back.'],
  ] as const)('T1: %s %s of 5: %s', (step, qty, refusal) => {
    expect(judgePart(step, qty, 5n)).toBe(refusal);
  });

  test('T1: a step is let through exactly where it is of no more than the one before', () => {
    const step = fc.constantFrom('authorise' as const, 'receive' as const, 'accept' as const);
    const some = fc.bigInt({ min: -3n, max: 20n });
    fc.assert(
      fc.property(step, some, some, (of, qty, most) => {
        const least = of === 'accept' ? 0n : 1n;
        expect(judgePart(of, qty, most) === null).toBe(qty >= least && qty <= most);
      }),
    );
  });
});

describe('T1: what is kept, and what goes out again', () => {
  test.each([
    [40_000n, 150_000, 6000n],
    [40_000n, 0, 0n],
    [0n, 150_000, 0n],
    [333n, 100_000, 33n],
    [335n, 100_000, 34n],
  ])('T1: of a credit of %s a share of %s millionths is %s', (credit, share, fee) => {
    expect(restockingFee(credit, share)).toBe(fee);
  });

  test('T1: a fee is never more than the credit, and never less than nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 1_000_000 }), (credit, share) => {
        const fee = restockingFee(credit, share);
        expect(fee >= 0n && fee <= credit).toBe(true);
      }),
    );
  });

  test.each([
    ['refund', 0n, 5n],
    ['refund', 3n, 2n],
    ['refund', 5n, 0n],
    ['replace_other', 3n, 2n],
    ['repair', 5n, 5n],
    ['replace', 5n, 5n],
    ['replace', 0n, 5n],
  ])('T1: %s: of 5 that came back %s are accepted, %s go out again', (operation, accepted, out) => {
    expect(sentBackOf(operation, 5n, accepted)).toBe(out);
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

  test.each([
    ['requested', 'refund', 'Authorise or deny it'],
    ['authorised', 'refund', null],
    ['authorised', 'refund_keep', 'Settle it'],
    ['labelled', 'refund', null],
    ['received', 'repair', 'Inspect what came back'],
    ['accepted', 'refund', 'Settle it'],
    ['rejected', 'refund', 'Settle it'],
    ['denied', 'refund', null],
    ['settled', 'refund', null],
  ])('T1: %s, %s: %s', (status, operation, step) => {
    expect(ourStep(status, operation)).toBe(step);
  });
});
