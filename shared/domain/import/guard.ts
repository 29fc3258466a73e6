/**
 * The guard of our own CSV files. A spreadsheet runs a cell that starts with `= + - @`, so text that does gets a `'`
 * in front when written, and loses exactly that one when it comes back. Text that already looks guarded gets one
 * more, so that every text returns as it was.
 */

const DANGEROUS = /^'*[=+\-@\t\r]/;
/** A plain negative number, or percent, is no formula: a decimal kept as text is written as it is. */
const NUMBER = /^-\d+(?:\.\d+)?%?$/;
export const guardText = (text: string): string => (DANGEROUS.test(text) && !NUMBER.test(text) ? `'${text}` : text);
/** Takes a guard off where it would have been put; any other `'` is the text's own. */
export const unguardText = (text: string): string =>
  text.startsWith("'") && guardText(text.slice(1)) === text ? text.slice(1) : text;
