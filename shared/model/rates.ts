/** What other currencies are worth in the company's own, by day (M6). A document keeps the one it was agreed by. */
import { choice, field, rate } from './field.ts';
import { table } from './table.ts';

export const exchange_rates = table({
  name: 'exchange_rates',
  one: 'Exchange rate',
  many: 'Exchange rates',
  scope: 'shared',
  title: 'currency',
  shown: true,
  fields: {
    currency: field('text', 'Currency', { required: true, width: 84, aliases: ['ccy', 'currency code'] }),
    rate: rate('Rate', { required: true, width: 110, min: 1, aliases: ['exchange rate', 'fx rate'] }),
    way: choice(
      'Quoted',
      [
        { key: 'theirs', label: 'Theirs for 1 of ours', aliases: ['theirs'] },
        { key: 'ours', label: 'Ours for 1 of theirs', aliases: ['ours'] },
      ],
      {
        default: 'theirs',
        width: 150,
        help: 'Central banks say how much of it is one of the company’s own: 1 EUR = 1.0842 USD.',
      },
    ),
    rated_on: field('date', 'Of day', {
      required: true,
      width: 96,
      help: 'It holds until there is a later one.',
      aliases: ['rate date'],
    }),
    source: field('text', 'Source', { width: 160, help: 'Who says so, like ECB.' }),
  },
});

/** On every document in other money. */
export const fx_policy = field('json', 'Exchange as agreed', { hidden: true, entry: 'command', width: 110 });
