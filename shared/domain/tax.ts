/**
 * Tax on what lines come to (RULES.md M3 to M5), in minor units. A document says whether tax is rounded by line or once
 * per tax code, and whether its prices include it. A code without a rate is named and never taken for no tax.
 */
import { divideRounded, type Rounding } from './decimal.ts';
import { MICRO } from './kinds.ts';

const ONE = BigInt(MICRO);

export type TaxPolicy = {
  /** Rounded on every line, or once over the nets of each tax code. */
  readonly scope: 'line' | 'document';
  /** The amounts include their tax. */
  readonly isIncluded: boolean;
  readonly mode: Rounding;
};

/** An amount in minor units under a tax code; null = outside tax. */
export type Taxable = { readonly code: string | null; readonly amount: bigint };

export type TaxRow = { readonly code: string; readonly rate: number; readonly base: bigint; readonly tax: bigint };

/** Tax on a net amount. @param rate in millionths */
export const taxOn = (net: bigint, rate: number, mode: Rounding = 'half_up'): bigint =>
  divideRounded(net * BigInt(rate), ONE, mode);

/** M4: the tax inside a gross amount. The base is gross − tax, never rounded by itself: the two always add up. */
export const taxWithin = (gross: bigint, rate: number, mode: Rounding = 'half_up'): bigint =>
  divideRounded(gross * BigInt(rate), ONE + BigInt(rate), mode);

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);

/**
 * Base and tax of each code, by code.
 * @returns `missing`: codes that no rate is known of; a document with one is not complete
 */
export const taxRows = (
  parts: readonly Taxable[],
  rates: ReadonlyMap<string, number>,
  { scope, isIncluded, mode }: TaxPolicy,
): { readonly rows: readonly TaxRow[]; readonly missing: readonly string[] } => {
  const byCode = new Map<string, bigint[]>();
  for (const { code, amount } of parts) if (code !== null) byCode.set(code, [...(byCode.get(code) ?? []), amount]);
  const codes = [...byCode].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const taxOf = isIncluded ? taxWithin : taxOn;
  const rows = codes.flatMap(([code, amounts]): readonly TaxRow[] => {
    const rate = rates.get(code);
    if (rate === undefined) return [];
    const whole = sum(amounts);
    const tax = scope === 'document' ? taxOf(whole, rate, mode) : sum(amounts.map((amount) => taxOf(amount, rate, mode)));
    return [{ code, rate, base: isIncluded ? whole - tax : whole, tax }];
  });
  return { rows, missing: codes.flatMap(([code]) => (rates.has(code) ? [] : [code])) };
};

/** A certificate that frees a customer from tax. */
export type Exemption = { readonly certificate: string | null; readonly expiresOn: string | null };

/** M5: exempt only by a numbered certificate with an expiry day, that day included; an expired one is charged and warned of. */
export const exemptionOn = (exemption: Exemption | null, day: string): 'exempt' | 'expired' | 'incomplete' | 'none' => {
  if (exemption === null) return 'none';
  const { certificate, expiresOn } = exemption;
  if (certificate === null || certificate.trim() === '' || expiresOn === null) return 'incomplete';
  return day <= expiresOn ? 'exempt' : 'expired';
};
