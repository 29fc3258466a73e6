/**
 * What often hides behind the name .xls: a page with a table in it, as reports of the web and of SAP are written, and
 * the XML of Excel 2003.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { Cells, Sheet, Workbook } from './workbook-cells.ts';
import { formatOfCode, isoText, numberText, type NumberFormat } from './workbook-format.ts';
import { attribute, decodeEntities, scanText, type XmlSink } from './workbook-xml.ts';

export type Markup = 'html' | 'xml-2003' | 'flat-ods';

const PAGE =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style|div|font|center)\b/i;

/**
 * What a text is that begins like markup; null where it is plain text after all.
 * @throws AppError `bad-file` for a web archive, a page without a table, other XML
 */
export const markupOf = (text: string, file: string): Markup | null => {
  const head = text.slice(0, 8000);
  if (/^\s*MIME-Version:/i.test(head)) {
    throw new AppError('bad-file', `${file} is a web archive (MHT): open it in a spreadsheet program and save it as .xlsx`, {
      file,
    });
  }
  if (!/^\s*</.test(head)) return null;
  if (head.includes('urn:schemas-microsoft-com:office:spreadsheet') && /<(?:\w+:)?Workbook[\s>]/.test(head)) return 'xml-2003';
  if (head.includes('application/vnd.oasis.opendocument.spreadsheet') && head.includes('<office:document')) return 'flat-ods';
  if (PAGE.test(head)) {
    if (/<table[\s>]/i.test(text)) return 'html';
    throw new AppError(
      'bad-file',
      `${file} is a web page without a table in it: perhaps a page to sign in, saved in place of the file`,
      { file },
    );
  }
  if (/^\s*<\?xml/.test(head)) throw new AppError('bad-file', `${file} is XML, but no workbook that is known here`, { file });
  return null;
};

const MARKS: Readonly<Record<string, string>> = {
  uml: '\u0308',
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  ring: '\u030a',
  cedil: '\u0327',
};
const SIGNS: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  deg: '°',
  copy: '©',
  reg: '®',
  trade: '™',
  sect: '§',
  laquo: '«',
  raquo: '»',
};

/** The entities of pages: one pass, so that `&amp;nbsp;` stays what it says. */
const decodePage = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:([A-Za-z])(uml|acute|grave|circ|tilde|ring|cedil)|([A-Za-z]{2,6})|#\w{1,7});/g,
        (whole, letter: string | undefined, mark: string | undefined, sign: string | undefined) => {
          if (letter !== undefined && mark !== undefined) return `${letter}${MARKS[mark] ?? ''}`.normalize('NFC');
          return sign !== undefined && Object.hasOwn(SIGNS, sign) ? (SIGNS[sign] ?? whole) : decodeEntities(whole);
        },
      )
    : text;

