/**
 * text/plain as spreadsheets put it on the clipboard: cells apart by tabs, rows by line breaks, and a cell that holds
 * a tab, a break or a quote in quotes with its own quotes doubled. Nothing is guessed away: text that is not quoted
 * the way a program quotes stays as it stands.
 */

/** Rows of cells; rows may differ in length. */
export type Cells = readonly (readonly string[])[];

type Taken = { readonly text: string; readonly end: number };

const isEnd = (text: string, at: number): boolean => at >= text.length || '\t\n\r'.includes(text[at] ?? '');

/** A quoted cell that begins here; null where its closing quote does not stand before a tab, a break or the end. */
const takeQuoted = (text: string, start: number): Taken | null => {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    if (text[quote + 1] === '"') at = quote + 2;
    else if (isEnd(text, quote + 1)) return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    else return null;
  }
};

const plainEnd = /[\t\r\n]/g;

const takePlain = (text: string, start: number): Taken => {
  plainEnd.lastIndex = start;
  const end = plainEnd.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), end };
};

/** Whether a cell had to be quoted: then it was a program that put the quotes there. */
const needsQuotes = (cell: string): boolean => /[\t\r\n"]/.test(cell);

/**
 * Splits the text. A last line break makes a last, blank row: whether that row is one is for the caller to say.
 * @param keepsNeedless quotes around a cell that needs none are the cell's own: a spreadsheet quotes only where it must
 */
export const splitTsv = (text: string, keepsNeedless: boolean): Cells => {
  const rows: string[][] = [];
  let row: string[] = [];
  const take = (at: number): Taken => {
    const quoted = text[at] === '"' ? takeQuoted(text, at) : null;
    return quoted === null || (keepsNeedless && !needsQuotes(quoted.text)) ? takePlain(text, at) : quoted;
  };
  for (let at = 0; ;) {
    const { text: cell, end } = take(at);
    row.push(cell);
    if (text[end] !== '\t') {
      rows.push(row);
      row = [];
      if (end >= text.length) return rows;
    }
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
};

const quote = (cell: string): string => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The same the other way, each row with its line break: a blank last row is told from none. */
export const writeTsv = (rows: Cells): string => rows.map((row) => `${row.map(quote).join('\t')}\r\n`).join('');
