/**
 * Which record a row of an export of ours is: by its id, else by what names a record here, a line by its order and its
 * place for one. Where a name is of several, or a draft has none yet, the row is the record that says all it says.
 */
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import type { Bound, BoundColumn } from './bind.ts';
import { linkFields, linkTables } from './links.ts';
import { isId, namedBy } from './own.ts';
import { textOf, type ReadRow } from './read-cell.ts';
import { besidesOf, createSays, type Says } from './standing.ts';

export type OwnFind = {
  /** The record of an id: here, deleted here, or of another workbench. */
  readonly byId: (key: string) => { readonly id: string; readonly isLive: boolean } | null;
  /** Records a row may be by its name: those that say all that the row says, and the others. */
  readonly byName: (row: ReadRow) => { readonly same: readonly string[]; readonly others: readonly string[] };
};

const plainOf = (row: ReadRow, column: BoundColumn): string => cleanText(textOf(row, column));

/** Ids of the records a link's text names. */
const named = (store: Reader, column: BoundColumn, text: string): readonly { readonly table: TableName; readonly id: string }[] =>
  linkTables(column).flatMap((table) => {
    for (const field of linkFields(column, table)) {
      const ids = store.match(table, field, text);
      if (ids.length > 0) return ids.map((id) => ({ table, id }));
    }
    return [];
  });

/** Whether a record says what a row says in every column. */
const createIsSame = (store: Reader, { columns, source }: Bound, says: Says) => {
  const besides = besidesOf(columns);
  const { table } = source.entry;
  return (record: StoredRow, row: ReadRow): boolean => {
    const stands = { row: record, issues: store.issues(table, record.id) };
    const currency = typeof record['currency'] === 'string' ? record['currency'] : null;
    return columns.every((column) => {
      const isSaid = plainOf(row, column) === '' && besides.get(column)?.some((other) => plainOf(row, other) !== '') === true;
      return isSaid || says(stands, column, row, currency);
    });
  };
};

/** Rows of a way to name them: those of one field that finds rows at once, held against the others. */
const seedOf = (
  store: Reader,
  table: TableName,
  parts: readonly { readonly field: string; readonly column: BoundColumn; readonly text: string }[],
): readonly StoredRow[] => {
  const rowsOf = (ids: readonly string[]): readonly StoredRow[] =>
    ids.map((id) => store.get(table, id)).filter((row) => row !== undefined);
  const keyed = parts.find(({ field }) => fieldOf(table, field)?.keyed === true);
  if (keyed) return rowsOf(store.match(table, keyed.field, keyed.text));
  const [first] = parts;
  if (first === undefined) return [];
  const targets = named(store, first.column, first.text);
  if (first.field === tableOf(table).owner) return targets.flatMap(({ id }) => store.children(table, id));
  const isRef = first.column.model.kind === 'ref';
  return rowsOf(targets.flatMap(({ table: to, id }) => store.match(table, first.field, isRef ? `${to}/${id}` : id)));
};

/** Drafts have no number yet, and their lines nothing that names their order. */
const unnamed = (store: Reader, table: TableName): readonly StoredRow[] => {
  if (table !== 'orders' && table !== 'order_lines') return [];
  const drafts = store
    .match('orders', 'status', 'draft')
    .map((id) => store.get('orders', id))
    .filter((row) => row?.['number'] === null)
    .filter((row) => row !== undefined);
  return table === 'orders' ? drafts : drafts.flatMap(({ id }) => store.children('order_lines', id));
};

export const createOwnFind = (store: Reader, bound: Bound): OwnFind => {
  const { table } = bound.source.entry;
  const says = createSays(store);
  const isSame = createIsSame(store, bound, says);
  let drafts: readonly StoredRow[] | null = null;

  const partsOf = (row: ReadRow, fields: readonly string[]) =>
    fields.flatMap((field) => {
      const columns = bound.columns.filter((column) => column.field === field);
      const column = columns.find((one) => plainOf(row, one) !== '');
      return column === undefined ? [] : [{ field, column, text: plainOf(row, column) }];
    });
  const candidates = (row: ReadRow): readonly StoredRow[] => {
    for (const fields of namedBy(table)) {
      const parts = partsOf(row, fields);
      if (parts.length < fields.length) continue;
      const found = seedOf(store, table, parts).filter((record) => {
        const stands = { row: record, issues: store.issues(table, record.id) };
        return parts.every(({ column }) => says(stands, column, row, null));
      });
      if (found.length > 0) return found;
    }
    return [];
  };
  return {
    byId: (key) => {
      if (!isId(key)) return null;
      const id = key.trim().toLowerCase();
      const found = store.getAny(table, id);
      return found === undefined ? null : { id, isLive: store.get(table, id) !== undefined };
    },
    byName: (row) => {
      const found = candidates(row);
      if (found.length > 0) {
        const same = found.filter((record) => isSame(record, row));
        return { same: same.map(({ id }) => id), others: found.filter((record) => !same.includes(record)).map(({ id }) => id) };
      }
      const isNameless = namedBy(table).every((fields) => partsOf(row, fields).length < fields.length);
      if (!isNameless) return { same: [], others: [] };
      drafts ??= unnamed(store, table);
      return { same: drafts.filter((record) => isSame(record, row)).map(({ id }) => id), others: [] };
    },
  };
};
