/** Text as a workbook holds it: what XML cannot carry is spelt `_x0001_`, and nothing in it is ever markup. */

/** Excel's own limit, in UTF-16 units. */
export const LONGEST_TEXT = 32_767;
const LONGEST_NAME = 31;

const MARKUP = /[&<>"]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeMarkup = (text: string): string => text.replace(MARKUP, (found) => entities[found] ?? found);

/** Half a character: no text at all. */
const HALF = /\p{Cs}/gu;
/** What XML cannot carry, or reads as something else: control characters, the carriage return among them. */
const UNFIT = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;
/** Text that looks as if it were spelt so already. */
const SPELT = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Most texts have nothing of all that. */
const IS_PLAIN = /^[\t\n\u0020!#-%'-;=?-^`-~\u00a0-\ud7ff]*$/;

const spell = (found: string): string => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** For attributes and for properties, where spelling is not known. */
export const escapeXml = (text: string): string => escapeMarkup(text.replace(HALF, '\ufffd').replace(UNFIT, ' '));

/** The text of a cell, a note or a formula's result. */
export const escapeText = (text: string): string =>
  IS_PLAIN.test(text) ? text : escapeMarkup(text.replace(HALF, '\ufffd').replace(SPELT, spell).replace(UNFIT, spell));

/** At most as much as a cell holds; a character of two units is never cut in half. */
export const clampText = (text: string): string => {
  if (text.length <= LONGEST_TEXT) return text;
  const last = text.charCodeAt(LONGEST_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? LONGEST_TEXT - 1 : LONGEST_TEXT);
};

/** A name that a tab can have: no `[ ] : * ? / \`, no apostrophe at its ends, at most 31 characters, not `History`. */
export const sheetName = (title: string): string => {
  const plain = title
    .replace(/[[\]:*?/\\]|\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .replace(HALF, '')
    .replace(/^'+|'+$/g, '')
    .trim();
  return plain === '' || plain.toLowerCase() === 'history' ? 'Sheet1' : plain;
};

/** `AB`, for a column counted from 0. */
export const columnName = (column: number): string => {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
};
