/** Where pasted cells land, which areas can be copied, and which row names columns. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../shared/domain/clipboard/areas.ts';
import { matchHeaders } from '../../shared/domain/clipboard/headers.ts';
import { aim, spread } from '../../shared/domain/clipboard/spread.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';

describe('the shape rules', () => {
  test.each<[string, [number, number], [number, number], [number, number]]>([
    ['one cell fills the selection', [1, 1], [3, 4], [3, 4]],
    ['one row fills many', [1, 3], [5, 3], [5, 3]],
    ['one row fills many from a selection of one column', [1, 3], [5, 1], [5, 3]],
    ['one column fills across', [4, 1], [4, 3], [4, 3]],
    ['an exact multiple is tiled', [2, 2], [4, 6], [4, 6]],
    ['a multiple of rows alone, from one column', [2, 3], [6, 1], [6, 3]],
    ['what does not fit goes in once', [2, 2], [3, 2], [2, 2]],
    ['a multiple one way and not the other goes in once', [2, 2], [4, 3], [2, 2]],
    ['more than the selection goes past it', [5, 3], [2, 2], [5, 3]],
  ])('%s', (_, [rows, columns], [r, c], [R, C]) => {
    expect(spread({ rows, columns }, { rows: r, columns: c })).toEqual({ rows: R, columns: C });
  });

  const small = fc.integer({ min: 1, max: 9 });
  test('nothing lands outside the plane, and every cell has a source', () => {
    fc.assert(
      fc.property(
        fc.tuple(small, small, small, small, small, small),
        fc.nat(8),
        fc.nat(8),
        fc.boolean(),
        (sizes, r, c, canGrow) => {
          const [br, bc, sr, sc, pr, pc] = sizes;
          fc.pre(r < pr && c < pc);
          const at = { row: r, col: c };
          const target = aim({ rows: br, columns: bc }, { rows: sr, columns: sc }, at, { rows: pr, columns: pc, canGrow });
          const size = spread({ rows: br, columns: bc }, { rows: sr, columns: sc });
          expect(target.from).toBe(r);
          expect(target.rows + target.rowsLeft).toBe(size.rows);
          expect(target.newRows).toBe(canGrow ? Math.max(0, r + size.rows - pr) : 0);
          if (!canGrow) expect(r + target.rows).toBeLessThanOrEqual(pr);
          for (const { at: col, source } of target.columns) {
            expect(col).toBeGreaterThanOrEqual(c);
            expect(col).toBeLessThan(Math.min(pc, c + size.columns));
            expect(source).toBe((col - c) % bc);
          }
          // Each column of the block is written or listed.
          const written = new Set(target.columns.map(({ source }) => source));
          for (let source = 0; source < bc; source += 1)
            expect(written.has(source) || target.columnsPast.includes(source)).toBe(true);
        },
      ),
    );
  });
});

describe('areas to copy', () => {
  const area = (top: number, left: number, bottom: number, right: number) => ({
    from: { row: top, col: left },
    to: { row: bottom, col: right },
  });
  test.each<[string, ReturnType<typeof area>[], [number[], number[]] | null]>([
    [
      'one',
      [area(1, 1, 2, 3)],
      [
        [1, 2],
        [1, 2, 3],
      ],
    ],
    [
      'side by side with a gap',
      [area(0, 0, 1, 0), area(0, 3, 1, 3)],
      [
        [0, 1],
        [0, 3],
      ],
    ],
    [
      'under one another',
      [area(0, 0, 0, 1), area(5, 0, 5, 1)],
      [
        [0, 5],
        [0, 1],
      ],
    ],
    [
      'four that meet',
      [area(0, 0, 0, 0), area(0, 2, 0, 2), area(4, 0, 4, 0), area(4, 2, 4, 2)],
      [
        [0, 4],
        [0, 2],
      ],
    ],
    ['a corner missing', [area(0, 0, 0, 0), area(0, 2, 0, 2), area(4, 0, 4, 0)], null],
    ['rows that differ', [area(0, 0, 1, 0), area(0, 2, 2, 2)], null],
    ['none', [], null],
  ])('%s', (_, areas, lines) => {
    expect(linesOf(areas)).toEqual(lines && { rows: lines[0], cols: lines[1] });
  });
});

describe('a header row', () => {
  const columns = columnsOf('order_lines').map(({ key, label, field }) => ({ key, label, aliases: field.aliases }));
  test.each<[string, (string | null)[], (string | null)[] | null]>([
    ['labels', ['SKU', 'Qty', 'Price'], ['product_id', 'qty', 'price']],
    ['any case, marks aside', ['sku', 'QTY.', 'Net price?'], ['product_id', 'qty', null]],
    ['three of five are enough', ['SKU', 'Qty', 'Price', 'Foo', 'Bar'], ['product_id', 'qty', 'price', null, null]],
    ['two of four are not', ['SKU', 'Qty', 'Foo', 'Bar'], null],
    ['a name twice counts once', ['Qty', 'Qty'], null],
    ['data', ['CRT-6040', '12', '8.50'], null],
    ['blank', ['', null], null],
  ])('%s', (_, row, mapping) => expect(matchHeaders(row, columns)).toEqual(mapping));
});
