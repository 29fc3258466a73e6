/**
 * What a copy puts on the clipboard: text for every program, and a table that keeps codes as text (UX.md 2.5). A
 * spreadsheet runs a cell that starts with `= + - @`, so text that does carries a guard, which our own paste takes off.
 */
import { guardText } from '../import/guard.ts';
import { OWN_MARK } from './html.ts';
import type { Cells } from './tsv.ts';
import { writeTsv } from './tsv.ts';

/** How the cells of a column are meant: text stays as it is written, figures a spreadsheet may read. */
export type ColumnStyle = { readonly header: string; readonly isText: boolean };

export type Copied = { readonly text: string; readonly html: string };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => escapes[char] ?? char).replace(/\r\n?|\n/g, '<br style="mso-data-placement:same-cell">');

/** A negative figure in any manner; text kept in a column of figures may still be a formula. */
const FIGURE = /^-[\d.,]+%?$/;

const guardIn = (column: ColumnStyle | undefined, cell: string): string =>
  column?.isText !== true && FIGURE.test(cell) ? cell : guardText(cell);

const textStyle = ` style="mso-number-format:'\\@'"`;

/** @param withHeaders the labels of the columns as a first row */
export const writeCopied = (rows: Cells, columns: readonly ColumnStyle[], withHeaders = false): Copied => {
  const guarded = rows.map((row) => row.map((cell, col) => guardIn(columns[col], cell)));
  const heads = withHeaders ? [columns.map(({ header }) => guardText(header))] : [];
  const line = (row: readonly string[]): string =>
    `<tr>${row.map((cell, col) => `<td${columns[col]?.isText === true ? textStyle : ''}>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  const head = heads.map((row) => `<tr>${row.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>`).join('');
  return {
    text: writeTsv([...heads, ...guarded]),
    html: `<meta charset="utf-8"><table ${OWN_MARK}>${head}${guarded.map(line).join('')}</table>`,
  };
};
