/** What the rules say of a row as it stands: derived, never stored as data. Text that cannot be read is not asked about again. */
import { isCurrency } from '../../../../shared/domain/currency.ts';
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import { documentOfLines, isDocumentTable, type DocumentTable } from '../../../../shared/model/documents.ts';
import { storedFields, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';
import type { Beside, Reader, RuleIssue, Rules, StoredRow } from '../../store/api.ts';
import { priceLine } from '../pricing/price-book.ts';
import { checkChains } from './check-chains.ts';
import { checkApart } from './check-apart.ts';
import { checkBooking } from './check-bookings.ts';
import { checkIssued, createTwiceBilled, type TwiceBilled } from './check-issued.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkList, checkPrice, checkPromotion } from './check-prices.ts';
import { checkSla } from './check-sla.ts';
import { checkGoods, checkStop } from './check-under-way.ts';
import { isDiscountOver } from './header-discount.ts';
import { documentOf } from './lines.ts';

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

/** Whether a cell has to hold something: of a person who was erased nothing of theirs is asked for. */
const isAsked = (field: Field, { erased_on: erased }: StoredRow): boolean =>
  field.required === true && !(field.personal === true && typeof erased === 'string');

const checkFields = (table: TableName, row: StoredRow, isUnread: IsUnread): readonly RuleIssue[] =>
  storedFields(table).flatMap(([name, field]) => {
    const value = row[name] ?? null;
    if (value === null) return isAsked(field, row) && !isUnread(name) ? [issue(name, 'REQUIRED')] : [];
    if (isOutside(value, field)) return [issue(name, 'NUM_RANGE')];
    return name === 'currency' && !isCurrency(String(value)) ? [issue(name, 'CUR_UNKNOWN')] : [];
  });

/** What a record of a table is called by and no other may be; null for those with numbers that are given out. */
const codeOf = (table: TableName, row: StoredRow): { readonly field: string; readonly text: string } | null => {
  const { code: field, legal } = tableOf(table);
  const text = field === undefined || legal !== undefined ? null : row[field];
  return field !== undefined && typeof text === 'string' ? { field, text } : null;
};

const checkCode = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const code = codeOf(table, row);
  return code !== null && read.match(table, code.field, code.text).length > 1 ? [issue(code.field, 'DUP_CODE')] : [];
};

/** Whoever bears the code of a row says so too, whichever came first. */
export const besideCoded = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  const code = codeOf(table, row);
  const others = code === null ? [] : read.match(table, code.field, code.text).filter((id) => id !== row.id);
  // Of several others each has the code with another one, whatever becomes of this row.
  return others.length === 1 ? others.map((id) => ({ table, id })) : [];
};

/** The day a document is of, and the days that come after it. */
const DAYS = {
  orders: { from: 'ordered_on', later: ['requested', 'promised'], code: 'DATE_ORDER' },
  quotes: { from: 'quoted_on', later: ['valid_to', 'requested'], code: 'DATE_QUOTE' },
} as const;

const checkDocument = (table: DocumentTable, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const { from, later, code } = DAYS[table];
  const first = row[from];
  const isEarly = (day: unknown): boolean => typeof day === 'string' && typeof first === 'string' && day < first;
  return [
    ...later.filter((field) => isEarly(row[field])).map((field) => issue(field, code)),
    ...(isDiscountOver(table, row, read) ? [issue('header_discount', 'DISCOUNT_OVER')] : []),
    ...checkStop(row, read),
  ];
};

/** No price because none was found, or because several were. */
const whyUnpriced = (table: DocumentTable, line: StoredRow, read: Reader): ProblemCode => {
  if (line['by_hand'] !== 0) return 'PRICE_NONE';
  const asked = priceLine(line, documentOf(table, line, read), { read, today: '' });
  return asked?.trace.outcome === 'conflict' ? 'PRICE_CONFLICT' : 'PRICE_NONE';
};

const checkLine = (document: DocumentTable, row: StoredRow, read: Reader, isUnread: IsUnread): readonly RuleIssue[] => [
  ...(row['qty'] === 0 ? [issue('qty', 'QTY_ZERO')] : []),
  ...(row['price'] === null && !isUnread('price') ? [issue('price', whyUnpriced(document, row, read))] : []),
  ...checkGoods(document, row, read),
];

const checkRow = (table: TableName, row: StoredRow, read: Reader, twice: TwiceBilled): readonly RuleIssue[] => {
  const isUnread = createIsUnread(table, row, read);
  const ofLine = documentOfLines(table);
  return [
    ...checkFields(table, row, isUnread),
    ...checkCode(table, row, read),
    ...checkNumbers(table, row, read),
    ...checkChains(table, row, read),
    ...(isDocumentTable(table) ? checkDocument(table, row, read) : []),
    ...(ofLine === undefined ? [] : checkLine(ofLine, row, read, isUnread)),
    ...checkApart(table, row, read),
    ...checkBooking(table, row, read),
    ...checkSla(table, row),
    ...checkIssued(table, row, read, twice),
    ...(table === 'prices' ? checkPrice(row, read) : []),
    ...(table === 'price_lists' ? checkList(row) : []),
    ...(table === 'promotions' ? checkPromotion(row) : []),
  ];
};

/** The checks of one change: what several of its rows ask of the same is worked out once. */
export const createChecks = (read: Reader): ReturnType<Rules['checks']> => {
  const twice = createTwiceBilled(read);
  return (table, row) => checkRow(table, row, read, twice);
};
