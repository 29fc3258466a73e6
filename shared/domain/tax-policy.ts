/**
 * A company's tax table and how it is worked (M3), and the copy of it that stands on a document from the day it is agreed
 * on (M6): whatever the company decides later, and on whatever device it is worked out again, that document comes to the
 * same.
 */
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { exemptionOn, taxRows, type Taxable, type TaxRow } from './tax.ts';

const code = z.string().min(1).max(20);
const modes = ['half_up', 'half_even', 'up', 'down'] as const;

/** How tax is worked, with the rates it is worked by. */
const worked = z.strictObject({
  /** Which table it is, in words a person can ask about. */
  version: z.string().max(40),
  scope: z.enum(['line', 'document']),
  /** Prices have their tax inside. */
  isIncluded: z.boolean(),
  mode: z.enum(modes),
  /** The code of freight; null = outside tax. */
  freight: code.nullable(),
  /** Fractions in millionths, by code. */
  rates: z.record(code, z.int().min(0).max(10_000_000)),
});

const policy = worked.extend({
  /** The number of the certificate that frees the customer; null = taxed. */
  exempt: z.string().nullable(),
});

export type TaxTable = z.output<typeof worked>;
export type TaxPolicy = z.output<typeof policy>;

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
export const readTaxTable = (value: unknown): TaxTable | null => worked.safeParse(value).data ?? null;

export const writeTaxPolicy = (of: TaxPolicy): string => canonicalJson(of);

/** What stands on a document; null where nothing does, or nothing that can be read. */
export const readTaxPolicy = (text: unknown): TaxPolicy | null => {
  if (typeof text !== 'string') return null;
  try {
    return policy.safeParse(JSON.parse(text)).data ?? null;
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
