/**
 * The container that Office wrote before it wrote zip archives, and still wraps around workbooks with a password: a
 * small file system of sectors. Chains come from the file, so every walk is bounded by the number of sectors.
 */
import { AppError } from '../../../shared/contract/define.ts';

const HEADER = 512;
const END_OF_CHAIN = 0xffff_fffe;
const ENTRY_SIZE = 128;
const IN_HEADER = 109;
const SMALL_SECTOR = 64;
/** The least share of a sector that one step of a chain can stand for. */
const SECTOR_SHARE = 64;
const STREAM = 2;
const ROOT = 5;

type Entry = { readonly name: string; readonly type: number; readonly start: number; readonly size: number };

const damaged = (file: string): AppError =>
  new AppError('bad-file', `${file} is damaged or incomplete. Open it in the program it came from and save it again.`, { file });

/** The chains of a container: how its sectors follow each other. */
const createChains = (bytes: Buffer, file: string) => {
  const sector = 1 << Math.min(bytes.readUInt16LE(30), 12);
  const most = Math.ceil(bytes.length / sector);
  const readSector = (at: number): Buffer => {
    const from = (at + 1) * sector;
    if (from >= bytes.length) throw damaged(file);
    return bytes.subarray(from, from + sector);
  };
  const walk = (start: number, next: (at: number) => number): number[] => {
    const chain: number[] = [];
    for (let at = start; at < END_OF_CHAIN && chain.length <= most * SECTOR_SHARE; at = next(at)) chain.push(at);
    return chain;
  };
  const tables: number[] = [];
  for (let at = 0; at < IN_HEADER; at += 1) tables.push(bytes.readUInt32LE(76 + at * 4));
  walk(bytes.readUInt32LE(68), (at) => {
    const more = readSector(at);
    for (let n = 0; n < sector / 4 - 1; n += 1) tables.push(more.readUInt32LE(n * 4));
    return tables.length > most ? END_OF_CHAIN : more.readUInt32LE(sector - 4);
  });
  const table = Buffer.concat(tables.filter((at) => at < END_OF_CHAIN).map(readSector));
  const nextOf = (links: Buffer) => (at: number) => (at * 4 + 4 <= links.length ? links.readUInt32LE(at * 4) : END_OF_CHAIN);
  return {
    readChain: (start: number): Buffer => Buffer.concat(walk(start, nextOf(table)).map(readSector)),
    /** Small streams share sectors of 64 bytes within one large stream. */
    readSmall: (start: number, within: Buffer, links: Buffer): Buffer =>
      Buffer.concat(walk(start, nextOf(links)).map((at) => within.subarray(at * SMALL_SECTOR, (at + 1) * SMALL_SECTOR))),
  };
};

export type Ole = { readonly has: (name: string) => boolean; readonly read: (name: string) => Buffer };

/** The streams of a container by name. @throws AppError `bad-file` when it is cut off */
export const openOle = (data: Uint8Array, file: string): Ole => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length < HEADER) throw damaged(file);
  const { readChain, readSmall } = createChains(bytes, file);
  const directory = readChain(bytes.readUInt32LE(48));
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_SIZE <= directory.length; at += ENTRY_SIZE) {
    const length = Math.min(64, directory.readUInt16LE(at + 64));
    entries.push({
      name: directory.toString('utf16le', at, at + Math.max(0, length - 2)),
      type: directory[at + 66] ?? 0,
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    });
  }
  const find = (name: string): Entry | undefined => entries.find((one) => one.type === STREAM && one.name === name);
  return {
    has: (name) => find(name) !== undefined,
    read: (name) => {
      const entry = find(name);
      if (!entry) throw damaged(file);
      const { start, size } = entry;
      if (size >= bytes.readUInt32LE(56)) return readChain(start).subarray(0, size);
      const root = entries.find((one) => one.type === ROOT);
      return readSmall(start, root ? readChain(root.start) : Buffer.alloc(0), readChain(bytes.readUInt32LE(60))).subarray(
        0,
        size,
      );
    },
  };
};
