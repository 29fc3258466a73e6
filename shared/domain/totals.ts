/**
 * What a document comes to, from its lines, its header discount, its charges and the policies stored on it (RULES.md
 * M1 to M6). The policies are the document's own, so that any device, at any time, gives the same total; the lines
 * with their shares always add up to it.
 */
import { allocate } from './allocate.ts';
import type { Rounding } from './decimal.ts';
import { lineExact18, orderNet, roundMinor, type LineWork } from './money.ts';
import { taxRows, type Taxable, type TaxRow } from './tax.ts';

/** Stored on the document, and nothing else decides (M6). */
export type DocumentPolicy = {
  /** Digits of the currency's minor unit. */
  readonly digits: number;
  readonly mode: Rounding;
  /** M2: (a) the whole line is rounded, or (b) its unit price is, before it is multiplied. */
  readonly work: LineWork;
  /** Whether each line is rounded, or their sum once. */
  readonly rounding: 'line' | 'document';
  /** M3. */
  readonly tax: 'line' | 'document';
  /** Tax may be rounded otherwise than the amounts it is of (M1). */
  readonly taxMode: Rounding;
  readonly isTaxIncluded: boolean;
  readonly taxTable: string;
  /** Rate in millionths, the day it is of, and who says so; null = the document is in the company's currency. */
  readonly fx: { readonly rate: number; readonly on: string; readonly source: string } | null;
};

/** Quantity, price and discount in millionths. */
export type DocumentLine = {
  readonly id: string;
  readonly qty: number;
  readonly price: number;
  readonly discount: number;
  readonly taxCode: string | null;
};

/** Freight or a fee, in minor units, under its own tax code. */
export type Charge = { readonly id: string; readonly amount: bigint; readonly taxCode: string | null };

export type DocumentInput = {
  readonly lines: readonly DocumentLine[];
  /** Minor units taken off the whole. */
  readonly discount: bigint;
  readonly charges: readonly Charge[];
  /** Tax rates in millionths, by code, of the table the policy names. */
  readonly rates: ReadonlyMap<string, number>;
};

/** Minor units. `total` is the line's share of the document before tax: net + rounding − discount + charges. */
export type LineTotal = {
  readonly id: string;
  readonly net: bigint;
  readonly rounding: bigint;
  readonly discount: bigint;
  readonly charges: bigint;
  readonly total: bigint;
};

export type DocumentTotals = {
  /** In id order, whatever order they came in. */
  readonly lines: readonly LineTotal[];
  readonly net: bigint;
  readonly discount: bigint;
  readonly charges: bigint;
  readonly taxes: readonly TaxRow[];
  readonly tax: bigint;
  readonly total: bigint;
  /** Tax codes without a rate: the total is not complete. */
  readonly missing: readonly string[];
};

const sumOf = <T>(list: readonly T[], amountOf: (one: T) => bigint): bigint => list.reduce((sum, one) => sum + amountOf(one), 0n);

/** What the lines come to, by the document's own rounding: what a discount of the whole is taken off. */
export const documentNet = (lines: readonly DocumentLine[], { work, rounding, digits, mode }: DocumentPolicy): bigint =>
  orderNet(
    lines.map((line) => lineExact18(line, work, digits)),
    rounding,
    digits,
    mode,
  );

const shareOut = (input: DocumentInput, policy: DocumentPolicy): Pick<DocumentTotals, 'lines' | 'net' | 'charges'> => {
  const { digits, mode } = policy;
  const nets = input.lines
    .map((line) => ({ id: line.id, exact: lineExact18(line, policy.work, digits) }))
    .map(({ id, exact }) => ({ id, exact, net: roundMinor(exact, digits, mode) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const exacts = nets.map(({ exact }) => exact);
  const net = orderNet(exacts, policy.rounding, digits, mode);
  const charges = sumOf(input.charges, ({ amount }) => amount);
  const roundings = allocate(net - sumOf(nets, (line) => line.net), nets);
  const discounts = allocate(input.discount, nets);
  const charged = allocate(charges, nets);
  const lines = nets.map(({ id, net: own }): LineTotal => {
    const share = { rounding: roundings.get(id) ?? 0n, discount: discounts.get(id) ?? 0n, charges: charged.get(id) ?? 0n };
    return { id, net: own, ...share, total: own + share.rounding - share.discount + share.charges };
  });
  return { lines, net, charges };
};

/** The totals of a document. Pure: the same input gives the same totals, in whatever order its lines come. */
export const documentTotals = (input: DocumentInput, policy: DocumentPolicy): DocumentTotals => {
  const { lines, net, charges } = shareOut(input, policy);
  const codes = new Map(input.lines.map(({ id, taxCode }) => [id, taxCode]));
  const taxable: readonly Taxable[] = [
    ...lines.map((line) => ({ code: codes.get(line.id) ?? null, amount: line.total - line.charges })),
    ...input.charges.map(({ taxCode, amount }) => ({ code: taxCode, amount })),
  ];
  const { rows, missing } = taxRows(taxable, input.rates, {
    scope: policy.tax,
    isIncluded: policy.isTaxIncluded,
    mode: policy.taxMode,
  });
  const tax = sumOf(rows, (row) => row.tax);
  const before = net - input.discount + charges;
  return {
    lines,
    net,
    discount: input.discount,
    charges,
    taxes: rows,
    tax,
    total: policy.isTaxIncluded ? before : before + tax,
    missing,
  };
};
