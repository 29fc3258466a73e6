/**
 * The pages of a snapshot (SYNC.md 2.8): ops of one device each, as a payload, and lists of what stands beside registers.
 * Whatever is read from one is data of a stranger.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isStamp } from '../../../../shared/domain/hlc.ts';
import { checkPayload } from '../log/payload-check.ts';
import type { Payload } from '../log/payload.ts';
import { MAX_PAYLOAD } from '../log/segments.ts';

/** A value of a register by its place and its stamp. */
export type HeadPlace = readonly [table: string, row: string, register: string, h: number, device: string];
/**
 * `seen`: stamps that were replaced before they came. `unread`: tables that whoever made the snapshot could not read, or not all
 * of; their ops are all there and whole, and nothing is said of what stands beside them.
 */
export type Heads = {
  readonly conflict: readonly HeadPlace[];
  readonly seen: readonly HeadPlace[];
  readonly unread: readonly string[];
};
export type Page = { readonly dev: string; readonly payload: Payload } | Heads;

const ZSTD_LEVEL = 3;
const MAX_NAME = 200;

export const isHeads = (page: Page): page is Heads => 'conflict' in page;

export const encodePage = (page: Page): Buffer =>
  zstdCompressSync(JSON.stringify(page), { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });

const isPlace = (value: unknown): boolean => {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [table, row, register, h, device] = value as readonly unknown[];
  return [table, row, register, device].every((one) => typeof one === 'string' && one.length <= MAX_NAME) && isStamp(h);
};

const isPlaces = (value: unknown): boolean => Array.isArray(value) && value.every(isPlace);

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one.length <= MAX_NAME);

/** The page in some bytes; else what is wrong with them. */
export const decodePage = (bytes: Buffer): Page | string => {
  let read: Readonly<Record<string, unknown>> | null;
  try {
    read = JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: MAX_PAYLOAD }).toString()) as typeof read;
  } catch {
    return 'no page';
  }
  if (typeof read !== 'object' || read === null) return 'no page';
  const { dev, payload, conflict, seen, unread } = read;
  if (isPlaces(conflict) && isPlaces(seen) && isNames(unread)) return { conflict, seen, unread } as Heads;
  if (typeof dev !== 'string' || typeof payload !== 'object' || payload === null) return 'no page';
  const ops = (payload as { readonly o?: unknown }).o;
  const checked = checkPayload(payload, Array.isArray(ops) ? ops.length : 0, -1);
  return typeof checked === 'string' ? checked : { dev, payload: checked };
};
