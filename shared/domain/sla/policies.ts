/**
 * Which policy a case is under: the first of an ordered list that fits (L2). A policy fits by what it names; one that
 * names nothing fits nothing, unless it is the default that stands last and says so.
 */

const conditionKeys = ['tier', 'account', 'kind', 'severity'] as const;
type Facts = Readonly<Record<(typeof conditionKeys)[number], string | null>>;

export type Policy = {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly isActive: boolean;
  readonly isDefault: boolean;
  /** Null = not asked. */
  readonly asks: Facts;
};

const WORDS = { tier: 'tier', account: 'account', kind: 'type', severity: 'severity' } as const;

/** Why a policy does not fit, in words, or null where it fits. */
const misfit = ({ isActive, isDefault, asks }: Policy, facts: Facts, isLast: boolean): string | null => {
  if (!isActive) return 'it is switched off';
  const asked = conditionKeys.filter((key) => asks[key] !== null);
  if (isDefault && !isLast) return 'a default counts only where it stands last';
  if (asked.length === 0 && !isDefault) return 'it names nothing and is not the default';
  const other = asked.find((key) => asks[key] !== facts[key]);
  return other === undefined ? null : `it is for another ${WORDS[other]}`;
};

type Choice = {
  readonly policy: Policy | null;
  /** Those before it, and why they were passed over. */
  readonly passed: readonly { readonly name: string; readonly why: string }[];
};

export const choosePolicy = (policies: readonly Policy[], facts: Facts): Choice => {
  const inOrder = policies.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const last = inOrder.findLast(({ isActive }) => isActive);
  const passed: { name: string; why: string }[] = [];
  for (const policy of inOrder) {
    const why = misfit(policy, facts, policy === last);
    if (why === null) return { policy, passed };
    passed.push({ name: policy.name, why });
  }
  return { policy: null, passed };
};
