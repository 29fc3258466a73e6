import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backorderOf,
  billableOf,
  creditableOf,
  isComplete,
  isConsentGiven,
  isWithinUnder,
  outstandingOf,
} from '../../shared/domain/fulfil/complete.ts';
import { foldFulfilments, judgeFulfilment, type FulfilmentLine } from '../../shared/domain/fulfil/record.ts';
import { toleranceFor, type ToleranceRule } from '../../shared/domain/fulfil/tolerance.ts';
import { sayFulfilmentRefusal } from '../../shared/domain/fulfil/words.ts';
import { bucketsOf, type FulfilmentEvent } from '../../shared/domain/fulfilment.ts';

const exact = { over: 0, under: 0 };
const goods = (ordered: bigint, more: Partial<FulfilmentLine> = {}): FulfilmentLine => ({
  ordered,
  nature: 'goods',
  tolerance: exact,
  ...more,
});
const event = (kind: FulfilmentEvent['kind'], qty: number): FulfilmentEvent => ({ kind, qty });
const after = (line: FulfilmentLine, ...events: readonly FulfilmentEvent[]) => foldFulfilments(line, events).buckets;

const kinds = ['shipped', 'delivered', 'accepted', 'returned', 'cancelled', 'short_closed', 'invoiced', 'credited'] as const;
const anyEvents = fc.array(fc.record({ kind: fc.constantFrom(...kinds), qty: fc.integer({ min: -60, max: 60 }) }), {
  maxLength: 40,
});
const anyLine = fc.record({
  ordered: fc.bigInt(0n, 100n),
  nature: fc.constantFrom('goods', 'service'),
  tolerance: fc.record({ over: fc.constantFrom(0, 50_000, 333_333), under: fc.constant(0) }),
});

describe('F1: what may be recorded of a line', () => {
  test('F1: through any sequence of events the buckets stand in their order', () => {
    fc.assert(
      fc.property(anyLine, anyEvents, (line, events) => {
        const { buckets: b, refused } = foldFulfilments(line, events);
        expect(b.ordered + b.over).toBe(b.open + b.shipped + b.cancelled + b.short_closed);
        expect([b.open, b.over, ...kinds.map((kind) => b[kind])].every((value) => value >= 0n)).toBe(true);
        expect(b.delivered <= b.shipped).toBe(true);
        expect(b.credited <= b.invoiced).toBe(true);
        if (line.nature === 'goods') {
          expect(b.accepted <= b.delivered && b.returned <= b.delivered && b.invoiced <= b.shipped).toBe(true);
        } else {
          const wanted = line.ordered - b.cancelled - b.short_closed;
          expect(b.accepted <= wanted && b.invoiced <= wanted).toBe(true);
        }
        const sums = new Map<string, number>();
        const left = [...refused];
        for (const one of events) {
          if (left[0] === one) left.shift();
          else sums.set(one.kind, (sums.get(one.kind) ?? 0) + one.qty);
        }
        for (const kind of kinds) expect(b[kind]).toBe(BigInt(sums.get(kind) ?? 0));
      }),
    );
  });

  test('F1: the most that is said can be recorded, and one more cannot', () => {
    fc.assert(
      fc.property(anyLine, anyEvents, fc.constantFrom(...kinds), (line, events, kind) => {
        const { buckets } = foldFulfilments(line, events);
        const refusal = judgeFulfilment(line, buckets, { kind, qty: 1_000_000n });
        const most = refusal?.most ?? 0n;
        if (most > 0n) expect(judgeFulfilment(line, buckets, { kind, qty: most })).toBe(null);
        expect(judgeFulfilment(line, buckets, { kind, qty: most + 1n })).not.toBe(null);
      }),
    );
  });

  test('F1: 45 of 50: the backorder is the 5 that remain, not the 45 that went', () => {
    const buckets = after(goods(50n), event('shipped', 45), event('delivered', 45));
    expect([buckets.open, buckets.delivered]).toEqual([5n, 45n]);
    expect(backorderOf(buckets, '2026-03-11', '2026-03-12', null)).toBe(5n);
    expect(backorderOf(buckets, '2026-03-12', '2026-03-12', null)).toBe(0n);
    expect(backorderOf(buckets, null, '2026-03-12', 2n)).toBe(3n);
    expect(backorderOf(buckets, null, '2026-03-12', -4n)).toBe(5n);
  });

  test.each([
    [event('shipped', 6), 'You cannot ship 0.000006: only 0.000005 is open'],
    [event('delivered', 46), 'You cannot record as delivered 0.000046: only 0.000045 is on its way'],
    [event('accepted', 1), 'You cannot accept 0.000001: nothing is delivered and not accepted'],
    [event('short_closed', -1), '0.000001 cannot be reopened: 0 is closed short'],
    [event('shipped', -1), 'What was recorded is not taken back by a negative quantity: record a return'],
    [event('cancelled', 0), 'The quantity is zero'],
  ])('%j is refused in words', (given, words) => {
    const line = goods(50n);
    const refusal = judgeFulfilment(line, after(line, event('shipped', 45)), given);
    expect(refusal && sayFulfilmentRefusal(given, refusal)).toBe(words);
  });
});

