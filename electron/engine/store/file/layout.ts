/**
 * The model seen as tables of the database: which columns a table has, who owns whom. Compiled once, so that the
 * write path looks nothing up by name more than it must.
 */
import { isIntegerKind } from '../../../../shared/domain/kinds.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { isTableName, storedFields, tableNames, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';

export type Column = { readonly name: string; readonly field: Field; readonly isInteger: boolean };

/** A link from a child table to the table that owns it. */
export type Ownership = { readonly child: TableName; readonly field: string; readonly owner: TableName };

export type Layout = {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly column: ReadonlyMap<string, Column>;
  readonly states: readonly string[];
  /** What a new row starts with. */
  readonly defaults: readonly (readonly [string, string | number])[];
  /** A row with nothing in it: copied, so that all rows of a table have one shape. */
  readonly blank: Readonly<Record<string, Scalar>>;
  readonly owner: Ownership | null;
  readonly isInsertOnly: boolean;
  /** Which log transaction of a command a row goes to: shared first (DECISIONS.md 4). */
  readonly scopeRank: number;
  /** The field that holds the number of the device series, and the series' letter; where it has a legal one, the field of that. */
  readonly series: { readonly letter: string; readonly field: string; readonly legal: string | null } | null;
};

const scopeRanks = { shared: 0, account: 1, private: 2 } as const;

const ownershipOf = (name: TableName): Ownership | null => {
  const { owner, fields } = tableOf(name);
  const link = owner === undefined ? undefined : fields[owner];
  if (owner === undefined || link?.kind !== 'link' || !isTableName(link.to)) return null;
  return { child: name, field: owner, owner: link.to };
};

const compile = (name: TableName): Layout => {
  const table = tableOf(name);
  const columns = storedFields(name).map(([key, field]) => ({ name: key, field, isInteger: isIntegerKind(field.kind) }));
  return {
    name,
    columns,
    column: new Map(columns.map((column) => [column.name, column])),
    states: columns.filter((column) => column.field.kind === 'state').map((column) => column.name),
    defaults: columns.flatMap(({ name: key, field }) => (field.default === undefined ? [] : [[key, field.default] as const])),
    blank: { id: '', ...Object.fromEntries(columns.map((column) => [column.name, null])) },
    owner: ownershipOf(name),
    isInsertOnly: table.insertOnly === true,
    scopeRank: scopeRanks[table.scope],
    series:
      table.series !== undefined && table.code !== undefined
        ? { letter: table.series, field: table.code, legal: table.legal ?? null }
        : null,
  };
};

const layouts: ReadonlyMap<TableName, Layout> = new Map(tableNames.map((name) => [name, compile(name)]));

export const layoutOf = (name: TableName): Layout => {
  const layout = layouts.get(name);
  if (layout === undefined) throw new Error(`No table ${name}`);
  return layout;
};

/** The fields that hold numbers of documents: the device's own, and the legal one. */
export const numberFields = (name: TableName): readonly string[] => {
  const { series } = layoutOf(name);
  return series === null ? [] : series.legal === null ? [series.field] : [series.field, series.legal];
};

const owned: ReadonlyMap<TableName, readonly Ownership[]> = new Map(
  tableNames.map((name) => [name, [...layouts.values()].flatMap(({ owner }) => (owner?.owner === name ? [owner] : []))]),
);

/** The tables whose rows a row of this table owns. */
export const childrenOf = (name: TableName): readonly Ownership[] => owned.get(name) ?? [];

/** Model names are lower case words, but some are words of SQL too (`table`, `row`). */
export const quote = (name: string): string => `"${name}"`;

export const isCustom = (field: string): boolean => field.startsWith('x_');
