/**
 * A zip archive written as a stream: one entry after the other, packed off this thread, with sizes and checksums put
 * into the headers once they are known. Readers that cannot cope with sizes behind the data read it as well.
 */
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { AppError } from '../../../shared/contract/define.ts';
import type { PartFile } from './part.ts';

/** Text is packed in pieces of about this many characters: enough to pay, little to hold. */
const PIECE = 256 * 1024;
/** What sizes of 32 bits hold. */
const LARGEST = 0xffff_ffff;
const LEVEL = 6;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
const DEFLATED = 8;

type Entry = { readonly name: Buffer; readonly at: number; crc: number; packed: number; size: number };

export type ZipEntry = {
  /** Takes text; resolves when there is room for more. */
  readonly write: (text: string) => Promise<void>;
  readonly end: () => Promise<void>;
};
export type ZipFile = {
  readonly open: (name: string) => ZipEntry;
  readonly add: (name: string, text: string) => Promise<void>;
  /** The directory; nothing can be added after it. */
  readonly end: () => void;
};

const fieldsOf = (entry: Entry, stamp: number): Buffer => {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(VERSION, 0);
  bytes.writeUInt16LE(UTF8, 2);
  bytes.writeUInt16LE(DEFLATED, 4);
  bytes.writeUInt32LE(stamp, 6);
  bytes.writeUInt32LE(entry.crc, 10);
  bytes.writeUInt32LE(entry.packed, 14);
  bytes.writeUInt32LE(entry.size, 18);
  bytes.writeUInt16LE(entry.name.length, 22);
  return bytes;
};

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A date as archives write it: seconds in twos, years from 1980. */
const stampOf = (ms: number): number => {
  const date = new Date(ms);
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = ((Math.max(1980, date.getUTCFullYear()) - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  return ((day << 16) | time) >>> 0;
};

const tooLarge = (): AppError =>
  new AppError('too-large', 'This is more than a workbook can hold. Export fewer rows or columns, or a CSV file.');

/** An entry that is being written: its header stands in the file, and gets its figures in the end. */
const openEntry = (file: PartFile, name: string, stamp: number, keep: (entry: Entry) => void): ZipEntry => {
  const entry: Entry = { name: Buffer.from(name), at: file.size(), crc: 0, packed: 0, size: 0 };
  file.append(Buffer.concat([word(LOCAL), fieldsOf(entry, stamp), entry.name]));
  const packer = createDeflateRaw({ level: LEVEL });
  const failures: unknown[] = [];
  packer.on('data', (bytes: Buffer) => {
    try {
      if (failures.length === 0) file.append(bytes);
      entry.packed += bytes.length;
    } catch (error) {
      failures.push(error);
    }
  });
  let waiting = '';
  /** The piece that is being packed while the next one is made. */
  let running: Promise<void> = Promise.resolve();
  const rest = async (): Promise<void> => {
    await running;
    for (const failure of failures) throw failure;
  };
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    if (entry.size > LARGEST || file.size() > LARGEST) throw tooLarge();
    await rest();
    running = new Promise((resolve, reject) => {
      packer.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  };
  return {
    write: async (text) => {
      waiting += text;
      if (waiting.length >= PIECE) await flush();
    },
    end: async () => {
      await flush();
      const ended = once(packer, 'end');
      packer.end();
      await ended;
      await rest();
      file.patch(fieldsOf(entry, stamp), entry.at + 4);
      keep(entry);
    },
  };
};

const writeDirectory = (file: PartFile, entries: readonly Entry[], stamp: number): void => {
  const at = file.size();
  if (at > LARGEST) throw tooLarge();
  for (const entry of entries) {
    const made = Buffer.alloc(2);
    made.writeUInt16LE(VERSION);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.at, 10);
    file.append(Buffer.concat([word(CENTRAL), made, fieldsOf(entry, stamp), tail, entry.name]));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(file.size() - at, 12);
  end.writeUInt32LE(at, 16);
  file.append(end);
};

/** @param created UTC milliseconds */
export const createZip = (file: PartFile, created: number): ZipFile => {
  const entries: Entry[] = [];
  const stamp = stampOf(created);
  const open = (name: string): ZipEntry => openEntry(file, name, stamp, (entry) => entries.push(entry));
  return {
    open,
    add: async (name, text) => {
      const entry = open(name);
      await entry.write(text);
      await entry.end();
    },
    end: () => writeDirectory(file, entries, stamp),
  };
};
