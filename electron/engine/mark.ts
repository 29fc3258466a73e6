/** By what a file is known as a workbench file before anything opens it: SQLite's own header, and our mark in it. */
import { closeSync, openSync, readSync } from 'node:fs';

/** `AWB1`: another program's database is refused and never written. */
export const APPLICATION_ID = 0x41574231;

const MAGIC = 'SQLite format 3\0';
const MARK_AT = 68;

/** Reads 72 bytes and opens no database; false too for what cannot be read. */
export const isWorkbenchFile = (path: string): boolean => {
  try {
    const handle = openSync(path, 'r');
    try {
      const head = Buffer.alloc(MARK_AT + 4);
      const isWhole = readSync(handle, head, 0, head.length, 0) === head.length;
      return isWhole && head.toString('latin1', 0, MAGIC.length) === MAGIC && head.readUInt32BE(MARK_AT) === APPLICATION_ID;
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
};
