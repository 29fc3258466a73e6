/**
 * Numbers that stand on two documents (N1, SYNC.md 19): two devices gave one without knowing of each other, or a file brought it.
 * Both say so, whichever came first.
 */
import { levelOf } from '../../../../shared/domain/problems.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';

type Borne = { readonly field: string; readonly number: string; readonly on: readonly string[] };

/**
 * The numbers that no other document of its table may bear: the legal one, the own one beside it, and what it was given out under
 * where that is another.
 */
const numbersOf = (table: TableName, row: StoredRow, read: Reader): readonly Borne[] => {
  const { legal, code } = tableOf(table);
  if (legal === undefined || code === undefined) return [];
  const borne = [legal, code].flatMap((field): Borne[] => {
    const number = row[field];
    return typeof number === 'string' ? [{ field, number, on: [field] }] : [];
  });
  const others = read
    .issuedOf(table, row.id)
    .flatMap(({ number }) => (number === null || borne.some((one) => one.number === number) ? [] : [number]));
  return [...borne, ...others.map((number) => ({ field: code, number, on: [legal, code] }))];
};

/** Documents that bear a number of a row, or were given out under it, without it. */
const sharing = (table: TableName, { number, on }: Borne, row: StoredRow, read: Reader): readonly string[] =>
  [...on.flatMap((field) => read.match(table, field, number)), ...read.issuedAs(table, number)].filter((id) => id !== row.id);

export const checkNumbers = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] => {
  const shared = numbersOf(table, row, read).filter((borne) => sharing(table, borne, row, read).length > 0);
  return [...new Set(shared.map(({ field }) => field))].map((field) => ({
    field,
    code: 'DUP_NUMBER',
    level: levelOf('DUP_NUMBER'),
  }));
};

/** What a number that came or went is also, or was, on. */
export const besideNumbered = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] =>
  numbersOf(table, row, read).flatMap((borne) => sharing(table, borne, row, read).map((id) => ({ table, id })));
