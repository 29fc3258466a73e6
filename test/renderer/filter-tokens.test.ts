/** Every token the quick filter reads, on every register: what the language lets through the engine can run. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { Filters } from '../../renderer/grid/filters.ts';
import { nameOf } from '../../shared/domain/filter-fields.ts';
import type { TableName } from '../../shared/model/index.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const tables: readonly TableName[] = ['accounts', 'contacts', 'products', 'product_groups', 'partners', 'orders', 'order_lines'];

/** What may stand behind a column: each kind reads some of it, and says of the rest why not. */
const values = ['none', 'any', 'a*', '"blue crate"', '10..20', '-3d', '2026-11', 'yes', 'draft'];
const signs = [':', '=', '<'];

let engine: Engine;
beforeEach(() => {
  engine = openEngine();
});
afterEach(() => engine.close());

describe.each(tables)('%s', (table) => {
  it('runs whatever is read without an error', async () => {
    const columns = columnsOf(table);
    const filters = new Filters({ port: engine.client, table, columns, setting, weekStart: 1, person: null });
    const fields = columns.map(({ key, label, field }) => ({ ...field, key, label }));
    const names = fields.map((field) => nameOf(field, fields));
    const tokens = names.flatMap((name) => [
      ...signs.flatMap((sign) => values.map((value) => `${name}${sign}${value}`)),
      `-${name}:none`,
      `sort:-${name}`,
    ]);
    const refused: string[] = [];
    let read = 0;
    for (const token of tokens) {
      const { query, errors } = await filters.read(token);
      if (errors.length > 0) continue;
      read += 1;
      await engine.client['view.open']({ table, filter: query.filter, sort: [...query.sort] }).then(
        ({ view }) => engine.client['view.close']({ view }),
        (error: unknown) => void refused.push(`${token}: ${String(error)}`),
      );
    }
    expect(read).toBeGreaterThan(names.length);
    expect(refused).toEqual([]);
  });
});
