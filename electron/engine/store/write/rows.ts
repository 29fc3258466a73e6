/**
 * Rows as the write path holds them, and the only statements that write business tables. Rows read in a transaction
 * are kept until it ends, so that an import of lines reads their order once.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Bad, Scalar } from '../../../../shared/domain/kinds.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { StoredRow } from '../api.ts';
import type { Db } from '../file/db.ts';
import { derivedOf } from './derived.ts';
import type { DerivedValue, Look } from './derived.ts';
import { isCustom, layoutOf, quote } from '../file/layout.ts';
import type { Layout } from '../file/layout.ts';

/** A stamp as this device stores it: hybrid time and the local index of the device. */
export type Stamp = readonly [h: number, d: number];

export const LIVE = 1;
export const DELETED = 2;
/** It went to another territory: see store/territory. */
export const ELSEWHERE = 3;

export type Row = {
  readonly layout: Layout;
  readonly n: number;
  readonly id: string;
  /** Stored columns and custom fields; a bad cell is null here. */
  readonly v: { id: string; [field: string]: Scalar };
  scope: number;
  /** Of the insert; [0, 0] while only changes of the row have come from elsewhere. */
  inserted: Stamp;
  /** Stamps of the registers written since the insert. */
  readonly x: Record<string, Stamp>;
  st: number;
  alive: number;
  /** Bad cells by register; undefined until somebody asks. */
  bad: Map<string, Bad> | undefined;
};

/** A row on its way to another territory. `from`, `to`: indexes of scopes; `stamp`: when it was sent. */
export type Left = { readonly from: number; readonly to: number; readonly stamp: Stamp };

/** The stamp of a register: its own, else the insert's. */
export const stampOf = (row: Row, register: string): Stamp => row.x[register] ?? row.inserted;

/** Whether only changes of a row have come: what it began with is still on its way from another device. */
export const isAwaited = ({ inserted: [h] }: Row): boolean => h === 0;

/** Whether a row went to another territory, and nothing of it is here but its name. */
export const isElsewhere = ({ st }: Row): boolean => st === ELSEWHERE;

/** Under this name a row that went keeps the scope that it left, where a stamp has its device. */
const LEFT = '_left';

/** The scope that a row may be written in: where it went from, for one that went. */
export const writtenIn = (row: Row): number => (isElsewhere(row) ? (row.x[LEFT]?.[1] ?? row.scope) : row.scope);

/** The custom fields of a row as its `_c` column holds them: sorted, null when there are none. */
const customJson = (row: StoredRow): string | null => {
  const names: string[] = [];
  for (const name of Object.keys(row)) if (isCustom(name) && row[name] !== null) names.push(name);
  return names.length === 0 ? null : JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, row[name]])));
};

type TableStatements = ReturnType<typeof prepareTable>;
const SYSTEM = ['_n', '_scope', '_h', '_d', '_st', '_x', '_c', '_alive'];
const MAX_STATEMENTS = 500;

