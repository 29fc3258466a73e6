/**
 * Workbooks of the kind .xlsx and .xlsm. A library reads them too, but not what an import needs to lose nothing: number
 * formats beside the values, whether a formula has a result, which sheets are hidden; and this takes a third of the
 * memory and half the time for a sheet of two million cells.
 */
import { numberText, isoText, readFormat, type NumberFormat } from './workbook-format.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { attribute, scanXml, type XmlSink } from './workbook-xml.ts';
import { LONGEST_CELL } from './table.ts';
import type { Zip } from './zip.ts';

const quiet: XmlSink = { open: () => {}, text: () => {}, close: () => {} };
const scan = (zip: Zip, part: string, sink: Partial<XmlSink>, told?: (part: number) => void): void =>
  scanXml(zip.read(part), { ...quiet, ...sink }, LONGEST_CELL, told);

/** Characters that XML cannot hold are written `_x000D_`; a real `_x` is written `_x005F_x`. */
const unescape = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** A path in the archive as a part refers to it. */
const resolvePart = (folder: string, target: string): string => {
  if (target.startsWith('/')) return target.slice(1);
  const parts = folder.split('/').filter(Boolean);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** What a part refers to. */
export const readRelations = (zip: Zip, part: string): readonly Relation[] => {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, Math.max(0, slash));
  const path = `${folder === '' ? '' : `${folder}/`}_rels/${part.slice(slash + 1)}.rels`;
  const relations: Relation[] = [];
  if (!zip.has(path)) return relations;
  scan(zip, path, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const [id, type, target] = ['Id', 'Type', 'Target'].map((one) => attribute(attributes, one) ?? '');
      const kind = (type ?? '').slice((type ?? '').lastIndexOf('/') + 1);
      relations.push({ id: id ?? '', type: kind, target: resolvePart(folder, target ?? '') });
    },
  });
  return relations;
};

/** The part that is the workbook itself; null where the archive is something else. */
export const findWorkbookPart = (zip: Zip): string | null => {
  const part = readRelations(zip, '').find((one) => one.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  return zip.has(part) ? part : null;
};

const readStrings = (zip: Zip, part: string): readonly string[] => {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  // Readings of East Asian names stand beside the text and are not part of it.
  let phonetic = 0;
  scan(zip, part, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = phonetic === 0;
      else if (name === 'rPh') phonetic += 1;
    },
    text: (piece) => void (isText && (text += piece)),
    close: (name) => {
      if (name === 'si') strings.push(unescape(text));
      else if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
  });
  return strings;
};

/** The number format of each cell style. */
const readStyles = (zip: Zip, part: string): readonly NumberFormat[] => {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let within = '';
  scan(zip, part, {
    open: (name, attributes) => {
      if (name === 'numFmts' || name === 'cellXfs') within = name;
      else if (name === 'numFmt' && within === 'numFmts')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'xf' && within === 'cellXfs') ids.push(Number(attribute(attributes, 'numFmtId') ?? 0));
    },
    close: (name) => void (name === within && (within = '')),
  });
  const known = new Map<number, NumberFormat>();
  return ids.map((id) => {
    const format = known.get(id) ?? readFormat(id, codes);
    known.set(id, format);
    return format;
  });
};

type Parts = { readonly strings: () => readonly string[]; readonly styles: readonly NumberFormat[]; readonly is1904: boolean };

/** A cell while its tags are read. */
type OpenCell = {
  row: number;
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string;
  hasFormula: boolean;
  hasValue: boolean;
};

const newCell = (row: number, column: number, attributes: string): OpenCell => ({
  row,
  column,
  type: attribute(attributes, 't') ?? 'n',
  style: Number(attribute(attributes, 's') ?? -1),
  value: '',
  formula: '',
  hasFormula: false,
  hasValue: false,
});

const columnOf = (name: string): number => {
  let column = 0;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
};

const PLAIN: NumberFormat = { kind: 'plain' };
/** Types of cells that are no numbers. */
const TYPED: ReadonlySet<string> = new Set(['s', 'str', 'inlineStr', 'b', 'd', 'e']);

const textOf = ({ type, style, value }: OpenCell, { strings, styles, is1904 }: Parts): string => {
  switch (type) {
    case 's':
      return strings()[Number(value)] ?? '';
    case 'str':
    case 'inlineStr':
      return unescape(value);
    case 'b':
      return value === '1' || value.toLowerCase() === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE';
    case 'd':
      return isoText(value);
    case 'e':
      return value;
    default:
      return value === '' ? '' : numberText(value, styles[style] ?? PLAIN, is1904);
  }
};

/** Formulas that share one text name it by number: only the first spells it. */
const createFormulas = () => {
  const shared = new Map<string, string>();
  return {
    share: (attributes: string): string => (attribute(attributes, 't') === 'shared' ? (attribute(attributes, 'si') ?? '') : ''),
    textOf: (group: string, own: string): string => {
      if (group !== '' && own !== '') shared.set(group, own);
      const text = own === '' ? (shared.get(group) ?? '') : own;
      return `=${unescape(text)}`;
    },
  };
};

