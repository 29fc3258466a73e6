/**
 * What a record is besides its state, said as chips: derived, never stored. A table of chips stands in order of
 * urgency, which is the order they are shown and sorted in. Conditions are data, so that the store runs as SQL what is
 * judged here row by row.
 */
import type { Tone } from './lifecycle.ts';

export type Chip<A extends string = string> = {
  readonly key: string;
  readonly label: string;
  readonly tone: Tone;
  readonly icon: string;
  /** Informs and asks for nothing: shown without a fill. */
  readonly isQuiet: boolean;
  /** The states it is said in; null = any. */
  readonly states: readonly string[] | null;
  /** Amounts that are more than zero, and amounts that are not. */
  readonly some: readonly A[];
  readonly none: readonly A[];
  /** The field whose days are said behind the label. */
  readonly days?: string;
};

type Facts<A extends string> = { readonly status: string; readonly amounts: Readonly<Record<A, bigint>> };

/** The chips that hold of a record, most urgent first. */
export const chipsThatHold = <A extends string>(chips: readonly Chip<A>[], { status, amounts }: Facts<A>): readonly string[] =>
  chips
    .filter(
      ({ states, some, none }) =>
        (states === null || states.includes(status)) &&
        some.every((name) => amounts[name] > 0n) &&
        none.every((name) => amounts[name] <= 0n),
    )
    .map(({ key }) => key);
