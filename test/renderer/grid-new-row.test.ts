/** Where typing begins in a new row of a register, and where Enter goes on. */
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { firstCell, nextCell } from '../../renderer/grid/newRow.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { TableName } from '../../shared/model/index.ts';

const shown = (table: TableName) => columnsOf(table).filter(({ hidden }) => !hidden);
const at = (table: TableName, key: string): number => shown(table).findIndex((column) => column.key === key);
const row = (v: GridRow['v'], i: GridRow['i'] = {}): GridRow => ({ id: 'r', v, i });
const next = (table: TableName, of: GridRow, from: string): string | undefined =>
  shown(table)[nextCell(of, shown(table), at(table, from)) ?? -1]?.key;

describe('a new row', () => {
  it.each([
    ['accounts', {}, 'name'],
    ['accounts', { name: 'Quay' }, 'code'],
    ['partners', {}, 'name'],
    ['products', {}, 'sku'],
  ] as const)('of %s with %j begins in %s', (table, v, key) => {
    expect(shown(table)[firstCell(row(v), shown(table))]?.key).toBe(key);
  });

  it.each([
    ['the code of an account without a name', 'accounts', row({ code: 'Q' }), 'code', 'name'],
    ['its name', 'accounts', row({ name: 'Quay' }), 'name', 'status'],
    ['a name left empty: it is what the cell itself says', 'accounts', row({}), 'name', 'status'],
    ['a cell before figures: those are passed over', 'accounts', row({ name: 'Quay' }), 'tier', 'next_step'],
    ['the last cell: the row is done', 'accounts', row({ name: 'Quay' }), 'currency', undefined],
    ['a status while the name is missing', 'accounts', row({}), 'status', 'name'],
  ] as const)('goes on from %s', (_, table, of, from, to) => {
    expect(next(table, of, from)).toBe(to);
  });

  it('takes text that cannot be read as filled in', () => {
    const bad = row({ name: null }, { name: { raw: 'x', code: 'TEXT_LONG', level: 'error' } });
    expect(next('accounts', bad, 'tier')).toBe('next_step');
  });
});
