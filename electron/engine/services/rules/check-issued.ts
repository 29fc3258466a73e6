/** What went out twice: two papers of one draft (SYNC.md 18). Said, and never merged. */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { isIssuedTable } from '../document/issued.ts';

const issue = (code: ProblemCode): readonly RuleIssue[] => [{ field: 'number', code, level: levelOf(code) }];

export const checkIssued = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  if (table === 'quotes') return read.children('sent_quotes', row.id).length > 1 ? issue('SENT_TWICE') : [];
  return isIssuedTable(table) && read.issuedOf(table, row.id).length > 1 ? issue('ISSUED_TWICE') : [];
};

/** The quote that a sent paper is of is looked at again with it. */
export const besideIssued = (table: TableName, row: StoredRow): readonly Beside[] =>
  table === 'sent_quotes' && typeof row['quote_id'] === 'string' ? [{ table: 'quotes', id: row['quote_id'] }] : [];
