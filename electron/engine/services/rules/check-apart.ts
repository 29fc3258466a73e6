/**
 * What a record has one of, made twice by two who had not met: units of a product under one name, payment plans of an invoice. The
 * later one counts for everybody; all say so.
 */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';

const issue = (field: string, code: ProblemCode): readonly RuleIssue[] => [{ field, code, level: levelOf(code) }];

/** The other units of a product under the same name. */
const unitsLike = ({ id, product_id: product, uom }: StoredRow, read: Reader): readonly string[] =>
  typeof product === 'string' && typeof uom === 'string'
    ? read.matching('product_units', { product_id: product, uom }).filter((one) => one !== id)
    : [];

export const checkApart = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  if (table === 'product_units') return unitsLike(row, read).length > 0 ? issue('uom', 'UNIT_TWICE') : [];
  return table === 'invoices' && read.children('payment_plans', row.id).length > 1 ? issue('due_on', 'PLANNED_TWICE') : [];
};

/** The units under the same name, and the invoice that a plan is of. */
export const besideApart = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  if (table === 'product_units') return unitsLike(row, read).map((id) => ({ table, id }));
  const { invoice_id: invoice } = row;
  return table === 'payment_plans' && typeof invoice === 'string' ? [{ table: 'invoices', id: invoice }] : [];
};
