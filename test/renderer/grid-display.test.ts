/** What cells show: values, links, bad text with its reason, chips, the sign at the start of a row. */
import { describe, expect, it } from 'vitest';
import { chipOf } from '../../renderer/grid/chips.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import type { Setting } from '../../renderer/grid/display.ts';
import { compareCells, openText, readTyped, rowState, viewCell } from '../../renderer/grid/display.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { TableName } from '../../shared/model/index.ts';

const setting: Setting = { locale: 'en-GB', zone: 'Europe/London', today: '2026-03-12', currency: 'GBP' };

const column = (table: TableName, key: string) => {
  const found = columnsOf(table).find((one) => one.key === key);
  if (!found) throw new Error(`no column ${key}`);
  return found;
};
const row = (v: GridRow['v'], more: Partial<GridRow> = {}): GridRow => ({ id: 'r', v, ...more });
const view = (table: TableName, key: string, of: GridRow) => viewCell(column(table, key), of, null, setting);

describe('a cell', () => {
  it.each([
    ['money', 'orders', 'net', row({ net: -123_450 }), '−1,234.50'],
    ['a quantity', 'order_lines', 'qty', row({ qty: 12_000_000 }), '12'],
    ['a price', 'order_lines', 'price', row({ price: 8_500_000 }), '8.50'],
    ['a percent', 'order_lines', 'discount', row({ discount: 50_000 }), '5.0'],
    ['a day of this year', 'orders', 'requested', row({ requested: '2026-03-20' }), '20 Mar'],
    ['a day of another year', 'orders', 'requested', row({ requested: '1998-06-03' }), '3 Jun 1998'],
    ['zero', 'orders', 'line_count', row({ line_count: 0 }), '0'],
    ['nothing', 'orders', 'po_ref', row({ po_ref: null }), ''],
    ['a number to come', 'orders', 'number', row({ number: null }), 'Draft'],
  ] as const)('shows %s', (_, table, key, of, text) => {
    expect(view(table, key, of).text).toBe(text);
  });

  it.each([
    ['qty', -3_000_000, '−3 is too small: Qty is 0 or more'],
    ['price', -500_000, '−0.50 is too small: Price is 0.00 or more'],
    ['discount', 1_200_000, '120 is too large: Disc % is from 0 to 100'],
    ['discount', -50_000, '−5 is too small: Disc % is from 0 to 100'],
  ])('says what a number may be: %s %i', (key, value, message) => {
    const range = { raw: null, code: 'NUM_RANGE', level: 'error' } as const;
    expect(view('order_lines', key, row({ [key]: value }, { i: { [key]: range } })).problem?.message).toBe(message);
  });

  it('shows a link by the name of its record, a product by its SKU', () => {
    const account = row({ account_id: 'a' }, { l: { account_id: { code: 'HARB', title: 'Harbour Foods' } } });
    const product = row({ product_id: 'p' }, { l: { product_id: { code: 'CRT-6040', title: 'Crate' } } });
    expect(view('orders', 'account_id', account).text).toBe('Harbour Foods');
    expect(view('order_lines', 'product_id', product).text).toBe('CRT-6040');
  });

  it('says the currency only where it is not that of the column', () => {
    expect(view('orders', 'net', row({ net: 100, currency: 'GBP' })).beside).toBeNull();
    expect(view('orders', 'net', row({ net: 100, currency: 'EUR' })).beside).toBe('EUR');
    expect(view('orders', 'net', row({ net: 100, currency: 'JPY' })).text).toBe('100');
  });

  it('keeps bad text as it was typed, with the reason in words', () => {
    const bad = row({ qty: null }, { i: { qty: { raw: '12x', code: 'NUM_PARSE', level: 'error' } } });
    expect(view('order_lines', 'qty', bad)).toMatchObject({
      text: '12x',
      problem: { level: 'error', message: '“12x” is not a number' },
    });
    expect(openText(column('order_lines', 'qty'), bad, setting)).toBe('12x');
  });

  it('says that a figure is left out where the row cannot be counted', () => {
    const bad = row({ qty: null, net: null }, { i: { qty: { raw: '12x', code: 'NUM_PARSE', level: 'error' } } });
    expect(view('order_lines', 'net', bad)).toMatchObject({ text: 'not counted', isMuted: true });
  });

  it('marks a link to a record that was deleted', () => {
    const gone = row({ account_id: 'a' }, { l: { account_id: { code: null, title: 'Old Co', gone: true } } });
    expect(view('orders', 'account_id', gone).problem?.level).toBe('warning');
  });

  it.each([
    ['order_lines', 'qty', 12_500_000],
    ['order_lines', 'price', 1_234_567],
    ['order_lines', 'discount', 125_000],
    ['orders', 'freight', 6_494_269],
    ['orders', 'requested', '2026-02-28'],
  ] as const)('%s.%s opens as text that reads back as the same value', (table, key, value) => {
    const of = column(table, key);
    expect(readTyped(of, openText(of, row({ [key]: value }), setting), undefined, setting)).toEqual({ value });
  });
});

