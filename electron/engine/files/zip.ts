/**
 * The parts of a zip archive, which is what a modern workbook is. A few kilobytes can claim, or turn out to hold,
 * gigabytes: the sizes that the directory claims are summed before anything is unpacked, and the bytes that come out
 * are counted while they do. Checksums are held against what came out, so that a damaged file is never half read.
 */
import { constants, crc32, inflateRawSync } from 'node:zlib';
import { AppError } from '../../../shared/contract/define.ts';

export type Zip = {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The bytes of a part. @throws AppError `bad-file` when it is not there or damaged, `too-large` */
  read(name: string): Uint8Array;
};

/** What all parts of an archive may hold together, in bytes. */
const LARGEST_ARCHIVE = 300 * 1024 * 1024;
const MOST_PARTS = 10_000;

const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const END_64_PLACE = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const EXTRA_64 = 1;
const FULL_32 = 0xffff_ffff;
const FULL_16 = 0xffff;
const STORED = 0;
const DEFLATED = 8;

type Entry = {
  readonly isLocked: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

const damaged = (file: string, why: string): AppError =>
  new AppError('bad-file', `${file} is damaged or incomplete: ${why}. Open it in the program it came from and save it again.`, {
    file,
  });

const tooLarge = (file: string): AppError => {
  const limit = LARGEST_ARCHIVE / 1024 / 1024;
  return new AppError('too-large', `${file} would unpack to more than ${limit} MB: split it, or save the sheet as CSV`, { file });
};

const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** Where the directory stands, and how many entries it has. */
const findDirectory = (bytes: Buffer, file: string): { readonly at: number; readonly count: number } => {
  const lowest = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  let end = bytes.length - END_SIZE;
  while (end >= lowest && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < lowest || end < 0) throw damaged(file, 'its end is missing');
  const found = { at: bytes.readUInt32LE(end + 16), count: bytes.readUInt16LE(end + 10) };
  const place = end - 20;
  if ((found.at !== FULL_32 && found.count !== FULL_16) || place < 0 || bytes.readUInt32LE(place) !== END_64_PLACE) return found;
  const wide = number64(bytes, place + 8);
  if (wide + 56 > bytes.length || bytes.readUInt32LE(wide) !== END_64) throw damaged(file, 'its directory is missing');
  return { at: number64(bytes, wide + 48), count: number64(bytes, wide + 32) };
};

/** Sizes beyond 32 bits stand in an extra field, in a fixed order, only those that are needed. */
const widen = (entry: Entry, extra: Buffer): Entry => {
  if (entry.size !== FULL_32 && entry.packed !== FULL_32 && entry.at !== FULL_32) return entry;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_64) continue;
    let next = at + 4;
    const take = (value: number): number => {
      if (value !== FULL_32 || next + 8 > extra.length) return value;
      next += 8;
      return number64(extra, next - 8);
    };
    return { ...entry, size: take(entry.size), packed: take(entry.packed), at: take(entry.at) };
  }
  return entry;
};

const readDirectory = (bytes: Buffer, file: string): ReadonlyMap<string, Entry> => {
  const { at: start, count } = findDirectory(bytes, file);
  if (count > MOST_PARTS) throw new AppError('too-large', `${file} holds more than ${MOST_PARTS} parts`, { file });
  const entries = new Map<string, Entry>();
  let at = start;
  let claimed = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_SIZE > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw damaged(file, 'its directory is cut off');
    const name = at + ENTRY_SIZE;
    const extra = name + bytes.readUInt16LE(at + 28);
    const next = extra + bytes.readUInt16LE(at + 30);
    const entry = widen(
      {
        isLocked: (bytes.readUInt16LE(at + 8) & 1) !== 0,
        method: bytes.readUInt16LE(at + 10),
        crc: bytes.readUInt32LE(at + 16),
        packed: bytes.readUInt32LE(at + 20),
        size: bytes.readUInt32LE(at + 24),
        at: bytes.readUInt32LE(at + 42),
      },
      bytes.subarray(extra, next),
    );
    claimed += entry.size;
    if (claimed > LARGEST_ARCHIVE) throw tooLarge(file);
    // Some programs of Windows write their folders with the wrong slash.
    entries.set(bytes.toString('utf8', name, extra).replaceAll('\\', '/'), entry);
    at = next + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

const isTooLong = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

/** Opens an archive that is in memory. @throws AppError `bad-file`, `too-large` */
export const openZip = (data: Uint8Array, file: string): Zip => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const entries = readDirectory(bytes, file);
  let left = LARGEST_ARCHIVE;

  const unpack = ({ method, packed, at }: Entry, name: string): Buffer => {
    if (at + LOCAL_SIZE > bytes.length || bytes.readUInt32LE(at) !== LOCAL)
      throw damaged(file, `“${name}” is not where it should be`);
    const start = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const raw = bytes.subarray(start, start + packed);
    if (raw.length < packed) throw damaged(file, `“${name}” is cut off`);
    if (method === STORED) return raw;
    if (method !== DEFLATED) throw damaged(file, `“${name}” is packed in a way that is not known here`);
    try {
      return inflateRawSync(raw, { maxOutputLength: left, finishFlush: constants.Z_FINISH });
    } catch (error) {
      throw isTooLong(error) ? tooLarge(file) : damaged(file, `“${name}” cannot be unpacked`);
    }
  };
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw damaged(file, `“${name}” is missing`);
      if (entry.isLocked) throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
      const out = unpack(entry, name);
      left -= out.length;
      if (left < 0) throw tooLarge(file);
      if (crc32(out) !== entry.crc) throw damaged(file, `“${name}” is not what was written`);
      return out;
    },
  };
};
