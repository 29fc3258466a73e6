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
  /** The link a text names, or the bad cell that keeps it. */
  resolve(column: BoundColumn, text: string): CellValue;
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
const namesOf = (table: TableName): readonly string[] => {
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
  const look = (column: BoundColumn, raw: string): CellValue => {
    const text = cleanText(raw);
    const isRef = column.model.kind === 'ref';
    const found = linkTables(column).flatMap((table) => find(column, table, text).map((id) => (isRef ? `${table}/${id}` : id)));
    const [first] = found;
    if (first === undefined) return { '!': [raw, 'LINK_NONE'] };
    return found.length > 1 ? { '!': [raw, 'LINK_MANY'] } : first;
  };
  return {
    resolve: (column, raw) => {
      const cache = known.get(column) ?? new Map<string, CellValue>();
      known.set(column, cache);
      const found = cache.get(raw);
      if (found !== undefined) return found;
      const made = look(column, raw);
      cache.set(raw, made);
      return made;
    },
  };
};
