import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHlc, isStamp, MAX_STAMP, stampAt, stampTime } from '../../shared/domain/hlc.ts';

const START = Date.UTC(2026, 2, 12, 14, 2);

describe('the hybrid clock', () => {
  test('only ever counts up, whatever the wall clock does and whatever arrives', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('tick' as const), by: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
      fc.record({ kind: fc.constant('receive' as const), by: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
      fc.record({ kind: fc.constant('now' as const), by: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let wall = START;
        const hlc = createHlc(() => wall, 0);
        let top = -1;
        for (const { kind, by } of steps) {
          if (kind === 'tick') wall += by;
          if (kind === 'receive') {
            const stamp = stampAt(wall + by);
            hlc.receive(stamp);
            top = Math.max(top, stamp);
          }
          if (kind === 'now') {
            const stamp = hlc.now();
            expect(stamp).toBeGreaterThan(top);
            expect(isStamp(stamp)).toBe(true);
            top = stamp;
          }
        }
      }),
    );
  });

  test('an edit by someone who saw a value is later than that value', () => {
    const fast = createHlc(() => START + 3_600_000, 0);
    const slow = createHlc(() => START - 3_600_000, 0);
    const seen = fast.now();
    slow.receive(seen);
    expect(slow.now()).toBeGreaterThan(seen);
  });

  test('goes on from the last stored stamp, and more than 4096 times in one millisecond', () => {
    const hlc = createHlc(() => START, stampAt(START) + 10);
    const stamps = Array.from({ length: 10_000 }, () => hlc.now());
    expect(stamps[0]).toBe(stampAt(START) + 11);
    expect(new Set(stamps).size).toBe(10_000);
    expect(stampTime(stamps[9_999] ?? 0)).toBe(START + 2);
  });

  test('refuses what is no stamp and stays as it was', () => {
    const hlc = createHlc(() => START, 7);
    for (const bad of [-1, 0.5, Number.NaN, Infinity, MAX_STAMP + 1, 2 ** 60]) {
      expect(() => hlc.receive(bad)).toThrow(RangeError);
    }
    expect(hlc.last()).toBe(7);
  });

  test('a clock behind the end of all stamps leaves some to make', () => {
    const hlc = createHlc(() => Date.UTC(2100, 0, 1), 0);
    const stamps = Array.from({ length: 10 }, () => hlc.now());
    expect(stamps.every(isStamp)).toBe(true);
    expect(new Set(stamps).size).toBe(10);
  });

  test('a stamp gives its moment back', () => {
    expect(stampTime(stampAt(START))).toBe(START);
    expect(stampAt(0)).toBe(0);
  });
});
