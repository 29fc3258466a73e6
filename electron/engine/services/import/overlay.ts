/** Rows that are only remembered, and a reader that sees the store with them over it. */
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import type { Bad, Scalar } from '../../../../shared/domain/kinds.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, RuleIssue, StoredRow } from '../../store/api.ts';

export type Row = {
  readonly table: TableName;
  readonly id: string;
  /** The row as it stands; null: deleted. */
  values: Record<string, Scalar> | null;
  readonly bad: Map<string, Bad>;
  ruled: readonly RuleIssue[];
};

const ownerField = (table: TableName): string | null => tableOf(table).owner ?? null;
export const asRow = (row: Row): StoredRow | undefined => (row.values === null ? undefined : { ...row.values, id: row.id });

/** Rows by table and id, and by the value of a field once somebody asked for that. */
export const createOverlay = () => {
  const tables = new Map<TableName, Map<string, Row>>();
  const indexes = new Map<string, Map<string, Set<string>>>();
  const keyOf = (table: TableName, field: string, value: Scalar | undefined): string | null =>
    typeof value !== 'string' ? null : fieldOf(table, field)?.keyed === true ? matchKey(value) : value;
  const addTo = (index: Map<string, Set<string>>, key: string | null, id: string): void => {
    if (key === null) return;
    const ids = index.get(key) ?? new Set<string>();
    index.set(key, ids.add(id));
  };
  return {
    get: (table: TableName, id: string): Row | undefined => tables.get(table)?.get(id),
    put: (row: Row): void => {
      const rows = tables.get(row.table) ?? new Map<string, Row>();
      tables.set(row.table, rows.set(row.id, row));
    },
    /** To be called when a field of a row has a new value. */
    note: (row: Row, field: string): void => {
      const index = indexes.get(`${row.table}.${field}`);
      if (index) addTo(index, keyOf(row.table, field, row.values?.[field]), row.id);
    },
    /** To be called for a new row: its defaults have values too. */
    noteAll: (row: Row): void => {
      for (const [name, index] of indexes) {
        const [table, field = ''] = name.split('.');
        if (table === row.table) addTo(index, keyOf(row.table, field, row.values?.[field]), row.id);
      }
    },
    /** Ids of changed rows whose field has the value now. */
    match: (table: TableName, field: string, value: string): readonly string[] => {
      const name = `${table}.${field}`;
      let index = indexes.get(name);
      if (!index) {
        index = new Map<string, Set<string>>();
        indexes.set(name, index);
        for (const row of tables.get(table)?.values() ?? []) addTo(index, keyOf(table, field, row.values?.[field]), row.id);
      }
      const key = keyOf(table, field, value) ?? '';
      const rows = tables.get(table);
      return [...(index.get(key) ?? [])].filter((id) => keyOf(table, field, rows?.get(id)?.values?.[field]) === key);
    },
  };
};

export type Overlay = ReturnType<typeof createOverlay>;

export const issuesOf = ({ table, id, bad, ruled }: Row): readonly CellIssue[] => [
  ...[...bad].map(
    ([
      field,
      {
        '!': [raw, code],
      },
    ]): CellIssue => ({ table, row: id, field, raw, code, level: 'error', origin: 'parse' }),
  ),
  ...ruled.map((issue): CellIssue => ({ table, row: id, raw: null, origin: 'rule', ...issue })),
];

/** Ids by several fields at once; what was changed is found by the first text among them, and looked at again. */
const createMatching =
  (base: Reader, overlay: Overlay, get: Reader['get']): Reader['matching'] =>
  (table, values) => {
    const cells = Object.entries(values);
    const [known] = cells.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value] as const] : []));
    const changed = known === undefined ? [] : overlay.match(table, ...known);
    const untouched = base.matching(table, values).filter((id) => overlay.get(table, id) === undefined);
    const isEqual = (row: StoredRow | undefined): boolean => cells.every(([field, value]) => (row?.[field] ?? null) === value);
    return [...untouched, ...changed.filter((id) => isEqual(get(table, id)))];
  };

