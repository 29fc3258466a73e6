/**
 * OpenDocument spreadsheets (.ods). The value of a cell and the text that is shown stand beside each other there: the
 * value is taken, except where only the shown text has the leading zeros of a code.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { LONGEST_CELL } from './table.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { durationText, isoText, plainNumber } from './workbook-format.ts';
import { attribute, scanXml, type XmlSink } from './workbook-xml.ts';
import type { Zip } from './zip.ts';

export const isOds = (zip: Zip): boolean =>
  zip.has('mimetype') &&
  new TextDecoder().decode(zip.read('mimetype')).trim().startsWith('application/vnd.oasis.opendocument.spreadsheet');

/** Tags whose content is no cell of a sheet, or is not the text of one. */
const ASIDE: ReadonlySet<string> = new Set([
  'tracked-changes',
  'dde-links',
  'annotation',
  'shapes',
  'forms',
  'frame',
  'custom-shape',
  'ruby-text',
]);
/** More repeats than a sheet can have are taken for a damaged number. */
const MOST_REPEATS = 1_048_576;

type OpenCell = { readonly attributes: string; text: string; paragraphs: number };

const repeats = (attributes: string, name: string): number => {
  const count = Number(attribute(attributes, name) ?? 1);
  return Number.isInteger(count) && count > 0 ? Math.min(count, MOST_REPEATS) : 1;
};

/** A code: the format shows zeros in front, and nothing but the value's own digits behind them. */
const isCode = (shown: string, value: string): boolean => /^0\d+$/.test(shown) && Number(shown) === Number(value);

const textOf = ({ attributes, text }: OpenCell): string => {
  const value = (name: string): string | null => attribute(attributes, name);
  switch (value('value-type')) {
    case 'float':
    case 'currency': {
      const number = value('value') ?? '';
      return number === '' ? text : isCode(text, number) ? text : plainNumber(number);
    }
    case 'percentage':
      return value('value') === null ? text : `${plainNumber(value('value') ?? '', 2)}%`;
    case 'boolean':
      return (value('boolean-value') ?? text).toUpperCase();
    case 'date':
      return isoText(value('date-value') ?? text);
    case 'time':
      return durationText(value('time-value') ?? text);
    default:
      return text === '' ? (value('string-value') ?? '') : text;
  }
};

const NUMBERS: ReadonlySet<string> = new Set(['float', 'currency', 'percentage']);

const put = (cells: Cells, row: number, column: number, cell: OpenCell): void => {
  const text = textOf(cell);
  const formula = attribute(cell.attributes, 'formula');
  if (text === '' && formula !== null && attribute(cell.attributes, 'value-type') === null) {
    cells.putFormula(row, column, formula.replace(/^[a-z]+:(?==)/i, ''));
  } else (NUMBERS.has(attribute(cell.attributes, 'value-type') ?? '') ? cells.putNumber : cells.put)(row, column, text);
};

/** Hidden by hand, or by a filter. */
const isAway = (attributes: string): boolean => ['collapse', 'filter'].includes(attribute(attributes, 'visibility') ?? '');

/** The rows of a sheet; one that is written once may stand for many. */
const createRows = (cells: Cells) => {
  let row = 0;
  let column = 0;
  let times = 1;
  let isHidden = false;
  let shownTo = 0;
  let within: { readonly column: number; readonly count: number; readonly cell: OpenCell }[] = [];
  return {
    open: (attributes: string): void => {
      times = repeats(attributes, 'number-rows-repeated');
      isHidden = isAway(attributes);
      column = 0;
    },
    column: (attributes: string): void => {
      const count = repeats(attributes, 'number-columns-repeated');
      if (isAway(attributes)) cells.hideColumns(shownTo, shownTo + count - 1);
      shownTo += count;
    },
    add: (cell: OpenCell): void => {
      const count = repeats(cell.attributes, 'number-columns-repeated');
      const isFilled =
        cell.text !== '' || attribute(cell.attributes, 'value-type') !== null || attribute(cell.attributes, 'formula') !== null;
      if (isFilled) within.push({ column, count, cell });
      if (isFilled && repeats(cell.attributes, 'number-rows-spanned') > 1) cells.merge(row, column);
      column += count;
    },
    close: (): void => {
      for (let n = 0; within.length > 0 && n < times; n += 1) {
        if (isHidden) cells.hideRow(row + n);
        for (const one of within) for (let at = 0; at < one.count; at += 1) put(cells, row + n, one.column + at, one.cell);
      }
      row += times;
      within = [];
    },
  };
};

