/** The channel an order comes by (P1): of an account it is where its documents have it from, of a list or promotion whom it is for. */
import { field } from './field.ts';

export const sales_channel = field('text', 'Sales channel', {
  hidden: true,
  width: 110,
  help: 'Like web, counter or field sales. A list or promotion that names one is for documents of that channel alone.',
});
