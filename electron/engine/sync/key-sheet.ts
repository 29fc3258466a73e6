/** A sheet of keys of people, as it lies in a shared folder (SYNC.md 2.10). Whatever is read from one is data of a stranger. */
import { createHash } from 'node:crypto';
import { isWhole } from '../store/subjects/sealed.ts';
import type { SubjectKey } from '../store/subjects/sealed.ts';

const FORMAT = 'KEYS1';
/** Keys of a sheet, and how long it can be. */
export const PER_SHEET = 2000;
export const MAX_SHEET_BYTES = 512 * 1024;

/** Keys by their names. */
export type Sheet = ReadonlyMap<string, Buffer>;

export const sheetOf = (keys: readonly SubjectKey[]): Sheet => new Map(keys.map(({ id, key }) => [id, key]));

export const encodeSheet = (keys: Sheet): Buffer => {
  const list = [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, key]) => [id, key.toString('base64')]);
  return Buffer.from(`${JSON.stringify({ f: FORMAT, keys: list })}\n`);
};

const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

/** The keys of a sheet that are what their names say; null for bytes that are none. */
export const parseSheet = (bytes: Buffer): Sheet | null => {
  let read: { readonly f?: unknown; readonly keys?: unknown } | null;
  try {
    read = JSON.parse(bytes.toString()) as typeof read;
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read?.f !== FORMAT || !Array.isArray(read.keys)) return null;
  const pairs = (read.keys as readonly unknown[]).filter(isPair).slice(0, PER_SHEET);
  return sheetOf(pairs.map(([id, text]) => ({ id, key: Buffer.from(text, 'base64') })).filter(isWhole));
};

/** By its bytes, as it never changes, and by whose it is. */
export const sheetName = (dev: string, bytes: Buffer): string =>
  `${dev}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.keys`;
