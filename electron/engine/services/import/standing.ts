/**
 * Whether a cell of a file that went out of a workbench says what stands here, as the export said it: a link by the code
 * or the name of its record, a moment to the second, a text without white space around it, a list by its first entry.
 * Only what differs is a change; so a file that nobody touched changes nothing.
 */
import { matchKey } from '../../../../shared/domain/fold.ts';
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { isBad, type CellValue, type Scalar } from '../../../../shared/domain/kinds.ts';
import { listItems } from '../../../../shared/domain/parse/list.ts';
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import { fieldOf, isTableName, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { dayOfLine, isSettledLine } from '../rules/schedules.ts';
import type { BoundColumn } from './bind.ts';
import { namesOf } from './links.ts';
import { isLink, readCell, textOf, type ReadRow } from './read-cell.ts';
import { FIRST } from './recipe.ts';
import { hashValue } from './seen.ts';

/** The record as it stands. */
export type Stands = { readonly row: StoredRow; readonly issues: readonly CellIssue[] };

export type Says = (stands: Stands, column: BoundColumn, row: ReadRow, currency: string | null) => boolean;

/** Columns that fill one field, each in its own words: the code and the name of a record. */
export const besidesOf = (columns: readonly BoundColumn[]): ReadonlyMap<BoundColumn, readonly BoundColumn[]> =>
  new Map(
    columns.map((column) => [
      column,
      isLink(column) ? columns.filter((other) => other !== column && other.field === column.field) : [],
    ]),
  );

/** The record a link points at, deleted or not. */
const linked = (store: Reader, { model }: BoundColumn, stored: Scalar) => {
  if (typeof stored !== 'string') return undefined;
  const slash = stored.indexOf('/');
  const [table, id] =
    model.kind === 'ref' ? [stored.slice(0, slash), stored.slice(slash + 1)] : [model.kind === 'link' ? model.to : '', stored];
  if (!isTableName(table)) return undefined;
  const row = store.getAny(table, id);
  return row === undefined ? undefined : { table, row };
};

const namesIn = ({ lookup }: BoundColumn, table: TableName): readonly string[] =>
  lookup !== null && fieldOf(table, lookup.by) !== undefined ? [lookup.by] : namesOf(table);

const saysLink = (store: Reader, column: BoundColumn, stored: Scalar, text: string): boolean => {
  const found = linked(store, column, stored);
  if (found === undefined) return text === '';
  const names = namesIn(column, found.table).map((name) => cleanText(String(found.row[name] ?? '')));
  // A record without a name, or one that is gone, goes out as nothing.
  if (text === '') return found.row._st === 0 || names.every((name) => name === '');
  return names.some((name) => matchKey(name) === matchKey(text));
};

const plain = (text: string): string => cleanText(text.replace(/\r\n?/g, '\n'));

const areEqual = (kind: BoundColumn['kind'], now: Scalar, value: CellValue): boolean => {
  if (isBad(value)) return false;
  if (hashValue(now) === hashValue(value)) return true;
  if (kind === 'instant' && typeof now === 'number' && typeof value === 'number') {
    return Math.floor(now / 1000) === Math.floor(value / 1000);
  }
  return typeof now === 'string' && typeof value === 'string' && plain(now) === plain(value);
};

const standingOf = (store: Reader, { row }: Stands, { field, model }: BoundColumn): Scalar =>
  model.kind === 'computed' && (field === 'requested' || field === 'promised')
    ? dayOfLine(row.id, field, store)
    : (row[field] ?? null);

/** Whether a field of a record takes nothing more: the day of a line that is done. */
export const createIsSettled =
  (store: Reader) =>
  ({ row }: Stands, { model }: BoundColumn): boolean =>
    model.kind === 'computed' && model.lives !== undefined && isSettledLine(row.id, store);

export type IsSettled = ReturnType<typeof createIsSettled>;

export const createSays =
  (store: Reader): Says =>
  (stands, column, row, currency) => {
    const raw = textOf(row, column);
    const text = cleanText(raw);
    const stored = standingOf(store, stands, column);
    const unread = stands.issues.find(({ field, origin }) => field === column.field && origin === 'parse');
    if (unread?.raw !== undefined && unread.raw !== null && cleanText(unread.raw) === text) return true;
    if (isLink(column)) return saysLink(store, column, stored, text);
    if (column.element === FIRST) {
      const first = stored === null ? '' : (listItems(String(stored))[0]?.[1] ?? '');
      return plain(first) === plain(raw);
    }
    if (isBlank(text)) return stored === null || stored === '';
    return areEqual(column.kind, stored, readCell(column, row, currency).value);
  };
