/** Reads what is typed into a question as a cell of its kind would, in the person's locale and the company's day. */
import { isBad } from '../../../shared/domain/kinds.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { parseCell } from '../../../shared/domain/parse/cell.ts';
import { describeProblem } from '../../../shared/domain/problems.ts';
import { useSetting } from '../register/useSetting.ts';

/** What was read, or in words why it cannot be. */
export type Reading = { readonly value: string | number | null; readonly error: string | null };

/** What may be a number of a setting. */
export type NumberKind = 'integer' | 'money' | 'percent';

/** @param currency of amounts; null where none are read */
export const useReading = (currency: string | null = null) => {
  const { today, zone, locale } = useSetting();
  return (
    kind: 'date' | 'instant' | 'decimal' | NumberKind,
    label: string,
    text: string,
    of: string | null = currency,
  ): Reading => {
    const value = parseCell({ kind }, text, { style: styleOf(locale), today, zone, currency: of, resolve: () => [] });
    return isBad(value)
      ? { value: null, error: describeProblem(value['!'][1], { label, raw: text }).message }
      : { value, error: null };
  };
};
