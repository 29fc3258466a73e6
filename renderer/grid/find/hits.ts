/** The cells that say a text, gathered page by page: in reading order, and which is next from where one stands. */
import type { GridColumn } from '../columns.ts';
import type { Place } from '../moves.ts';

export type Hit = {
  readonly place: Place;
  readonly id: string;
  readonly column: GridColumn;
  /** What the editor opens with; null while only what is shown was looked at. */
  readonly text: string | null;
  /** Why it cannot be changed. */
  readonly locked: string | null;
};

/** Hits that are kept; more are too many to walk, or to replace unseen. */
export const mostHits = 10_000;

/** Negative: `a` comes first in reading order. */
const order = (a: Place, b: Place): number => a.row - b.row || a.col - b.col;

export const isSameCell = (a: Hit, b: Hit): boolean => a.id === b.id && a.column.key === b.column.key;

/** Two lists as one, in reading order, cut where it gets too long. */
export const merge = (hits: readonly Hit[], more: readonly Hit[]): readonly Hit[] => {
  const last = hits.at(-1);
  const [first] = more;
  const all = [...hits, ...more];
  const isInOrder = last === undefined || first === undefined || order(last.place, first.place) <= 0;
  return (isInOrder ? all : all.toSorted((a, b) => order(a.place, b.place))).slice(0, mostHits);
};

/** The first hit at a place or after it; null where it would be past the end. */
export const firstFrom = (hits: readonly Hit[], from: Place): Hit | null =>
  hits.find(({ place }) => order(place, from) >= 0) ?? null;

/** The hit after (or before) a place, round the end; `isRound` where it went round. */
export const nextFrom = (
  hits: readonly Hit[],
  from: Place,
  back: boolean,
): { readonly hit: Hit | null; readonly isRound: boolean } => {
  const next = back ? hits.findLast(({ place }) => order(place, from) < 0) : hits.find(({ place }) => order(place, from) > 0);
  return { hit: next ?? hits.at(back ? -1 : 0) ?? null, isRound: next === undefined };
};
