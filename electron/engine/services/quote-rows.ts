/** Stored rows of quotes as the pure rules see them: lines with their options, a quote among its revisions. */
import type { OptionLine } from '../../../shared/domain/quote/options.ts';
import type { Revision } from '../../../shared/domain/quote/revisions.ts';
import type { Reader, StoredRow } from '../store/api.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

export const optionOf = (line: { readonly id: string; readonly [field: string]: unknown }): OptionLine => ({
  id: line.id,
  group: textOf(line['option_group']),
  isOptional: line['optional'] === 1,
  isChosen: line['chosen'] === 1,
});

const revisionOf = (quote: StoredRow): Revision => ({
  id: quote.id,
  base: textOf(quote['base_number']),
  revision: typeof quote['revision'] === 'number' ? quote['revision'] : 1,
  from: textOf(quote['revised_from']),
  status: String(quote['status']),
  validTo: textOf(quote['valid_to']),
});

/** A quote and the others of its base number. */
export const revisionsOf = (quote: StoredRow, read: Reader): readonly Revision[] => {
  const base = textOf(quote['base_number']);
  const ids = base === null ? [] : read.match('quotes', 'base_number', base).filter((id) => id !== quote.id);
  return [quote, ...ids.flatMap((id) => read.get('quotes', id) ?? [])].map(revisionOf);
};
