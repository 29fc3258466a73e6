/** Registers give the rows that a plain model gives, in its order, for any filter and sort. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import { products } from '../../shared/model/catalogue.ts';
import { columnOf } from '../../electron/engine/store/file/column.ts';
import { compileFilter } from '../../electron/engine/store/grid/filter-sql.ts';
import { fieldsOf } from '../../electron/engine/store/read/fields.ts';
import { createRegisterReader } from '../../electron/engine/store/grid/register.ts';
import { context, newFile, pause, type TestFile } from './file.ts';
import { finish, idAt, insertRows, type Values } from './fill.ts';
import { inOrder, matches, type Fields, type ModelRow } from './model.ts';

const texts = fc.oneof(
  fc.constantFrom(
    'Apple',
    'apple',
    'ÄPFEL',
    'Zürich',
    'a  b',
    ' lead',
    'Łódź',
    '10',
    '9',
    '007',
    '7',
    '%',
    '_x',
    '😀a',
    '\uffee',
    'straße',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const filled = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4 });
const whole = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, 2 ** 32, -(2 ** 40)),
);

const GROUPS = ['Valves', 'pipes', 'Äste', 'Valves'].map((name, at): Values => ({ id: idAt(1000 + at), code: `G${at}`, name }));

/** Products show every way a column can be kept: keyed, plain text, number, choice, link. */
const product = fc.record({
  sku: filled(texts),
  name: filled(texts),
  pack: filled(texts),
  stock: filled(whole),
  lead_days: filled(whole),
  status: filled(fc.constantFrom('active', 'discontinued', 'old_key')),
  group_id: filled(fc.constantFrom(...GROUPS.map((group) => String(group['id'])), idAt(9999))),
  currency: filled(fc.constantFrom('EUR', 'JPY')),
});

type Leaf = Exclude<Filter, { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }>;
const TEXT = ['sku', 'name', 'pack', 'currency'];
const NUMBER = ['stock', 'lead_days'];
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({
    field: fc.constantFrom(...TEXT),
    is: fc.constantFrom('eq', 'lt', 'le', 'gt', 'ge', 'has', 'starts'),
    value: texts,
  }),
  fc.record({ field: fc.constantFrom(...NUMBER), is: fc.constantFrom('eq', 'lt', 'le', 'gt', 'ge'), value: whole }),
  fc.record({ field: fc.constantFrom('group_id', 'status'), is: fc.constantFrom('has', 'starts'), value: texts }),
  fc.record({ field: fc.constantFrom(...TEXT), in: fc.array(texts, { maxLength: 3 }) }),
  fc.record({ field: fc.constantFrom(...NUMBER), from: filled(whole), to: filled(whole) }),
  fc.record({ field: fc.constantFrom(...TEXT), from: filled(texts), to: filled(texts) }),
  fc.record({ field: fc.constantFrom(...TEXT, ...NUMBER, 'group_id', 'status'), empty: fc.boolean() }),
);
const filters: fc.Arbitrary<Filter | null> = fc.option(
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  })).filter,
  { freq: 5 },
);
const sorts = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom(...TEXT, ...NUMBER, 'group_id', 'status'),
    dir: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { maxLength: 3, selector: ({ field }) => field },
);

const TITLES = new Map(GROUPS.map((group) => [group['id'], String(group['name'])]));
const CODES = new Map(GROUPS.map((group) => [group['id'], String(group['code'])]));

let file: TestFile;
beforeEach(() => {
  file = newFile();
  insertRows(file.db, 'product_groups', GROUPS);
});
afterEach(() => file.close());

