/**
 * A company's tax table and how it is worked (M3), and the copy of it that stands on a document from the day it is agreed
 * on (M6): whatever the company decides later, and on whatever device it is worked out again, that document comes to the
 * same.
 */
import { canonicalJson } from './canonical.ts';
import type { Rounding } from './decimal.ts';
import { exemptionOn, taxRows, type Taxable, type TaxRow } from './tax.ts';

/** How tax is worked, with the rates it is worked by. */
export type TaxTable = {
  /** Which table it is, in words a person can ask about. */
  readonly version: string;
  readonly scope: 'line' | 'document';
  /** Prices have their tax inside. */
  readonly isIncluded: boolean;
  readonly mode: Rounding;
  /** The code of freight; null = outside tax. */
  readonly freight: string | null;
  /** Fractions in millionths, by code. */
  readonly rates: Readonly<Record<string, number>>;
};

export type TaxPolicy = TaxTable & {
  /** The number of the certificate that frees the customer; null = taxed. */
  readonly exempt: string | null;
};

const modes: readonly unknown[] = ['half_up', 'half_even', 'up', 'down'] satisfies readonly Rounding[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isRate = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isTable = (value: unknown): value is TaxTable =>
  isObject(value) &&
  typeof value['version'] === 'string' &&
  (value['scope'] === 'line' || value['scope'] === 'document') &&
  typeof value['isIncluded'] === 'boolean' &&
  modes.includes(value['mode']) &&
  isTextOrNull(value['freight']) &&
  isObject(value['rates']) &&
  Object.values(value['rates']).every(isRate);

const isPolicy = (value: unknown): value is TaxPolicy => isObject(value) && isTextOrNull(value['exempt']) && isTable(value);

/** Of a company that has set no tax up, and of documents from before there was any: no code means anything. */
export const noTax: TaxPolicy = {
  version: '',
  scope: 'line',
  isIncluded: false,
  mode: 'half_up',
  freight: null,
  rates: {},
  exempt: null,
};

/** A table as it was set; null where there is none, or none that can be read. */
export const readTaxTable = (value: unknown): TaxTable | null => (isTable(value) ? value : null);

export const writeTaxPolicy = (of: TaxPolicy): string => canonicalJson(of);

/** What stands on a document; null where nothing does, or nothing that can be read. */
export const readTaxPolicy = (text: unknown): TaxPolicy | null => {
  if (typeof text !== 'string') return null;
  try {
    const read: unknown = JSON.parse(text);
    return isPolicy(read) ? read : null;
  } catch {
    return null;
  }
};

/** The certificate of an account as it stands on a day. */
export const exemptOn = (certificate: string | null, expiresOn: string | null, day: string): ReturnType<typeof exemptionOn> =>
  exemptionOn(certificate === null && expiresOn === null ? null : { certificate, expiresOn }, day);

/** Whether tax is worked at all: a table that was never set up asks nothing of any code. */
export const isTaxed = ({ version, exempt }: TaxPolicy): boolean => version !== '' && exempt === null;

export type Taxes = {
  readonly rows: readonly TaxRow[];
  readonly missing: readonly string[];
  /** What comes on top of the amounts, in minor units: nothing where it is inside them. */
  readonly added: bigint;
};

/** Tax on amounts in minor units by what stands on their document. */
export const taxesOf = (parts: readonly Taxable[], of: TaxPolicy): Taxes => {
  if (!isTaxed(of)) return { rows: [], missing: [], added: 0n };
  const { rows, missing } = taxRows(parts, new Map(Object.entries(of.rates)), of);
  return { rows, missing, added: of.isIncluded ? 0n : rows.reduce((sum, { tax }) => sum + tax, 0n) };
};
