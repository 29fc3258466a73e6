/** What the rules say of a row as it stands: derived, never stored as data. Text that cannot be read is not asked about again. */
import { isCurrency } from '../../../../shared/domain/currency.ts';
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import { storedFields, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';
import type { Reader, RuleIssue, StoredRow } from '../../store/api.ts';

const issue = (field: string, code: ProblemCode): RuleIssue => ({ field, code, level: levelOf(code) });

/** Whether a cell that holds nothing holds text that could not be read. */
const createIsUnread = (table: TableName, row: StoredRow, read: Reader) => {
  let unread: ReadonlySet<string> | null = null;
  return (field: string): boolean => {
    unread ??= new Set(
      read
        .issues(table, row.id)
        .filter(({ origin }) => origin === 'parse')
        .map((one) => one.field),
    );
    return unread.has(field);
  };
};

type IsUnread = ReturnType<typeof createIsUnread>;

const isOutside = (value: unknown, { min, max }: Field): boolean =>
  typeof value === 'number' && ((min !== undefined && value < min) || (max !== undefined && value > max));

const checkFields = (table: TableName, row: StoredRow, isUnread: IsUnread): readonly RuleIssue[] =>
  storedFields(table).flatMap(([name, field]) => {
    const value = row[name] ?? null;
    if (value === null) return field.required === true && !isUnread(name) ? [issue(name, 'REQUIRED')] : [];
    if (isOutside(value, field)) return [issue(name, 'NUM_RANGE')];
    return name === 'currency' && !isCurrency(String(value)) ? [issue(name, 'CUR_UNKNOWN')] : [];
  });

const checkCode = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const { code } = tableOf(table);
  const value = code === undefined ? null : row[code];
  if (code === undefined || typeof value !== 'string') return [];
  return read.match(table, code, value).length > 1 ? [issue(code, 'DUP_CODE')] : [];
};

/** Links of a table to itself: a parent, a manager. */
const selfLinks = new Map<TableName, readonly string[]>();
const selfLinksOf = (table: TableName): readonly string[] => {
  const known = selfLinks.get(table);
  if (known) return known;
  const found = storedFields(table).flatMap(([name, field]) => (field.kind === 'link' && field.to === table ? [name] : []));
  selfLinks.set(table, found);
  return found;
};

/** Longer chains are followed no further: nobody has so many above them. */
const LONGEST_CHAIN = 100;

/** Whether going up from a row comes back to it. */
const isCycle = (table: TableName, row: StoredRow, link: string, read: Reader): boolean => {
  let above: StoredRow | undefined = row;
  for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
    const next: unknown = above?.[link];
    if (typeof next !== 'string') return false;
    if (next === row.id) return true;
    above = read.get(table, next);
  }
  return false;
};

const checkChains = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] =>
  selfLinksOf(table)
    .filter((link) => typeof row[link] === 'string' && isCycle(table, row, link, read))
    .map((link) => issue(link, 'LINK_CYCLE'));

/** A draft or submitted order may still be put right; later warnings would only be noise. */
const isUnderWay = (status: unknown): boolean => status === 'draft' || status === 'submitted';

const checkOrder = (row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const { ordered_on: ordered, account_id: account } = row;
  const isEarly = (day: unknown): boolean => typeof day === 'string' && typeof ordered === 'string' && day < ordered;
  const isStopped =
    isUnderWay(row['status']) && typeof account === 'string' && read.get('accounts', account)?.['status'] === 'on_stop';
  return [
    ...(['requested', 'promised'] as const).filter((field) => isEarly(row[field])).map((field) => issue(field, 'DATE_ORDER')),
    ...(isStopped ? [issue('account_id', 'ACCOUNT_STOP')] : []),
  ];
};

const checkLine = (row: StoredRow, read: Reader, isUnread: IsUnread): readonly RuleIssue[] => {
  const { product_id: product, order_id: order } = row;
  const isStopped =
    typeof product === 'string' &&
    typeof order === 'string' &&
    read.get('products', product)?.['status'] === 'discontinued' &&
    isUnderWay(read.get('orders', order)?.['status']);
  return [
    ...(row['qty'] === 0 ? [issue('qty', 'QTY_ZERO')] : []),
    ...(row['price'] === null && !isUnread('price') ? [issue('price', 'PRICE_NONE')] : []),
    ...(isStopped ? [issue('product_id', 'PRODUCT_STOPPED')] : []),
  ];
};

export const checkRow = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const isUnread = createIsUnread(table, row, read);
  return [
    ...checkFields(table, row, isUnread),
    ...checkCode(table, row, read),
    ...checkChains(table, row, read),
    ...(table === 'orders' ? checkOrder(row, read) : []),
    ...(table === 'order_lines' ? checkLine(row, read, isUnread) : []),
  ];
};
