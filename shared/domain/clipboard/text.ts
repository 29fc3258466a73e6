/**
 * A cell's text for the clipboard: the decimal sign of the person's system, no grouping, days as ISO (UX.md 2.5). The
 * one parser reads every one of them back as the same value.
 */
import { dayIn } from '../dates.ts';
import type { FormatContext } from '../format.ts';
import { editText } from '../format.ts';
import type { Kind, Scalar } from '../kinds.ts';
import type { CellField } from '../parse/cell.ts';

const kindOf = (field: CellField): Kind => (field.kind === 'computed' ? (field.shows ?? 'text') : field.kind);

const isoInstant = (ms: number, context: FormatContext): string => {
  const text = editText({ kind: 'instant' }, ms, context);
  const day = dayIn(context.zone, ms);
  const time = text.slice(text.indexOf(' ') + 1);
  // An hour that comes twice is written with its offset, and its day with it.
  return time.endsWith('Z') ? new Date(ms).toISOString() : `${day} ${time}`;
};

export const copyText = (field: CellField, value: Scalar, context: FormatContext): string => {
  if (value === null || value === '') return '';
  switch (kindOf(field)) {
    case 'date':
      return String(value);
    case 'instant':
      return isoInstant(Number(value), context);
    case 'percent':
      return `${editText(field, value, context)}%`;
    default:
      return editText(field, value, context);
  }
};

const figures: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent', 'date', 'instant']);

/** Whether a spreadsheet must take the cells of a field as text: codes keep their zeros. */
export const isTextField = (field: CellField): boolean => !figures.has(kindOf(field));
