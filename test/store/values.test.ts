import { describe, expect, test } from 'vitest';
import type { CellInput, CellValue, Kind } from '../../shared/domain/kinds.ts';
import { isIntegerKind } from '../../shared/domain/kinds.ts';
import { storedFields, tableNames } from '../../shared/model/index.ts';
import type { TableName } from '../../shared/model/index.ts';
import { edit, openTemp } from './open.ts';
import { payloadsOf } from './replay.ts';

const MAX = Number.MAX_SAFE_INTEGER;

/** One stored field of every kind there is. */
const samples: readonly (readonly [Kind, TableName, string])[] = [
  ...new Map(
    tableNames.flatMap((table) =>
      storedFields(table).map(([name, field]) => [field.kind, [field.kind, table, name] as const] as const),
    ),
  ).values(),
];

const isFree = (kind: Kind): boolean => kind === 'text' || kind === 'note' || kind === 'link';

const write = (table: TableName, field: string, value: CellInput) => {
  const opened = openTemp();
  const id = opened.env.ids();
  const insert = () => opened.store.apply([{ kind: 'insert', table, id, values: { [field]: value } }], edit);
  return { ...opened, id, insert };
};

describe.each(samples.filter(([kind]) => kind !== 'state'))('%s', (kind, table, field) => {
  const values: readonly CellValue[] = isIntegerKind(kind) ? (kind === 'flag' ? [0, 1] : [5, -5, 0, MAX, -MAX]) : [];
  const texts: readonly string[] = isFree(kind) ? ['5', '005', ' 5', '5.0', '1e3', 'null', 'é', '\0x'] : [];

  test.each([...values, ...texts])('%j is the same in the row, the op and after a new start', (value) => {
    const { store, id, insert, look, reopen } = write(table, field, value);
    insert();
    expect(store.get(table, id)?.[field]).toBe(value);
    const [type, read] = look(
      (db) => db.prepare(`SELECT typeof("${field}"), "${field}" FROM ${table} WHERE id = ?`).raw().get(id) as [string, unknown],
    );
    expect([type, read]).toEqual([typeof value === 'number' ? 'integer' : 'text', value]);
    const payload = look(payloadsOf).at(-1);
    const op = payload?.o.at(-1);
    expect(op?.[6][payload?.c[op[5]]?.indexOf(field) ?? -1]).toBe(value);
    expect(reopen().store.get(table, id)?.[field]).toBe(value);
  });

  test.each(isIntegerKind(kind) ? ['5', '005', 1.5, Number.NaN, Infinity] : [5, 0, 2 ** 53 - 1])(
    '%j is of the wrong kind and refused by name',
    (value) => {
      const { insert, look } = write(table, field, value);
      expect(insert).toThrow(expect.objectContaining({ code: 'invalid', details: { table, field } }));
      expect(look((db) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toBe(0);
    },
  );

  test('nothing entered is null', () => {
    const { store, id, insert } = write(table, field, null);
    insert();
    expect(store.get(table, id)?.[field]).toBeNull();
  });
});

test.each(samples.filter(([kind]) => isIntegerKind(kind)))(
  '%s: a number beyond what is exact is kept as a bad cell',
  (_, table, field) => {
    const { store, id, insert } = write(table, field, 2 ** 53);
    insert();
    expect(store.get(table, id)?.[field]).toBeNull();
    expect(store.issues(table, id)).toContainEqual(
      expect.objectContaining({ field, raw: '9007199254740992', code: 'NUM_RANGE', origin: 'parse' }),
    );
  },
);

test.each([
  ['accounts', 'renewal_on', '2026-02-30'],
  ['accounts', 'renewal_on', '26-2-3'],
  ['accounts', 'tier', 'z'],
  ['accounts', 'phones', '{"a":1}'],
  ['accounts', 'phones', 'not json'],
  ['contacts', 'party', 'nowhere'],
  ['settings', 'value', '{'],
  ['partners', 'active', 2],
  ['accounts', 'open_orders', 1],
  ['accounts', 'nothing', 'x'],
  ['accounts', '_h', 1],
] as const)('%s.%s = %j is no value of the field', (table, field, value) => {
  const { insert } = write(table, field, value);
  expect(insert).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('a field called __proto__ is no field', () => {
  const { store, env } = openTemp();
  const values = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
  const insert = () => store.apply([{ kind: 'insert', table: 'accounts', id: env.ids(), values }], edit);
  expect(insert).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('half a surrogate pair is stored as the log has it', () => {
  const { store, id, insert, look } = write('accounts', 'name', 'a\ud800b');
  insert();
  expect(store.get('accounts', id)?.['name']).toBe('a\ufffdb');
  expect(JSON.stringify(look(payloadsOf))).toContain('a\ufffdb');
});
