/**
 * Legal numbers that stand on two documents (N1): two devices gave one number without knowing of each other. Both say so,
 * whichever came first.
 */
import { levelOf } from '../../../../shared/domain/problems.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, RuleIssue, StoredRow } from '../../store/api.ts';

/** The numbers that no two documents of a table may share: the legal one, and the own one beside it. */
const numberFields = (table: TableName): readonly string[] => {
  const { legal, code } = tableOf(table);
  return legal === undefined || code === undefined ? [] : [legal, code];
};

/** Rows that bear one of the numbers of a row, without it. */
const sharing = (table: TableName, field: string, row: StoredRow, read: Reader): readonly string[] => {
  const value = row[field];
  return typeof value === 'string' ? read.match(table, field, value).filter((id) => id !== row.id) : [];
};

export const checkNumbers = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] =>
  numberFields(table)
    .filter((field) => sharing(table, field, row, read).length > 0)
    .map((field) => ({ field, code: 'DUP_NUMBER', level: levelOf('DUP_NUMBER') }));

/** What a number that came or went is also, or was, on. */
export const besideNumbered = (table: TableName, row: StoredRow, read: Reader) =>
  numberFields(table).flatMap((field) => sharing(table, field, row, read).map((id) => ({ table, id })));
