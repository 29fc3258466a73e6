/**
 * The lines of a document as a table: the columns that the template names and that say something, as wide as their
 * figures, the rest for the description. Widths are computed here: a word without end must not push a figure off the page.
 */
import type { Content, ContentStack, ContentTable, ContentText, TableCell } from 'pdfmake/interfaces.js';
import type { DocumentLine } from './document.ts';
import type { Figures } from './document-figures.ts';
import { CELL, linesLayout, SMALL, TEXT } from './document-style.ts';
import { fill } from './document-sums.ts';
import type { ColumnName, TemplateData } from './document-template.ts';

/** Widest of a character, in parts of the size: figures are all of one width, letters are bounded by more. */
const FIGURE = 0.58;
const LETTER = 0.64;
/** A head of so many characters stays on one line. */
const SHORT_HEAD = 8;
const LEAST_TEXT = 110;
const WIDEST_CODE = 96;
const WIDEST_UNIT = 48;
/** A row of more text than this may go over a page; a shorter one stays whole. */
const LONG_ROW = 1200;
const LONG_BREAKS = 16;

type Column = {
  readonly name: ColumnName;
  readonly isFigure: boolean;
  readonly text: (line: DocumentLine) => string;
};

const blank = <T>(value: T | null, show: (value: T) => string): string => (value === null ? '' : show(value));

const allColumns = (figures: Figures): Readonly<Record<ColumnName, Column>> => ({
  position: { name: 'position', isFigure: true, text: ({ position }) => String(position) },
  sku: { name: 'sku', isFigure: false, text: ({ sku }) => sku },
  description: { name: 'description', isFigure: false, text: ({ description }) => description },
  qty: { name: 'qty', isFigure: true, text: ({ qty }) => blank(qty, figures.quantity) },
  uom: { name: 'uom', isFigure: false, text: ({ uom }) => uom },
  list: { name: 'list', isFigure: true, text: ({ list }) => blank(list, figures.price) },
  price: { name: 'price', isFigure: true, text: ({ price }) => blank(price, figures.price) },
  discount: {
    name: 'discount',
    isFigure: true,
    text: ({ discount }) => blank(discount === 0 ? null : discount, figures.percent),
  },
  net: { name: 'net', isFigure: true, text: ({ net }) => blank(net, figures.money) },
});

/** Shown only where a line has one: a column of blanks says nothing. */
const whereUsed: ReadonlySet<ColumnName> = new Set(['sku', 'uom', 'list', 'discount']);

export type LinesTable = {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
};

const widthOf = ({ name, isFigure, text }: Column, lines: readonly DocumentLine[], head: string): number => {
  const most = lines.reduce((length, line) => Math.max(length, text(line).length), 0);
  const ofHead = Math.max(SHORT_HEAD, ...head.split(' ').map(({ length }) => length));
  const least = Math.min(head.length, ofHead) * SMALL * LETTER;
  if (isFigure) return Math.max(most * TEXT * FIGURE, least);
  return Math.min(Math.max(most * TEXT * LETTER, least), name === 'sku' ? WIDEST_CODE : WIDEST_UNIT);
};

/** Columns and their widths for all lines of a document, so that the tables of several options stand in line. */
export const planLines = (
  lines: readonly DocumentLine[],
  { columns: wanted, words }: Pick<TemplateData, 'columns' | 'words'>,
  figures: Figures,
  width: number,
): LinesTable => {
  const all = allColumns(figures);
  const columns = [...new Set(wanted)]
    .map((name) => all[name])
    .filter((column) => !whereUsed.has(column.name) || lines.some((line) => column.text(line) !== ''));
  const room = width - columns.length * 2 * CELL;
  const own = columns.map((column) => (column.name === 'description' ? 0 : widthOf(column, lines, words[column.name])));
  const taken = own.reduce((sum, one) => sum + one, 0);
  const hasText = columns.some(({ name }) => name === 'description');
  const left = room - (hasText ? LEAST_TEXT : 0);
  // Figures beyond all measure are broken over lines rather than pushed off the page.
  const fit = taken > left ? left / taken : 1;
  const widths = own.map((one) => one * fit);
  return {
    columns,
    widths: columns.map(({ name }, at) =>
      name === 'description' ? room - widths.reduce((sum, one) => sum + one, 0) : (widths[at] ?? 0),
    ),
  };
};

/** What can be chosen by a line, in the template's words. */
const sayOffer = ({ offer }: DocumentLine, { words }: Pick<TemplateData, 'words'>): string => {
  if (offer === null) return '';
  if (offer.group === null) return offer.isCounted ? words.taken : words.optional;
  return fill(offer.isCounted ? words.chosen : words.alternative, { group: offer.group });
};

const isAside = ({ offer }: DocumentLine): boolean => offer !== null && !offer.isCounted;

const describe = (line: DocumentLine, text: string, template: TemplateData): ContentText | ContentStack => {
  const { colours, show } = template;
  const more: readonly Content[] = [show.lineNotes ? (line.note ?? '') : '', sayOffer(line, template)]
    .filter((part) => part !== '')
    .map((part) => ({ text: part, fontSize: SMALL, color: colours.soft, margin: [0, 1, 0, 0] }));
  return more.length === 0 ? { text } : { stack: [{ text }, ...more] };
};

const isLong = ({ description, note, sku }: DocumentLine): boolean => {
  const text = `${description}${note ?? ''}${sku}`;
  return text.length > LONG_ROW || text.split('\n').length > LONG_BREAKS;
};

/** A table of lines with column heads that come again on every page. @param lastId by which the last line is found on its page */
export const linesTable = (
  lines: readonly DocumentLine[],
  { columns, widths }: LinesTable,
  template: TemplateData,
  lastId: string,
): ContentTable => {
  const { colours, words } = template;
  const heads = columns.map(({ name, isFigure }): TableCell => ({
    text: words[name],
    fontSize: SMALL,
    color: colours.soft,
    alignment: isFigure ? 'right' : 'left',
  }));
  const last = lines.at(-1);
  const marked = last && columns.find(({ text }) => text(last) !== '')?.name;
  const rows = lines.map((line) =>
    columns.map(({ name, isFigure, text }): TableCell => {
      const color = isAside(line) ? { color: colours.soft } : {};
      const id = line === last && name === marked ? { id: lastId } : {};
      if (name === 'description') return { ...describe(line, text(line), template), ...color, ...id };
      return { text: text(line), alignment: isFigure ? 'right' : 'left', ...color, ...id };
    }),
  );
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: lines.some(isLong) ? 0 : 1,
      dontBreakRows: !lines.some(isLong),
      widths: [...widths],
      body: [heads, ...rows],
    },
    layout: linesLayout(colours),
  };
};
