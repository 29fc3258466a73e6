/**
 * Everything that can be wrong with a cell, in one place: how serious it is, how it is said, and what to do about it.
 * Codes are stored and stable; the words are not.
 */

import { inSentence } from './in-sentence.ts';

/** A number outside what its field takes. */
export type Outside = {
  /** The number as a person reads it. */
  readonly shown: string;
  readonly isLow: boolean;
  /** What the field takes: `0 or more`. */
  readonly range: string;
};

type ProblemLevel = 'error' | 'warning';

/** What a message may speak of. */
type ProblemAbout = {
  /** The field's label. */
  readonly label: string;
  /** The text as typed, where there is one. */
  readonly raw: string | null;
  /** Labels or codes that come near. */
  readonly nearest?: readonly string[];
  readonly currency?: string | null;
  /** Of a number outside what the field takes; left out where it is only too long to hold. */
  readonly outside?: Outside | undefined;
  /** What the text was taken as, as it is shown. */
  readonly taken?: string;
};

type Entry = {
  readonly level: ProblemLevel;
  readonly say: (about: ProblemAbout) => string;
  readonly advise?: (about: ProblemAbout) => string | null;
};

const quoted = ({ raw, label }: ProblemAbout): string =>
  raw === null || raw === '' ? label : `“${raw.length > 60 ? `${raw.slice(0, 59)}…` : raw}”`;
const taken = (about: ProblemAbout, how: string): string => (about.taken === undefined ? '' : `: ${how} ${about.taken}`);

const nearest = ({ nearest: words }: ProblemAbout): string | null =>
  words === undefined || words.length === 0 ? null : `Did you mean ${words.join(', ')}?`;
const error = (say: Entry['say'], advise?: Entry['advise']): Entry => ({ level: 'error', say, advise });
const warning = (say: Entry['say'], advise?: Entry['advise']): Entry => ({ level: 'warning', say, advise });

