/** Where the focus goes: Tab with wrap, the return column of a Tab run, the edges of data, the next problem. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeOf, enterTo, nextAround, startRun, tabTo } from '../../renderer/grid/moves.ts';

describe('Tab', () => {
  it.each([
    ['moves right', { row: 0, col: 0 }, false, { row: 0, col: 1 }],
    ['wraps to the next row', { row: 0, col: 2 }, false, { row: 1, col: 0 }],
    ['wraps back', { row: 1, col: 0 }, true, { row: 0, col: 2 }],
    ['ends at the last cell', { row: 1, col: 2 }, false, null],
    ['ends at the first cell', { row: 0, col: 0 }, true, null],
  ] as const)('%s', (_, from, back, to) => {
    expect(tabTo(from, 3, 2, back)).toEqual(to);
  });

  it('there and back is where one was', () => {
    const place = fc.record({ row: fc.nat(9), col: fc.nat(4) });
    fc.assert(
      fc.property(place, (from) => {
        const next = tabTo(from, 5, 10, false);
        if (next) expect(tabTo(next, 5, 10, true)).toEqual(from);
        else expect(from).toEqual({ row: 9, col: 4 });
      }),
    );
  });
});

describe('Enter', () => {
  it('goes down, and up with Shift', () => {
    expect(enterTo({ row: 3, col: 2 }, 9, false, null)).toEqual({ row: 4, col: 2 });
    expect(enterTo({ row: 3, col: 2 }, 9, true, null)).toEqual({ row: 2, col: 2 });
  });
  it('returns to where a Tab run began, wherever that was', () => {
    const run = startRun(startRun(null, 1), 2);
    expect(enterTo({ row: 3, col: 4 }, 9, false, run)).toEqual({ row: 4, col: 1 });
  });
  it('stays at the end', () => {
    expect(enterTo({ row: 8, col: 0 }, 9, false, null)).toBeNull();
  });
});

describe('the edge of data', () => {
  const line = (text: string) => (at: number) => text[at] === 'x';
  it.each([
    ['from inside a block to its last', 'xxx..', 0, 1, 2],
    ['from an edge to the next block', 'xx..x', 1, 1, 4],
    ['from a blank to the next block', '..x..', 0, 1, 2],
    ['to the end where nothing follows', 'xx...', 1, 1, 4],
    ['back to the start of a block', '..xxx', 4, -1, 2],
    ['stays at the end', 'xxxxx', 4, 1, 4],
  ] as const)('%s', (_, text, at, step, to) => {
    expect(edgeOf(at, text.length, step, line(text))).toBe(to);
  });

  it('says that it does not know where it meets a row that is not loaded', () => {
    const known = (text: string) => (at: number) => (text[at] === '?' ? null : text[at] === 'x');
    expect(edgeOf(0, 6, 1, known('xxx???'))).toBeNull();
    expect(edgeOf(0, 6, 1, known('xx.???'))).toBe(1);
    expect(edgeOf(2, 6, -1, known('???.xx'))).toBeNull();
    expect(edgeOf(0, 3, 1, known('?xx'))).toBeNull();
  });

  it('always arrives inside the line, and moves unless it is at its end', () => {
    const cells = fc.array(fc.boolean(), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(cells, fc.nat(), fc.constantFrom(1 as const, -1 as const), (filled, seed, step) => {
        const at = seed % filled.length;
        const to = edgeOf(at, filled.length, step, (i) => {
          expect(i).toBeGreaterThanOrEqual(0);
          expect(i).toBeLessThan(filled.length);
          return filled[i] === true;
        });
        const isAtEnd = at === (step > 0 ? filled.length - 1 : 0);
        expect(Math.sign((to ?? NaN) - at)).toBe(isAtEnd ? 0 : step);
      }),
    );
  });
});

describe('the next problem', () => {
  const cells = [
    { row: 0, col: 3 },
    { row: 2, col: 1 },
    { row: 2, col: 4 },
  ];
  it.each([
    ['after the focus', { row: 2, col: 1 }, false, { row: 2, col: 4 }],
    ['round the end', { row: 5, col: 0 }, false, { row: 0, col: 3 }],
    ['before the focus', { row: 2, col: 1 }, true, { row: 0, col: 3 }],
    ['round the start', { row: 0, col: 3 }, true, { row: 2, col: 4 }],
  ] as const)('%s', (_, from, back, to) => {
    expect(nextAround(from, cells, back)).toEqual(to);
  });
  it('none where there is none', () => {
    expect(nextAround({ row: 0, col: 0 }, [], false)).toBeNull();
  });
});
