/** The order of rows: stable, by columns, nothing entered last; and the ranks of texts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, orderRows, sortTexts } from '../../electron/engine/store/write/order.ts';
import { pause } from './file.ts';

const cell = fc.oneof(
  fc.constant(NaN),
  fc.integer({ min: -5, max: 5 }),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32),
  // Neighbours that differ in their last bit.
  fc.constantFrom(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 53 - 3, 3 - 2 ** 53, 2 - 2 ** 53),
);

describe('orderRows', () => {
  it('is a stable sort by the columns, first before second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), fc.boolean(), fc.boolean(), async (rows, firstDown, secondDown) => {
        const down = [firstDown, secondDown];
        const columns = down.map((isDescending, at) => ({
          values: Float64Array.from(rows, (row) => row[at] ?? NaN),
          isDescending,
        }));
        const expected = rows
          .map((_, at) => at)
          .sort((a, b) => {
            for (const [at, isDescending] of down.entries()) {
              const [left, right] = [rows[a]?.[at] ?? NaN, rows[b]?.[at] ?? NaN];
              if (Number.isNaN(left) || Number.isNaN(right)) {
                if (Number.isNaN(left) && Number.isNaN(right)) continue;
                return Number.isNaN(left) ? 1 : -1;
              }
              if (left !== right) return left < right === isDescending ? 1 : -1;
            }
            return a - b;
          });
        expect([...(await orderRows(rows.length, columns, pause))]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('sortTexts', () => {
  it.each([
    ['plain', ''],
    ['astral', '😀'],
  ])('sorts more %s texts than one run holds, each once, and lets others run', async (_, mark) => {
    const texts = Array.from({ length: 60_000 }, (_one, at) => `t${(at * 7919) % 50_000}${at % 3 === 0 ? mark : ''}`);
    let pauses = 0;
    const sorted = await sortTexts(texts, async () => void (pauses += 1));
    expect(sorted).toEqual([...new Set(texts)].sort(compareText));
    expect(pauses).toBeGreaterThan(3);
  });

  it('compares as the database does: by code point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});
