/**
 * Whose limits hold for somebody, and which steps are theirs (A2, A4). Limits are rows that every device holds: those of
 * the person come before those of their role, these before the company's, and each figure is looked for by itself.
 */
import { defaultLimits, type MarginLimits } from '../margin.ts';
import type { Role } from '../roles.ts';
import type { Step } from './steps.ts';

export const approvalRights = [
  { key: 'none', label: 'Nothing' },
  { key: 'first', label: 'Step 1' },
  { key: 'second', label: 'Step 2' },
  { key: 'both', label: 'Steps 1 and 2' },
] as const;

type Right = (typeof approvalRights)[number]['key'];
type Level = Step['level'];

/** Without a person for everyone of the role, without both for everyone. Null = as is said further up. */
export type LimitRow = {
  readonly id: string;
  readonly person: string | null;
  readonly role: string | null;
  readonly approves: string | null;
} & { readonly [K in keyof MarginLimits]: number | null };

/** `limits` null: whatever they give, nobody is asked. */
export type Authority = { readonly limits: MarginLimits | null; readonly levels: readonly Level[] };

type Who = { readonly person: string | null; readonly role: Role };

const levelsOf: Readonly<Record<Right, readonly Level[]>> = { none: [], first: [1], second: [2], both: [1, 2] };
const usualRight: Readonly<Record<Role, Right>> = { owner: 'both', manager: 'first', member: 'none', viewer: 'none' };

const isRight = (text: string | null): text is Right => text !== null && Object.hasOwn(levelsOf, text);

const rankOf = ({ person, role }: LimitRow, who: Who): number => {
  if (person !== null) return person === who.person ? 3 : 0;
  if (role !== null) return role === who.role ? 2 : 0;
  return 1;
};

const limitNames = Object.keys(defaultLimits) as readonly (keyof MarginLimits)[];

/**
 * What somebody may give and decide. What no row says is as the workbench ships, but an owner for whom nobody has set a
 * limit has none. Of two rows of one kind the lower id counts, on every device.
 */
export const authorityOf = (who: Who, rows: readonly LimitRow[]): Authority => {
  const own = rows
    .filter((row) => rankOf(row, who) > 0)
    .toSorted((a, b) => rankOf(b, who) - rankOf(a, who) || (a.id < b.id ? -1 : 1));
  const said = (name: keyof MarginLimits): number | null => own.find((row) => row[name] !== null)?.[name] ?? null;
  const isFree = who.role === 'owner' && limitNames.every((name) => said(name) === null);
  const right = own.map(({ approves }) => approves).find(isRight) ?? usualRight[who.role];
  return {
    limits: isFree
      ? null
      : {
          ...defaultLimits,
          ...Object.fromEntries(limitNames.flatMap((name) => (said(name) === null ? [] : [[name, said(name)]]))),
        },
    levels: levelsOf[right],
  };
};
