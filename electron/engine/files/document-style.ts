/** Sizes of a document, in points, and the rules of its tables. Light, whatever the screen is. */
import type { CustomTableLayout } from 'pdfmake/interfaces.js';
import type { PageSize } from './document.ts';
import type { TemplateData } from './document-template.ts';

export const FONT = 'Document';
export const TEXT = 9;
export const SMALL = 8;
export const MARGIN = 42;
/** Room above the text of a page for its head, and below for its foot. */
export const HEAD = 54;
export const FOOT = 60;

/** The paper, in points. */
const papers: Readonly<Record<PageSize, { readonly width: number; readonly height: number }>> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};

export const paperOf = (page: PageSize) => papers[page];
export const textWidth = (page: PageSize): number => papers[page].width - 2 * MARGIN;

/** Padding at the sides of a cell of the lines. */
export const CELL = 4;

type Colours = TemplateData['colours'];

/** A rule below the column heads, hairlines between the lines, nothing upright. */
export const linesLayout = ({ rule, ink }: Colours): CustomTableLayout => ({
  hLineWidth: (row, { table }) => (row === 0 ? 0 : row === 1 ? 0.8 : row === table.body.length ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (row, { table }) => (row === 1 || row === table.body.length ? ink : rule),
  paddingLeft: () => CELL,
  paddingRight: () => CELL,
  paddingTop: () => 3.5,
  paddingBottom: () => 3.5,
});

/** The total stands between two rules. */
export const sumsLayout = ({ ink }: Colours): CustomTableLayout => ({
  hLineWidth: (row, { table }) => (row >= table.body.length - 1 && row > 0 ? 0.8 : 0),
  vLineWidth: () => 0,
  hLineColor: () => ink,
  paddingLeft: () => CELL,
  paddingRight: () => CELL,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
});
