/** Reads what was sealed, wherever the log is read, with the keys that are in this file. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Db } from '../file/db.ts';
import { isBadShape } from '../merge/admit.ts';
import { ERASED, isErasable, isPersonal } from './personal.ts';
import { isSealed, unsealValue } from './sealed.ts';
import type { Sealed, SealedAt, WireValue } from './sealed.ts';

/** Not a value: its text is kept as that of a bad cell, the same on every device. */
export const UNREADABLE: CellValue = { '!': ['', 'VALUE_KIND'] };

const isCell = (value: unknown): value is CellValue =>
  value === null || typeof value === 'string' || typeof value === 'number' || (typeof value === 'object' && isBadShape(value));

/** What a value says to who has its key. */
export const openWith = (key: Uint8Array, at: SealedAt, value: Sealed): CellValue => {
  const said = unsealValue(key, at, value);
  return isCell(said) ? said : UNREADABLE;
};

export type Unseal = (at: SealedAt, value: Sealed) => CellValue | undefined;

/** @returns what a sealed value says; undefined where its key is not here, or gone */
export const createUnseal = (db: Db): Unseal => {
  const find = db.prepare<[string], Buffer | null>('SELECT key FROM subject_keys WHERE id = ?').pluck();
  return (at, value) => {
    const key = find.get(value['#'][0]);
    return key ? openWith(key, at, value) : undefined;
  };
};

/** Since when the person is erased whom a row is about; 0 for who is not. */
const createErasedReader = (db: Db) => {
  type Found = { readonly h: number; readonly x: string | null };
  const readers = new Map<string, (row: string) => Found | undefined>();
  const prepare = (table: string) => {
    const statement = db.prepare<[string], Found>(`SELECT _h AS h, _x AS x FROM ${table} WHERE id = ? AND ${ERASED} IS NOT NULL`);
    return (row: string): Found | undefined => statement.get(row);
  };
  return (table: string, row: string): number => {
    if (!isErasable(table)) return 0;
    const read = readers.get(table) ?? prepare(table);
    readers.set(table, read);
    const found = read(row);
    if (found === undefined) return 0;
    const stamps = JSON.parse(found.x ?? '{}') as Readonly<Record<string, readonly [h: number, d: number]>>;
    return stamps[ERASED]?.[0] ?? found.h;
  };
};

type Said = { readonly h: number; readonly table: string; readonly row: string };
export type ReadSaid = (op: Said, register: string, value: WireValue) => CellValue | undefined;

/**
 * What an op says of a register: nothing once the person is erased, whether it was sealed or not.
 * @returns a reader, for one look at the log; it gives undefined for what is sealed under a key that is not here
 */
export const createReadSaid = (db: Db): ReadSaid => {
  const unseal = createUnseal(db);
  const erasedOf = createErasedReader(db);
  return ({ h, table, row }, register, value) => {
    if (value !== null && isPersonal(table, register) && h < erasedOf(table, row)) return null;
    return isSealed(value) ? unseal({ table, row, register }, value) : value;
  };
};

/** An op as it can be read here: what is sealed under a key that is not here says nothing. */
export const readableOp = <O extends Said & { readonly cols: readonly string[] }>(
  op: O & { readonly vals: readonly WireValue[] },
  read: ReadSaid,
): O & { readonly vals: readonly CellValue[] } => ({
  ...op,
  vals: op.vals.map((value, place): CellValue => read(op, op.cols[place] ?? '', value) ?? null),
});
