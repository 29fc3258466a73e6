/** What triggers an approval, in words: the figure, the limit it is over, and who has to agree. */
import type { Margin, MarginDocument, MarginLimits, Trigger } from '../margin.ts';

type About = {
  /** Of the line, or of the document. */
  readonly margin: Margin | undefined;
  /** Of the line, in millionths. */
  readonly discount: number;
  readonly document: Pick<MarginDocument, 'termDays' | 'validDays'>;
  readonly limits: MarginLimits;
};

/** Millionths as a percentage of one decimal at most. */
const percent = (fraction: number | null): string => (fraction === null ? '' : ` ${Math.round(fraction / 1000) / 10} %`);

const words: Readonly<Record<Trigger['cause'], (about: About) => string>> = {
  below_floor: ({ margin, limits }) =>
    `the margin of${percent(margin?.percent ?? null)} is below the floor of${percent(limits.floor)}`,
  below_hard_floor: ({ margin, limits }) =>
    `the margin of${percent(margin?.percent ?? null)} is below the hard floor of${percent(limits.hardFloor)}`,
  below_cost: () => 'it is sold below its cost',
  cost_missing: () => 'its cost is not known',
  cost_stale: ({ limits }) => `its cost is of no day in the last ${limits.costDays}`,
  discount: ({ discount, limits }) => `a discount of${percent(discount)} is over the limit of${percent(limits.ownDiscount)}`,
  terms: ({ document, limits }) => `${document.termDays} days to pay are more than ${limits.termDays}`,
  validity: ({ document, limits }) => `it is valid for ${document.validDays} days, more than ${limits.validDays}`,
  text: () => 'its wording is not the standard one',
};

/** Begins in small letters and ends without a full stop. */
export const sayTrigger = (trigger: Trigger, about: About): string =>
  `${words[trigger.cause](about)}: approver ${trigger.approver} has to agree`;
