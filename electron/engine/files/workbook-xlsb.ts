/** Binary workbooks (.xlsb): the parts of an .xlsx, written as records. */
import { AppError } from '../../../shared/contract/define.ts';
import { errorText, flagText, unpackRk } from './workbook-binary.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { numberText, readFormat, type NumberFormat } from './workbook-format.ts';
import { readRelations } from './workbook-xlsx.ts';
import type { Zip } from './zip.ts';

const ID = {
  row: 0,
  string: 19,
  format: 44,
  xf: 47,
  richText: 62,
  properties: 153,
  sheet: 156,
  beginStyles: 617,
  endStyles: 618,
} as const;

/** A cell's kind, by its record: with the column in front, or short, in the column behind the last. */
const KINDS = ['row', 'blank', 'rk', 'error', 'flag', 'real', 'text', 'shared', 'text', 'real', 'flag', 'error'] as const;
const SHORT = ['blank', 'rk', 'error', 'flag', 'real', 'text', 'shared'] as const;
const FIRST_SHORT = 12;
type Kind = (typeof KINDS)[number];

function* recordsOf(part: Buffer): Generator<{ readonly id: number; readonly data: Buffer }> {
  for (let at = 0; at < part.length;) {
    let id = part[at] ?? 0;
    at += 1;
    if ((id & 0x80) !== 0) {
      id = (id & 0x7f) | ((part[at] ?? 0) << 7);
      at += 1;
    }
    let size = 0;
    for (let n = 0; n < 4; n += 1) {
      const byte = part[at] ?? 0;
      at += 1;
      size |= (byte & 0x7f) << (7 * n);
      if ((byte & 0x80) === 0) break;
    }
    yield { id, data: part.subarray(at, at + size) };
    at += size;
  }
}

/** A text with its length in front. */
const textAt = (data: Buffer, at: number): string => {
  const count = data.readUInt32LE(at);
  return count === 0xffff_ffff ? '' : data.toString('utf16le', at + 4, at + 4 + count * 2);
};
const textEnd = (data: Buffer, at: number): number => {
  const count = data.readUInt32LE(at);
  return at + 4 + (count === 0xffff_ffff ? 0 : count * 2);
};

const readStyles = (part: Buffer): readonly NumberFormat[] => {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isWithin = false;
  for (const { id, data } of recordsOf(part)) {
    if (id === ID.format) codes.set(data.readUInt16LE(0), textAt(data, 2));
    else if (id === ID.beginStyles) isWithin = true;
    else if (id === ID.endStyles) isWithin = false;
    else if (id === ID.xf && isWithin) ids.push(data.readUInt16LE(2));
  }
  return ids.map((one) => readFormat(one, codes));
};

const readStrings = (part: Buffer): readonly string[] => {
  const strings: string[] = [];
  for (const { id, data } of recordsOf(part)) if (id === ID.string) strings.push(textAt(data, 1));
  return strings;
};

type Parts = { readonly strings: readonly string[]; readonly styles: readonly NumberFormat[]; readonly is1904: boolean };

const PLAIN: NumberFormat = { kind: 'plain' };

/** @param at where the value stands behind column and style */
const textOf = (kind: Kind | 'rich', data: Buffer, at: number, { strings, styles, is1904 }: Parts): string => {
  const style = data.readUIntLE(at - 4, 3);
  const number = (value: number): string => numberText(String(value), styles[style] ?? PLAIN, is1904);
  switch (kind) {
    case 'rk':
      return number(unpackRk(data.readInt32LE(at)));
    case 'real':
      return number(data.readDoubleLE(at));
    case 'error':
      return errorText(data[at] ?? 0);
    case 'flag':
      return flagText(data[at] ?? 0);
    case 'text':
      return textAt(data, at);
    case 'rich':
      return textAt(data, at + 1);
    case 'shared':
      return strings[data.readUInt32LE(at)] ?? '';
    default:
      return '';
  }
};

const readSheet = (part: Buffer, parts: Parts, cells: Cells): void => {
  let row = -1;
  let column = -1;
  let read = 0;
  const put = (kind: Kind | 'rich', at: number, data: Buffer): void => {
    const isNumber = kind === 'rk' || kind === 'real';
    (isNumber ? cells.putNumber : cells.put)(row, column, textOf(kind, data, at, parts));
  };
  for (const { id, data } of recordsOf(part)) {
    read += data.length;
    if (id === ID.row) {
      [row, column] = [data.readUInt32LE(0), -1];
      if (row % 1000 === 0) cells.told(read / part.length);
      continue;
    }
    const kind = id === ID.richText ? 'rich' : (KINDS[id] ?? null);
    const short = SHORT[id - FIRST_SHORT] ?? null;
    if (kind !== null) {
      column = data.readUInt32LE(0);
      put(kind, 8, data);
    } else if (short !== null) {
      column += 1;
      put(short, 4, data);
    }
  }
};

/** Opens a workbook. @param workbook its own part. @throws AppError `bad-file` when it is damaged */
export const openXlsb = (zip: Zip, workbook: string, file: string): Workbook => {
  const relations = readRelations(zip, workbook);
  const readPart = (part: string): Buffer => Buffer.from(zip.read(part));
  const partOf = (type: string): Buffer | null => {
    const part = relations.find((one) => one.type === type)?.target;
    return part !== undefined && zip.has(part) ? readPart(part) : null;
  };
  const readable = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new AppError('bad-file', `${file} is damaged or incomplete. Open it in the program it came from and save it again.`, {
        file,
      });
    }
  };
  return readable(() => {
    const [styles, strings] = [partOf('styles'), partOf('sharedStrings')];
    let is1904 = false;
    const sheets: Sheet[] = [];
    const parts = (): Parts => ({ strings: known.strings, styles: known.styles, is1904 });
    const known = { styles: styles ? readStyles(styles) : [], strings: strings ? readStrings(strings) : [] };
    for (const { id, data } of recordsOf(readPart(workbook))) {
      if (id === ID.properties) is1904 = (data.readUInt32LE(0) & 1) !== 0;
      if (id !== ID.sheet) continue;
      const relation = relations.find((one) => one.id === textAt(data, 8) && one.type === 'worksheet');
      if (!relation || !zip.has(relation.target)) continue;
      let part: Buffer | undefined;
      sheets.push({
        name: textAt(data, textEnd(data, 8)),
        hidden: data.readUInt32LE(0) !== 0,
        read: (cells) => readable(() => readSheet((part ??= readPart(relation.target)), parts(), cells)),
      });
    }
    return { sheets, notes: [] };
  });
};
