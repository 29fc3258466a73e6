/** A discount of a whole document (M5): one of the two, and where both stand the amount. */
import { field } from './field.ts';

const help = 'Off the whole document, shared over its lines by what they come to.';

export const header_discount = field('money', 'Header discount', {
  hidden: true,
  width: 110,
  min: 0,
  help: `${help} Typing it clears the percent.`,
  aliases: ['document discount'],
});

export const header_percent = field('percent', 'Header disc %', {
  hidden: true,
  width: 100,
  min: 0,
  max: 1_000_000,
  help: `${help} Typing it clears the amount.`,
  aliases: ['document discount %', 'header discount %'],
});