const isOn = (value: string | null): boolean => value !== null && /^(?:1|true|on)$/.test(value);

/** `A2:A4`: the first column, the first row and the last. */
const SPAN = /^([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})$/;

const createSheetSink = (cells: Cells, parts: Parts): XmlSink => {
  const formulas = createFormulas();
  let row = -1;
  let column = -1;
  let cell: OpenCell | null = null;
  let group = '';
  let into: 'value' | 'formula' | null = null;
  let phonetic = 0;
  const finish = (open: OpenCell): void => {
    const text = open.hasFormula ? formulas.textOf(group, open.formula) : '';
    const isWithoutResult = open.hasFormula && (!open.hasValue || (open.value === '' && open.type !== 'str'));
    if (isWithoutResult) cells.putFormula(open.row, open.column, text);
    else (TYPED.has(open.type) ? cells.put : cells.putNumber)(open.row, open.column, textOf(open, parts));
  };
  const openCell = (attributes: string): void => {
    const name = attribute(attributes, 'r');
    column = name === null ? column + 1 : columnOf(name);
    if (name !== null && row < 0) row = Number(/\d+$/.exec(name)?.[0] ?? 1) - 1;
    cell = newCell(row, column, attributes);
    group = '';
  };
  return {
    open: (name, attributes) => {
      if (name === 'c') openCell(attributes);
      else if (name === 'row') {
        const at = attribute(attributes, 'r');
        row = at === null ? row + 1 : Number(at) - 1;
        column = -1;
        if (isOn(attribute(attributes, 'hidden'))) cells.hideRow(row);
      } else if (name === 'col') {
        const [first, last] = [Number(attribute(attributes, 'min')), Number(attribute(attributes, 'max'))];
        if (isOn(attribute(attributes, 'hidden')) && first > 0 && last >= first) cells.hideColumns(first - 1, last - 1);
      } else if (name === 'mergeCell') {
        const span = SPAN.exec(attribute(attributes, 'ref') ?? '');
        if (span !== null && span[2] !== span[3]) cells.merge(Number(span[2]) - 1, columnOf(`${span[1]}1`));
      } else if (cell !== null) {
        if (name === 'v') [into, cell.hasValue] = ['value', true];
        else if (name === 't') [into, cell.hasValue] = [phonetic === 0 ? 'value' : null, true];
        else if (name === 'rPh') phonetic += 1;
        else if (name === 'f') {
          [into, cell.hasFormula] = ['formula', true];
          group = formulas.share(attributes);
        }
      }
    },
    text: (text) => {
      if (cell !== null && into !== null) cell[into] += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't' || name === 'f') into = null;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c' && cell !== null) {
        finish(cell);
        cell = null;
      }
    },
  };
};

type SheetEntry = { readonly name: string; readonly hidden: boolean; readonly part: string };

const readEntries = (zip: Zip, workbook: string, relations: readonly Relation[]) => {
  const entries: SheetEntry[] = [];
  let is1904 = false;
  scan(zip, workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = isOn(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const id = attribute(attributes, 'id');
      const relation = relations.find((one) => one.id === id && one.type === 'worksheet');
      const state = attribute(attributes, 'state') ?? 'visible';
      // Sheets that are a chart or a dialog hold no cells.
      if (relation && zip.has(relation.target)) {
        entries.push({ name: attribute(attributes, 'name') ?? '', hidden: state !== 'visible', part: relation.target });
      }
    },
  });
  return { entries, is1904 };
};

/** Opens a workbook. @param workbook its own part */
export const openXlsx = (zip: Zip, workbook: string): Workbook => {
  const relations = readRelations(zip, workbook);
  const partOf = (type: string): string | null => {
    const part = relations.find((one) => one.type === type)?.target;
    return part !== undefined && zip.has(part) ? part : null;
  };
  const { entries, is1904 } = readEntries(zip, workbook, relations);
  const [stylesPart, stringsPart] = [partOf('styles'), partOf('sharedStrings')];
  const styles = stylesPart === null ? [] : readStyles(zip, stylesPart);
  let known: readonly string[] | undefined;
  const strings = (): readonly string[] => (known ??= stringsPart === null ? [] : readStrings(zip, stringsPart));
  const toSheet = ({ name, hidden, part }: SheetEntry): Sheet => {
    let bytes: Uint8Array | undefined;
    return {
      name,
      hidden,
      read: (cells) => {
        bytes ??= zip.read(part);
        scanXml(bytes, createSheetSink(cells, { strings, styles, is1904 }), LONGEST_CELL, cells.told);
      },
    };
  };
  return { sheets: entries.map(toSheet), notes: [] };
};
