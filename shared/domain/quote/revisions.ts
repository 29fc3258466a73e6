/**
 * Revisions of a quote (Q2): one base number that never changes, each revision a quote of its own that names the one it
 * was made from. Any that still holds can be made current again, and only the current one becomes an order.
 */
import { allowedFrom, isFrozen } from '../lifecycle.ts';
import { expiredDays } from './validity.ts';

export type Revision = {
  readonly id: string;
  /** Null until the quote has a number. */
  readonly base: string | null;
  /** 1 for the first. */
  readonly revision: number;
  readonly from: string | null;
  readonly status: string;
  readonly validTo: string | null;
};

/** `Q26-K7M-0042`, and from the second on `Q26-K7M-0042/R2`. */
export const revisionNumber = (base: string, revision: number): string => (revision === 1 ? base : `${base}/R${revision}`);

/** The base number and the revision in a number; a number that ends in no revision is its own base. */
export const readRevision = (number: string): { readonly base: string; readonly revision: number } => {
  const match = /^(.+)\/R([2-9]|[1-9]\d+)$/.exec(number);
  return match ? { base: match[1] ?? number, revision: Number(match[2]) } : { base: number, revision: 1 };
};

/** Whether a revision of it may be made: it left the house, and no order came of it. Nothing is cancelled for that. */
export const canRevise = (status: string): boolean =>
  isFrozen('quote', status) && status !== 'accepted' && status !== 'partly_accepted';

/** The next revision, made from any of them. Two devices may give the same count: the ids differ, and both stay. */
export const revise = (all: readonly Revision[], from: Revision, id: string): Revision => ({
  id,
  base: from.base,
  revision: Math.max(from.revision, ...all.filter(({ base }) => base === from.base).map(({ revision }) => revision)) + 1,
  from: from.id,
  status: 'draft',
  validTo: null,
});

/** A copy that is a quote of its own: nothing of the lineage goes with it. */
export const startOver = (id: string): Revision => ({ id, base: null, revision: 1, from: null, status: 'draft', validTo: null });

/** A revision and those it was made from, newest first. One that is not here, or a circle, ends it. */
export const lineageOf = (all: readonly Revision[], id: string): readonly Revision[] => {
  const byId = new Map(all.map((one) => [one.id, one]));
  const line: Revision[] = [];
  for (let at = byId.get(id); at !== undefined && !line.includes(at); at = at.from === null ? undefined : byId.get(at.from))
    line.push(at);
  return line;
};

const answered = ['accepted', 'partly_accepted'];

/** The revision that counts: the one that was accepted, else the latest the customer holds; null = none does yet. */
export const currentOf = (all: readonly Revision[]): Revision | null => {
  const latest = (states: readonly string[]): Revision | undefined =>
    all.filter(({ status }) => states.includes(status)).toSorted((a, b) => b.revision - a.revision || (a.id < b.id ? 1 : -1))[0];
  return latest(answered) ?? latest(['sent']) ?? null;
};

type Moves = { readonly refusal: string | null; readonly moves: readonly { readonly id: string; readonly to: string }[] };
const refuse = (refusal: string): Moves => ({ refusal, moves: [] });

/** The moves that make a revision the current one: it is with the customer again, and the others are superseded. Drafts stay. */
export const makeCurrent = (all: readonly Revision[], id: string, today: string): Moves => {
  const target = all.find((one) => one.id === id);
  if (target === undefined) return refuse('This revision is not here.');
  if (all.some(({ status }) => answered.includes(status))) return refuse('A revision was accepted already.');
  if (target.status !== 'sent' && target.status !== 'superseded')
    return refuse('Only a revision that was sent can be made current.');
  if (expiredDays('sent', target.validTo, today) > 0)
    return refuse(`It was valid to ${target.validTo} and is expired. Revise it, so that its prices are of today.`);
  const others = all.filter(
    ({ id: other, status }) => other !== id && status !== 'draft' && allowedFrom('quote', status).includes('superseded'),
  );
  return {
    refusal: null,
    moves: [
      ...(target.status === 'superseded' ? [{ id, to: 'sent' }] : []),
      ...others.map(({ id: other }) => ({ id: other, to: 'superseded' })),
    ],
  };
};
