/** What went out twice: two papers of one draft, and one number on two papers (SYNC.md 18, 19). Said, and never merged. */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { isIssuedTable } from '../document/issued.ts';

const issue = (code: ProblemCode): readonly RuleIssue[] => [{ field: 'number', code, level: levelOf(code) }];

/** The numbers that a row was given out under. A credit note is given out when it is made. */
const numbersOf = (table: TableName, row: StoredRow, read: Reader): readonly string[] => {
  const { number, status } = row;
  const own = typeof number === 'string' && status !== 'draft' && status !== 'void' ? [number] : [];
  return [...new Set([...own, ...read.issuedOf(table, row.id).flatMap((paper) => paper.number ?? [])])];
};

/** Others that were given out under a number of a row. */
const sharers = (table: TableName, row: StoredRow, read: Reader): readonly string[] =>
  numbersOf(table, row, read).flatMap((number) => {
    const named = read.match(table, 'number', number).filter((id) => {
      const status = read.get(table, id)?.['status'];
      return status !== 'draft' && status !== 'void';
    });
    return [...named, ...read.issuedAs(table, number)].filter((id) => id !== row.id);
  });

export const checkIssued = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  if (table === 'quotes') return read.children('sent_quotes', row.id).length > 1 ? issue('SENT_TWICE') : [];
  if (!isIssuedTable(table)) return [];
  if (read.issuedOf(table, row.id).length > 1) return issue('ISSUED_TWICE');
  return sharers(table, row, read).length > 0 ? issue('NUMBER_TWICE') : [];
};

/** Rows that are looked at again with another: those that share its number, and the quote that a sent paper is of. */
export const besideIssued = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  if (table === 'sent_quotes') return typeof row['quote_id'] === 'string' ? [{ table: 'quotes', id: row['quote_id'] }] : [];
  return isIssuedTable(table) ? sharers(table, row, read).map((id) => ({ table, id })) : [];
};
