/** Reads what was sealed, wherever the log is read, with the keys that are in this file. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Db } from '../file/db.ts';
import { isBadShape } from '../merge/admit.ts';
import { isSealed, unsealValue } from './sealed.ts';
import type { Sealed, SealedAt, WireValue } from './sealed.ts';

/** Not a value: its text is kept as that of a bad cell, the same on every device. */
const UNREADABLE: CellValue = { '!': ['', 'VALUE_KIND'] };

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

/** An op as it can be read here: what is sealed under a key that is not here says nothing. */
export const unsealOp = <O extends { readonly table: string; readonly row: string; readonly cols: readonly string[] }>(
  op: O & { readonly vals: readonly WireValue[] },
  unseal: Unseal,
): O & { readonly vals: readonly CellValue[] } => ({
  ...op,
  vals: op.vals.map((value, place): CellValue =>
    isSealed(value) ? (unseal({ table: op.table, row: op.row, register: op.cols[place] ?? '' }, value) ?? null) : value,
  ),
});
