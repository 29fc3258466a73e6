/**
 * The kinds a field can have, and what a value of each kind is in the store and on the wire.
 *
 * One scalar shape everywhere (row, op, wire): text or an integer, never a float, so that the same
 * value compares equal on every device. Amounts are scaled integers: money in minor units of its
 * currency; decimals (prices, quantities, rates) and percents in millionths (5 % = 50,000).
 */
export type Kind =
  | 'text' // one line
  | 'note' // several lines
  | 'integer'
  | 'decimal' // integer of 10^-6: unit price, cost, quantity, rate
  | 'money' // integer of minor units, currency beside it
  | 'percent' // integer of 10^-6 of the whole: 5 % = 50,000
  | 'date' // ISO day, in the company's zone
  | 'instant' // UTC milliseconds
  | 'duration' // milliseconds
  | 'flag' // 0 or 1
  | 'choice' // a key of the field's choices
  | 'state' // a state of the table's life cycle, moved by transitions only
  | 'link' // the id of a row of another table
  | 'ref' // '<table>/<id>': a row of any table
  | 'list' // JSON [[label, value], ...]: several phones, several e-mails
  | 'json'
  | 'computed'; // made by the store from other rows, never typed, never synced

/** A stored value. Integers only; `null` is "nothing entered". */
export type Scalar = string | number | null;

/** Whether the stored value of a kind is an INTEGER column (else TEXT). */
export const isIntegerKind = (kind: Kind): boolean =>
  kind === 'integer' ||
  kind === 'decimal' ||
  kind === 'money' ||
  kind === 'percent' ||
  kind === 'instant' ||
  kind === 'duration' ||
  kind === 'flag';

/** How two writes of one field meet (SYNC.md 2.4). */
export type MergeClass = 'register' | 'counter' | 'set' | 'existence' | 'state' | 'issued' | 'derived' | 'reference' | 'blob';

/** One millionth: the scale of decimals, percents and `*_micros`. */
export const MICRO = 1_000_000;

/** What a cell that could not be read keeps: the text as typed, and why. */
export type Bad = { readonly '!': readonly [raw: string, code: string] };

/** A register's value: plain, or the raw text of a bad entry. */
export type CellValue = Scalar | Bad;

/** Text as typed or read from a file, to be parsed by the field's kind. Only ever an input. */
export type Typed = { readonly '?': string };

export type CellInput = CellValue | Typed;

export const isBad = (value: unknown): value is Bad => typeof value === 'object' && value !== null && Object.hasOwn(value, '!');

export const isTyped = (value: unknown): value is Typed =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '?');