describe('a register', () => {
  it('holds the rows of the model in the order of the model, for any filter and sort', async () => {
    const fields: Fields = products.fields;
    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        filters,
        sorts,
        async (made, shuffle, filter, sort) => {
          file.db.exec('DELETE FROM products; DELETE FROM cell_issues');
          // Ids do not follow the order of insertion, as on a device that syncs.
          const rows = made.map((values, at): Values => ({
            id: idAt(((shuffle.next().value ?? 0) % 1_000_000) * 100 + at),
            ...values,
          }));
          insertRows(file.db, 'products', rows);
          const unread = rows.filter((row) => row['pack'] === null).slice(0, 2);
          const issue = file.db.prepare(
            `INSERT INTO cell_issues VALUES ('products', ?, 'pack', 'x', 'NUM_PARSE', 'error', 'parse')`,
          );
          for (const row of unread) issue.run(row['id']);
          const model = rows.map((row): ModelRow => ({
            id: String(row['id']),
            v: row,
            labels: { group_id: TITLES.get(row['group_id'] ?? '') ?? null },
            unread: new Set(unread.includes(row) ? ['pack'] : []),
          }));
          const expected = inOrder(
            model.filter((row) => filter === null || holds(row, filter)),
            sort,
            fields,
          ).map(({ id }) => id);
          // Slices of three rows: what little is read here is read as a million rows are.
          const read = createRegisterReader(file.reader, rows.length % 2 === 0 ? 3 : undefined);
          const what = { table: 'products' as const, fields: fieldsOf(file.reader, 'products'), filter, sort };
          const idOf = file.reader.prepare<[number], string>('SELECT id FROM products WHERE _n = ?').pluck();
          const list = [...(await read.list(what, context, pause))].map((n) => idOf.get(n));
          expect(list).toEqual(expected);
          const first = await read.first(what, 7, context, pause);
          if (first !== null) expect(first.map((n) => idOf.get(n))).toEqual(expected.slice(0, 7));
        },
      ),
      { numRuns: 300 },
    );
  });

  /** A link is found by its code as well; groups here have codes no other text contains, so a leaf alone tells. */
  /** As the model says, each part of a filter by itself. */
  const holds = (row: ModelRow, filter: Filter): boolean => {
    if ('all' in filter) return filter.all.every((part) => holds(row, part));
    if ('any' in filter) return filter.any.some((part) => holds(row, part));
    if ('not' in filter) return !holds(row, filter.not);
    return matches(row, filter, products.fields) || namesCode(row, filter);
  };

  const namesCode = (row: ModelRow, filter: Filter): boolean => {
    if (!('is' in filter) || filter.field !== 'group_id' || typeof filter.value !== 'string') return false;
    const code = CODES.get(row.v['group_id'] ?? '');
    return code !== undefined && matches({ ...row, labels: { group_id: code } }, filter, products.fields);
  };

  it('orders computed fields and custom fields like any other', async () => {
    const { db } = file;
    const accounts = [1, 2, 3].map((at) => ({
      id: idAt(at),
      name: `Account ${at}`,
      currency: 'EUR',
      _c: JSON.stringify({ x_size: 10 - at }),
    }));
    insertRows(db, 'accounts', accounts);
    insertRows(db, 'field_defs', [{ id: idAt(50), table: 'accounts', key: 'x_size', kind: 'integer', label: 'Size' }]);
    insertRows(db, 'orders', [
      { id: idAt(11), account_id: idAt(2), status: 'submitted', currency: 'EUR' },
      { id: idAt(12), account_id: idAt(3), status: 'submitted', currency: 'EUR' },
      { id: idAt(13), account_id: idAt(3), status: 'confirmed', currency: 'EUR' },
    ]);
    finish(db);
    const { view } = await file.read.views.open(
      'c',
      { table: 'accounts', filter: null, sort: [{ field: 'open_orders', dir: 'desc' }] },
      context,
      pause,
    );
    expect(file.read.views.ids('c', view, 0, 9)).toEqual([idAt(3), idAt(2), idAt(1)]);
    const custom = await file.read.views.open(
      'c',
      { table: 'accounts', filter: { field: 'x_size', is: 'lt', value: 9 }, sort: [{ field: 'x_size', dir: 'asc' }] },
      context,
      pause,
    );
    expect(file.read.views.ids('c', custom.view, 0, 9)).toEqual([idAt(3), idAt(2)]);
    expect(file.read.views.rows('c', custom.view, 0, 1, context)[0]?.v['x_size']).toBe(7);
  });
});

