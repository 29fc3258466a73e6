/** Where a register was left: its view, its filter and the row in focus, for as long as the window is open. */
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { Sort } from '../../grid/window/register.ts';

export type Remembered = {
  readonly view: string;
  readonly query: FilterQuery;
  readonly sort: Sort | null;
  readonly focus: { readonly id: string; readonly column: string } | null;
};

const kept = new Map<string, Remembered>();

export const recall = (name: string): Remembered => kept.get(name) ?? { view: '', query: noFilter, sort: null, focus: null };

export const remember = (name: string, part: Partial<Remembered>): void => void kept.set(name, { ...recall(name), ...part });
