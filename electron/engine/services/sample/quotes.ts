/** Quotes of the sample: some being written, some waiting for an answer, won, lost and replaced, and one that expired. */
import { addDays } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { StorePatch } from '../../store/api.ts';
import { DEVICE, priceFor, type SampleOrder } from './documents.ts';
import type { Making, Masters, SampleAccount } from './masters.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

const MICRO = 1_000_000;
const PERCENT = 10_000;

type Cells = Record<string, CellInput>;

/** What becomes of a quote: its state, how many days ago it was made, and for how long it was valid. */
type Fate = { readonly status: string; readonly age: number; readonly valid: number; readonly more?: Cells };

const FATES: readonly [Fate, ...Fate[]] = [
  { status: 'draft', age: 0, valid: 30 },
  { status: 'sent', age: 9, valid: 30, more: { probability: 60 * PERCENT, next_step: 'Ring about the pallet price' } },
  { status: 'sent', age: 33, valid: 30, more: { probability: 30 * PERCENT } },
  { status: 'approved', age: 2, valid: 30, more: { probability: 40 * PERCENT } },
  { status: 'accepted', age: 41, valid: 30 },
  { status: 'rejected', age: 58, valid: 30, more: { loss_reason: 'competitor', competitor: 'Northline Packaging' } },
  { status: 'sent', age: 17, valid: 45, more: { probability: 75 * PERCENT, next_step: 'Visit with samples' } },
  { status: 'withdrawn', age: 70, valid: 30 },
  { status: 'rejected', age: 95, valid: 30, more: { loss_reason: 'price' } },
  { status: 'accepted', age: 120, valid: 30 },
];

/** One quote for so many accounts. */
const ACCOUNTS_PER_QUOTE = 2;

const makeLines = (random: Random, { ids, currency }: Making, account: SampleAccount, quote: string, status: string) => {
  const discount = account.tier === 'a' ? 8 * PERCENT : account.tier === 'b' ? 4 * PERCENT : null;
  const items = account.basket.slice(0, random.int(2, 5));
  const choices: readonly Cells[] = [{}, { optional: 1 }, { option_group: 'A', chosen: 1 }, { option_group: 'A' }];
  const hasChoices = items.length > 3 && random.chance(0.5);
  return items.map((item, at): StorePatch => {
    const qty = Math.max(1, item.qty) * MICRO;
    const choice: Cells = hasChoices ? (choices[at] ?? {}) : {};
    const isAccepted =
      status === 'accepted' && choice['optional'] !== 1 && (choice['option_group'] === undefined || choice['chosen'] === 1);
    const values = {
      quote_id: quote,
      position: at + 1,
      product_id: item.product.id,
      qty,
      price: priceFor(account, item, currency),
      discount,
      ...choice,
      ...(isAccepted ? { accepted_qty: qty } : {}),
    };
    return { kind: 'insert', table: 'quote_lines', id: ids(), values };
  });
};

/** The days of a quote and of its answer. */
const daysOf = ({ status, age, valid }: Fate, today: string): Cells => {
  const made = addDays(today, -age);
  const isSent = !['draft', 'approved', 'withdrawn'].includes(status);
  const isAnswered = ['accepted', 'rejected', 'withdrawn'].includes(status);
  return {
    quoted_on: made,
    valid_to: addDays(made, valid),
    ...(isSent ? { sent_on: addDays(made, 1), channel: 'mail' } : {}),
    ...(isAnswered ? { decided_on: addDays(made, 12) } : {}),
    ...(status === 'sent' ? { next_step_on: addDays(today, 3) } : {}),
  };
};

/** The quotes of the sample, oldest account first. They draw from a stream of their own: nothing else moves. */
export function* makeQuotes(making: Making, masters: Masters): Generator<SampleOrder> {
  const random = making.random.fork('quotes');
  const numbers = new Map<string, number>();
  const count = Math.ceil(making.size.accounts / ACCOUNTS_PER_QUOTE);
  for (let at = 0; at < count; at += 1) {
    const fate = FATES[at % FATES.length] ?? FATES[0];
    const account = random.pickEarly(masters.accounts);
    const prefix = numberPrefix('Q', addDays(making.today, -fate.age), DEVICE);
    const counter = (numbers.get(prefix) ?? 0) + 1;
    if (fate.status !== 'draft') numbers.set(prefix, counter);
    const number = fate.status === 'draft' ? null : renderNumber(prefix, counter);
    const id = making.ids();
    const values = {
      number,
      base_number: number,
      revision: 1,
      account_id: account.id,
      subject: random.pick(words.quoteTitles),
      status: fate.status,
      currency: account.currency,
      owner_id: account.owner,
      site_id: account.site,
      terms: '30 days',
      ...daysOf(fate, making.today),
      ...fate.more,
    };
    const lines = makeLines(random, making, account, id, fate.status);
    yield { patches: [{ kind: 'insert', table: 'quotes', id, values }, ...lines], lines: [] };
  }
}
