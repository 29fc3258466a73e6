/** Where a register was left: its filter, its order and the row in focus, for as long as the window is open. */
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { UnreadText } from '../../grid/FilterBar.tsx';
import type { Layout } from '../../grid/layout.ts';
import type { Sort } from '../../grid/window/register.ts';

export type Remembered = {
  readonly query: FilterQuery;
  /** The text of a saved filter of which the query is only a part, until another filter is typed. */
  readonly unread: UnreadText | null;
  readonly sort: Sort | null;
  /** Of a saved view, until it is saved: elsewhere the device keeps it. */
  readonly layout: Layout | null;
  readonly focus: { readonly id: string; readonly column: string } | null;
};

const kept = new Map<string, Remembered>();

const nothing: Remembered = { query: noFilter, unread: null, sort: null, layout: null, focus: null };

export const recall = (name: string): Remembered => kept.get(name) ?? nothing;

export const isRemembered = (name: string): boolean => kept.has(name);

export const forget = (name: string): void => void kept.delete(name);

export const remember = (name: string, part: Partial<Remembered>): void => void kept.set(name, { ...recall(name), ...part });
