/**
 * The binary workbooks: .xls of Excel 97 to 2003, and .xlsb. A library reads their values. It leaves out the number
 * formats, on which leading zeros, percents, times and the leap day of 1900 depend: for .xls they are read here, for
 * .xlsb they are not and the person is told.
 */
import { readXls, readXlsb, type CellValue } from 'hucre';
import { AppError } from '../../../shared/contract/define.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { isoText, numberText, plainNumber, readFormat, type NumberFormat } from './workbook-format.ts';
import { openOle } from './workbook-ole.ts';

const RECORD = {
  eof: 10,
  date1904: 34,
  locked: 47,
  sheet: 133,
  mulRk: 189,
  xf: 224,
  number: 515,
  rk: 638,
  formula: 6,
  format: 1054,
} as const;

type Records = Iterable<{ readonly id: number; readonly data: Buffer; readonly at: number }>;

function* recordsFrom(stream: Buffer, from: number): Records {
  for (let at = from; at + 4 <= stream.length;) {
    const length = stream.readUInt16LE(at + 2);
    yield { id: stream.readUInt16LE(at), data: stream.subarray(at + 4, at + 4 + length), at };
    at += 4 + length;
  }
}

type Globals = {
  readonly sheets: readonly { readonly at: number; readonly hidden: boolean }[];
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
};

const formatCode = (data: Buffer): string => {
  const count = data.readUInt16LE(2);
  const isWide = ((data[4] ?? 0) & 1) !== 0;
  return data.toString(isWide ? 'utf16le' : 'latin1', 5, 5 + count * (isWide ? 2 : 1));
};

const readGlobals = (stream: Buffer, file: string): Globals => {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  const sheets: { at: number; hidden: boolean }[] = [];
  let is1904 = false;
  for (const { id, data } of recordsFrom(stream, 0)) {
    if (id === RECORD.eof) break;
    if (id === RECORD.locked)
      throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
    if (id === RECORD.format) codes.set(data.readUInt16LE(0), formatCode(data));
    else if (id === RECORD.xf) ids.push(data.readUInt16LE(2));
    else if (id === RECORD.date1904) is1904 = data.readUInt16LE(0) === 1;
    else if (id === RECORD.sheet) sheets.push({ at: data.readUInt32LE(0), hidden: ((data[4] ?? 0) & 3) !== 0 });
  }
  return { sheets, formats: ids.map((one) => readFormat(one, codes)), is1904 };
};

/** A number packed into 30 bits: whole or the upper half of a double, perhaps times 100. */
const unpackRk = (packed: number): number => {
  const half = Buffer.alloc(8);
  half.writeInt32LE(packed & ~3, 4);
  const value = (packed & 2) !== 0 ? packed >> 2 : half.readDoubleLE(0);
  return (packed & 1) !== 0 ? value / 100 : value;
};

/** The numbers of a sheet as they are shown, by row and column. */
const readNumbers = (stream: Buffer, from: number, { formats, is1904 }: Globals): ReadonlyMap<number, string> => {
  const numbers = new Map<number, string>();
  const put = (row: number, column: number, style: number, value: number): void => {
    const format = formats[style];
    if (format) numbers.set(row * 256 + column, numberText(String(value), format, is1904));
  };
  let isFirst = true;
  for (const { id, data } of recordsFrom(stream, from)) {
    if (id === RECORD.eof) break;
    if (isFirst || data.length < 10) {
      isFirst = false;
      continue;
    }
    const [row, column] = [data.readUInt16LE(0), data.readUInt16LE(2)];
    if (id === RECORD.number && data.length >= 14) put(row, column, data.readUInt16LE(4), data.readDoubleLE(6));
    else if (id === RECORD.rk) put(row, column, data.readUInt16LE(4), unpackRk(data.readInt32LE(6)));
    else if (id === RECORD.formula && data.length >= 14 && data.readUInt16LE(12) !== 0xffff)
      put(row, column, data.readUInt16LE(4), data.readDoubleLE(6));
    else if (id === RECORD.mulRk) {
      for (let at = 4, n = 0; at + 6 <= data.length - 2; at += 6, n += 1)
        put(row, column + n, data.readUInt16LE(at), unpackRk(data.readInt32LE(at + 2)));
    }
  }
  return numbers;
};

const valueText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return plainNumber(String(value));
  return value instanceof Date ? isoText(value.toISOString()) : value;
};

const putRows = (cells: Cells, rows: readonly (readonly CellValue[])[], numbers: ReadonlyMap<number, string>): void => {
  for (let row = 0; row < rows.length; row += 1) {
    const line = rows[row] ?? [];
    for (let column = 0; column < line.length; column += 1) {
      cells.put(row, column, numbers.get(row * 256 + column) ?? valueText(line[column]));
    }
    if (row % 1000 === 0) cells.told(row / rows.length);
  }
};

const NOT_LOCKED = 'Workbook';

/** Opens a .xls. @throws AppError `bad-file` when it is protected, older than Excel 97, or no workbook */
export const openXls = async (bytes: Uint8Array, file: string): Promise<Workbook> => {
  const container = openOle(bytes, file);
  if (container.has('EncryptedPackage')) {
    throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
  }
  const name = container.has(NOT_LOCKED) ? NOT_LOCKED : 'Book';
  if (!container.has(name)) throw new AppError('bad-file', `${file} is an old Office document, but no workbook`, { file });
  const stream = container.read(name);
  if (stream.readUInt16LE(4) !== 0x0600) {
    throw new AppError('bad-file', `${file} was written by a spreadsheet program older than Excel 97: save it as .xlsx`, {
      file,
    });
  }
  const globals = readGlobals(stream, file);
  const raw = await readXls(bytes);
  return {
    sheets: raw.sheets.map(({ name: sheet, rows }, at): Sheet => {
      const place = globals.sheets[at];
      const numbers = place ? readNumbers(stream, place.at, globals) : new Map<number, string>();
      return { name: sheet, hidden: place?.hidden ?? false, read: (cells) => putRows(cells, rows, numbers) };
    }),
    notes: [],
  };
};

/** Opens a .xlsb, whose parts were counted before. */
export const openXlsb = async (bytes: Uint8Array): Promise<Workbook> => {
  const raw = await readXlsb(bytes);
  return {
    sheets: raw.sheets.map(({ name, rows, hidden = false }): Sheet => ({
      name,
      hidden,
      read: (cells) => putRows(cells, rows, new Map()),
    })),
    notes: [
      'The number formats of a binary workbook (.xlsb) are not read: zeros in front and percents that only a format shows are not there. Save it as .xlsx to have them',
    ],
  };
};