const problems = {
  REQUIRED: error(({ label }) => `${label} is empty`),
  TAX_UNKNOWN: error(
    (about) => `No tax rate is known for ${quoted(about)}`,
    () => 'Set the rate of the code, or take another code.',
  ),
  NUM_PARSE: error((about) => `${quoted(about)} is not a number`),
  NUM_PLACES: error((about) => `${quoted(about)} has more decimals than ${about.label} can hold`),
  NUM_AMBIG: error(
    (about) => `${quoted(about)} can be read with a decimal point or a decimal comma`,
    () => 'The column has both. Type the number without grouping to be sure.',
  ),
  NUM_RANGE: error(({ outside, ...about }) =>
    outside === undefined
      ? `${quoted(about)} has more digits than can be kept`
      : `${outside.shown} is too ${outside.isLow ? 'small' : 'large'}: ${about.label} is ${outside.range}`,
  ),
  CUR_MISMATCH: error(
    (about) => `${quoted(about)} is not in ${about.currency ?? 'the currency of this record'}`,
    () => 'Convert the amount, or change the currency of the record.',
  ),
  CUR_UNKNOWN: error(
    (about) => `${quoted(about)} is not a currency`,
    () => 'Use a three-letter code such as GBP, EUR or USD.',
  ),
  ZONE_UNKNOWN: error(
    (about) => `${quoted(about)} is no time zone`,
    () => 'Use a name such as Europe/London or America/New_York.',
  ),
  HOURS_PARSE: error(
    (about) => `${quoted(about)} cannot be read as hours`,
    () => 'Write a week such as Mon-Fri 09:00-17:00, the hours of a day such as 09:00-12:00.',
  ),
  DUTY_DAYS: error(() => 'The duty ends before it begins'),
  DATE_PARSE: error(
    (about) => `${quoted(about)} is not a date`,
    () => 'Type a date, t for today, t+3, fri, or eom for the end of the month.',
  ),
  DATE_AMBIG: error(
    (about) => `${quoted(about)} has day and month the other way round`,
    () => 'Write the month as a word to be sure: 3 Apr.',
  ),
  DATE_RANGE: error((about) => `There is no such day as ${quoted(about)}, or it is too far away`),
  DATE_ORDER: warning(({ label }) => `${label} is before the order date`),
  DATE_QUOTE: warning(({ label }) => `${label} is before the day of the quote`),
  ENUM_UNKNOWN: error((about) => `${quoted(about)} is not one of the choices of ${about.label}`, nearest),
  STATE_UNKNOWN: error((about) => `${quoted(about)} is not a status`, nearest),
  STATE_ILLEGAL: error((about) => `The status cannot change to ${quoted(about)} from here`, nearest),
  STATE_BLOCKED: error(
    (about) => `${quoted(about)} has to wait: something on the record must be put right first`,
    () => 'F8 goes to each cell that holds it up.',
  ),
  STATE_ASKS: error(
    (about) => `${quoted(about)} is not typed: more has to be said with it`,
    () => 'Use the command on the page: it asks for the rest.',
  ),
  LINK_NONE: error(
    (about) => `No ${inSentence(about.label)} ${quoted(about)}`,
    (about) => nearest(about) ?? 'Choose from the list, or create it.',
  ),
  LINK_MANY: error(
    (about) => `${quoted(about)} names more than one ${about.label}`,
    () => 'Choose one from the list, or type its code.',
  ),
  LINK_CYCLE: error(
    ({ label }) => `${label} leads back to this record`,
    () => 'Choose one that does not stand below it.',
  ),
  BOOL_PARSE: error(
    (about) => `${quoted(about)} is neither yes nor no`,
    () => 'Type yes or no.',
  ),
  DUR_PARSE: error(
    (about) => `${quoted(about)} is not a length of time`,
    () => 'Type it with its unit: 2 h 10 m, 90 m.',
  ),
  TIME_PARSE: error(
    (about) => `${quoted(about)} is not a time of day`,
    () => 'Type it as 10:00 or 3 pm.',
  ),
  REPEAT_PARSE: error(
    (about) => `${quoted(about)} is no rule to repeat by`,
    () => 'Type it as every fri, every 2 weeks, monthly, every month on the last day.',
  ),
  TEXT_LONG: error(
    (about) => `${about.label} is too long`,
    () => 'All of it is kept until you shorten it.',
  ),
  JSON_PARSE: error((about) => `${quoted(about)} is not valid JSON`),
  DUP_NUMBER: error(
    ({ label }) => `${label} stands on another document too`,
    () =>
      'Search for the number to find the other one. A number that a customer has seen stays: credit one of the two and bill it again.',
  ),
  DUP_CODE: warning(({ label }) => `${label} is used by another record too`),
  ISSUED_TWICE: error(
    () => 'It was issued twice, on two devices that had not met: the first paper stands, the other was given out as well',
    () =>
      'Both papers are listed on the page of the invoice. Tell the customer which one stands, and cancel the other with them.',
  ),
  BILLED_TWICE: error(
    () => 'Another invoice bills the same delivery: together they bill more than was delivered',
    () => 'Open the invoices of the order, and credit on one of them what the other bills.',
  ),
  FREIGHT_TWICE: error(
    () => 'Another invoice bills the freight of the order as well: together they bill more than it comes to',
    () => 'Open the invoices of the order, and credit what is too much on a line of one of them, by its amount.',
  ),
  ISSUED_GONE: error(
    () => 'It was issued and given out, and a file has since set it to something else: nothing is owed on it here',
    () => 'Import it as issued again. Then credit what is wrong.',
  ),
  SENT_TWICE: warning(() => 'It was sent twice, on two devices that had not met: what was sent first is what is opened'),
  PLANNED_TWICE: warning(
    () => 'Two payment plans were agreed for it, by two who had not met: the later one counts',
    () => 'Agree the plan once more with the customer: it takes the place of both.',
  ),
  UNIT_TWICE: warning(
    () => 'The product has another unit of this name: the one entered last counts',
    () => 'Delete the one that is wrong, or give it another name.',
  ),
  TENDERED_TWICE: error(
    () => 'Two partners were asked for it, by two who had not met: both may come',
    () => 'Tell one of them not to, then record the answer of the other.',
  ),
  QTY_ZERO: error(() => 'The quantity is zero'),
  DISCOUNT_OVER: error(
    ({ label }) => `${label} is more than the lines come to`,
    () => 'Lower it, or give a percent.',
  ),
  QTY_PACK: error(
    () => 'The quantity is no multiple of what the product is sold in',
    () => 'Round it up to full packs: Confirm says to how many.',
  ),
  QTY_MIN: error(
    () => 'The quantity is less than the product is sold in',
    () => 'Confirm says the smallest there is.',
  ),
  PRICE_NONE: error(
    () => 'The line has no price',
    () => 'Type a price, or give the product a list price.',
  ),
  PRICE_CONFLICT: error(
    () => 'Two prices claim this line alike',
    () => 'Its price trace names both: give one of them a later start or a higher priority, or type a price.',
  ),
  PRICE_TIE: error(
    () => 'Another price of this list holds for the same goods, quantity and days',
    () => 'Give one of the two a later start or a higher priority, or delete it.',
  ),
  PRICE_OVERLAP: warning(
    () => 'Another price of this list holds on some of the same days: the later start decides',
    () => 'End the earlier one the day before, to be plain.',
  ),
  SPAN_WRONG: error(({ label }) => `${label} is below where it begins`),
  PRODUCT_STOPPED: warning(() => 'This product is discontinued'),
  OPTION_CHOICE: error(
    (about) => `No line of the group ${quoted(about)} is chosen, or more than one`,
    () => 'Of alternatives exactly one counts. Set Chosen on it.',
  ),
  NO_LINES: error(
    ({ label }) => `The ${label} has no lines`,
    () => 'Add a line: type a SKU in the first empty row.',
  ),
  READ_TYPED: warning((about) => `${quoted(about)} is not written as its column is${taken(about, 'read as you would type it,')}`),
  PERCENT_READ: warning((about) => `${quoted(about)} may be a fraction or a percent${taken(about, 'taken as')}`),
  NUM_CUT: warning(
    (about) => `${quoted(about)} has more than the 15 digits that a workbook keeps of a number: the last ones may be wrong`,
    () => 'If it is a code, let it be text where it comes from, and export it again.',
  ),
  SYNC_CONFLICT: warning(
    ({ label }) => `Somebody else changed ${inSentence(label)} too, without knowing of this`,
    () => 'Decide it under “Review conflicts”.',
  ),
  ACCOUNT_STOP: warning(() => 'The account is on stop'),
} satisfies Readonly<Record<string, Entry>>;

export type ProblemCode = keyof typeof problems;

const entryOf = (code: string): Entry | undefined => (Object.hasOwn(problems, code) ? problems[code as ProblemCode] : undefined);

/** How serious a code is; one that is not known (made by a newer version) counts as an error. */
export const levelOf = (code: string): ProblemLevel => entryOf(code)?.level ?? 'error';

/** A code in plain words, with what to do about it where there is something to say. */
export const describeProblem = (
  code: string,
  about: ProblemAbout,
): { readonly message: string; readonly suggestion: string | null } => {
  const entry = entryOf(code);
  return entry
    ? { message: entry.say(about), suggestion: entry.advise?.(about) ?? null }
    : { message: `${quoted(about)} cannot be used here (${code})`, suggestion: null };
};
