/** The charges of a freight quote (Q4). A surcharge nobody thought of is the classic loss: what is mandatory is said, or it is not sent. */

/** Codes that a mode of transport cannot be quoted without. */
export type ChargeTemplate = { readonly mode: string; readonly mandatory: readonly string[] };

/** Minor units; zero is an answer, null is none. A charge inside the freight rate is answered too. */
export type QuotedCharge = { readonly code: string; readonly amount: bigint | null; readonly isIncluded: boolean };

/** What a freight quote prints beside its rates; null = not said. */
export type FreightTerms = {
  readonly ratesUntil: string | null;
  readonly transit: string | null;
  readonly freeDays: number | null;
};

export type ChargeBlock = {
  readonly code: 'CHARGE_BLANK' | 'RATES_UNTIL' | 'TRANSIT' | 'FREE_TIME';
  readonly charge: string | null;
};

const blankCodes = ({ mandatory }: ChargeTemplate, charges: readonly QuotedCharge[]): readonly string[] =>
  mandatory.filter((code) => !charges.some((one) => one.code === code && (one.isIncluded || one.amount !== null)));

/** What keeps a freight quote from being sent, in the order it is printed. */
export const chargeBlocks = (
  template: ChargeTemplate,
  charges: readonly QuotedCharge[],
  terms: FreightTerms,
): readonly ChargeBlock[] => [
  ...blankCodes(template, charges).map((charge): ChargeBlock => ({ code: 'CHARGE_BLANK', charge })),
  ...(terms.ratesUntil === null ? [{ code: 'RATES_UNTIL', charge: null } as const] : []),
  ...(terms.transit === null || terms.transit.trim() === '' ? [{ code: 'TRANSIT', charge: null } as const] : []),
  ...(terms.freeDays === null ? [{ code: 'FREE_TIME', charge: null } as const] : []),
];
