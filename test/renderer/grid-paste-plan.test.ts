/** What a paste would write, and what it says of the rest. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { readPasted } from '../../shared/domain/clipboard/read.ts';
import { aim } from '../../shared/domain/clipboard/spread.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { clipOf, targetsOf } from '../../renderer/grid/clipboard/copy.ts';
import { copiedOf, isOnLine } from '../../renderer/grid/clipboard/ants.ts';
import { readPayload, takenAt } from '../../renderer/grid/clipboard/payload.ts';
import type { PasteRow, PlanInput } from '../../renderer/grid/clipboard/plan.ts';
import { isBlankRow, planPaste } from '../../renderer/grid/clipboard/plan.ts';
import { createDisplay } from '../../renderer/grid/display.ts';
import { createEdits } from '../../renderer/grid/edit/edits.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const order = ['product_id', 'qty', 'price', 'net', 'requested', 'note'];
const columns = columnsOf('order_lines', { order }).filter(({ key }) => order.includes(key));
const at = (key: string): number => columns.findIndex((column) => column.key === key);

const rowsOf = (count: number, isNew = false): readonly PasteRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `r${n}`, row: isNew ? undefined : { id: `r${n}`, v: {} }, isNew, source: n }));

const plan = (text: string, from: string, more: Partial<PlanInput> = {}, html = '') => {
  const block = readPasted(text, html);
  const size = { rows: block.rows.length, columns: block.columns };
  const plane = { rows: 100, columns: columns.length, canGrow: true };
  const target = aim(size, { rows: 1, columns: 1 }, { row: 0, col: at(from) }, plane);
  const input = { block, target, rows: rowsOf(block.rows.length), columns, setting, lock: () => null, takenAt: () => null };
  const made = planPaste({ ...input, ...more });
  const cells = made.cells.map(
    ({ row, column, entry }) => `${row}.${column.key}=${entry.text}${entry.bad === undefined ? '' : `!${entry.bad}`}`,
  );
  return { ...made, cells };
};

describe('a paste', () => {
  test('writes every cell, good and bad', () => {
    expect(plan('1001\t12\t8.50\r\nx\ty\tz\r\n', 'product_id').cells).toEqual([
      'r0.product_id=1001',
      'r0.qty=12',
      'r0.price=8.50',
      'r1.product_id=x',
      'r1.qty=y',
      'r1.price=z',
    ]);
  });

  test('leaves out what cannot be typed and says so; columns past the end are named by what is in them', () => {
    const { cells, columns: count, notes } = plan('8.50\t102.00\t2026-02-01\tsoon\textra\r\n', 'price');
    expect(cells).toEqual(['r0.price=8.50', 'r0.requested=2026-02-01', 'r0.note=soon']);
    expect(count).toBe(3);
    expect(notes).toEqual(['1 column past the last one was not pasted: “extra”', 'Net cannot be typed and was left out']);
  });

  test('leaves out locked cells of rows it can see, with their number', () => {
    const lock: PlanInput['lock'] = (row, { key }) => (row.id === 'r1' && key === 'qty' ? 'no' : null);
    const { cells, notes } = plan('1\t2\r\n3\t4\r\n', 'qty', { lock });
    expect(cells).toEqual(['r0.qty=1', 'r0.price=2', 'r1.price=4']);
    expect(notes).toContain('1 locked cell was left out');
  });

  test('leaves covered places alone, and blank cells of new rows to what they start with', () => {
    const html = '<table><tr><td rowspan=2>1001</td><td>1</td></tr><tr><td>2</td></tr></table>';
    expect(plan('1001\t1\r\n\t2\r\n', 'product_id', {}, html).cells).toEqual(['r0.product_id=1001', 'r0.qty=1', 'r1.qty=2']);
    expect(plan('\t1\r\n', 'product_id').cells).toEqual(['r0.product_id=', 'r0.qty=1']);
    expect(plan('\t1\r\n', 'product_id', { rows: rowsOf(1, true) }).cells).toEqual(['r0.qty=1']);
  });

  test('marks what the whole column makes doubtful, and says when amounts may have been shown rounded', () => {
    expect(plan('03/04/2026\r\n12/25/2026\r\n', 'requested').cells).toEqual([
      'r0.requested=03/04/2026!DATE_AMBIG',
      'r1.requested=12/25/2026!DATE_AMBIG',
    ]);
    expect(plan('12.5\r\n8\r\n', 'price').notes).toEqual([
      'Price came with 1 decimal: it may have been shown rounded where it was copied',
    ]);
    expect(plan('12.50\r\n', 'price').notes).toEqual([]);
  });

  test('never writes a cell outside its target', () => {
    const cell = fc.constantFrom('', 'a', '1.250', '3,5', '12', '"', '03/04/2026');
    const table = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }))
      .chain(([r, c]) => fc.array(fc.array(cell, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }));
    fc.assert(
      fc.property(table, fc.constantFrom(...order), (cells, from) => {
        const block = { rows: cells, columns: cells[0]?.length ?? 0, covered: 0 };
        const plane = { rows: 100, columns: columns.length, canGrow: true };
        const size = { rows: block.rows.length, columns: block.columns };
        const target = aim(size, { rows: 1, columns: 1 }, { row: 0, col: at(from) }, plane);
        const allowed = new Set(target.columns.map((one) => columns[one.at]?.key));
        const rows = rowsOf(cells.length);
        const made = planPaste({ block, target, rows, columns, setting, lock: () => null, takenAt: () => null });
        for (const { row, column } of made.cells) {
          expect(rows.some(({ id }) => id === row)).toBe(true);
          expect(allowed.has(column.key)).toBe(true);
          expect(column.editor).not.toBeNull();
        }
      }),
    );
  });

  test('a row with nothing in it makes no new one', () => {
    const block = readPasted('a\tb\r\n\t \r\n');
    expect([isBlankRow(block, 0), isBlankRow(block, 1)]).toEqual([false, true]);
  });
});

describe('a copy of ours', () => {
  const display = createDisplay(createEdits(), setting);
  const rows: readonly GridRow[] = [
    {
      id: 'a',
      v: { product_id: 'p1', qty: 1_250_500_000, requested: '2026-03-04' },
      l: { product_id: { code: '1001', title: 'Crate' } },
    },
    { id: 'b', v: { product_id: null, qty: null }, i: { qty: { raw: '=12x', code: 'NUM_PARSE', level: 'error' } } },
  ];
  const shown = columns.filter(({ key }) => ['product_id', 'qty', 'requested'].includes(key));
  const clip = clipOf({ table: 'order_lines', rows, columns: shown, display, withHeaders: false, copy: 'c1' });

  test('is plain text as the system writes it, bad text as it was typed and guarded', () => {
    expect(clip.text).toBe("1001\t1250.5\t2026-03-04\r\n\t'=12x\t\r\n");
    expect(readPasted(clip.text, clip.html).rows[1]).toEqual(['', '=12x', '']);
  });

  test('carries what links point at, for columns that may point there', () => {
    const payload = readPayload(clip.own);
    const [product, qty] = shown;
    expect(takenAt(payload, 0, 0, product ? targetsOf(product) : null)).toEqual({ value: 'p1', code: '1001', title: 'Crate' });
    expect(takenAt(payload, 0, 0, qty ? targetsOf(qty) : null)).toBeNull();
    expect(takenAt(payload, 0, 0, ['accounts'])).toBeNull();
    expect(takenAt(payload, 1, 0, ['products'])).toBeNull();
  });

  test.each(['', '{', '[]', '{"v":2}', JSON.stringify({ v: 1, copy: 'x', table: 'y', rows: 'z', columns: [], links: {} })])(
    'takes nothing from a type that is not ours: %s',
    (text) => expect(readPayload(text)).toBeNull(),
  );

  test('has a line around it', () => {
    const copied = copiedOf(['a', 'b'], ['qty', 'price']);
    const sides = (row: string, key: string): string =>
      (['t', 'r', 'b', 'l'] as const).filter((side) => isOnLine(copied, side, row, key)).join('');
    expect([sides('a', 'qty'), sides('a', 'price'), sides('b', 'qty'), sides('b', 'price')]).toEqual(['tl', 'tr', 'bl', 'rb']);
    expect(sides('c', 'qty') + sides('a', 'net')).toBe('');
  });
});
