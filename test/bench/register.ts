/** What the reading jobs share: the registers that are measured, their orders, and a store on the large file. */
import type { Asked } from '../../electron/engine/store/grid/view-list.ts';
import { openReader, type Db } from '../../electron/engine/store/file/db.ts';
import { createReadStore, type ReadStore } from '../../electron/engine/store/read/read-store.ts';
import type { ReadContext } from '../../electron/engine/store/grid/computed.ts';
import type { TableName } from '../../shared/model/index.ts';

export const context: ReadContext = { today: '2026-09-01', zone: 'Europe/Berlin', currency: 'EUR', me: null, now: 0 };
export const ME = 'bench';

export const SORTS: ReadonlyMap<TableName, string> = new Map([
  ['orders', 'ordered_on'],
  ['order_lines', 'qty'],
  ['accounts', 'name'],
  ['contacts', 'name'],
]);
export const sortOf = (table: TableName): Asked['sort'] => [{ field: SORTS.get(table) ?? 'name', dir: 'desc' }];

type Store = {
  readonly db: Db;
  readonly store: ReadStore;
  /** Reads every live row of a table once: the limit of whatever has to look at all of them. */
  readonly scan: (table: TableName) => () => unknown;
};

export const openStore = (file: string): Store => {
  const db = openReader(file);
  const scan: Store['scan'] = (table) => {
    const statement = db.prepare(`SELECT count(*), sum(length(id)) FROM "${table}" NOT INDEXED WHERE _alive = 1`);
    return () => statement.get();
  };
  return { db, store: createReadStore(db), scan };
};
