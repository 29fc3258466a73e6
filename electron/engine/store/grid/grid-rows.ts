/**
 * Rows as grids and forms get them: values, labels of what they link to, the issues of their cells, chips. Always a
 * late join: the numbers of the rows are known before any of this runs, so that a page costs the same at any depth.
 */
import type { Database } from 'better-sqlite3';
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { documentOfLines } from '../../../../shared/model/documents.ts';
import { storedFields, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { chipFacts, chipsOfFacts } from './chip-sql.ts';
import { columnsOf } from '../file/column.ts';
import { currencyOf, sumsJoin, type ReadContext } from './computed.ts';
import { createIssueLoader } from './grid-issues.ts';
import { ELSEWHERE } from '../write/rows.ts';
import { createLabelReader, splitRef, type Label, type LabelReader } from '../read/labels.ts';

type Raw = readonly Scalar[];
type Values = Record<string, Scalar>;

/** The parameters every reading statement takes. */
export const contextParams = ({ today, zone, currency, me, now }: ReadContext): Record<string, Scalar> => ({
  today,
  zone,
  currency,
  me,
  now,
  since: `${String(Number(today.slice(0, 4)) - 1).padStart(4, '0')}${today.slice(4)}`,
});

/** A sum may be more than a double holds: then it comes as text. */
const asWire = (sql: string): string => `CASE WHEN abs(${sql}) > 9007199254740991 THEN CAST(${sql} AS TEXT) ELSE ${sql} END`;

const SYSTEM = ['_n', 'id', '_alive', '_c'] as const;

type RowPlan = {
  readonly sql: string;
  /** Names of the values, then of the facts, in the order they stand after the system columns. */
  readonly values: readonly string[];
  readonly facts: readonly string[];
};

/** How rows of a table are read by their numbers, which come as a JSON list. */
export const rowPlan = (table: TableName): RowPlan => {
  const { fields } = tableOf(table);
  const columns = columnsOf(table, new Map(Object.entries(fields))).map((one) => {
    const isSum = one.isComputed && one.isInteger;
    return [one.key, isSum ? asWire(one.value) : one.value] as const;
  });
  const currency = 'currency' in fields ? undefined : currencyOf[table];
  const values = [
    ...columns,
    ...(currency === undefined ? [] : [['currency', currency] as const]),
    ...(documentOfLines(table) !== undefined ? [['net_micros', 'CAST(t.net_micros AS TEXT)'] as const] : []),
  ];
  const facts = chipFacts(table);
  const select = [...SYSTEM.map((name) => `t.${name}`), ...[...values, ...facts].map(([, sql]) => sql)];
  return {
    sql: `WITH ids(n) AS MATERIALIZED (SELECT value FROM json_each(:ids)) SELECT ${select.join(', ')}
      FROM ids CROSS JOIN "${table}" t ON t._n = ids.n ${sumsJoin[table] ?? ''}`,
    values: values.map(([name]) => name),
    facts: facts.map(([name]) => name),
  };
};

const valuesOf = (raw: Raw, names: readonly string[]): Values => {
  const values: Values = {};
  for (const [at, name] of names.entries()) values[name] = raw[SYSTEM.length + at] ?? null;
  const custom = raw[3];
  if (typeof custom === 'string') Object.assign(values, JSON.parse(custom));
  return values;
};

type Pointer = { readonly key: string; readonly table: TableName; readonly id: string };

/** Where the links and references of a row point. */
const pointersOf = (table: TableName): ((values: Values) => readonly Pointer[]) => {
  const links = storedFields(table).flatMap(([key, field]) =>
    field.kind === 'link' || field.kind === 'ref' ? [{ key, to: field.kind === 'link' ? (field.to as TableName) : null }] : [],
  );
  return (values) =>
    links.flatMap(({ key, to }) => {
      const value = values[key];
      if (typeof value !== 'string') return [];
      const at = to === null ? splitRef(value) : { table: to, id: value };
      return at === null ? [] : [{ key, ...at }];
    });
};

const labelRows = (
  pointers: readonly (readonly Pointer[])[],
  read: LabelReader,
): readonly (Record<string, Label> | undefined)[] => {
  const wanted = new Map<TableName, Set<string>>();
  for (const { table, id } of pointers.flat()) wanted.set(table, (wanted.get(table) ?? new Set()).add(id));
  const labels = new Map([...wanted].map(([table, ids]) => [table, read(table, ids)]));
  return pointers.map((all) => {
    if (all.length === 0) return undefined;
    return Object.fromEntries(
      all.map(({ key, table, id }) => [key, labels.get(table)?.get(id) ?? { code: null, title: null, gone: true as const }]),
    );
  });
};

export type GridRows = {
  /** Rows by local number, in the order asked. A deleted one keeps its values and says `gone`. */
  byNumber(table: TableName, numbers: Iterable<number>, context: ReadContext): readonly GridRow[];
  labels: LabelReader;
};

export const createGridRows = (db: Database): GridRows => {
  const labels = createLabelReader(db);
  const issues = createIssueLoader(db);
  const prepare = (table: TableName) => {
    const plan = rowPlan(table);
    const factsFrom = SYSTEM.length + plan.values.length;
    return {
      rows: db.prepare<[Record<string, Scalar>], Raw>(plan.sql).raw(),
      names: plan.values,
      pointers: pointersOf(table),
      chips: (raw: Raw): readonly string[] =>
        plan.facts.length === 0 ? [] : chipsOfFacts(table, (name) => raw[factsFrom + plan.facts.indexOf(name)] ?? null),
    };
  };
  const prepared = new Map<TableName, ReturnType<typeof prepare>>();

  const read = (table: TableName, numbers: readonly number[], context: ReadContext): readonly GridRow[] => {
    const plan = prepared.get(table) ?? prepare(table);
    prepared.set(table, plan);
    const found = plan.rows.all({ ...contextParams(context), ids: JSON.stringify(numbers) });
    const values = found.map((raw) => valuesOf(raw, plan.names));
    const named = labelRows(values.map(plan.pointers), labels);
    const ids = found.map((raw) => String(raw[1]));
    const { cells, below, importing } = issues(table, ids, numbers);
    const rows = new Map(
      found.map((raw, at): [number, GridRow] => {
        const id = ids[at] ?? '';
        const n = Number(raw[0]);
        const row: GridRow = { id, v: values[at] ?? {} };
        const label = named[at];
        if (label !== undefined) row.l = label;
        const cell = cells.get(id);
        if (cell !== undefined) row.i = cell;
        const count = below.get(id);
        if (count !== undefined) row.below = count;
        const chips = plan.chips(raw);
        if (chips.length > 0) row.chips = [...chips];
        if (importing.has(n)) row.importing = true;
        if (raw[2] !== 1) row.gone = raw[2] === ELSEWHERE ? 'elsewhere' : 'deleted';
        return [n, row];
      }),
    );
    return numbers.map((n) => rows.get(n) ?? { id: '', v: {}, gone: 'deleted' });
  };

  return { labels, byNumber: (table, numbers, context) => read(table, [...numbers], context) };
};
