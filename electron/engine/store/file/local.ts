/** What this device knows of itself: its identity, and the small dictionaries that turn long names into indexes. */
import { makeDeviceCode } from '../../../../shared/domain/numbering.ts';
import { isTableName, tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from './db.ts';

export type Device = { readonly idx: number; readonly id: string };
/** The device of this file as all who write for it hold it: it becomes another one when the file gets another identity. */
export type Identity = { idx: number; id: string };

/** Until a device is enrolled everything is in one stream of this scope (DECISIONS.md 4). */
export const LOCAL_SCOPE = 'local';

/** Reads values of `meta`, which holds JSON texts, by one statement kept for all; undefined when it was never set. */
export const prepareMeta = (db: Db): ((key: string) => unknown) => {
  const value = db.prepare<[string], string>('SELECT v FROM meta WHERE k = ?').pluck();
  return (key) => {
    const text = value.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
};

/** A value of `meta`, for who asks once. */
export const readMeta = (db: Db, key: string): unknown => prepareMeta(db)(key);

export const writeMeta = (db: Db, key: string, value: unknown): void => {
  db.prepare('INSERT INTO meta(k, v) VALUES(?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v').run(key, JSON.stringify(value));
};

/** The device this file belongs to, or undefined before its first start. */
export const readDevice = (db: Db): (Device & { readonly code: string }) | undefined => {
  const id = readMeta(db, 'device');
  if (typeof id !== 'string') return undefined;
  return db.prepare<[string], Device & { readonly code: string }>('SELECT idx, id, code FROM devices WHERE id = ?').get(id);
};

/** The device of this file; made at its first start. */
export const ensureDevice = (db: Db, ids: () => string, random: (n: number) => Uint8Array): Identity => {
  const known = readDevice(db);
  if (known !== undefined) return { idx: known.idx, id: known.id };
  const id = ids();
  const { lastInsertRowid } = db.prepare('INSERT INTO devices(id, code) VALUES(?, ?)').run(id, makeDeviceCode(random));
  writeMeta(db, 'device', id);
  return { id, idx: Number(lastInsertRowid) };
};

/** The three characters in the numbers this device gives, as they are now. */
export const prepareCode = (db: Db, device: Device): (() => string) => {
  const code = db.prepare<[number], string>('SELECT code FROM devices WHERE idx = ?').pluck();
  return () => code.get(device.idx) ?? '';
};

/** Gives this device other characters: another device of its team has those it had. */
export const replaceCode = (db: Db, { idx }: Device, code: string): void =>
  void db.prepare('UPDATE devices SET code = ? WHERE idx = ?').run(code, idx);

/** The index of a scope in this file. One that is known is only read: it is asked for after a write that failed, too. */
export const ensureScope = (db: Db, id: string): number => {
  const find = db.prepare<[string], number>('SELECT idx FROM scopes WHERE id = ?').pluck();
  const known = find.get(id);
  if (known !== undefined) return known;
  db.prepare('INSERT INTO scopes(id) VALUES(?)').run(id);
  return ensureScope(db, id);
};

export type TableIndex = { indexOf(name: TableName): number; nameOf(idx: number): TableName | undefined };

/** The indexes of tables as this file has them. A writer has added those of its model before. */
export const readTableIndex = (db: Db): TableIndex => {
  const rows = db.prepare<[], { idx: number; name: string }>('SELECT idx, name FROM tables').all();
  const byName = new Map(rows.map(({ idx, name }) => [name, idx]));
  const byIndex = new Map(rows.flatMap(({ idx, name }) => (isTableName(name) ? [[idx, name] as const] : [])));
  return {
    indexOf(name) {
      const idx = byName.get(name);
      if (idx === undefined) throw new Error(`Table ${name} has no index in this file`);
      return idx;
    },
    nameOf: (idx) => byIndex.get(idx),
  };
};

export const ensureTableIndex = (db: Db): TableIndex => {
  const add = db.prepare('INSERT INTO tables(name) VALUES(?) ON CONFLICT DO NOTHING');
  for (const name of tableNames) add.run(name);
  return readTableIndex(db);
};
