/**
 * Which row of ours a row of a file is. A row is found by the key its source gives it, through the external keys of
 * earlier imports; every row has its id before any is written, so that links may point forwards, into other files
 * and into rows that only a dry run knows.
 */
import { matchKey } from '../../../../shared/domain/fold.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';
import type { Bound } from './bind.ts';
import { findClashes } from './clashes.ts';
import { eachRow } from './each-row.ts';
import { createOwnFind } from './find-own.ts';
import type { ReadRow } from './read-cell.ts';
import { createTextKeys, keyOf, namesRows } from './row-key.ts';

export type Fate =
  | 'new'
  | 'known'
  /** The person deleted the record here: it is not made again. */
  | 'deleted'
  /** The key of an earlier row of the file, and nothing that one does not say. */
  | 'repeat'
  /** The key of other rows of the file, which say something else: nobody knows which is meant. */
  | 'clash'
  /** Out of an export of ours, by a name that several records have, or one that another row is already. */
  | 'unclear'
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
  /** For a clash: all rows it is among, as the file counts them. */
  readonly among: readonly number[];
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

export type Finding = Pick<SourceRow, 'fate' | 'id' | 'ref' | 'seen'>;

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

const NOBODY = { id: '', ref: null, seen: null, of: -1, among: [], joins: false } as const;

export type IdentifyOptions = {
  /** Rows that are left out on request, by index. */
  readonly isLeft: (at: number) => boolean;
  /** The namespaces of keys that the recipe uses. */
  readonly systems: ReadonlySet<string>;
};

/** The record of an export of ours: never one that another row of the file is already. */
const createOwnFinder = (store: Reader, bound: Bound) => {
  const own = createOwnFind(store, bound);
  const claimed = new Set<string>();
  const known = (id: string): Finding => {
    claimed.add(id);
    return { fate: 'known', id, ref: null, seen: null };
  };
  return {
    claim: (id: string): void => void claimed.add(id),
    byId: (key: string): Finding | null => {
      const found = own.byId(key);
      return found === null ? null : found.isLive ? known(found.id) : { fate: 'deleted', id: found.id, ref: null, seen: null };
    },
    byName: (row: ReadRow): Finding | null => {
      const { same, others } = own.byName(row);
      const id = same.find((one) => !claimed.has(one));
      if (id !== undefined) return known(id);
      const [only, ...more] = others.filter((one) => !claimed.has(one));
      if (only !== undefined && more.length === 0) return known(only);
      return same.length + others.length === 0 ? null : { fate: 'unclear', id: '', ref: null, seen: null };
    },
  };
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
  const { system, table, own: isOwn } = bound.source.entry;
  const clashes = await findClashes(bound, breathe);
  const find = createFinder(store, system, table);
  const own = isOwn === true ? createOwnFinder(store, bound) : null;
  const findByCode = createCodeFinder(store, bound, systems);
  const textKey = createTextKeys();
  const mayRepeat = !namesRows(bound);
  const firstAt = new Map<string, number>();
  const rows: SourceRow[] = [];

  const findKnown = (key: string, row: ReadRow): Finding | null => {
    const found = own?.byId(key) ?? find(key);
    if (found === null) return own === null ? findByCode(key) : own.byName(row);
    own?.claim(found.id);
    return found;
  };
  const identify = (base: Pick<SourceRow, 'at' | 'cells' | 'asRead'>): SourceRow => {
    const { at, cells, asRead } = base;
    const told = keyOf(cells, bound.keyAt);
    const among = clashes.get(at);
    if (among !== undefined && !isLeft(at)) return { ...base, fate: 'clash', key: told ?? '', ...NOBODY, among };
    // A row that is told by its text keeps that name when a cell of it is mended.
    const isText = told === null || (mayRepeat && firstAt.has(matchKey(told)));
    const key = isText ? textKey(asRead ?? cells) : told;
    const match = matchKey(key);
    const of = firstAt.get(match);
    if (of === undefined) firstAt.set(match, rows.length);
    if (isLeft(at)) return { ...base, fate: 'left', key, ...NOBODY };
    if (of !== undefined) return { ...base, fate: 'repeat', key, ...NOBODY, of };
    const earlier = index.get(system, table, match);
    const made: Finding = { fate: earlier === undefined ? 'new' : 'known', id: earlier ?? ids(), ref: null, seen: null };
    const found = (earlier === undefined ? findKnown(key, base) : find(key)) ?? made;
    if (found.id !== '' && found.fate !== 'deleted') index.set(system, table, match, found.id);
    return { ...base, key, of: -1, among: [], joins: earlier !== undefined, ...found };
  };

  const together: Reader['together'] = (read) => store.together(read);
  await eachRow(bound, together, breathe, (at, cells, isAside) => {
    const base = { at, cells, asRead: bound.source.asRead?.get(at) ?? null };
    rows.push(isAside ? { ...base, fate: 'furniture', key: '', ...NOBODY } : identify(base));
  });
  return { bound, rows };
};
