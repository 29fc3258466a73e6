/** Values as they were, told by the field they stood in. */
import type { FormatContext } from '../../../shared/domain/format.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { Field } from '../../../shared/model/field.ts';

/** A value as its field writes it; text that was no value of the field stands as it was typed. */
export const writtenOut = (field: Field, value: NonNullable<Scalar>, format: FormatContext): string => {
  try {
    return formatCell(field, value, format);
  } catch {
    return String(value);
  }
};
