/**
 * How a quick filter is written, as it is explained beside its field: each example is read by the language itself in a
 * test, so that the help never teaches what is not understood.
 */
import { filterFlags, type FilterFlag } from './filter-fields.ts';
import { orderChips } from './order-status.ts';

export type FilterHelp = { readonly example: string; readonly means: string };

const flagMeanings: Readonly<Record<FilterFlag, string>> = {
  invalid: 'rows with a cell that breaks a rule',
  draft: 'still a draft',
  late: 'still open after the day it is due, or shipped after it',
  open: 'something is still to come',
  mine: 'you are the owner',
  importing: 'rows of an import that is still running',
};

const chipLabels = orderChips.map(({ label }) => label).join(', ');

/** Written for any register. */
export const filterHelp: readonly FilterHelp[] = [
  {
    example: 'harbour',
    means: 'Rows with a word that begins so, in their own texts or in a name they show: the account, owner, carrier, product.',
  },
  { example: '"blue crate"', means: 'Quotes keep a space. Without them each word is a condition, and all must be true.' },
  { example: 'status:draft,closed', means: 'A comma is “or”. A space between conditions is “and”.' },
  { example: 'owner:me', means: 'You. owner:none finds rows without one, owner:any rows with one.' },
  { example: '-status:draft', means: 'A minus in front turns one condition round: every row the rest would not find.' },
  { example: 'net>1000', means: 'Also <, <=, >=, and a range: net:10..20, net:..20.' },
  { example: 'no:O26*', means: 'Texts that begin so. no:26 finds it anywhere in the text, no=O26-1 only the whole.' },
  { example: 'requested<7d', means: 'Before the day seven days from today. -3d is three days ago, 2w two weeks ahead.' },
  {
    example: 'requested:this-month',
    means: 'Also today, last-week, next-quarter, last-year, 2026, 2026-11, or a day as you write it.',
  },
  { example: 'requested:..today', means: 'From the beginning up to today.' },
  { example: 'sort:-requested', means: 'Puts the rows in order, latest first.' },
];

/** What `is:` can be followed by, with the other words for it. */
export const flagHelp: readonly FilterHelp[] = Object.entries(filterFlags).map(([word, flag]) => ({
  example: `is:${word}`,
  means: word === flag ? flagMeanings[flag] : `the same as is:${flag}`,
}));

/** Of rows that hold from one day to another: prices, lists, promotions. */
export const daysHelp: readonly FilterHelp[] = [
  { example: 'on:today', means: 'What holds on that day; of a price, its list has to hold too. Any day can be written.' },
];

/** What the status of orders can be asked for: what the cell shows, or the state behind it. */
export const orderStatusHelp: readonly FilterHelp[] = [
  { example: 'status:late', means: `Orders whose Status shows Late. So with all it can show: ${chipLabels}.` },
  {
    example: 'status:confirmed',
    means: 'Orders in the state Confirmed, also where Status shows something more urgent, such as Late or In fulfilment.',
  },
];
