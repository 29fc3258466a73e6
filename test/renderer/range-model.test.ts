/** Selecting as arithmetic: every way to select as a line in a table, and what must hold for any of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markClasses, marksAt } from '../../renderer/grid/range/marks.ts';
import type { Area, Place, Plane, Selection } from '../../renderer/grid/range/model.ts';
import {
  addArea,
  areaOf,
  blockRows,
  clip,
  collapse,
  columnsTo,
  countCells,
  countRows,
  cycle,
  disjoint,
  extendTo,
  extendToCol,
  extendToRow,
  isInside,
  isSameSelection,
  isSelected,
  isSingle,
  rowRanges,
  rowsTo,
  selectAll,
  shiftRows,
  single,
  sizeOf,
  toggleCell,
  wholeColumns,
  wholeRows,
  without,
} from '../../renderer/grid/range/model.ts';

const at = (row: number, col: number): Place => ({ row, col });
const area = (top: number, left: number, bottom: number, right: number): Area => areaOf(at(top, left), at(bottom, right));
const plane: Plane = { rows: 10, cols: 6 };

const said = ({ areas }: Selection): string =>
  areas.map(({ from, to }) => `${from.row},${from.col}:${to.row},${to.col}`).join(' ');

describe('extending', () => {
  const cases: readonly (readonly [string, Selection, string])[] = [
    ['down', extendToRow(single(at(2, 1)), 4), '2,1:4,1'],
    ['up past the anchor', extendToRow(extendToRow(single(at(2, 1)), 4), 1), '1,1:2,1'],
    ['right', extendToCol(single(at(2, 1)), 3), '2,1:2,3'],
    ['down, then right', extendToCol(extendToRow(single(at(2, 1)), 3), 2), '2,1:3,2'],
    ['to a corner', extendTo(single(at(2, 3)), at(0, 0)), '0,0:2,3'],
    ['whole rows stay whole', extendToRow(wholeRows(single(at(2, 3)), plane), 3), '2,0:3,5'],
    ['whole columns stay whole', extendToCol(wholeColumns(single(at(2, 3)), plane), 4), '0,3:9,4'],
    ['only the last area', extendToRow(addArea(single(at(0, 0)), at(4, 4)), 5), '0,0:0,0 4,4:5,4'],
    ['rows by Shift and a click on a number', rowsTo(single(at(4, 2)), 2, plane), '2,0:4,5'],
    ['columns by Shift and a click on a header', columnsTo(single(at(4, 2)), 3, plane), '0,2:9,3'],
  ];
  it.each(cases)('%s', (_name, selection, expected) => expect(said(selection)).toBe(expected));

  it('keeps the cell that has the focus', () => {
    expect(extendTo(single(at(2, 3)), at(7, 5)).anchor).toEqual(at(2, 3));
    expect(wholeRows(single(at(2, 3)), plane).anchor).toEqual(at(2, 3));
    expect(collapse(extendTo(single(at(2, 3)), at(7, 5)))).toEqual(single(at(2, 3)));
  });
});

describe('several areas', () => {
  it('adds a cell, and takes one that is selected out of its area', () => {
    const two = toggleCell(extendTo(single(at(0, 0)), at(2, 2)), at(5, 5));
    expect(said(two)).toBe('0,0:2,2 5,5:5,5');
    const holed = toggleCell(two, at(1, 1));
    expect(isSelected(holed, at(1, 1))).toBe(false);
    expect(countCells(holed)).toBe(9);
    expect(isSelected(holed, holed.anchor)).toBe(true);
  });

  it('leaves the cell itself where it was the only one', () => {
    expect(toggleCell(single(at(1, 1)), at(1, 1))).toEqual(single(at(1, 1)));
  });

  it('names the rows touched, neighbours joined', () => {
    expect(rowRanges([area(5, 0, 6, 0), area(0, 0, 1, 1), area(2, 3, 2, 3)])).toEqual([
      { from: 0, to: 3 },
      { from: 5, to: 7 },
    ]);
    expect(countRows({ areas: [area(0, 0, 3, 0), area(2, 2, 4, 2)], anchor: at(2, 2), focus: at(4, 2) })).toBe(5);
  });
});

describe('everything', () => {
  const block = area(1, 0, 7, 5);
  const all = '0,0:9,5';
  const cases: readonly (readonly [string, Selection, string])[] = [
    ['first the block', selectAll(single(at(3, 2)), block, plane), '1,0:7,5'],
    ['then all', selectAll(selectAll(single(at(3, 2)), block, plane), block, plane), all],
    ['from outside the block at once', selectAll(single(at(9, 2)), block, plane), all],
  ];
  it.each(cases)('%s', (_name, selection, expected) => expect(said(selection)).toBe(expected));

  it('the block ends at blank rows', () => {
    const isBlank = (row: number): boolean => row === 0 || row === 4;
    expect(blockRows(2, 10, isBlank)).toEqual({ from: 1, to: 4 });
    expect(blockRows(9, 10, isBlank)).toEqual({ from: 5, to: 10 });
    expect(blockRows(4, 10, isBlank)).toEqual({ from: 4, to: 5 });
  });
});

describe('Enter and Tab within a selection', () => {
  const two = addArea(extendTo(single(at(0, 0)), at(1, 1)), at(5, 3), at(5, 4));
  const walk = (along: 'rows' | 'columns', back: boolean, steps: number): readonly string[] => {
    let now: Selection = { ...two, anchor: at(0, 0) };
    return Array.from({ length: steps }, () => {
      now = cycle(now, along, back);
      return `${now.anchor.row},${now.anchor.col}`;
    });
  };
  it('goes down the columns, area after area, and around', () =>
    expect(walk('columns', false, 6)).toEqual(['1,0', '0,1', '1,1', '5,3', '5,4', '0,0']));
  it('goes along the rows, area after area, and around', () =>
    expect(walk('rows', false, 6)).toEqual(['0,1', '1,0', '1,1', '5,3', '5,4', '0,0']));
  it('goes back', () => expect(walk('rows', true, 3)).toEqual(['5,4', '5,3', '1,1']));
});

describe('when rows come and go', () => {
  it('moves along with its rows', () => expect(said(shiftRows(extendTo(single(at(2, 1)), at(3, 2)), 2))).toBe('4,1:5,2'));
  it('keeps what is still there', () =>
    expect(said(clip(extendTo(single(at(2, 1)), at(9, 5)), { rows: 4, cols: 3 }))).toBe('2,1:3,2'));
  it('falls back to the nearest cell where nothing is', () =>
    expect(said(clip(extendTo(single(at(8, 1)), at(9, 5)), { rows: 4, cols: 3 }))).toBe('3,1:3,1'));
});

describe('what it looks like', () => {
  const block = extendTo(single(at(1, 1)), at(3, 3));
  const classesAt = (selection: Selection, cell: Place): string =>
    markClasses.filter((_, bit) => (marksAt(selection, cell) & (1 << bit)) !== 0).join(' ');
  it.each([
    ['inside', at(2, 2), 'sel'],
    ['at the top', at(1, 2), 'sel sel-t'],
    ['at the last corner', at(3, 3), 'sel sel-r sel-b'],
    ['outside', at(0, 0), ''],
  ] as const)('%s', (_name, cell, expected) => expect(classesAt(block, cell)).toBe(expected));

  it('one cell has no fill', () => expect(classesAt(single(at(1, 1)), at(1, 1))).toBe(''));
});

const place = fc.record({ row: fc.nat(plane.rows - 1), col: fc.nat(plane.cols - 1) });
const anyArea = fc.tuple(place, place).map(([a, b]) => areaOf(a, b));

type Step = (selection: Selection) => Selection;
const step: fc.Arbitrary<Step> = fc.oneof(
  place.map(
    (to): Step =>
      (s) =>
        extendTo(s, to),
  ),
  place.map(
    ({ row }): Step =>
      (s) =>
        extendToRow(s, row),
  ),
  place.map(
    ({ col }): Step =>
      (s) =>
        extendToCol(s, col),
  ),
  place.map(
    (to): Step =>
      (s) =>
        toggleCell(s, to),
  ),
  fc.tuple(place, place).map(
    ([a, b]): Step =>
      (s) =>
        addArea(s, a, b),
  ),
  place.map(
    (to): Step =>
      () =>
        single(to),
  ),
  place.map(
    ({ row }): Step =>
      (s) =>
        rowsTo(s, row, plane),
  ),
  place.map(
    ({ col }): Step =>
      (s) =>
        columnsTo(s, col, plane),
  ),
  anyArea.map(
    (block): Step =>
      (s) =>
        selectAll(s, block, plane),
  ),
  fc.constant<Step>((s) => wholeRows(s, plane)),
  fc.constant<Step>((s) => wholeColumns(s, plane)),
  fc.constant<Step>(collapse),
  fc.tuple(fc.constantFrom('rows' as const, 'columns' as const), fc.boolean()).map(
    ([along, back]): Step =>
      (s) =>
        cycle(s, along, back),
  ),
);

const cells = Array.from({ length: plane.rows * plane.cols }, (_, i) => at(Math.floor(i / plane.cols), i % plane.cols));
const within = fc
  .tuple(place, fc.array(step, { maxLength: 12 }))
  .map(([from, steps]) => steps.reduce((s, f) => f(s), single(from)));

describe('whatever is pressed', () => {
  it('stays in the plane, is never empty, and holds the cell in focus', () =>
    fc.assert(
      fc.property(within, (selection) => {
        expect(selection.areas.length).toBeGreaterThan(0);
        for (const { from, to } of selection.areas) {
          expect(isInside(area(0, 0, plane.rows - 1, plane.cols - 1), from)).toBe(true);
          expect(isInside(area(0, 0, plane.rows - 1, plane.cols - 1), to)).toBe(true);
          expect(from.row <= to.row && from.col <= to.col).toBe(true);
        }
        expect(isSelected(selection, selection.anchor)).toBe(true);
      }),
    ));

  it('counts each cell once', () =>
    fc.assert(
      fc.property(within, (selection) => {
        expect(countCells(selection)).toBe(cells.filter((cell) => isSelected(selection, cell)).length);
      }),
    ));

  it('visits every cell once before it comes back', () =>
    fc.assert(
      fc.property(anyArea, fc.constantFrom('rows' as const, 'columns' as const), fc.boolean(), (one, along, back) => {
        let now: Selection = { areas: [one], anchor: one.from, focus: one.to };
        const seen = new Set<string>();
        for (let i = 0; i < sizeOf(one); i += 1) {
          now = cycle(now, along, back);
          seen.add(`${now.anchor.row},${now.anchor.col}`);
        }
        expect(seen.size).toBe(sizeOf(one));
        expect(now.anchor).toEqual(one.from);
      }),
    ));

  it('splits into areas that share no cell and miss none', () =>
    fc.assert(
      fc.property(fc.array(anyArea, { minLength: 1, maxLength: 5 }), (areas) => {
        const parts = disjoint(areas);
        for (const cell of cells) {
          const isIn = areas.some((one) => isInside(one, cell));
          expect(parts.filter((one) => isInside(one, cell)).length).toBe(isIn ? 1 : 0);
        }
      }),
    ));

  it('takes a rectangle out of another and nothing else', () =>
    fc.assert(
      fc.property(anyArea, anyArea, (one, hole) => {
        const rest = without(one, hole);
        for (const cell of cells)
          expect(rest.filter((part) => isInside(part, cell)).length).toBe(isInside(one, cell) && !isInside(hole, cell) ? 1 : 0);
      }),
    ));

  it('is the same selection after rows came and went', () =>
    fc.assert(
      fc.property(within, fc.nat(50), (selection, by) => {
        expect(isSameSelection(shiftRows(shiftRows(selection, by), -by), selection)).toBe(true);
        expect(isSameSelection(clip(selection, plane), selection)).toBe(true);
        expect(isSingle(collapse(selection))).toBe(true);
      }),
    ));
});
