/** M2: what is rounded first, as partners differ. Of an account or a price list it is where a document has it from. */
import { choice } from './field.ts';

export const line_rounding = choice(
  'Line amounts',
  [
    { key: 'line', label: 'Quantity × price, rounded', aliases: ['line', 'line total'] },
    { key: 'unit', label: 'Price rounded, × quantity', aliases: ['unit', 'unit price'] },
  ],
  {
    hidden: true,
    width: 170,
    help: 'What is rounded first: 3.333 less 15 %, 12 times, is 34.00 rounded once, 33.96 with the price rounded first.',
  },
);
