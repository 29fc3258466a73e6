/** The quick filter of a window: names looked up in the engine, chips and text as two views of one tree. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { both, Filters } from '../../renderer/grid/filters.ts';
import { noFilter } from '../../shared/domain/filter-text.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';

let engine: Engine;
let filters: Filters;
let harbour: string;
let me: string;

beforeEach(async () => {
  engine = openEngine();
  harbour = engine.newId();
  me = engine.newId();
  await engine.client['records.apply']({
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'accounts', id: harbour, values: { code: 'HARB', name: 'Harbour Foods' } },
      { kind: 'insert', table: 'accounts', id: engine.newId(), values: { code: 'KEST', name: 'Kestrel Parts' } },
      { kind: 'insert', table: 'people', id: me, values: { name: 'Ada Fern' } },
    ],
  });
  filters = new Filters({
    port: engine.client,
    table: 'orders',
    columns: columnsOf('orders'),
    setting: { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' },
    weekStart: 1,
    person: me,
  });
});
afterEach(() => engine.close());

describe('a filter', () => {
  it('finds the record a link speaks of, by code, name or the start of it', async () => {
    for (const text of ['account:HARB', 'account:"Harbour Foods"', 'account:harb']) {
      expect((await filters.read(text)).query.filter).toEqual({ field: 'account_id', is: 'eq', value: harbour });
    }
  });

  it('by a name that more records have than are looked up leaves none of them out', async () => {
    const patches = Array.from({ length: 60 }, (_, at) => ({
      kind: 'insert' as const,
      table: 'accounts' as const,
      id: engine.newId(),
      values: { code: `T${at}`, name: `Tundra ${at}` },
    }));
    await engine.client['records.apply']({ label: 'Fill', patches });
    const { query } = await filters.read('account:tundra');
    expect(query.filter).toEqual({ field: 'account_id', is: 'has', value: 'tundra' });
    expect(await filters.print(query)).toBe('account:tundra');
    expect((await filters.read('account:"Tundra 7"')).query.filter).toMatchObject({ field: 'account_id', is: 'eq' });
  });

  it('by what a status shows is one chip, which reads back', async () => {
    expect(filters.hasChips).toBe(true);
    const { query } = await filters.read('status:late,shipped -status:part-shipped');
    const chips = await filters.chips(query);
    expect(chips.map(({ head, value }) => `${head}${value}`)).toEqual(['status:Late,Shipped', '-status:"Part shipped"']);
    expect((await filters.read(await filters.print(query))).query).toEqual(query);
  });

  it('knows who is at the desk', async () => {
    expect((await filters.read('owner:me')).query.filter).toEqual({ field: 'owner_id', is: 'eq', value: me });
  });

  it('with a name nobody has keeps the last good rows and says where', async () => {
    const good = (await filters.read('status:draft')).query;
    const read = await filters.read('status:draft account:zzz', good);
    expect(read.query).toBe(good);
    expect(read.errors).toMatchObject([{ from: 13, to: 24 }]);
  });

  it('is chips, each with what is left without it', async () => {
    const { query } = await filters.read('account:harb status:draft crate');
    const chips = await filters.chips(query);
    expect(chips.map(({ head, value }) => `${head}${value}`)).toEqual(['account:"Harbour Foods"', 'status:Draft', 'crate']);
    expect(await filters.print(chips[0]?.without ?? noFilter)).toBe('status:Draft crate');
  });

  it('prints as text that reads back as the same tree', async () => {
    const { query } = await filters.read('account:harb owner:me requested<7d -status:cancelled');
    expect((await filters.read(await filters.print(query))).query).toEqual(query);
  });

  it('names records it has never looked up', async () => {
    const query = { ...noFilter, filter: { field: 'account_id', is: 'eq', value: harbour } as const };
    expect(await filters.print(query)).toBe('account:"Harbour Foods"');
  });
});

it('two filters together are one', () => {
  const a = { flag: 'open' } as const;
  const b = { all: [{ words: 'x' }, { words: 'y' }] };
  expect(both(a, null)).toEqual(a);
  expect(both(null, null)).toBeNull();
  expect(both(a, b)).toEqual({ all: [a, ...b.all] });
});

describe('the boxes under the headers', () => {
  it('say their part of the filter with names of records, and put it in place of what they asked before', async () => {
    const { query } = await filters.read('account:harb owner:me is:open net>100');
    expect(Object.fromEntries(await filters.columnTexts(query))).toEqual({
      account_id: '"Harbour Foods"',
      owner_id: 'me',
      net: '>100.00',
    });
    const next = await filters.readColumn(query, 'account_id', 'kest');
    expect(next.errors).toEqual([]);
    expect(await filters.print(next.query)).toContain('account:"Kestrel Parts"');
    expect((await filters.readColumn(query, 'account_id', 'nobody')).errors[0]?.message).toContain('nobody');
  });

  it('offer whole texts: states, days, names of records, texts of the file, behind what was typed', async () => {
    await engine.client['records.apply']({
      label: 'Orders',
      patches: ['PO 12', 'PO 7', 'Übersee', 'PO 7'].map((po) => ({
        kind: 'insert' as const,
        table: 'orders',
        id: engine.newId(),
        values: { account_id: harbour, po_ref: po },
      })),
    });
    const texts = async (key: string, typed: string) => (await filters.suggest(key, typed)).map(({ text }) => text);
    expect((await filters.suggest('account_id', 'kest'))[0]?.label).toBe('Kestrel Parts');
    expect(await texts('status', 'dr')).toEqual(['Draft']);
    expect(await texts('status', 'Draft,clo')).toEqual(['Draft,Closed', 'Draft,"Closed short"']);
    expect(await texts('requested', '<this-m')).toEqual(['<this-month']);
    expect(await texts('account_id', '-kest')).toEqual(['-"Kestrel Parts"']);
    expect(await texts('po_ref', '')).toEqual(['"PO 12"', '"PO 7"', 'Übersee']);
    expect(await texts('po_ref', 'uber')).toEqual(['Übersee']);
    expect(await texts('net', '1')).toEqual([]);
  });
});
