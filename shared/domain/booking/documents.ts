/**
 * Papers of partners (B7): whoever comes to a site has every required paper valid on the day of the visit, not today, and
 * its cover high enough. What is missing is a hard stop that only a named person with a reason steps over.
 */
import { daysBetween } from '../dates.ts';

export type PartnerPaper = {
  readonly type: string;
  readonly validFrom: string | null;
  /** The last day it holds; null = no end. */
  readonly validTo: string | null;
  /** Minor units; null where it covers no sum. */
  readonly cover: bigint | null;
};

export type Requirement = { readonly type: string; readonly label: string; readonly cover: bigint | null };

export type PaperFault = {
  readonly type: string;
  readonly label: string;
  readonly fault: 'missing' | 'expired' | 'not_yet' | 'cover';
  /** The last day of the newest one, where there is one. */
  readonly validTo: string | null;
};

const holdsOn = ({ validFrom, validTo }: PartnerPaper, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);

const faultOf = ({ type, label, cover }: Requirement, papers: readonly PartnerPaper[], day: string): PaperFault | null => {
  const own = papers.filter((paper) => paper.type === type);
  const valid = own.filter((paper) => holdsOn(paper, day));
  if (valid.some((paper) => cover === null || (paper.cover ?? 0n) >= cover)) return null;
  const validTo = own.reduce<string | null>((last, paper) => ((paper.validTo ?? '') > (last ?? '') ? paper.validTo : last), null);
  if (valid.length > 0) return { type, label, fault: 'cover', validTo };
  if (own.length === 0) return { type, label, fault: 'missing', validTo };
  const isEarly = own.some((paper) => paper.validFrom !== null && day < paper.validFrom);
  return { type, label, fault: isEarly ? 'not_yet' : 'expired', validTo };
};

/** What keeps a partner from coming on a day, in the order it is required. */
export const paperFaults = (
  required: readonly Requirement[],
  papers: readonly PartnerPaper[],
  visitDay: string,
): readonly PaperFault[] => required.flatMap((one) => faultOf(one, papers, visitDay) ?? []);

const sayPaperFault = ({ label, fault, validTo }: PaperFault, visitDay: string): string => {
  if (fault === 'missing') return `${label} is missing`;
  if (fault === 'cover') return `${label} covers too little`;
  return fault === 'not_yet' ? `${label} does not hold yet on ${visitDay}` : `${label} ends ${validTo}, before ${visitDay}`;
};

/** Everything that is in the way, in words; null where nothing is. */
export const sayFaults = (faults: readonly PaperFault[], visitDay: string): string | null =>
  faults.length === 0 ? null : `${faults.map((fault) => sayPaperFault(fault, visitDay)).join('; ')}.`;

/** Why a partner may not be booked for a day; null where nothing is in the way or a named person gave a reason. */
export const judgePapers = (
  faults: readonly PaperFault[],
  visitDay: string,
  override: { readonly by: string | null; readonly reason: string | null } | null,
): string | null => {
  const isOverridden = override !== null && override.by !== null && (override.reason ?? '').trim() !== '';
  return isOverridden ? null : sayFaults(faults, visitDay);
};

/** The alerts before a paper ends: 30, 14 and 7 days (RULES 3.15). */
export const PAPER_ALERTS = [30, 14, 7] as const;

/** The nearest alert that has come, 0 once it is over; null while its end is far. */
export const paperAlert = (validTo: string, today: string): number | null => {
  const left = daysBetween(today, validTo);
  if (left < 0) return 0;
  return PAPER_ALERTS.findLast((days) => left <= days) ?? null;
};
