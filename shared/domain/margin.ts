/**
 * What is left of a price, and who has to agree to it (RULES.md A1, A2). Lines and the document are both judged, so
 * that a good line hides no bad one. Amounts are minor units; comparisons are exact, never on a rounded percentage.
 */
import { daysBetween } from './dates.ts';
import { divideRounded } from './decimal.ts';
import { MICRO } from './kinds.ts';
import { lineNet18, roundMinor } from './money.ts';

const ONE = BigInt(MICRO);

/** Fractions in millionths; days. The company's, or a person's own (A4). */
export type MarginLimits = {
  readonly floor: number;
  readonly hardFloor: number;
  /** The discount a person may give without asking. */
  readonly ownDiscount: number;
  /** A cost older than this is not relied on. */
  readonly costDays: number;
  readonly termDays: number;
  readonly validDays: number;
};

/** RULES.md 3.15: what the workbench ships with. */
export const defaultLimits: MarginLimits = {
  floor: 200_000,
  hardFloor: 100_000,
  ownDiscount: 50_000,
  costDays: 90,
  termDays: 30,
  validDays: 30,
};

export type MarginLine = {
  readonly id: string;
  /** After every discount, its share of the header discount included. */
  readonly net: bigint;
  /** Of the whole quantity, absorbed freight included; null = not known. */
  readonly cost: bigint | null;
  /** The day the cost is of. */
  readonly costOn: string | null;
  /** Of the line itself and its share of the header, in millionths. */
  readonly discount: number;
  /** Offered, and in no total: judged by itself alone. */
  readonly isAside?: boolean;
};

export type MarginDocument = {
  readonly lines: readonly MarginLine[];
  readonly termDays: number | null;
  readonly validDays: number | null;
  readonly hasOwnText: boolean;
};

export type Margin = {
  readonly net: bigint;
  readonly cost: bigint | null;
  readonly amount: bigint | null;
  /** (net − cost) / net in millionths, for reading; null without a net or a cost. */
  readonly percent: number | null;
};

type MarginCause =
  | 'below_floor'
  | 'below_hard_floor'
  | 'below_cost'
  | 'cost_missing'
  | 'cost_stale'
  | 'discount'
  | 'terms'
  | 'validity'
  | 'text';

/** Why somebody has to agree: on a line, or on the document (null), and who. The second needs a reason too. */
export type Trigger = { readonly cause: MarginCause; readonly line: string | null; readonly approver: 1 | 2 };

export type MarginJudgement = {
  readonly band: 'free' | 'approver_1' | 'approver_2';
  readonly document: Margin;
  readonly lines: ReadonlyMap<string, Margin>;
  readonly triggers: readonly Trigger[];
};

/** What a quantity costs, in minor units. @param qty, unitCost in millionths */
export const costOf = (qty: number, unitCost: number, digits: number): bigint => roundMinor(lineNet18(qty, unitCost, 0), digits);

export const marginOf = (net: bigint, cost: bigint | null): Margin => {
  const amount = cost === null ? null : net - cost;
  const percent = amount === null || net === 0n ? null : Number(divideRounded(amount * ONE, net));
  return { net, cost, amount, percent };
};

/** Whether a margin is under a fraction of its net; what brings in nothing is judged by its cost alone. */
const isUnder = (net: bigint, cost: bigint, fraction: number): boolean => net > 0n && (net - cost) * ONE < BigInt(fraction) * net;

const ofMargin = (net: bigint, cost: bigint, line: string | null, { floor, hardFloor }: MarginLimits): readonly Trigger[] => {
  if (net < cost) return [{ cause: 'below_cost', line, approver: 2 }];
  if (isUnder(net, cost, hardFloor)) return [{ cause: 'below_hard_floor', line, approver: 2 }];
  return isUnder(net, cost, floor) ? [{ cause: 'below_floor', line, approver: 1 }] : [];
};

/** A1: a cost without a day, or older than the limit, counts as below the floor. */
export const isCostStale = (costOn: string | null, today: string, days: number): boolean =>
  costOn === null || daysBetween(costOn, today) > days;

const ofLine = (line: MarginLine, today: string, limits: MarginLimits): readonly Trigger[] => {
  const { id, net, cost, costOn, discount } = line;
  const isStale = cost !== null && isCostStale(costOn, today, limits.costDays);
  return [
    ...(cost === null ? [{ cause: 'cost_missing', line: id, approver: 1 } as const] : ofMargin(net, cost, id, limits)),
    ...(isStale ? [{ cause: 'cost_stale', line: id, approver: 1 } as const] : []),
    ...(discount > limits.ownDiscount ? [{ cause: 'discount', line: id, approver: 1 } as const] : []),
  ];
};

const ofDocument = ({ termDays, validDays, hasOwnText }: MarginDocument, limits: MarginLimits): readonly Trigger[] => {
  const found: readonly (readonly [boolean, MarginCause])[] = [
    [termDays !== null && termDays > limits.termDays, 'terms'],
    [validDays !== null && validDays > limits.validDays, 'validity'],
    [hasOwnText, 'text'],
  ];
  return found.flatMap(([holds, cause]) => (holds ? [{ cause, line: null, approver: 1 } as const] : []));
};

const addCosts = (lines: readonly MarginLine[]): bigint | null =>
  lines.reduce<bigint | null>((sum, { cost }) => (sum === null || cost === null ? null : sum + cost), 0n);

/** Margins and all that has to be agreed to, lines in the order given, the document last. */
export const judgeMargin = (input: MarginDocument, limits: MarginLimits, today: string): MarginJudgement => {
  const counted = input.lines.filter(({ isAside }) => isAside !== true);
  const net = counted.reduce((sum, line) => sum + line.net, 0n);
  const cost = addCosts(counted);
  const triggers = [
    ...input.lines.flatMap((line) => ofLine(line, today, limits)),
    ...(cost === null ? [] : ofMargin(net, cost, null, limits)),
    ...ofDocument(input, limits),
  ];
  const isSecond = triggers.some(({ approver }) => approver === 2);
  return {
    band: isSecond ? 'approver_2' : triggers.length > 0 ? 'approver_1' : 'free',
    document: marginOf(net, cost),
    lines: new Map(input.lines.map((line) => [line.id, marginOf(line.net, line.cost)])),
    triggers,
  };
};
