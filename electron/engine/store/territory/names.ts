/** What records are called in another territory (SYNC.md 2.10): each is another record there, whose name follows from the one it had. */
import { createHash } from 'node:crypto';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Layout } from '../file/layout.ts';
import { splitRef } from '../read/labels.ts';

/** So much of an id says when it was made: the record stands among all others where it stood. */
const MADE = 14;

/** @param to the territory it goes to */
export const movedId = (to: string, id: string): string => {
  const hex = createHash('sha256').update(`${to}/${id}`).digest('hex');
  return `${id.slice(0, MADE)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
};

/** What a record that goes along, or went before, is called over there; null for one that does not go. */
export type CalledThere = (table: TableName, id: string) => string | null;

/** A cell as it is written of the record over there: what it names of those that go along has another name there. */
export const movedCell = (
  layout: Layout,
  register: string,
  value: CellValue,
  { table, called }: { readonly table: unknown; readonly called: CalledThere },
): CellValue => {
  if (typeof value !== 'string') return value;
  if (layout.name === 'external_refs' && register === 'row')
    return typeof table === 'string' && isTableName(table) ? (called(table, value) ?? value) : value;
  const field = layout.column.get(register)?.field;
  if (field?.kind === 'link') return isTableName(field.to) ? (called(field.to, value) ?? value) : value;
  const named = field?.kind === 'ref' ? splitRef(value) : null;
  const there = named === null ? null : called(named.table, named.id);
  return named === null || there === null ? value : `${named.table}/${there}`;
};
