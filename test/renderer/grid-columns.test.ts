/** Columns from the model, and the layout a person made of them. */
import { describe, expect, it } from 'vitest';
import { columnsOf, fieldOfCustom } from '../../renderer/grid/columns.ts';
import { applyLayout, readLayout } from '../../renderer/grid/layout.ts';
import { tableNames, tableOf } from '../../shared/model/index.ts';

const byKey = (columns: ReturnType<typeof columnsOf>, key: string) => columns.find((column) => column.key === key);

describe('columns', () => {
  it.each(tableNames)('%s: every field of the model, once, in its order', (table) => {
    expect(columnsOf(table).map(({ key }) => key)).toEqual(Object.keys(tableOf(table).fields));
  });

  it('take label, alignment and editor from the field', () => {
    const columns = columnsOf('orders');
    expect(byKey(columns, 'account_id')).toMatchObject({ label: 'Account', align: 'left', editor: 'link' });
    expect(byKey(columns, 'freight')).toMatchObject({ kind: 'money', align: 'right', editor: 'text' });
    expect(byKey(columns, 'status')).toMatchObject({ editor: 'state' });
    expect(byKey(columns, 'notes')).toMatchObject({ editor: 'note', hidden: true });
  });

  it('cannot be typed into where the engine makes the value', () => {
    const columns = columnsOf('orders');
    expect(['number', 'net', 'line_count', 'shipped_on'].map((key) => byKey(columns, key)?.editor)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('can be typed into where a computed value lives on child rows', () => {
    expect(byKey(columnsOf('order_lines'), 'requested')?.editor).toBe('text');
  });

  it('freeze code and name, or up to where a screen says', () => {
    const frozen = (options: Parameters<typeof columnsOf>[1]) =>
      columnsOf('accounts', options)
        .filter((column) => column.frozen)
        .map(({ key }) => key);
    expect(frozen({})).toEqual(['code', 'name']);
    expect(frozen({ frozenTo: 'code' })).toEqual(['code']);
  });

  it('put custom fields last, as fields like any other', () => {
    const columns = columnsOf('accounts', { custom: [{ key: 'x_abcdefgh', kind: 'decimal', label: 'Fleet size' }] });
    expect(columns.at(-1)).toMatchObject({ key: 'x_abcdefgh', label: 'Fleet size', align: 'right', editor: 'text' });
    expect(fieldOfCustom({ key: 'x_1', kind: 'a kind of a newer version', label: 'New' })).toMatchObject({ kind: 'text' });
  });

  it('come in the order of a screen, the rest behind', () => {
    const keys = columnsOf('order_lines', { order: ['position', 'product_id', 'qty'], without: ['order_id'] }).map(
      ({ key }) => key,
    );
    expect(keys.slice(0, 3)).toEqual(['position', 'product_id', 'qty']);
    expect(keys).not.toContain('order_id');
  });
});

describe('a layout', () => {
  const columns = columnsOf('contacts');
  const keys = (layout: Parameters<typeof applyLayout>[1]) => applyLayout(columns, layout).map(({ key }) => key);

  it('moves, sizes and hides', () => {
    const laid = applyLayout(columns, [
      { key: 'name', width: 150, hidden: false },
      { key: 'phones', width: 99, hidden: false },
      { key: 'role', width: 120, hidden: true },
    ]);
    expect(laid[0]).toMatchObject({ key: 'name', width: 150 });
    expect(byKey(laid, 'role')).toMatchObject({ hidden: true });
    expect(keys([{ key: 'phones', width: 99, hidden: false }])).toHaveLength(columns.length);
  });

  it('keeps frozen columns first', () => {
    const laid = keys([
      { key: 'role', width: 120, hidden: false },
      { key: 'name', width: 150, hidden: false },
    ]);
    expect(laid[0]).toBe('name');
  });

  it('puts a column it has never seen behind the one it follows in the model', () => {
    const older = columns.filter(({ key }) => key !== 'emails').map(({ key, width }) => ({ key, width, hidden: false }));
    expect(keys(older)).toEqual(columns.map(({ key }) => key));
  });

  it('drops what the model no longer has, and what is no layout', () => {
    expect(keys([{ key: 'fax', width: 80, hidden: false }])).toEqual(columns.map(({ key }) => key));
    expect(readLayout('nonsense')).toEqual([]);
    expect(readLayout([{ key: 'name', width: 1e9, hidden: 'yes' }, null, { key: 1 }])).toEqual([
      { key: 'name', width: 900, hidden: false },
    ]);
  });
});