const prepareTable = (db: Db, layout: Layout) => {
  const derived = derivedOf(layout.name);
  const read = [...SYSTEM, 'id', ...layout.columns.map((column) => column.name), ...derived.shown];
  const select = `SELECT ${read.map(quote).join(', ')} FROM ${layout.name}`;
  const written = [
    'id',
    ...layout.columns.map((column) => column.name),
    ...derived.columns.map((column) => column.name),
    ...['_scope', '_h', '_d', '_st', '_c', '_alive'],
  ];
  const updates = new Map<string, ReturnType<Db['prepare']>>();
  return {
    layout,
    fields: read.slice(SYSTEM.length),
    byId: db.prepare<[string], Scalar[]>(`${select} WHERE id = ?`).raw(),
    byN: db.prepare<[number], Scalar[]>(`${select} WHERE _n = ?`).raw(),
    insert: db.prepare(
      `INSERT INTO ${layout.name}(${written.map(quote).join(', ')}) VALUES(${written.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    ),
    update(columns: readonly string[]) {
      const key = columns.join(' ');
      const known = updates.get(key);
      if (known !== undefined) return known;
      if (updates.size >= MAX_STATEMENTS) updates.clear();
      const made = db.prepare(
        `UPDATE ${layout.name} SET ${columns.map((column) => `${quote(column)} = ?`).join(', ')} WHERE _n = ?`,
      );
      updates.set(key, made);
      return made;
    },
  };
};

const toRow = (layout: Layout, fields: readonly string[], raw: readonly Scalar[]): Row => {
  const [n, scope, h, d, st, x, c, alive] = raw;
  const v: Row['v'] = { id: '' };
  fields.forEach((field, at) => {
    v[field] = raw[SYSTEM.length + at] ?? null;
  });
  if (typeof c === 'string') Object.assign(v, JSON.parse(c));
  return {
    layout,
    n: Number(n),
    id: v.id,
    v,
    scope: Number(scope),
    inserted: [Number(h), Number(d)],
    x: typeof x === 'string' ? (JSON.parse(x) as Record<string, Stamp>) : {},
    st: Number(st),
    alive: Number(alive),
    bad: undefined,
  };
};

/** Makes the derived columns of a row; only those of `changed` fields when given. Shown ones go onto the row too. */
const derive = (row: Row, changed: ReadonlySet<string> | null, documentOf: Look['documentOf']) => {
  const derived = derivedOf(row.layout.name);
  const look: Look = { isBad: (field) => row.bad?.has(field) === true, documentOf };
  const due =
    changed === null ? derived.columns : derived.columns.filter((column) => column.from.some((field) => changed.has(field)));
  return due.map((column): readonly [string, DerivedValue] => {
    const value = column.make(row.v, look);
    if (derived.shown.includes(column.name)) row.v[column.name] = typeof value === 'bigint' ? null : value;
    return [column.name, value];
  });
};

const createCache = (at: (name: TableName) => TableStatements) => {
  const cache = new Map(tableNames.map((name) => [name, new Map<string, Row>()]));
  const rowsOf = (name: TableName): Map<string, Row> => cache.get(name) ?? new Map<string, Row>();
  const keep = (name: TableName, raw: Scalar[] | undefined): Row | undefined => {
    if (raw === undefined) return undefined;
    const { layout, fields } = at(name);
    const known = rowsOf(name).get(String(raw[SYSTEM.length]));
    if (known !== undefined) return known;
    const row = toRow(layout, fields, raw);
    rowsOf(name).set(row.id, row);
    return row;
  };
  return {
    find: (name: TableName, id: string): Row | undefined => rowsOf(name).get(id) ?? keep(name, at(name).byId.get(id)),
    findByN: (name: TableName, n: number): Row | undefined => keep(name, at(name).byN.get(n)),
    put: (row: Row): void => void rowsOf(row.layout.name).set(row.id, row),
    clear: (): void => {
      for (const rows of cache.values()) rows.clear();
    },
  };
};

const leave = (table: TableStatements, row: Row, { from, to, stamp }: Left): void => {
  for (const field of Object.keys(row.v)) if (field !== 'id') row.v[field] = null;
  for (const register of Object.keys(row.x)) delete row.x[register];
  row.x['_st'] = stamp;
  row.x[LEFT] = [0, from];
  Object.assign(row, { scope: to, inserted: [0, 0], st: ELSEWHERE } satisfies Partial<Row>);
  const { layout } = table;
  const empty = [...layout.columns, ...derivedOf(layout.name).columns].map(({ name }) => name);
  table
    .update([...empty, '_c', '_extra', '_scope', '_h', '_d', '_st', '_x'])
    .run([...empty.map(() => null), ...[null, null, to, 0, 0, ELSEWHERE, JSON.stringify(row.x), row.n]]);
};

const comeBack = (table: TableStatements, row: Row, scope: number): void => {
  for (const register of Object.keys(row.x)) delete row.x[register];
  Object.assign(row, { scope, inserted: [0, 0], st: 0, alive: 0 } satisfies Partial<Row>);
  table.update(['_scope', '_h', '_d', '_st', '_x', '_alive']).run([scope, 0, 0, 0, null, 0, row.n]);
};

export type Rows = ReturnType<typeof createRows>;

export const createRows = (db: Db) => {
  const tables = new Map(tableNames.map((name) => [name, prepareTable(db, layoutOf(name))]));
  const at = (name: TableName): TableStatements => {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`No table ${name}`);
    return table;
  };
  const cache = createCache(at);
  const documentOf: Look['documentOf'] = (table, id) => cache.find(table, id)?.v ?? {};
  return {
    find: cache.find,
    /** By local number, as batches and history name rows. */
    findByN: cache.findByN,
    /** Writes a new row with everything derived. Throws `invalid` when the id is taken. */
    insert(name: TableName, v: Row['v'], bad: Map<string, Bad>, scope: number, stamp: Stamp, alive: number): Row {
      const { layout, insert } = at(name);
      const draft: Row = { layout, n: 0, id: v.id, v, scope, inserted: stamp, x: {}, st: LIVE, alive, bad };
      const values: DerivedValue[] = [v.id];
      for (const column of layout.columns) values.push(v[column.name] ?? null);
      for (const [, value] of derive(draft, null, documentOf)) values.push(value);
      values.push(scope, stamp[0], stamp[1], LIVE, customJson(v), alive);
      const done = insert.run(values);
      if (done.changes === 0) throw new AppError('invalid', `${name}: the id is taken`, { table: name, id: v.id });
      const row = { ...draft, n: Number(done.lastInsertRowid) };
      cache.put(row);
      return row;
    },
    /** Writes fields of a row that already holds their new values, with their derived columns and stamps. */
    update(row: Row, fields: ReadonlySet<string>): void {
      const columns = [...fields].filter((field) => row.layout.column.has(field));
      const made = derive(row, fields, documentOf);
      const values: DerivedValue[] = columns.map((column) => row.v[column] ?? null);
      const names = [...columns, ...made.map(([column]) => column), '_x'];
      values.push(...made.map(([, value]) => value), JSON.stringify(row.x));
      if ([...fields].some(isCustom)) {
        names.push('_c');
        values.push(customJson(row.v));
      }
      at(row.layout.name)
        .update(names)
        .run([...values, row.n]);
    },
    /** Lets go of all that a row holds, and notes the scope that it went to, and when it was sent there. */
    leave: (row: Row, left: Left): void => leave(at(row.layout.name), row, left),
    /** A row that went is here again, as one of which nothing has come. */
    comeBack: (row: Row, scope: number): void => comeBack(at(row.layout.name), row, scope),
    /** Writes whether a row is there, and its stamps. */
    updateExistence(row: Row): void {
      at(row.layout.name)
        .update(['_h', '_d', '_st', '_alive', '_x'])
        .run([...row.inserted, row.st, row.alive, JSON.stringify(row.x), row.n]);
    },
    /** Makes derived columns again after something outside the row changed. */
    rederive(row: Row, fields: ReadonlySet<string>): void {
      const made = derive(row, fields, documentOf);
      if (made.length === 0) return;
      const names = made.map(([column]) => column);
      at(row.layout.name)
        .update(names)
        .run([...made.map(([, value]) => value), row.n]);
    },
    forget: cache.clear,
  };
};

export type Find = (name: TableName, id: string) => Row | undefined;
