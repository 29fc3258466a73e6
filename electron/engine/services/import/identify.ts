/**
 * Which row of ours a row of a file is. A row is found by the key its source gives it, through the external keys of
 * earlier imports; every row has its id before any is written, so that links may point forwards, into other files
 * and into rows that only a dry run knows.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { hashRow } from '../../../../shared/domain/import/hash.ts';
import { isFurniture } from '../../../../shared/domain/import/headers.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';
import type { Bound } from './bind.ts';

export type Fate =
  | 'new'
  | 'known'
  /** The person deleted the record here: it is not made again. */
  | 'deleted'
  /** The key of an earlier row of the file. */
  | 'repeat'
  /** A totals row or a note of a report. */
  | 'furniture'
  /** Left out on request: it has errors, or names a row that is left out. */
  | 'left';

export type SourceRow = {
  /** Index into the rows of the file. */
  readonly at: number;
  readonly cells: readonly string[];
  /** As the file has them, where somebody mended one in the check. */
  readonly asRead: readonly string[] | null;
  readonly fate: Fate;
  readonly id: string;
  readonly key: string;
  /** The external key's own row, where there is one, and what it last saw. */
  readonly ref: string | null;
  readonly seen: string | null;
  /** For a repeat: index into the list of the row it repeats. */
  readonly of: number;
  /** An earlier file of this run has the same key: this one adds the fields that the other does not have. */
  readonly joins: boolean;
};

export type Identified = { readonly bound: Bound; readonly rows: readonly SourceRow[] };

/** Ids by system, table and match key, of this run. */
export type KeyIndex = {
  get(system: string, table: TableName, key: string): string | undefined;
  set(system: string, table: TableName, key: string, id: string): void;
};

export const createKeyIndex = (): KeyIndex => {
  const maps = new Map<string, Map<string, string>>();
  return {
    get: (system, table, key) => maps.get(`${table}/${system}`)?.get(key),
    set: (system, table, key, id) => {
      const name = `${table}/${system}`;
      const map = maps.get(name) ?? new Map<string, string>();
      maps.set(name, map);
      map.set(key, id);
    },
  };
};

const escapePart = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F');

/** The key of a row: its key cells, joined by `/`; null when all of them are blank. */
const keyOf = (cells: readonly string[], keyAt: readonly number[]): string | null => {
  const parts = keyAt.map((at) => cleanText(cells[at] ?? ''));
  if (parts.every((part) => part === '')) return null;
  return parts.length === 1 ? (parts[0] ?? '') : parts.map(escapePart).join('/');
};

/** Rows without a key of their own are told apart by their text and by how often it came before. */
const createTextKeys = (): ((cells: readonly string[]) => string) => {
  const counts = new Map<string, number>();
  return (cells) => {
    let end = cells.length;
    while (end > 0 && isBlank(cells[end - 1] ?? '')) end -= 1;
    const hash = hashRow(cells.slice(0, end));
    const ordinal = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, ordinal);
    return `#${hash}:${ordinal}`;
  };
};

type Finding = Pick<SourceRow, 'fate' | 'id' | 'ref' | 'seen'>;

/** Whether the rows of a source are named by their own code, which people know them by as well. */
const namesByCode = ({ source, keyAt, columns }: Bound): boolean => {
  const { code } = tableOf(source.entry.table);
  const [at, ...more] = keyAt;
  return code !== undefined && more.length === 0 && columns.some((column) => column.at === at && column.target === code);
};

/**
 * Finds a record by its code where no import of this source told of it yet: made by hand, or by another source. Two
 * sources of one recipe that use the same codes for different things (shippers and suppliers 1, 2, 3) are kept apart.
 */
const createCodeFinder = (store: Reader, bound: Bound, systems: ReadonlySet<string>) => {
  const { table } = bound.source.entry;
  const { code } = tableOf(table);
  if (code === undefined || !namesByCode(bound)) return () => null;
  return (key: string): Finding | null => {
    const [id, ...more] = store.match(table, code, key);
    if (id === undefined || more.length > 0) return null;
    const claims = store.match('external_refs', 'row', id).map((ref) => store.get('external_refs', ref)?.['system']);
    return claims.some((system) => systems.has(String(system))) ? null : { fate: 'known', id, ref: null, seen: null };
  };
};

/** Finds what the store knows of a key; asks nothing when the system is new here. */
const createFinder = (store: Reader, system: string, table: TableName) => {
  const isKnown = store.match('external_refs', 'system', system).length > 0;
  return (key: string): Finding | null => {
    const [found] = isKnown ? store.external(system, key, table) : [];
    if (!found) return null;
    const isLive = store.get(table, found.row) !== undefined;
    return { fate: isLive ? 'known' : 'deleted', id: found.row, ref: found.ref, seen: found.seen };
  };
};

/** Rows read in one go, between two breaths. */
const SLICE = 2000;
const NOBODY = { id: '', ref: null, seen: null, of: -1, joins: false } as const;

export type IdentifyOptions = {
  /** Rows that are left out on request, by index. */
  readonly isLeft: (at: number) => boolean;
  /** The namespaces of keys that the recipe uses. */
  readonly systems: ReadonlySet<string>;
};

/** Gives every row of a source its id. Calls `breathe` between slices. */
export const identifyRows = async (
  bound: Bound,
  store: Reader,
  ids: () => string,
  index: KeyIndex,
  breathe: () => Promise<void>,
  { isLeft, systems }: IdentifyOptions,
): Promise<Identified> => {
  const { entry, table, first } = bound.source;
  const { system } = entry;
  const find = createFinder(store, system, entry.table);
  const findByCode = createCodeFinder(store, bound, systems);
  const textKey = createTextKeys();
  const firstAt = new Map<string, number>();
  const rows: SourceRow[] = [];

  const identify = (at: number, cells: readonly string[]): SourceRow => {
    const asRead = bound.source.asRead?.get(at) ?? null;
    const base = { at, cells, asRead };
    if (isFurniture(cells, table.headers.length)) return { ...base, fate: 'furniture', key: '', ...NOBODY };
    // A row that is told by its text keeps that name when a cell of it is mended.
    const key = keyOf(cells, bound.keyAt) ?? textKey(asRead ?? cells);
    const match = matchKey(key);
    const of = firstAt.get(match);
    if (of !== undefined) return { ...base, fate: 'repeat', key, ...NOBODY, of };
    firstAt.set(match, rows.length);
    if (isLeft(at)) return { ...base, fate: 'left', key, ...NOBODY };
    const earlier = index.get(system, entry.table, match);
    const made: Finding = { fate: earlier === undefined ? 'new' : 'known', id: earlier ?? ids(), ref: null, seen: null };
    const found = find(key) ?? (earlier === undefined ? findByCode(key) : null) ?? made;
    if (found.fate !== 'deleted') index.set(system, entry.table, match, found.id);
    return { ...base, key, of: -1, joins: earlier !== undefined, ...found };
  };

  for (let from = first; from < table.rows.length; from += SLICE) {
    store.together(() => {
      for (let at = from; at < Math.min(from + SLICE, table.rows.length); at += 1) {
        const cells = table.rows[at] ?? [];
        if (bound.isWanted(cells)) rows.push(identify(at, cells));
      }
    });
    await breathe();
  }
  return { bound, rows };
};
