/** Random changes as a person might make them, for properties: always about rows that are there. */
import fc from 'fast-check';
import type { Change, StorePatch, WriteStore } from '../../electron/engine/store/api.ts';
import { allowedFrom } from '../../shared/domain/lifecycle.ts';
import type { TableName } from '../../shared/model/index.ts';
import { edit } from './open.ts';

type Choice = { readonly at: number; readonly to: number };

/** A number is a seed: what it means depends on the rows that are there. */
export type Action =
  | { readonly do: 'insert'; readonly table: TableName; readonly seed: number }
  | { readonly do: 'update'; readonly fields: readonly Choice[]; readonly row: number }
  | { readonly do: 'delete' | 'undelete'; readonly row: number }
  | { readonly do: 'state'; readonly row: number; readonly to: number };

const tables = ['accounts', 'sites', 'orders', 'order_lines', 'schedule_lines', 'products', 'contacts', 'settings'] as const;
const nat = fc.nat(1000);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('insert' as const), table: fc.constantFrom(...tables), seed: nat }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      row: nat,
      fields: fc.array(fc.record({ at: nat, to: nat }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'undelete' as const), row: nat }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('state' as const), row: nat, to: nat }) },
);

/** Several actions make one change. */
export const changes: fc.Arbitrary<readonly (readonly Action[])[]> = fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
});

/** Fields that tests write, with values good and bad. */
const fields: Readonly<Record<string, readonly [string, readonly unknown[]][]>> = {
  accounts: [
    ['name', ['Acme', 'Émile 7', '', '007']],
    ['credit_limit', [5, 2 ** 53 - 1, 2 ** 53, { '?': 'lots' }, { '?': '12' }, null]],
    ['tier', ['a', 'b', null]],
    ['renewal_on', ['2026-02-28', { '?': 'soon' }, null]],
    ['x_aaaaaaaa', ['kept', { '!': ['odd', 'ODD'] }, null]],
  ],
  sites: [['name', ['Dock', 'Yard']]],
  orders: [
    ['currency', ['GBP', 'JPY', 'KWD', null]],
    ['freight', [100, { '?': 'free' }, null]],
    ['status', [{ '?': 'submitted' }, { '?': 'nonsense' }, 'closed', 'draft']],
    ['notes', ['a', 'b']],
  ],
  order_lines: [
    ['qty', [1_000_000, 2_500_000, { '?': 'many' }, null]],
    ['price', [9_990_000, 333_333, null]],
    ['discount', [50_000, { '?': 'some' }, null]],
  ],
  schedule_lines: [['requested', ['2026-03-01', { '?': 'later' }, null]]],
  products: [['name', ['Crate', 'Box']]],
  contacts: [
    ['party', ['accounts/none', null]],
    ['emails', ['[["work","a@b.c"]]', '[["","c@d.e"]]', null]],
    ['name', ['Ann', 'Bo Birch', '']],
    ['notes', ['a', 'b', null]],
    ['x_cccccccc', ['kept', { '!': ['odd', 'ODD'] }, null]],
  ],
  settings: [['value', ['1', '"x"']]],
};

const owners: Readonly<Record<string, readonly [string, TableName]>> = {
  sites: ['account_id', 'accounts'],
  order_lines: ['order_id', 'orders'],
  schedule_lines: ['line_id', 'order_lines'],
};

export type Known = { readonly table: TableName; readonly id: string };

const choose = <T>(list: readonly T[], seed: number): T | undefined => list[seed % Math.max(list.length, 1)];

type Store = Pick<WriteStore, 'apply' | 'get'>;

const toPatch = (store: Store, action: Action, all: readonly Known[], ids: () => string): StorePatch | null => {
  const rows = action.do === 'undelete' ? all : all.filter(({ table, id }) => store.get(table, id) !== undefined);
  if (action.do === 'insert') {
    const owner = owners[action.table];
    const parent =
      owner === undefined
        ? undefined
        : choose(
            rows.filter(({ table }) => table === owner[1]),
            action.seed,
          );
    if (owner !== undefined && parent === undefined) return null;
    const some = choose(fields[action.table] ?? [], action.seed);
    const values: Record<string, unknown> = { ...(some && { [some[0]]: choose(some[1], action.seed) }) };
    if (owner !== undefined && parent !== undefined) values[owner[0]] = parent.id;
    return { kind: 'insert', table: action.table, id: ids(), values } as StorePatch;
  }
  if (action.do === 'state') {
    const order = choose(
      rows.filter(({ table }) => table === 'orders'),
      action.row,
    );
    const from = order === undefined ? undefined : store.get('orders', order.id)?.['status'];
    const to = choose(allowedFrom('order', String(from)), action.to);
    if (order === undefined || to === undefined) return null;
    return { kind: 'transition', table: 'orders', id: order.id, field: 'status', to, why: null };
  }
  const row = choose(rows, action.row);
  if (row === undefined) return null;
  if (action.do !== 'update') return { kind: action.do, ...row };
  const values = Object.fromEntries(
    action.fields.flatMap(({ at, to }) => {
      const some = choose(fields[row.table] ?? [], at);
      return some === undefined ? [] : [[some[0], choose(some[1], to)]];
    }),
  );
  return { kind: 'update', ...row, values } as StorePatch;
};

/** Makes one change of some actions; one the store refuses is not made. Returns whether it was. */
export const perform = (
  store: Store,
  actions: readonly Action[],
  rows: Known[],
  ids: () => string,
  change: Change = edit,
): boolean => {
  const patches = actions.flatMap((one) => toPatch(store, one, rows, ids) ?? []);
  if (patches.length === 0) return false;
  try {
    store.apply(patches, change);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code !== 'internal') return false;
    throw error;
  }
  for (const patch of patches) if (patch.kind === 'insert') rows.push({ table: patch.table as TableName, id: patch.id });
  return true;
};
