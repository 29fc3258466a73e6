/** Numbers outside what their field takes, in words: which number, which way it is wrong, and what would do. */
import { editText, type FormatContext } from './format.ts';
import type { Scalar } from './kinds.ts';
import type { CellField } from './parse/cell.ts';
import type { Outside } from './problems.ts';

type Limited = CellField & { readonly min?: number; readonly max?: number };

/** For texts that are written where no person's locale is known. */
const neutral: FormatContext = { locale: 'en-GB', zone: 'UTC', today: '', currency: null };

const rangeOf = (field: Limited, context: FormatContext): string | null => {
  const { min, max } = field;
  const show = (value: number): string => editText(field, value, context).replace(/^-/, '−');
  if (min !== undefined && max !== undefined) return `from ${show(min)} to ${show(max)}`;
  if (min !== undefined) return `${show(min)} or more`;
  return max === undefined ? null : `${show(max)} at most`;
};

/** What is wrong with a value a field does not take; undefined where the field has no limits or there is no value. */
export const outsideOf = (field: Limited, value: Scalar, context: FormatContext = neutral): Outside | undefined => {
  const range = rangeOf(field, context);
  if (range === null || typeof value !== 'number') return undefined;
  const { min } = field;
  const shown = editText(field, value, context).replace(/^-/, '−');
  return { shown, isLow: min !== undefined && value < min, range };
};

/** The same of a number that is only known as it was written: a sign tells which of two limits it broke. */
export const outsideOfText = (field: Limited, raw: string, context: FormatContext = neutral): Outside | undefined => {
  const range = rangeOf(field, context);
  if (range === null) return undefined;
  const isLow = field.min !== undefined && (field.max === undefined || /^\s*[-−(]|-\s*$/.test(raw));
  return { shown: `“${raw.trim()}”`, isLow, range };
};
