/** Values as they were, told by the field they stood in. */
import { formatCell } from './format.ts';
import type { FormatContext } from './format.ts';
import { isIntegerKind } from './kinds.ts';
import type { Scalar } from './kinds.ts';
import type { CellField } from './parse/cell.ts';

/** A value as its field writes it; text that was no value of the field stands as it was typed. */
export const writtenOut = (field: CellField, value: NonNullable<Scalar>, format: FormatContext): string => {
  // A field of numbers holds no text but such.
  if (isIntegerKind(field.kind) && typeof value === 'string') return value;
  try {
    return formatCell(field, value, format);
  } catch {
    return String(value);
  }
};
