/** How much more or less than ordered is taken without asking again (F4), as an item and an account say it. */
import { field } from './field.ts';

export const tolerances = {
  over_share: field('percent', 'Over %', {
    hidden: true,
    width: 68,
    min: 0,
    max: 1_000_000,
    help: 'So much more than ordered may be shipped.',
  }),
  under_share: field('percent', 'Under %', {
    hidden: true,
    width: 68,
    min: 0,
    max: 1_000_000,
    help: 'With so much less than ordered a line counts as shipped.',
  }),
} as const;
