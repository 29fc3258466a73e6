/**
 * Text of a file to the record it names: by another system's key, by code, or by exact name. Rows of this run count
 * as well as rows of the store. Nothing near is ever taken for a match: what is not found stays as text with its
 * reason.
 */
import { matchKey } from '../../../../shared/domain/fold.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOf, isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';
import type { BoundColumn } from './bind.ts';
import type { Identified, KeyIndex } from './identify.ts';
import { mapText } from './judge.ts';

export type Links = {
  /**
   * The link a text names, or the bad cell that keeps it.
   * @param within the record that has it among its own, as the account has the site an order goes to; null: any
   */
  resolve(column: BoundColumn, text: string, within?: string | null): CellValue;
};

/** Where a record of a link says whose it is: as its own, or as one it is with. */
type Home = { readonly field: string; readonly to: readonly string[]; readonly isOwner: boolean };

const homeOf = (table: TableName): Home | null => {
  const { owner, fields } = tableOf(table);
  const own = owner === undefined ? undefined : fields[owner];
  if (owner !== undefined && own?.kind === 'link') return { field: owner, to: [own.to], isOwner: true };
  for (const [field, model] of Object.entries(fields)) {
    if (model.kind === 'ref') return { field, to: model.to, isOwner: false };
  }
  return null;
};

/** The field of a table's rows that says whose the records of one of its links are: the account of an order, for its site. */
export const withinField = (table: TableName, { model, field }: BoundColumn): string | null => {
  if (model.kind !== 'link' || !isTableName(model.to)) return null;
  const home = homeOf(model.to);
  if (home === null) return null;
  const found = Object.entries(tableOf(table).fields).find(
    ([name, other]) => name !== field && other.kind === 'link' && home.to.includes(other.to),
  );
  return found?.[0] ?? null;
};

type PlannedIndex = ReadonlyMap<string, readonly string[]>;

/** Ids of the rows of this run by the text of one of their fields. */
const indexPlanned = (all: readonly Identified[], table: TableName, field: string): PlannedIndex => {
  const found = new Map<string, string[]>();
  for (const { bound, rows } of all) {
    const column = bound.source.entry.table === table ? bound.columns.find((one) => one.target === field) : undefined;
    if (!column) continue;
    for (const row of rows) {
      if (row.fate !== 'new' && row.fate !== 'known') continue;
      const text = matchKey(cleanText(mapText(column.map, row.cells[column.at] ?? '')));
      if (text === '') continue;
      const ids = found.get(text);
      if (ids) ids.push(row.id);
      else found.set(text, [row.id]);
    }
  }
  return found;
};

/** The tables a link may point at. */
export const linkTables = ({ model, lookup }: BoundColumn): readonly TableName[] => {
  if (lookup && isTableName(lookup.table)) return [lookup.table];
  const names = model.kind === 'link' ? [model.to] : model.kind === 'ref' ? model.to : [];
  return names.filter(isTableName);
};

/** The fields a record is named by when a recipe does not say: its code, then its name. */
export const namesOf = (table: TableName): readonly string[] => {
  const { code, title } = tableOf(table);
  return [...new Set(code === undefined ? [title] : [code, title])];
};

/** The fields that a link's text is compared with. */
export const linkFields = ({ lookup }: BoundColumn, table: TableName): readonly string[] => {
  const fields = lookup && fieldOf(table, lookup.by) ? [lookup.by] : namesOf(table);
  return fields.filter((field) => fieldOf(table, field) !== undefined);
};

export const createLinks = (store: Reader, all: readonly Identified[], index: KeyIndex): Links => {
  const planned = new Map<string, PlannedIndex>();
  const known = new Map<BoundColumn, Map<string, CellValue>>();

  const byField = (table: TableName, field: string, text: string): readonly string[] => {
    const name = `${table}.${field}`;
    const here = planned.get(name) ?? indexPlanned(all, table, field);
    planned.set(name, here);
    return [...new Set([...(here.get(matchKey(text)) ?? []), ...store.match(table, field, text)])];
  };
  const byKey = (table: TableName, system: string, text: string): readonly string[] => {
    const here = index.get(system, table, matchKey(text));
    if (here !== undefined) return [here];
    const rows = store.external(system, text, table).map(({ row }) => row);
    return [...new Set(rows)].filter((row) => store.get(table, row) !== undefined);
  };
  const find = (column: BoundColumn, table: TableName, text: string): readonly string[] => {
    const { lookup } = column;
    const found = lookup?.system === undefined ? [] : byKey(table, lookup.system, text);
    if (found.length > 0) return found;
    const fields = lookup && fieldOf(table, lookup.by) === undefined ? [] : linkFields(column, table);
    for (const field of fields) {
      const ids = byField(table, field, text);
      if (ids.length > 0) return ids;
    }
    return [];
  };
  /** Of the records a name has, those that belong there. A site of another account is not meant, whatever it is called. */
  const those = (table: TableName, ids: readonly string[], within: string | null): readonly string[] => {
    const home = within === null ? null : homeOf(table);
    if (home === null || (ids.length < 2 && !home.isOwner)) return ids;
    const own = ids.filter((id) => {
      const at = store.get(table, id)?.[home.field];
      return at === undefined || (typeof at === 'string' && at.slice(at.indexOf('/') + 1) === within);
    });
    return home.isOwner || own.length > 0 ? own : ids;
  };
  const look = (column: BoundColumn, raw: string, within: string | null): CellValue => {
    const text = cleanText(raw);
    const isRef = column.model.kind === 'ref';
    const found = linkTables(column).flatMap((table) =>
      those(table, find(column, table, text), within).map((id) => (isRef ? `${table}/${id}` : id)),
    );
    const [first] = found;
    if (first === undefined) return { '!': [raw, 'LINK_NONE'] };
    return found.length > 1 ? { '!': [raw, 'LINK_MANY'] } : first;
  };
  return {
    resolve: (column, raw, within = null) => {
      const cache = known.get(column) ?? new Map<string, CellValue>();
      known.set(column, cache);
      const name = within === null ? raw : `${within}/${raw}`;
      const found = cache.get(name);
      if (found !== undefined) return found;
      const made = look(column, raw, within);
      cache.set(name, made);
      return made;
    },
  };
};
