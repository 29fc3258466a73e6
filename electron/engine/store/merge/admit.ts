/**
 * A value from another device as a cell of this one. Nothing is refused: what no cell of its kind can hold becomes a bad
 * cell with its text, the same on every device, so that no op can stop a stream (SYNC.md invariant 21).
 */
import { isInstant } from '../../../../shared/domain/dates.ts';
import { isIntegerKind } from '../../../../shared/domain/kinds.ts';
import type { Bad, CellValue, Kind } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { layoutOf } from '../file/layout.ts';
import { textFault } from '../file/values.ts';

const MISFIT = 'VALUE_KIND';

const misfit = (value: unknown): CellValue => ({
  '!': [typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), MISFIT],
});

/** Whether an object is a bad cell: its text and why. */
export const isBadShape = (value: object): value is Bad => {
  const raw: unknown = Object.hasOwn(value, '!') ? (value as { '!': unknown })['!'] : null;
  return Array.isArray(raw) && raw.length === 2 && raw.every((part) => typeof part === 'string');
};

const fitsNumber = (kind: Kind, value: unknown): boolean => {
  if (kind === 'flag') return value === 0 || value === 1;
  return kind !== 'instant' || isInstant(Number(value));
};

export const admitCell = (table: TableName, register: string, value: unknown): CellValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return isBadShape(value) ? value : misfit(value);
  const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
  if (typeof value !== 'string' && !isWhole) return misfit(value);
  const field = layoutOf(table).column.get(register)?.field;
  if (field === undefined) return value;
  if (isIntegerKind(field.kind)) return isWhole && fitsNumber(field.kind, value) ? value : misfit(value);
  if (typeof value !== 'string') return misfit(value);
  // A choice this build has no name for is still a choice: a newer one made it.
  return field.kind !== 'choice' && textFault(value, field.kind, undefined) !== null ? misfit(value) : value;
};
