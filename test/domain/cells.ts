/** Contexts for cell tests: Thursday 12 March 2026, in the company's zone. */
import type { FormatContext } from '../../shared/domain/format.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import type { CellField, ParseContext } from '../../shared/domain/parse/cell.ts';

export const TODAY = '2026-03-12';
export const locales = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'en-AU'] as const;

const rows: Readonly<Record<string, readonly string[]>> = {
  'harbour foods': ['id-harbour'],
  '007': ['id-007'],
  '7': ['id-7'],
  twin: ['id-a', 'id-b'],
};

export const parsing = (locale: string, more: Partial<ParseContext> = {}): ParseContext => ({
  style: styleOf(locale),
  today: TODAY,
  zone: 'Europe/London',
  currency: 'GBP',
  arithmetic: true,
  resolve: (_, text) => (Object.hasOwn(rows, text.toLowerCase()) ? rows[text.toLowerCase()] : undefined) ?? [],
  ...more,
});

export const formatting = (locale: string, more: Partial<FormatContext> = {}): FormatContext => ({
  locale,
  today: TODAY,
  zone: 'Europe/London',
  currency: 'GBP',
  ...more,
});

export const fields = {
  text: { kind: 'text' },
  note: { kind: 'note' },
  integer: { kind: 'integer' },
  quantity: { kind: 'decimal', per: 'quantity', places: 0 },
  price: { kind: 'decimal', per: 'price', places: 2 },
  money: { kind: 'money' },
  percent: { kind: 'percent' },
  date: { kind: 'date' },
  instant: { kind: 'instant' },
  duration: { kind: 'duration' },
  flag: { kind: 'flag' },
  list: { kind: 'list' },
  json: { kind: 'json' },
  state: { kind: 'state', lifecycle: 'order' },
  link: { kind: 'link', to: 'accounts' },
  ref: { kind: 'ref', to: ['accounts', 'partners'] },
  choice: {
    kind: 'choice',
    choices: [
      { key: 'active', label: 'Active', aliases: ['customer', 'live'] },
      { key: 'prospect', label: 'Prospect', aliases: ['lead'] },
      { key: 'dormant', label: 'Dormant', aliases: ['inactive'] },
      { key: 'on_stop', label: 'On stop', aliases: ['stopped', 'blocked'] },
    ],
  },
} as const satisfies Readonly<Record<string, CellField>>;
