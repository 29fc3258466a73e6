/** What the rules say of a price and of a list: whom it is for, when it holds, and which other price it gets in the way of (P3). */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import { clashOf } from '../../../../shared/domain/pricing/conflicts.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';

const issue = (field: string, code: ProblemCode): RuleIssue => ({ field, code, level: levelOf(code) });

const text = (value: Scalar | undefined): string | null => (typeof value === 'string' ? value : null);
const number = (value: Scalar | undefined): number => (typeof value === 'number' ? value : 0);

type Placed = Parameters<typeof clashOf>[0];

const placed = (row: StoredRow): Placed => ({
  id: row.id,
  list: text(row['list_id']) ?? '',
  variant: null,
  product: text(row['product_id']),
  group: text(row['group_id']),
  channel: null,
  uom: text(row['uom']),
  min: number(row['min_qty']),
  from: text(row['valid_from']),
  to: text(row['valid_to']),
  priority: number(row['priority']),
});

/** Ids of the other prices of the same list for the same goods. */
const othersLike = (row: StoredRow, read: Reader): readonly string[] => {
  const { list_id: list = null, product_id: product = null, group_id: group = null } = row;
  if (list === null) return [];
  return read.matching('prices', { list_id: list, product_id: product, group_id: group }).filter((id) => id !== row.id);
};

export const besidePrice = (row: StoredRow, read: Reader): readonly Beside[] =>
  othersLike(row, read).map((id) => ({ table: 'prices', id }));

const isSpanWrong = (row: StoredRow): boolean => {
  const { valid_from: from, valid_to: to } = row;
  return typeof from === 'string' && typeof to === 'string' && to < from;
};

export const checkPrice = (row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const others = othersLike(row, read).flatMap((id) => read.get('prices', id) ?? []);
  const clashes = new Set(others.map((other) => clashOf(placed(row), placed(other))));
  const { max_qty: max } = row;
  return [
    ...(isSpanWrong(row) ? [issue('valid_to', 'SPAN_WRONG')] : []),
    ...(typeof max === 'number' && max < number(row['min_qty']) ? [issue('max_qty', 'SPAN_WRONG')] : []),
    ...(clashes.has('tie') ? [issue('valid_from', 'PRICE_TIE')] : []),
    ...(clashes.has('overlap') ? [issue('valid_from', 'PRICE_OVERLAP')] : []),
  ];
};

/** A list that is for somebody says for whom. */
export const checkList = (row: StoredRow): readonly RuleIssue[] => {
  const { kind, account_id: account, site_id: site, tier } = row;
  const lacksAccount = (kind === 'account' && account === null) || (kind === 'contract' && account === null && site === null);
  return [
    ...(lacksAccount ? [issue('account_id', 'REQUIRED')] : []),
    ...(kind === 'tier' && tier === null ? [issue('tier', 'REQUIRED')] : []),
    ...(isSpanWrong(row) ? [issue('valid_to', 'SPAN_WRONG')] : []),
  ];
};

export const checkPromotion = (row: StoredRow): readonly RuleIssue[] =>
  isSpanWrong(row) ? [issue('valid_to', 'SPAN_WRONG')] : [];
