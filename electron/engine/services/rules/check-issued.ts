/** What went out twice: two papers of one draft (SYNC.md 18). Said, and never merged. And what went out and does not count. */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { isIssuedTable } from '../document/issued.ts';

const issue = (code: ProblemCode, field = 'number'): readonly RuleIssue[] => [{ field, code, level: levelOf(code) }];

/** Only a file sets what was issued to another state. */
const isGone = (table: TableName, { status }: StoredRow): boolean => table === 'invoices' && status !== 'issued';

export const checkIssued = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  if (table === 'quotes') return read.children('sent_quotes', row.id).length > 1 ? issue('SENT_TWICE') : [];
  const papers = isIssuedTable(table) ? read.issuedOf(table, row.id).length : 0;
  return [
    ...(papers > 1 ? issue('ISSUED_TWICE') : []),
    ...(papers > 0 && isGone(table, row) ? issue('ISSUED_GONE', 'status') : []),
  ];
};

/** The quote that a sent paper is of is looked at again with it. */
export const besideIssued = (table: TableName, row: StoredRow): readonly Beside[] =>
  table === 'sent_quotes' && typeof row['quote_id'] === 'string' ? [{ table: 'quotes', id: row['quote_id'] }] : [];
