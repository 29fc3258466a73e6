/**
 * A change makes anew only what hangs on the fields it wrote. For every stored field of a document, changed alone: the
 * sums and the search index are what they would be if they were made again from nothing.
 */
import { expect, test } from 'vitest';
import type { CellInput } from '../../shared/domain/kinds.ts';
import type { Field } from '../../shared/model/field.ts';
import { storedFields, type TableName } from '../../shared/model/index.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { createReadStore } from '../../electron/engine/store/read/read-store.ts';
import { edit, openTemp, type Opened } from './open.ts';

const UNIT = 1_000_000;
const DAY = '2026-03-02';

/** Two orders of two accounts; the second line is delivered late. */
const fill = ({ store, env }: Opened): Readonly<Record<string, string>> => {
  const names = ['accounts', 'other', 'orders', 'elsewhere', 'order_lines', 'late', 'schedule_lines', 'promise', 'fulfilments'];
  const id = Object.fromEntries(names.map((name) => [name, env.ids()]));
  const insert = (table: TableName, name: string, values: Readonly<Record<string, CellInput>>) =>
    ({ kind: 'insert', table, id: id[name] ?? '', values }) as const;
  const order = { status: 'confirmed', currency: 'EUR', ordered_on: '2026-02-01' };
  const line = { qty: 7 * UNIT, price: 333_333, uom: 'EA' };
  store.apply(
    [
      insert('accounts', 'accounts', { code: 'A', name: 'Kestrel' }),
      insert('accounts', 'other', { code: 'B', name: 'Harbour' }),
      insert('orders', 'orders', { ...order, number: 'O1', account_id: id['accounts'] ?? '', rounding: 'line' }),
      insert('orders', 'elsewhere', { ...order, number: 'O2', account_id: id['other'] ?? '' }),
      insert('order_lines', 'order_lines', { ...line, order_id: id['orders'] ?? '', position: 1 }),
      insert('order_lines', 'late', { ...line, order_id: id['orders'] ?? '', position: 2 }),
      insert('schedule_lines', 'schedule_lines', { line_id: id['order_lines'] ?? '', qty: 7 * UNIT, requested: DAY }),
      insert('schedule_lines', 'promise', { line_id: id['late'] ?? '', qty: 7 * UNIT, requested: DAY, promised: DAY }),
      insert('fulfilments', 'fulfilments', {
        schedule_id: id['promise'] ?? '',
        kind: 'shipped',
        qty: 3 * UNIT,
        happened_on: '2026-03-09',
      }),
    ],
    { ...edit, source: 'import' },
  );
  return id;
};

/** Another value of a field: of its kind, or one that cannot be read. */
const otherValues = (field: Field, name: string, id: Readonly<Record<string, string>>): readonly CellInput[] => {
  const bad = { '!': ['6o', 'NUM_PARSE'] } as const;
  if (name === 'order_id') return [id['elsewhere'] ?? ''];
  if (name === 'line_id') return [id['late'] ?? ''];
  if (name === 'account_id') return [id['other'] ?? ''];
  if (name === 'currency') return ['JPY'];
  if (field.kind === 'choice') return field.choices.map(({ key }) => key);
  if (field.kind === 'date') return ['2026-01-15', null, bad];
  if (field.kind === 'state') return ['closed'];
  if (field.kind === 'text' || field.kind === 'note') return ['Elsewhere', bad];
  if (field.kind === 'decimal' || field.kind === 'money' || field.kind === 'percent' || field.kind === 'integer')
    return [100_000, null, bad];
  return [];
};

const cases = (['accounts', 'orders', 'order_lines', 'schedule_lines'] as const).flatMap((table) =>
  storedFields(table).map(([key, field]) => ({ table, key, field })),
);

test.each(cases)('$table: $key', async ({ table, key, field }) => {
  const opened = openTemp();
  const id = fill(opened);
  for (const value of otherValues(field, key, id)) {
    opened.store.apply([{ kind: 'update', table, id: id[table] ?? '', values: { [key]: value } }], {
      ...edit,
      source: 'import',
    });
    const db = openReader(opened.file);
    const { faults } = await createReadStore(db).check({ full: true }, async () => {});
    db.close();
    expect(faults, `after ${JSON.stringify(value)}`).toEqual([]);
  }
});