describe('F2: complete compares quantities, line by line', () => {
  const line = (ordered: bigint, shipped: number) => ({
    nature: 'goods' as const,
    buckets: after(goods(ordered), event('shipped', shipped)),
  });
  test('F2: 250,000 went, the 2 of the other line never did', () => {
    const order = [line(250_000_000_000n, 250_000_000_000), line(2_000_000n, 0)];
    expect(isComplete(order)).toBe(false);
    expect(judgeFulfilment(goods(2_000_000n), bucketsOf(2_000_000n, []), event('shipped', 2_000_000))).toBe(null);
  });
  test('F2: 498 of 500 is open and can be closed short', () => {
    const { buckets } = line(500n, 498);
    expect(isComplete([{ nature: 'goods', buckets }])).toBe(false);
    expect(judgeFulfilment(goods(500n), buckets, event('short_closed', 2))).toBe(null);
    expect(isComplete([])).toBe(false);
  });
});

describe('F3: services', () => {
  const service = goods(10n, { nature: 'service' });
  test.each(['accepted', 'invoiced'] as const)('F3: a service is complete when it is %s, with nothing delivered', (kind) => {
    const buckets = after(service, event(kind, 10));
    expect(
      isComplete([
        { nature: 'service', buckets },
        { nature: 'goods', buckets: after(goods(3n), event('shipped', 3)) },
      ]),
    ).toBe(true);
    expect(outstandingOf('service', after(service, event(kind, 4)))).toBe(6n);
  });
  test('F3: it is never shipped, and what was done is not cancelled', () => {
    expect(judgeFulfilment(service, bucketsOf(10n, []), event('shipped', 1))).toEqual({ code: 'SERVICE', most: 0n });
    expect(judgeFulfilment(service, after(service, event('accepted', 8)), event('cancelled', 3))).toEqual({
      code: 'TOO_MUCH',
      most: 2n,
    });
  });
});

describe('F4: short close, reopen, tolerance, substitutes', () => {
  test('F4: closed short and opened again', () => {
    const line = goods(50n);
    const closed = after(line, event('shipped', 45), event('short_closed', 5));
    expect([closed.open, isComplete([{ nature: 'goods', buckets: closed }])]).toEqual([0n, true]);
    expect(judgeFulfilment(line, closed, event('shipped', 1))).toEqual({ code: 'TOO_MUCH', most: 0n });
    const open = after(line, event('shipped', 45), event('short_closed', 5), event('short_closed', -5), event('shipped', 5));
    expect([open.open, open.shipped, open.short_closed]).toEqual([0n, 50n, 0n]);
  });
  test('F4: over-delivery up to the tolerance and no further; little missing may be closed', () => {
    const line = goods(100n, { tolerance: { over: 50_000, under: 20_000 } });
    const buckets = after(line, event('shipped', 98));
    expect(judgeFulfilment(line, buckets, event('shipped', 8))).toEqual({ code: 'TOO_MUCH', most: 7n });
    expect(after(line, event('shipped', 105)).over).toBe(5n);
    expect([isWithinUnder(line, buckets), isWithinUnder(line, after(line, event('shipped', 97)))]).toEqual([true, false]);
    expect(isWithinUnder({ ...line, tolerance: { over: 0, under: 1_000_000 } }, after(line))).toBe(false);
  });
  test('F4: the pair speaks before the product, the product before the account', () => {
    const rule = (account: string | null, product: string | null, over: number): ToleranceRule => ({
      account,
      product,
      over,
      under: 0,
    });
    const rules = [rule(null, null, 1), rule('a', null, 2), rule(null, 'p', 3), rule('a', 'p', 4)];
    const overOf = (...wanted: readonly ToleranceRule[]) => toleranceFor(wanted, 'a', 'p').over;
    expect([
      overOf(...rules),
      overOf(...rules.slice(0, 3)),
      overOf(...rules.slice(0, 2)),
      overOf(...rules.slice(0, 1)),
      overOf(),
    ]).toEqual([4, 3, 2, 1, 0]);
  });
  test('F4: another product goes only with the customer’s word', () => {
    expect([
      isConsentGiven(null),
      isConsentGiven({ by: ' ', on: '2026-03-12' }),
      isConsentGiven({ by: 'Ada', on: null }),
      isConsentGiven({ by: 'Ada', on: '2026-03-12' }),
    ]).toEqual([false, false, false, true]);
  });
});

describe('F5: returns', () => {
  const line = goods(50n);
  const before = after(line, event('shipped', 50), event('delivered', 50), event('invoiced', 50));
  const returned = after(line, event('shipped', 50), event('delivered', 50), event('invoiced', 50), event('returned', 8));
  test('F5: a return leaves delivered and open alone and is to be credited', () => {
    expect([returned.delivered, returned.shipped, returned.open]).toEqual([before.delivered, before.shipped, before.open]);
    expect([creditableOf(before), creditableOf(returned), billableOf('goods', returned)]).toEqual([0n, 8n, 0n]);
  });
  test('F5: what came back before it was billed is not billed', () => {
    const unbilled = after(line, event('shipped', 50), event('delivered', 50), event('returned', 8));
    expect([billableOf('goods', unbilled), creditableOf(unbilled)]).toEqual([42n, 0n]);
  });
});
