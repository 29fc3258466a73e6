/**
 * Workbooks of Excel 97 to 2003 (.xls). The one library at hand loses cells there (results of formulas that share
 * their text, rich text) and all number formats, on which the zeros of codes, percents, times and hidden sheets depend.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { errorText, flagText, unpackRk } from './workbook-binary.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { numberText, readFormat, type NumberFormat } from './workbook-format.ts';
import { openOle } from './workbook-ole.ts';

const ID = {
  formula: 0x06,
  end: 0x0a,
  date1904: 0x22,
  locked: 0x2f,
  more: 0x3c,
  sheet: 0x85,
  manyRk: 0xbd,
  richText: 0xd6,
  xf: 0xe0,
  strings: 0xfc,
  shared: 0xfd,
  number: 0x203,
  text: 0x204,
  flagOrError: 0x205,
  result: 0x207,
  rk: 0x27e,
  format: 0x41e,
  begin: 0x809,
} as const;
const BIFF8 = 0x0600;

/** A record, with the blocks that continue it. */
type Entry = { readonly id: number; readonly data: Buffer; readonly more: readonly Buffer[] };

function* recordsFrom(stream: Buffer, from: number): Generator<Entry> {
  let at = from;
  const take = (): { id: number; data: Buffer } => {
    const length = stream.readUInt16LE(at + 2);
    const record = { id: stream.readUInt16LE(at), data: stream.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
    return record;
  };
  while (at + 4 <= stream.length) {
    const record = take();
    const more: Buffer[] = [];
    while (at + 4 <= stream.length && stream.readUInt16LE(at) === ID.more) more.push(take().data);
    yield { ...record, more };
  }
}

/** Text that may run over the end of a block: the next one says anew how wide its characters are. */
const createReader = (blocks: readonly Buffer[], from: number) => {
  let block = 0;
  let at = from;
  const here = (): Buffer => {
    while (block < blocks.length - 1 && at >= (blocks[block]?.length ?? 0)) [block, at] = [block + 1, 0];
    return blocks[block] ?? Buffer.alloc(0);
  };
  const byte = (): number => {
    const value = here()[at] ?? 0;
    at += 1;
    return value;
  };
  const u16 = (): number => byte() + byte() * 256;
  const skip = (count: number): void => {
    let left = count;
    while (left > 0) {
      const step = Math.min(left, here().length - at);
      if (step <= 0) return;
      at += step;
      left -= step;
    }
  };
  const characters = (count: number, flags: number): string => {
    let isWide = (flags & 1) !== 0;
    let text = '';
    while (text.length < count) {
      const isNext = block < blocks.length - 1 && at >= (blocks[block]?.length ?? 0);
      const data = here();
      if (isNext) isWide = (byte() & 1) !== 0;
      const size = isWide ? 2 : 1;
      const take = Math.min(count - text.length, Math.floor((data.length - at) / size));
      if (take <= 0) return text;
      text += data.toString(isWide ? 'utf16le' : 'latin1', at, at + take * size);
      at += take * size;
    }
    return text;
  };
  return {
    isAtEnd: () => at >= here().length && block >= blocks.length - 1,
    /** A text with its length in front, and what follows it: runs of type, readings of names. */
    text: (isShort = false): string => {
      const count = isShort ? byte() : u16();
      const flags = byte();
      const runs = (flags & 8) !== 0 ? u16() : 0;
      const extra = (flags & 4) !== 0 ? u16() + u16() * 65_536 : 0;
      const text = characters(count, flags);
      skip(runs * 4 + extra);
      return text;
    },
  };
};

const textAt = ({ data, more }: Entry, at: number, isShort = false): string => createReader([data, ...more], at).text(isShort);

type SheetPlace = { readonly name: string; readonly hidden: boolean; readonly at: number };
type Globals = {
  readonly sheets: readonly SheetPlace[];
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
};

const readStrings = ({ data, more }: Entry): readonly string[] => {
  const count = data.readUInt32LE(4);
  const reader = createReader([data, ...more], 8);
  const strings: string[] = [];
  while (strings.length < count && !reader.isAtEnd()) strings.push(reader.text());
  return strings;
};

const readGlobals = (stream: Buffer, file: string): Globals => {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  const sheets: SheetPlace[] = [];
  let strings: readonly string[] = [];
  let is1904 = false;
  for (const record of recordsFrom(stream, 0)) {
    const { id, data } = record;
    if (id === ID.end) break;
    if (id === ID.locked) throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
    if (id === ID.format) codes.set(data.readUInt16LE(0), textAt(record, 2));
    else if (id === ID.xf) ids.push(data.readUInt16LE(2));
    else if (id === ID.date1904) is1904 = data.readUInt16LE(0) === 1;
    else if (id === ID.strings) strings = readStrings(record);
    // Sheets that are a chart or a macro hold no cells.
    else if (id === ID.sheet && data[5] === 0) {
      sheets.push({ name: textAt(record, 6, true), hidden: ((data[4] ?? 0) & 3) !== 0, at: data.readUInt32LE(0) });
    }
  }
  return { sheets, strings, formats: ids.map((one) => readFormat(one, codes)), is1904 };
};

const PLAIN: NumberFormat = { kind: 'plain' };

const readSheet = (stream: Buffer, from: number, { strings, formats, is1904 }: Globals, cells: Cells): void => {
  /** The formula whose result is a text and stands in a record of its own. */
  let open: { readonly row: number; readonly column: number } | null = null;
  const number = (row: number, column: number, style: number, value: number): void =>
    cells.putNumber(row, column, numberText(String(value), formats[style] ?? PLAIN, is1904));
  const formula = (row: number, column: number, data: Buffer): void => {
    const kind = data[6];
    if (data.readUInt16LE(12) !== 0xffff) number(row, column, data.readUInt16LE(4), data.readDoubleLE(6));
    else if (kind === 0) open = { row, column };
    else if (kind === 1) cells.put(row, column, flagText(data[8] ?? 0));
    else if (kind === 2) cells.put(row, column, errorText(data[8] ?? 0));
  };
  const manyRk = (row: number, column: number, data: Buffer): void => {
    for (let at = 4, n = 0; at + 8 <= data.length; at += 6, n += 1) {
      number(row, column + n, data.readUInt16LE(at), unpackRk(data.readInt32LE(at + 2)));
    }
  };
  const take = (record: Entry): void => {
    const { id, data } = record;
    if (id === ID.result && open) cells.put(open.row, open.column, textAt(record, 0));
    if (data.length < 8) return;
    const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
    if (id === ID.shared) cells.put(row, column, strings[data.readUInt32LE(6)] ?? '');
    else if (id === ID.number) number(row, column, style, data.readDoubleLE(6));
    else if (id === ID.rk) number(row, column, style, unpackRk(data.readInt32LE(6)));
    else if (id === ID.manyRk) manyRk(row, column, data);
    else if (id === ID.formula) formula(row, column, data);
    else if (id === ID.text || id === ID.richText) cells.put(row, column, textAt(record, 6));
    else if (id === ID.flagOrError) cells.put(row, column, data[7] === 1 ? errorText(data[6] ?? 0) : flagText(data[6] ?? 0));
  };
  // A chart within the sheet is a stream within the stream.
  let depth = 0;
  for (const record of recordsFrom(stream, from)) {
    if (record.id === ID.begin) depth += 1;
    else if (record.id === ID.end) depth -= 1;
    else if (depth === 1) take(record);
    if (depth === 0) return;
  }
};

const readable = <T>(file: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('bad-file', `${file} is damaged or incomplete. Open it in the program it came from and save it again.`, {
      file,
    });
  }
};

/** Opens a workbook. @throws AppError `bad-file` when it is protected, older than Excel 97, damaged or no workbook */
export const openXls = (bytes: Uint8Array, file: string): Workbook => {
  const container = readable(file, () => openOle(bytes, file));
  if (container.has('EncryptedPackage')) {
    throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
  }
  const name = ['Workbook', 'Book'].find((one) => container.has(one));
  if (name === undefined) throw new AppError('bad-file', `${file} is an old Office document, but no workbook`, { file });
  const stream = readable(file, () => container.read(name));
  if (stream.length < 6 || stream.readUInt16LE(4) !== BIFF8) {
    throw new AppError('bad-file', `${file} was written by a spreadsheet program older than Excel 97: save it as .xlsx`, {
      file,
    });
  }
  const globals = readable(file, () => readGlobals(stream, file));
  return {
    sheets: globals.sheets.map(({ name: sheet, hidden, at }): Sheet => ({
      name: sheet,
      hidden,
      read: (cells) => readable(file, () => readSheet(stream, at, globals, cells)),
    })),
    notes: [],
  };
};
