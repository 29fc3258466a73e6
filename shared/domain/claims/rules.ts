/**
 * When a claim on a carrier has to be made and answered (T2). The days come from the rules agreed with the carrier, never
 * from the program: those of United States road freight are what a new file begins with.
 */
import { addDays, addMonths } from '../dates.ts';

export type ClaimRules = {
  /** Months from proof of delivery in which the claim is filed. */
  readonly fileMonths: number;
  /** Days to tell of damage that nobody could see at the door; null = as long as any other. */
  readonly concealedDays: number | null;
  /** Days in which the carrier acknowledges, and pays, declines or offers. */
  readonly acknowledgeDays: number;
  readonly decideDays: number;
  /** Days between its reports after that. */
  readonly statusDays: number;
  /** From the denial on: months and days in which it can be taken to court. */
  readonly suitMonths: number;
  readonly suitDays: number;
};

/** 49 CFR 370.3 to 370.9 and 49 USC 14706(e). */
export const usRoad: ClaimRules = {
  fileMonths: 9,
  concealedDays: null,
  acknowledgeDays: 30,
  decideDays: 120,
  statusDays: 60,
  suitMonths: 24,
  suitDays: 1,
};

export type ClaimFacts = {
  /** Proof of delivery; of what never came, the day it should have. */
  readonly deliveredOn: string;
  readonly isConcealed: boolean;
  /** When the carrier was told of it. */
  readonly toldOn: string | null;
  readonly filedOn: string | null;
  readonly acknowledgedOn: string | null;
  /** Its last word on how it goes. */
  readonly statusOn: string | null;
  /** It paid, declined or made an offer. */
  readonly decidedOn: string | null;
  readonly deniedOn: string | null;
  readonly isClosed: boolean;
};

export type ClaimDeadline = {
  readonly kind: 'tell' | 'file' | 'acknowledge' | 'decide' | 'status' | 'suit';
  /** The last day. */
  readonly due: string;
  /** Who has to act. */
  readonly who: 'us' | 'carrier';
  /** The day it was done; null = it is open. */
  readonly doneOn: string | null;
};

const told = (rules: ClaimRules, { deliveredOn, isConcealed, toldOn, filedOn }: ClaimFacts): readonly ClaimDeadline[] =>
  isConcealed && rules.concealedDays !== null
    ? [{ kind: 'tell', due: addDays(deliveredOn, rules.concealedDays), who: 'us', doneOn: toldOn ?? filedOn }]
    : [];

/** The first report is due so many days after the time to decide; each later one so many after the last. */
const statusDue = (rules: ClaimRules, filedOn: string, { statusOn }: ClaimFacts): string => {
  const first = addDays(filedOn, rules.decideDays + rules.statusDays);
  const next = statusOn === null ? first : addDays(statusOn, rules.statusDays);
  return next > first ? next : first;
};

const answered = (rules: ClaimRules, filedOn: string, facts: ClaimFacts): readonly ClaimDeadline[] => {
  const { acknowledgedOn, decidedOn } = facts;
  return [
    { kind: 'acknowledge', due: addDays(filedOn, rules.acknowledgeDays), who: 'carrier', doneOn: acknowledgedOn ?? decidedOn },
    { kind: 'decide', due: addDays(filedOn, rules.decideDays), who: 'carrier', doneOn: decidedOn },
    ...(decidedOn === null
      ? [{ kind: 'status', due: statusDue(rules, filedOn, facts), who: 'carrier', doneOn: null } as const]
      : []),
  ];
};

/** Every deadline of a claim as it stands, in the order they come; of a closed one none. */
export const claimDeadlines = (rules: ClaimRules, facts: ClaimFacts): readonly ClaimDeadline[] => {
  if (facts.isClosed) return [];
  const { deliveredOn, filedOn, deniedOn } = facts;
  return [
    ...told(rules, facts),
    { kind: 'file', due: addMonths(deliveredOn, rules.fileMonths), who: 'us', doneOn: filedOn },
    ...(filedOn === null ? [] : answered(rules, filedOn, facts)),
    ...(deniedOn === null
      ? []
      : [
          { kind: 'suit', due: addDays(addMonths(deniedOn, rules.suitMonths), rules.suitDays), who: 'us', doneOn: null } as const,
        ]),
  ];
};

/** The next thing that has to be done, by us or by the carrier; null = nothing is open. */
export const nextDeadline = (deadlines: readonly ClaimDeadline[]): ClaimDeadline | null =>
  deadlines.filter(({ doneOn }) => doneOn === null).toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0] ?? null;
