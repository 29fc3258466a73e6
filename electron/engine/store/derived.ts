/**
 * Columns made of other columns, never synced: keys to order and match by, the id inside a reference, and what an
 * order line comes to. Written with the row, so that lists and sums read them like any other column.
 */
import { minorDigits } from '../../../shared/domain/currency.ts';
import { matchKey, sortKey } from '../../../shared/domain/fold.ts';
import { lineNet18, netMicros, roundMinor } from '../../../shared/domain/money.ts';
import { tableNames } from '../../../shared/model/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { StoredRow } from './api.ts';
import { layoutOf } from './layout.ts';
import type { Column } from './layout.ts';

/** A BigInt is bound as a whole 64-bit integer. */
export type DerivedValue = Scalar | bigint;

/** What a derivation may ask beside the row. */
export type Look = {
  isBad(field: string): boolean;
  /** The currency of an order, null when it has none or is not here. */
  currencyOf(order: string): string | null;
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
const LINE_FIELDS = [...AMOUNTS, 'order_id'];

/**
 * What a line comes to, exactly, in 10^-18 of its currency; null while one of its amounts is missing or cannot be
 * read. No discount is a discount of nothing.
 */
const net18 = (row: StoredRow, look: Look): bigint | null => {
  const { qty, price, discount } = row;
  if (AMOUNTS.some((field) => look.isBad(field)) || typeof qty !== 'number' || typeof price !== 'number') return null;
  return lineNet18(qty, price, typeof discount === 'number' ? discount : 0);
};

const lineMicros = (row: StoredRow, look: Look): bigint | null => {
  const exact = net18(row, look);
  const micros = exact === null ? null : netMicros(exact);
  return micros !== null && isWithin(micros, INT64_MAX) ? micros : null;
};

/** Minor units of the order's currency, from the exact value and never from `net_micros`. */
const lineMinor = (row: StoredRow, look: Look): number | null => {
  const exact = net18(row, look);
  if (exact === null) return null;
  const currency = typeof row['order_id'] === 'string' ? look.currencyOf(row['order_id']) : null;
  const minor = roundMinor(exact, minorDigits(currency));
  return isWithin(minor, BigInt(Number.MAX_SAFE_INTEGER)) ? Number(minor) : null;
};

const compile = (name: TableName): TableDerived => {
  const keys = layoutOf(name).columns.flatMap(ofColumn);
  if (name !== 'order_lines') return { columns: keys, shown: [] };
  return {
    columns: [
      ...keys,
      { name: 'net_micros', from: LINE_FIELDS, make: lineMicros },
      { name: 'net', from: LINE_FIELDS, make: lineMinor },
    ],
    shown: ['net'],
  };
};

const compiled: ReadonlyMap<TableName, TableDerived> = new Map(tableNames.map((name) => [name, compile(name)]));

export const derivedOf = (name: TableName): TableDerived => compiled.get(name) ?? { columns: [], shown: [] };

/** Changing one of these fields of an owner makes the named fields' derivations on its children stale. */
export const staleChildren: readonly {
  readonly owner: TableName;
  readonly field: string;
  readonly child: TableName;
  readonly link: string;
}[] = [{ owner: 'orders', field: 'currency', child: 'order_lines', link: 'order_id' }];
