/** Records above one another, a parent, a manager: nobody stands above himself, and all of a ring say so, whichever closed it. */
import { levelOf } from '../../../../shared/domain/problems.ts';
import { storedFields, type TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';

/** Links of a table to itself: a parent, a manager. */
const selfLinks = new Map<TableName, readonly string[]>();
const selfLinksOf = (table: TableName): readonly string[] => {
  const known = selfLinks.get(table);
  if (known) return known;
  const found = storedFields(table).flatMap(([name, field]) =>
    field.kind === 'link' && field.to === table && field.mutual !== true ? [name] : [],
  );
  selfLinks.set(table, found);
  return found;
};

/** Longer chains are followed no further: nobody has so many above them. */
const LONGEST_CHAIN = 100;

/** Ids above a row, the next one first, up to where the chain ends or comes back to the row. */
const above = (table: TableName, row: StoredRow, link: string, read: Reader): readonly string[] => {
  const found: string[] = [];
  let next: unknown = row[link];
  while (typeof next === 'string' && found.length < LONGEST_CHAIN) {
    found.push(next);
    if (next === row.id) return found;
    next = read.get(table, next)?.[link];
  }
  return found;
};

export const checkChains = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] =>
  selfLinksOf(table)
    .filter((link) => above(table, row, link, read).at(-1) === row.id)
    .map((field) => ({ field, code: 'LINK_CYCLE', level: levelOf('LINK_CYCLE') }));

/** All above a row as it was or is: they may have come into a ring by it, or out of one. */
export const besideChained = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] =>
  selfLinksOf(table).flatMap((link) => above(table, row, link, read).map((id) => ({ table, id })));
