/** A real store with the real rules, in a company of its own: Thursday 15 January 2026, in London. */
import path from 'node:path';
import { createLegal } from '../../electron/engine/services/company/issuing.ts';
import { createRules } from '../../electron/engine/services/rules/rules.ts';
import { companyPatches } from '../../electron/engine/services/company/company.ts';
import type { Change, StorePatch, WriteStore } from '../../electron/engine/store/api.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { TableName } from '../../shared/model/index.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';
import { edit, openAt, type Opened } from '../store/open.ts';

export { edit };
/** As a command of the engine writes. */
export const byCommand: Change = { ...edit, isCommand: true };
export const imported: Change = { ...edit, source: 'import', label: 'Import' };

export type Desk = Opened & {
  readonly locale: string;
  insert(table: TableName, values: Readonly<Record<string, CellInput>>, change?: Change): string;
  update(
    table: TableName,
    id: string,
    values: Readonly<Record<string, CellInput>>,
    change?: Change,
  ): ReturnType<WriteStore['apply']>;
  move(id: string, to: string, change?: Change): ReturnType<WriteStore['apply']>;
  row(table: TableName, id: string): Readonly<Record<string, unknown>>;
  issues(table: TableName, id: string): readonly string[];
};

export const COMPANY = { zone: 'Europe/London', currency: 'GBP', weekStart: 1, fiscalMonth: 4, name: 'Our company' };

/** @param seed keeps the ids of two devices apart */
export const openDesk = (locale = 'en-GB', seed = 0): Desk => {
  const env = { ...fakeEnv(seed), locale };
  // The rules take numbers from the store that is opened with them.
  const late: { store?: WriteStore } = {};
  const rules = createRules({
    env,
    nextNumber: (table) => late.store?.nextNumber(table) ?? '',
    legal: createLegal(() => late.store),
  });
  const opened = openAt(emptyFile(path.join(makeTemp(), 'desk.db')), env, rules);
  late.store = opened.store;
  const write = (patch: StorePatch, change: Change) => opened.store.apply([patch], change);
  opened.store.apply(companyPatches(opened.store, env.ids, COMPANY, true), { ...edit, silent: true });
  return {
    ...opened,
    locale,
    insert(table, values, change = edit) {
      const id = env.ids();
      write({ kind: 'insert', table, id, values }, change);
      return id;
    },
    update: (table, id, values, change = edit) => write({ kind: 'update', table, id, values }, change),
    move: (id, to, change = edit) => write({ kind: 'transition', table: 'orders', id, field: 'status', to, why: null }, change),
    row: (table, id) => opened.store.get(table, id) ?? {},
    issues: (table, id) => opened.store.issues(table, id).map(({ field, code }) => `${field} ${code}`),
  };
};

/** An account, a product and a draft order of one line. */
export const withOrder = (desk: Desk) => {
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', { sku: 'CRT-6040', name: 'Crate 600×400', uom: 'EA', list_price: 8_500_000 });
  const order = desk.insert('orders', { account_id: account, requested: '2026-02-02' });
  const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: 12_000_000 });
  return { account, product, order, line };
};

/** Somebody of that role, as the command line says who it is. */
export const asOne = (desk: Desk, role: Role): string => {
  const email = `${role}@example.com`;
  desk.insert('people', { name: role, email, role });
  return `${role} <${email}>`;
};
