/**
 * Goods that go out in place of what was ordered (F4): only with the word of the customer, on record with the event that
 * fulfils the line. The line stays what it was ordered, priced and billed as.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isConsentGiven } from '../../../../shared/domain/fulfil/complete.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { textOf } from '../billing/receivables.ts';

type Input = Parameters<Commands['orders.fulfil']>[0];
type Line = Awaited<ReturnType<Queries['orders.fulfilment']>>['lines'][number];

const nameOf = (product: StoredRow): string =>
  [product['sku'], product['name']].filter((text) => typeof text === 'string' && text !== '').join(' · ');

const productAt = (id: unknown, read: Reader): StoredRow | undefined =>
  typeof id === 'string' ? read.get('products', id) : undefined;

const judge = (line: StoredRow, substitute: string, read: Reader): string | null => {
  const product = read.get('products', substitute);
  if (product === undefined) return 'The product to send instead is not here or was deleted.';
  if (substitute === line['product_id']) return 'That is what was ordered.';
  return product['nature'] === 'service' ? 'A service does not go out in place of goods.' : null;
};

/** What each line is fulfilled by, where that is not what was ordered. @throws AppError `blocked`, in words */
export const substitutesOf = (input: Input, read: Reader): ReadonlyMap<string, string> => {
  const { id, kind, on, consent } = input;
  const wanted = (input.lines ?? []).flatMap(({ line, substitute }) => (substitute === null ? [] : [{ line, substitute }]));
  const refuse = (why: string, field: string): never => {
    throw new AppError('blocked', why, { id, field });
  };
  if (wanted.length === 0) return new Map();
  if (kind !== 'shipped') refuse('Only what goes out can be something else than what was ordered.', 'substitute');
  if (!isConsentGiven({ by: consent ?? '', on })) refuse('Say who of the customer agreed to it.', 'consent');
  for (const { line, substitute } of wanted) {
    const row = read.get('order_lines', line);
    const why = row === undefined ? null : judge(row, substitute, read);
    if (row !== undefined && why !== null) refuse(`Line ${row['position'] ?? ''}: ${why}`, 'substitute');
  }
  return new Map(wanted.map(({ line, substitute }) => [line, substitute]));
};

/** What may go out in place of a line's product, and what did. */
export const insteadOf = (line: StoredRow, read: Reader): Pick<Line, 'substitute' | 'sent_instead'> => {
  const usual = productAt(productAt(line['product_id'], read)?.['substitute_id'], read);
  const events = read.children('schedule_lines', line.id).flatMap(({ id }) => read.children('fulfilments', id));
  return {
    substitute: usual === undefined ? null : { id: usual.id, product: nameOf(usual) },
    sent_instead: events.flatMap(({ substitute_id: id, qty, consent }) => {
      const product = productAt(id, read);
      return product === undefined ? [] : [{ product: nameOf(product), qty: String(qty ?? 0), consent: textOf(consent) ?? '' }];
    }),
  };
};
