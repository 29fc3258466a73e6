/**
 * Options and alternatives (Q3). Of the lines of one group exactly one is chosen; an optional line counts only once it
 * is chosen. What is not chosen is in no total.
 */
import { documentTotals, type DocumentInput, type DocumentLine, type DocumentPolicy, type DocumentTotals } from '../totals.ts';

export type OptionLine = {
  readonly id: string;
  /** Lines of one group are alternatives; null = of none. */
  readonly group: string | null;
  readonly isOptional: boolean;
  readonly isChosen: boolean;
};

export const isCounted = ({ group, isOptional, isChosen }: OptionLine): boolean => isChosen || (group === null && !isOptional);

export type ChoiceFault = {
  readonly group: string;
  readonly code: 'CHOICE_NONE' | 'CHOICE_MANY';
  readonly lines: readonly string[];
};

/** Groups in which not exactly one line is chosen, in the order they stand. A group of optional lines may be left out whole. */
export const choiceFaults = (lines: readonly OptionLine[]): readonly ChoiceFault[] => {
  const groups = new Set(lines.map(({ group }) => group).filter((group) => group !== null));
  return [...groups].flatMap((group): readonly ChoiceFault[] => {
    const all = lines.filter((line) => line.group === group);
    const chosen = all.filter(({ isChosen }) => isChosen);
    if (chosen.length === 1 || (chosen.length === 0 && all.every(({ isOptional }) => isOptional))) return [];
    const code = chosen.length === 0 ? 'CHOICE_NONE' : 'CHOICE_MANY';
    return [{ group, code, lines: (chosen.length === 0 ? all : chosen).map(({ id }) => id) }];
  });
};

/** The lines after one is chosen: the others of its group are not. */
export const choose = <T extends OptionLine>(lines: readonly T[], id: string): readonly T[] => {
  const group = lines.find((line) => line.id === id)?.group ?? null;
  return lines.map((line) =>
    line.id === id ? { ...line, isChosen: true } : group !== null && line.group === group ? { ...line, isChosen: false } : line,
  );
};

type QuoteInput = Omit<DocumentInput, 'lines'> & { readonly lines: readonly (DocumentLine & OptionLine)[] };

/** What a quote comes to: the lines that count. Header discount and charges are shared over these alone. */
export const quoteTotals = (input: QuoteInput, policy: DocumentPolicy): DocumentTotals =>
  documentTotals({ ...input, lines: input.lines.filter(isCounted) }, policy);
