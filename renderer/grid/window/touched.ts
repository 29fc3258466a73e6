/**
 * What a change elsewhere means for the rows on the screen: which of them to read again, and whether the
 * order or the filter of the register still holds. Rows never move by themselves (UX.md rule 4): a register
 * that no longer holds says so and offers Re-apply.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { What } from './register.ts';

export type Range = { readonly from: number; readonly to: number };

/** Neighbours this near are read in one call. */
const bridge = 24;

/** Positions to half-open ranges, few and short. */
export const rangesOf = (positions: readonly number[]): readonly Range[] => {
  const ranges: Range[] = [];
  for (const position of [...positions].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && position <= last.to + bridge)
      ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, position + 1) };
    else ranges.push({ from: position, to: position + 1 });
  }
  return ranges;
};

type Reads = { readonly fields: ReadonlySet<string>; readonly anything: boolean };

const readsOf = (filter: Filter | null): Reads => {
  const fields = new Set<string>();
  let anything = false;
  const walk = (node: Filter): void => {
    if ('all' in node) node.all.forEach(walk);
    else if ('any' in node) node.any.forEach(walk);
    else if ('not' in node) walk(node.not);
    else if ('words' in node || 'flag' in node || 'chip' in node || 'on' in node) anything = true;
    else fields.add(node.field);
  };
  if (filter) walk(filter);
  return { fields, anything };
};

/** Whether what is shown of a field differs between two states of a row: its value, its link's label, its issue. */
const differs = (before: GridRow, after: GridRow, field: string): boolean =>
  before.v[field] !== after.v[field] ||
  before.l?.[field]?.title !== after.l?.[field]?.title ||
  before.i?.[field]?.raw !== after.i?.[field]?.raw;

/** Whether a row that was read again may now stand elsewhere, or no longer pass the filter. */
export const disturbs = (before: GridRow, after: GridRow, what: Pick<What, 'filter' | 'sort'>): boolean => {
  const { fields, anything } = readsOf(what.filter);
  for (const { field } of what.sort) if (differs(before, after, field)) return true;
  for (const field of fields) if (differs(before, after, field)) return true;
  if (!anything) return false;
  const keys = new Set([...Object.keys(before.v), ...Object.keys(after.v)]);
  return [...keys].some((key) => differs(before, after, key)) || before.chips?.join() !== after.chips?.join();
};