describe('typed text', () => {
  it('is read at once as the engine will read it', () => {
    expect(readTyped(column('order_lines', 'qty'), '3*4', undefined, setting)).toEqual({ value: 12_000_000 });
    expect(readTyped(column('order_lines', 'qty'), '12x', undefined, setting)).toEqual({
      bad: { raw: '12x', code: 'NUM_PARSE', level: 'error' },
    });
    expect(readTyped(column('order_lines', 'qty'), ' ', undefined, setting)).toEqual({ value: null });
  });
  it('stays as it is where only the engine knows the records', () => {
    expect(readTyped(column('orders', 'account_id'), 'harb', undefined, setting)).toMatchObject({ label: { title: 'harb' } });
  });
});

describe('a status', () => {
  const status = column('orders', 'status').field;
  it('shows the most urgent thing that is true of a running order', () => {
    expect(chipOf(status, row({ status: 'confirmed' }, { chips: ['late', 'part_shipped'] }), 'status')).toMatchObject({
      label: 'Late',
      isQuiet: false,
    });
  });
  it.each([
    ['draft', ['late'], 'Draft'],
    ['cancelled', ['late'], 'Cancelled'],
    ['confirmed', [], 'Confirmed'],
    ['confirmed', ['something newer'], 'Confirmed'],
  ] as const)('%s with %j is %s', (value, chips, label) => {
    expect(chipOf(status, row({ status: value }, { chips: [...chips] }), 'status')?.label).toBe(label);
  });
});

describe('the sign of a row', () => {
  const bad = { raw: 'x', code: 'NUM_PARSE', level: 'error' } as const;
  it.each([
    ['deleted', row({}, { gone: 'deleted' }), 'gone', 'Deleted, undo brings it back'],
    ['given away', row({}, { gone: 'elsewhere' }), 'gone', 'With another territory, as its account'],
    ['importing', row({}, { importing: true }), 'importing', 'Being imported, cannot be changed yet'],
    ['two problems', row({}, { i: { a: bad, b: bad } }), 'problem', '2 cells need attention'],
    ['a problem in a line', row({ status: 'draft' }, { below: 1 }), 'problem', '1 cell inside needs attention'],
    ['its own and those of lines', row({}, { i: { a: bad }, below: 2 }), 'problem', '3 cells need attention, 2 of them inside'],
    ['a warning is no problem', row({}, { i: { a: { ...bad, level: 'warning' } } }), null, ''],
    ['a draft', row({ status: 'draft' }), 'draft', 'Draft'],
    ['nothing', row({ status: 'confirmed' }), null, ''],
  ] as const)('%s', (_, of, icon, text) => {
    expect(rowState(of, false, 'status')).toMatchObject({ icon, text });
  });
});

describe('order in memory', () => {
  it('puts numbers by size, texts by their numbers, blanks last', () => {
    const qty = column('order_lines', 'qty');
    expect(
      [9, null, 10]
        .map((value) => row({ qty: value }))
        .sort((a, b) => compareCells(qty, a, b))
        .map((r) => r.v['qty']),
    ).toEqual([9, 10, null]);
    const note = column('order_lines', 'note');
    expect(compareCells(note, row({ note: 'item 9' }), row({ note: 'item 10' }))).toBeLessThan(0);
  });
});