describe('a filter', () => {
  const compile = (filter: unknown) => compileFilter('products', fieldsOf(file.reader, 'products'), filter as Filter);
  const refusal = (filter: unknown): AppError => {
    try {
      compile(filter);
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    throw new Error('was not refused');
  };

  it.each([
    ['an unknown field', { field: 'nope', is: 'eq', value: 1 }, 'nope'],
    ['a name from the prototype', { field: 'constructor', is: 'eq', value: 1 }, 'constructor'],
    ['a name that is SQL', { field: 'name" OR 1=1 --', empty: true }, 'name" OR 1=1 --'],
    ['text where numbers are', { field: 'stock', is: 'eq', value: 'x' }, 'Stock'],
    ['a number where text is', { field: 'name', is: 'eq', value: 5 }, 'Name'],
    ['a part of a number', { field: 'stock', is: 'has', value: '5' }, 'Stock'],
    ['an order of links', { field: 'group_id', is: 'lt', value: 'x' }, 'Group'],
    ['a mark the table has not', { flag: 'late' }, 'late'],
    ['a day of rows that hold on none', { on: '2026-03-12' }, 'no days'],
  ])('refuses %s and names it', (_, filter, name) => {
    const error = refusal(filter);
    expect(error.code).toBe('invalid');
    expect(error.message).toContain(name);
  });

  it('is eight levels deep at most', () => {
    const nest = (levels: number): unknown => (levels === 1 ? { empty: true, field: 'name' } : { not: nest(levels - 1) });
    expect(() => compile(nest(8))).not.toThrow();
    expect(refusal(nest(9)).code).toBe('invalid');
  });

  it('P5: finds what holds on a day, both ends included, and of prices only those whose list holds', async () => {
    const days = [
      ['2026-01-01', '2026-06-30'],
      [null, null],
      ['2026-07-01', null],
    ] as const;
    insertRows(
      file.db,
      'price_lists',
      days.map(([from, to], at) => ({ id: idAt(700 + at), name: `L${at}`, valid_from: from, valid_to: to })),
    );
    const prices = [
      [0, null, null],
      [0, '2026-03-12', '2026-03-12'],
      [1, null, '2026-03-11'],
      [2, null, null],
      [null, '2026-03-13', null],
      [null, null, null],
    ] as const;
    insertRows(
      file.db,
      'prices',
      prices.map(([list, from, to], at) => ({
        id: idAt(710 + at),
        list_id: list === null ? null : idAt(700 + list),
        price: 1,
        valid_from: from,
        valid_to: to,
      })),
    );
    finish(file.db);
    const on = async (table: string, day: string): Promise<readonly string[]> => {
      const { view } = await file.read.views.open('p', { table, filter: { on: day }, sort: [] }, context, pause);
      return file.read.views.ids('p', view, 0, 99).toSorted();
    };
    expect(await on('price_lists', '2026-06-30')).toEqual([idAt(700), idAt(701)]);
    expect(await on('price_lists', '2026-07-01')).toEqual([idAt(701), idAt(702)]);
    expect(await on('prices', '2026-03-12')).toEqual([idAt(710), idAt(711), idAt(715)]);
    expect(await on('prices', '2026-03-11')).toEqual([idAt(710), idAt(712), idAt(715)]);
    expect(await on('prices', '2026-08-01')).toEqual([idAt(713), idAt(714), idAt(715)]);
  });

  it('binds every value', () => {
    const evil = `'; DROP TABLE products; --`;
    const { sql, params } = compile({
      all: [{ field: 'name', is: 'has', value: evil }, { field: 'sku', in: [evil] }, { words: evil }],
    });
    expect(sql).not.toContain('DROP');
    expect(JSON.stringify(params)).toContain('drop table');
  });

  it('knows every field of the model, computed ones too', () => {
    for (const [key] of fieldsOf(file.reader, 'orders'))
      expect(() => columnOf('orders', fieldsOf(file.reader, 'orders'), key)).not.toThrow();
  });
});
