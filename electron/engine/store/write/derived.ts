/**
 * Columns made of other columns, never synced: keys to order and match by, the id inside a reference, and what an
 * order line comes to. Written with the row, so that lists and sums read them like any other column.
 */
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { matchKey, sortKey } from '../../../../shared/domain/fold.ts';
import { lineExact18, lineNet18, lineWorkOf, netMicros, roundMinor } from '../../../../shared/domain/money.ts';
import {
  documentOfLines,
  documents,
  documentTables,
  type DocumentTable,
  type LineTable,
} from '../../../../shared/model/documents.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { StoredRow } from '../api.ts';
import { layoutOf } from '../file/layout.ts';
import type { Column } from '../file/layout.ts';

/** A BigInt is bound as a whole 64-bit integer. */
export type DerivedValue = Scalar | bigint;

/** What of a document its lines are worked out by. */
export const moneyFields = ['currency', 'line_rounding'] as const;
export type Money = Readonly<Partial<Record<(typeof moneyFields)[number], Scalar>>>;

/** What a derivation may ask beside the row. */
export type Look = {
  isBad(field: string): boolean;
  /** What a document says of its money, empty where it is not here. */
  documentOf(table: DocumentTable, id: string): Money;
};

type Derived = {
  readonly name: string;
  /** The fields it is made of. */
  readonly from: readonly string[];
  readonly make: (row: StoredRow, look: Look) => DerivedValue;
};

export type TableDerived = {
  readonly columns: readonly Derived[];
  /** Those that are also values of the row as services see it. */
  readonly shown: readonly string[];
};

const INT64_MAX = 2n ** 63n - 1n;
const isWithin = (value: bigint, limit: bigint): boolean => value <= limit && value >= -limit;

const keyOf =
  (field: string, make: (text: string) => string) =>
  (row: StoredRow): string | null => {
    const value = row[field];
    return typeof value === 'string' ? make(value) : null;
  };

/** The id inside `<table>/<id>`. */
const idOfRef = (text: string): string => text.slice(text.indexOf('/') + 1);

const ofColumn = ({ name, field }: Column): readonly Derived[] => {
  if (field.kind === 'ref') return [{ name: `${name}_id`, from: [name], make: keyOf(name, idOfRef) }];
  if (field.keyed !== true) return [];
  return [
    { name: `${name}_sort`, from: [name], make: keyOf(name, sortKey) },
    { name: `${name}_match`, from: [name], make: keyOf(name, matchKey) },
  ];
};

const AMOUNTS = ['qty', 'price', 'discount'];

/** A line exactly, in 10^-18 of its currency, and to how many digits that is rounded. */
type Exact = { readonly exact: bigint; readonly digits: number };

/**
 * What a line comes to by its document's order of work (M2); null while one of its amounts is missing or cannot be
 * read. No discount is a discount of nothing.
 */
const exactOf = (document: DocumentTable, row: StoredRow, look: Look): Exact | null => {
  const { qty, price, discount } = row;
  if (AMOUNTS.some((field) => look.isBad(field)) || typeof qty !== 'number' || typeof price !== 'number') return null;
  const owner = row[documents[document].link];
  const { currency, line_rounding: work } = typeof owner === 'string' ? look.documentOf(document, owner) : {};
  const digits = minorDigits(typeof currency === 'string' ? currency : null);
  const line = { qty, price, discount: typeof discount === 'number' ? discount : 0 };
  return { exact: lineExact18(line, lineWorkOf(work), digits), digits };
};

const lineMicros =
  (document: DocumentTable) =>
  (row: StoredRow, look: Look): bigint | null => {
    const line = exactOf(document, row, look);
    const micros = line === null ? null : netMicros(line.exact);
    return micros !== null && isWithin(micros, INT64_MAX) ? micros : null;
  };

/** Minor units of the document's currency, from the exact value and never from `net_micros`. */
const lineMinor =
  (document: DocumentTable) =>
  (row: StoredRow, look: Look): number | null => {
    const line = exactOf(document, row, look);
    if (line === null) return null;
    const minor = roundMinor(line.exact, line.digits);
    return isWithin(minor, BigInt(Number.MAX_SAFE_INTEGER)) ? Number(minor) : null;
  };

/** What the goods of a line cost, in millionths of its currency; null while that is not known. */
const lineCost = ({ qty, cost }: StoredRow, look: Look): bigint | null => {
  if (look.isBad('qty') || typeof qty !== 'number' || typeof cost !== 'number') return null;
  const micros = netMicros(lineNet18(qty, cost, 0));
  return isWithin(micros, INT64_MAX) ? micros : null;
};

const ofLines = (document: DocumentTable): readonly Derived[] => [
  { name: 'net_micros', from: [...AMOUNTS, documents[document].link], make: lineMicros(document) },
  { name: 'net', from: [...AMOUNTS, documents[document].link], make: lineMinor(document) },
];

const moreOfLines: Partial<Record<LineTable, readonly Derived[]>> = {
  quote_lines: [{ name: 'cost_micros', from: ['qty', 'cost'], make: lineCost }],
};

const compile = (name: TableName): TableDerived => {
  const keys = layoutOf(name).columns.flatMap(ofColumn);
  const document = documentOfLines(name);
  if (document === undefined) return { columns: keys, shown: [] };
  return { columns: [...keys, ...ofLines(document), ...(moreOfLines[documents[document].lines] ?? [])], shown: ['net'] };
};

const compiled: ReadonlyMap<TableName, TableDerived> = new Map(tableNames.map((name) => [name, compile(name)]));

export const derivedOf = (name: TableName): TableDerived => compiled.get(name) ?? { columns: [], shown: [] };

/** Changing one of these fields of an owner makes the named fields' derivations on its children stale. */
export const staleChildren: readonly {
  readonly owner: TableName;
  readonly field: string;
  readonly child: TableName;
  readonly link: string;
}[] = documentTables.flatMap((owner) =>
  moneyFields.map((field) => ({ owner, field, child: documents[owner].lines, link: documents[owner].link })),
);
