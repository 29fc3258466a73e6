/**
 * What a snapshot says of itself (SYNC.md 2.8): how far each stream is in it, and its pages by their hashes, signed by the
 * device that made it. Pages lie beside it. Whatever is read is data of a stranger until signature and hashes were checked.
 */
import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isStamp } from '../../../shared/domain/hlc.ts';
import { MAX_BODY } from '../store/log/segments.ts';
import type { SchemaRange } from '../store/log/segments.ts';
import type { CutEntry } from '../store/snapshot/make.ts';
import { DEVICE, readHex } from './certificate.ts';
import { isSigned, SIGNATURE_BYTES } from './keys.ts';

const FORMAT = 'SNAP1';
const NAME = /^[a-z0-9][a-z0-9-]{0,79}$/;
const HASH_BYTES = 32;
const MOST_STREAMS = 10_000;
const MOST_PAGES = 20_000;
/** Bytes of all pages together: far above what a team has, so that a hostile one ends. */
const MAX_PAGES_BYTES = 2 ** 30;
const MAX_HEAD = 4 * 2 ** 20;

export const MAX_SNAPSHOT_BYTES = MAX_HEAD + SIGNATURE_BYTES;
/** The longest page that is one. */
export const MAX_PAGE_BYTES = MAX_BODY;

/** `sha`: of its bytes, in hex. `ops`: in it. */
export type PageName = { readonly sha: string; readonly bytes: number; readonly ops: number };

/** `at`: UTC milliseconds by the clock of the device that made it. */
export type SnapshotAbout = SchemaRange & {
  readonly org: string;
  readonly scope: string;
  readonly dev: string;
  readonly at: number;
  readonly cut: readonly CutEntry[];
  readonly pages: readonly PageName[];
};

export type SealedSnapshot = { readonly about: SnapshotAbout; readonly head: Buffer; readonly sig: Buffer };

export const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a snapshot is called among those of its device and scope. */
export const snapshotHash = ({ head }: SealedSnapshot): string => shaOf(head);

const digest = (head: Buffer): Buffer => createHash('sha256').update(head).digest();

export const sealSnapshot = (about: SnapshotAbout, sign: (bytes: Uint8Array) => Buffer): SealedSnapshot => {
  const cut = about.cut.map(({ dev, seq, hlc, hash }) => [dev, seq, hlc, hash.toString('hex')]);
  const pages = about.pages.map(({ sha, bytes, ops }) => [sha, bytes, ops]);
  const head = Buffer.from(JSON.stringify({ f: FORMAT, ...about, cut, pages }));
  return { about, head, sig: sign(digest(head)) };
};

export const isSignedSnapshot = ({ head, sig }: SealedSnapshot, key: KeyObject): boolean => isSigned(digest(head), sig, key);

export const encodeSnapshot = ({ head, sig }: SealedSnapshot): Buffer => Buffer.concat([head, sig]);

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);

const readList = <T>(value: unknown, most: number, read: (one: readonly unknown[]) => T | null): readonly T[] | null => {
  if (!Array.isArray(value) || value.length > most) return null;
  const list = value.map((one: unknown) => (Array.isArray(one) ? read(one as readonly unknown[]) : null));
  return list.every((one) => one !== null) ? list : null;
};

const readCut = ([dev, seq, hlc, hex]: readonly unknown[]): CutEntry | null => {
  const hash = readHex(hex, HASH_BYTES);
  const isWhole = typeof dev === 'string' && DEVICE.test(dev) && isCount(seq) && seq > 0 && isStamp(hlc);
  return isWhole && hash !== null ? { dev, seq, hlc, hash } : null;
};

const readPage = ([sha, bytes, ops]: readonly unknown[]): PageName | null =>
  typeof sha === 'string' && readHex(sha, HASH_BYTES) !== null && isCount(bytes) && bytes <= MAX_PAGE_BYTES && isCount(ops)
    ? { sha, bytes, ops }
    : null;

const readAbout = (head: Buffer): SnapshotAbout | null => {
  let read: Readonly<Record<string, unknown>> | null;
  try {
    read = JSON.parse(head.toString()) as typeof read;
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null || read['f'] !== FORMAT) return null;
  const { org, scope, dev, at, sv, minsv } = read;
  const cut = readList(read['cut'], MOST_STREAMS, readCut);
  const pages = readList(read['pages'], MOST_PAGES, readPage);
  if (![org, scope, dev].every(isName) || ![at, sv, minsv].every(isCount) || cut === null || pages === null) return null;
  // A stream that was written on twice stands there once for each branch.
  if (new Set(cut.map((one) => `${one.dev} ${one.hash.toString('hex')}`)).size < cut.length) return null;
  if (pages.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_PAGES_BYTES) return null;
  return { org, scope, dev, at, sv, minsv, cut, pages } as SnapshotAbout;
};

/** The snapshot in some bytes; null when they are none. Who signed it is another question. */
export const parseSnapshot = (bytes: Buffer): SealedSnapshot | null => {
  if (bytes.length <= SIGNATURE_BYTES || bytes.length > MAX_SNAPSHOT_BYTES) return null;
  const head = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const about = readAbout(head);
  return about === null ? null : { about, head, sig: bytes.subarray(head.length) };
};