type NotOfFiles = 'stampOf' | 'heard' | 'whoAt' | 'wantingSlots' | 'issuedOf' | 'issuedAs' | 'issuedTwice' | 'toPost';

/** No file issues or posts a document, and what only a file has holds no place of a slot yet: it was written by nobody. */
const whatNoFileDoes = (base: Reader): Pick<Reader, NotOfFiles> => ({
  issuedOf: (table, id) => base.issuedOf(table, id),
  issuedAs: (table, number) => base.issuedAs(table, number),
  issuedTwice: () => base.issuedTwice(),
  toPost: (table) => base.toPost(table),
  stampOf: (table, id, field) => base.stampOf(table, id, field),
  heard: () => base.heard(),
  whoAt: (device) => base.whoAt(device),
  wantingSlots: () => base.wantingSlots(),
});

export const createReaderOver = (base: Reader, overlay: Overlay): Reader => {
  const get: Reader['get'] = (table, id) => {
    const row = overlay.get(table, id);
    return row ? asRow(row) : base.get(table, id);
  };
  const isPresent = (row: StoredRow | undefined): row is StoredRow => row !== undefined;
  const match: Reader['match'] = (table, field, value) => {
    const untouched = base.match(table, field, value).filter((id) => overlay.get(table, id) === undefined);
    return [...untouched, ...overlay.match(table, field, value)];
  };
  return {
    get,
    getAny: (table, id) => {
      const row = overlay.get(table, id);
      if (!row) return base.getAny(table, id);
      const values = row.values ?? base.getAny(table, id);
      return values ? { ...values, id, _st: row.values === null ? 0 : 1 } : undefined;
    },
    children: (table, owner) => {
      const field = ownerField(table);
      if (field === null) return [];
      const before = base.children(table, owner).map(({ id }) => id);
      const ids = new Set([...before, ...overlay.match(table, field, owner)]);
      const rows = [...ids].map((id) => get(table, id)).filter(isPresent);
      const own = rows.filter((row) => row[field] === owner);
      const hasPlace = fieldOf(table, 'position') !== undefined;
      return hasPlace ? own.toSorted((a, b) => Number(a['position'] ?? -1) - Number(b['position'] ?? -1)) : own;
    },
    match,
    matching: createMatching(base, overlay, get),
    // Of what stood before: a line of the file itself is looked at when it is written.
    linesOf: (table, product, states) => base.linesOf(table, product, states),
    // Names are completed for a person who types, never for a file.
    starting: (table, field, text, limit) => base.starting(table, field, text, limit),
    // Lines of a file keep the prices of the file: no price is asked for while one is looked at.
    pricesFor: (keys) => base.pricesFor(keys),
    promotionsFor: (keys) => base.promotionsFor(keys),
    hasGroupBreaks: () => base.hasGroupBreaks(),
    boughtBy: (keys) => base.boughtBy(keys),
    openOf: (account) => base.openOf(account),
    ...whatNoFileDoes(base),
    external: (system, key, table) => {
      const untouched = base.external(system, key, table).filter(({ ref }) => overlay.get('external_refs', ref) === undefined);
      const own = overlay.match('external_refs', 'key', key).flatMap((ref) => {
        const row = overlay.get('external_refs', ref)?.values;
        if (row?.['system'] !== system || row['table'] !== table) return [];
        return [{ ref, row: String(row['row']), seen: row['seen'] === null ? null : String(row['seen']) }];
      });
      return [...untouched, ...own];
    },
    issues: (table, id) => {
      const row = overlay.get(table, id);
      return row ? issuesOf(row) : base.issues(table, id);
    },
    setting: (key) => {
      const id = overlay.match('settings', 'key', key).at(-1);
      const value = id === undefined ? undefined : overlay.get('settings', id)?.values?.['value'];
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : base.setting(key);
    },
    together: (read) => base.together(read),
  };
};