const CELLS: ReadonlySet<string> = new Set(['table-cell', 'covered-table-cell']);

/** Reads the cells of one sheet, the `wanted`th. */
const createSink = (cells: Cells, wanted: number): XmlSink => {
  const rows = createRows(cells);
  let table = -1;
  let depth = 0;
  let aside = 0;
  let cell: OpenCell | null = null;
  let inParagraph = 0;
  const isHere = (): boolean => aside === 0 && table === wanted && depth === 1;
  const openText = (name: string, attributes: string, open: OpenCell): void => {
    if (name === 'p' || name === 'h') {
      if (inParagraph === 0 && open.paragraphs > 0) open.text += '\n';
      open.paragraphs += 1;
      inParagraph += 1;
    } else if (name === 's' && inParagraph > 0) open.text += ' '.repeat(Math.min(repeats(attributes, 'c'), LONGEST_CELL));
    else if (name === 'tab') open.text += '\t';
    else if (name === 'line-break') open.text += '\n';
  };
  return {
    open: (name, attributes) => {
      if (ASIDE.has(name)) aside += 1;
      else if (name === 'table' && aside === 0) {
        depth += 1;
        if (depth === 1) table += 1;
      } else if (!isHere()) return;
      else if (name === 'table-row') rows.open(attributes);
      else if (name === 'table-column') rows.column(attributes);
      else if (CELLS.has(name)) cell = { attributes, text: '', paragraphs: 0 };
      else if (cell !== null) openText(name, attributes, cell);
    },
    text: (text) => {
      // White space that is meant is spelled by tags of its own.
      if (cell !== null && inParagraph > 0 && isHere()) cell.text += text.replace(/[\t\r\n ]+/g, ' ');
    },
    close: (name) => {
      if (ASIDE.has(name)) aside -= 1;
      else if (name === 'table' && aside === 0) depth -= 1;
      else if (!isHere()) return;
      else if ((name === 'p' || name === 'h') && cell !== null) inParagraph -= 1;
      else if (CELLS.has(name) && cell !== null) {
        rows.add(cell);
        cell = null;
      } else if (name === 'table-row') rows.close();
    },
  };
};

/** The sheets in their order; a style says which are not shown. */
const readSheets = (content: Uint8Array) => {
  const hidden = new Set<string>();
  const sheets: { readonly name: string; readonly hidden: boolean }[] = [];
  let style = '';
  let aside = 0;
  let depth = 0;
  scanXml(
    content,
    {
      open: (name, attributes) => {
        if (name === 'style') style = attribute(attributes, 'name') ?? '';
        else if (name === 'table-properties' && attribute(attributes, 'display') === 'false') hidden.add(style);
        else if (ASIDE.has(name)) aside += 1;
        else if (name === 'table' && aside === 0 && (depth += 1) === 1) {
          const own = attribute(attributes, 'style-name') ?? '';
          sheets.push({ name: attribute(attributes, 'name') ?? '', hidden: hidden.has(own) });
        }
      },
      text: () => {},
      close: (name) => {
        if (ASIDE.has(name)) aside -= 1;
        else if (name === 'table' && aside === 0) depth -= 1;
      },
    },
    LONGEST_CELL,
  );
  return sheets;
};

/** Opens a workbook whose content stands alone, in the archive or as a flat file. */
export const openOdsContent = (content: Uint8Array): Workbook => ({
  sheets: readSheets(content).map(({ name, hidden }, at): Sheet => ({
    name,
    hidden,
    read: (cells) => scanXml(content, createSink(cells, at), LONGEST_CELL, cells.told),
  })),
  notes: [],
});

/** Opens a workbook. @throws AppError `bad-file` when it is encrypted */
export const openOds = (zip: Zip, file: string): Workbook => {
  const manifest = zip.has('META-INF/manifest.xml') ? new TextDecoder().decode(zip.read('META-INF/manifest.xml')) : '';
  if (manifest.includes('encryption-data')) {
    throw new AppError('bad-file', `${file} is protected by a password: save a copy without one`, { file });
  }
  return openOdsContent(zip.read('content.xml'));
};