const SKIPPED = /<(style|script|xml|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const spanOf = (attributes: string, name: string): number => {
  const span = Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,5})`, 'i').exec(attributes)?.[1] ?? 1);
  return Math.max(1, span);
};

const tidy = (text: string): string =>
  text
    .replace(/[ \t\r\f]*\n[ \t\r\f]*/g, '\n')
    .replace(/^\n+|\n+$/g, '')
    .trim();

const createPageSink = (cells: Cells): XmlSink => {
  let row = -1;
  let column = 0;
  let text: string | null = null;
  /** Rows that a cell above still covers, by column. */
  const covered: number[] = [];
  const finish = (): void => {
    if (text !== null) cells.put(row, column, tidy(text));
    text = null;
  };
  let width = 1;
  const openCell = (attributes: string): void => {
    finish();
    column += width;
    while ((covered[column] ?? 0) > 0) column += 1;
    width = spanOf(attributes, 'colspan');
    const down = spanOf(attributes, 'rowspan');
    for (let at = column; down > 1 && at < column + width; at += 1) covered[at] = down;
    text = '';
  };
  return {
    open: (raw, attributes) => {
      const name = raw.toLowerCase();
      if (name === 'tr') {
        finish();
        row += 1;
        [column, width] = [0, 0];
        for (const at of covered.keys()) covered[at] = Math.max(0, (covered[at] ?? 0) - 1);
      } else if (name === 'td' || name === 'th') openCell(attributes);
      else if (text !== null && (name === 'br' || name === 'p' || name === 'div') && (text !== '' || name === 'br')) text += '\n';
    },
    text: (piece) => {
      if (text !== null) text += piece.replace(/[ \t\r\n]+/g, ' ');
    },
    close: (raw) => {
      if (/^(?:td|th|tr|table)$/i.test(raw)) finish();
    },
  };
};

/** All tables of a page, one below the other: titles often stand in a table of their own. */
export const openPage = (page: string): Workbook => ({
  sheets: [
    { name: 'Page', hidden: false, read: (cells) => scanText(page.replace(SKIPPED, ''), createPageSink(cells), decodePage) },
  ],
  notes: [],
});

const PLAIN: NumberFormat = { kind: 'plain' };
/** The names that Excel 2003 gives its own formats. */
const NAMED: Readonly<Record<string, string>> = { Percent: '0.00%' };

type OpenData = { readonly type: string; readonly style: string; text: string };

const dataText = ({ type, style, text }: OpenData, styles: ReadonlyMap<string, NumberFormat>): string => {
  if (type === 'DateTime') return isoText(text);
  if (type === 'Boolean') return text === '1' ? 'TRUE' : 'FALSE';
  return type === 'Number' ? numberText(text, styles.get(style) ?? PLAIN, false) : text;
};

const createSheetSink = (cells: Cells, wanted: number, styles: Map<string, NumberFormat>): XmlSink => {
  let sheet = -1;
  let style = '';
  let [row, column, across] = [-1, -1, 0];
  let cellStyle = '';
  let formula: string | null = null;
  let data: OpenData | null = null;
  const indexOf = (attributes: string, next: number): number => {
    const index = Number(attribute(attributes, 'Index') ?? 0);
    return index > 0 ? index - 1 : next;
  };
  return {
    open: (name, attributes) => {
      if (name === 'Style') style = attribute(attributes, 'ID') ?? '';
      else if (name === 'NumberFormat') {
        const code = attribute(attributes, 'Format') ?? '';
        styles.set(style, formatOfCode(NAMED[code] ?? code));
      } else if (name === 'Worksheet') [sheet, row] = [sheet + 1, -1];
      else if (sheet !== wanted) return;
      else if (name === 'Row') [row, column, across] = [indexOf(attributes, row + 1), -1, 0];
      else if (name === 'Cell') {
        column = indexOf(attributes, column + 1 + across);
        across = Number(attribute(attributes, 'MergeAcross') ?? 0);
        cellStyle = attribute(attributes, 'StyleID') ?? '';
        formula = attribute(attributes, 'Formula');
      } else if (name === 'Data') data = { type: attribute(attributes, 'Type') ?? 'String', style: cellStyle, text: '' };
    },
    text: (piece) => void (data !== null && (data.text += piece)),
    close: (name) => {
      if (name === 'Data' && data !== null) {
        (data.type === 'Number' ? cells.putNumber : cells.put)(row, column, dataText(data, styles));
        [data, formula] = [null, null];
      } else if (name === 'Cell' && formula !== null && sheet === wanted) {
        cells.putFormula(row, column, formula);
        formula = null;
      }
    },
  };
};

/** The XML of Excel 2003. */
export const openXml2003 = (text: string): Workbook => {
  const sheets: Pick<Sheet, 'name' | 'hidden'>[] = [];
  for (const [, attributes = '', inside = ''] of text.matchAll(
    /<(?:\w+:)?Worksheet\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?Worksheet>/g,
  )) {
    sheets.push({ name: attribute(attributes, 'Name') ?? '', hidden: /<(?:\w+:)?Visible>SheetHidden/.test(inside.slice(-4000)) });
  }
  return {
    sheets: sheets.map((sheet, at) => ({ ...sheet, read: (cells) => scanText(text, createSheetSink(cells, at, new Map())) })),
    notes: [],
  };
};
