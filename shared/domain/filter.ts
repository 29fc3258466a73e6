/**
 * The filter of a register: one tree, shown as chips, typed as text, run as SQL. Values are stored values
 * (scaled integers, ISO days, choice keys, ids) and never text to be parsed later.
 */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }
  /** `has` = contains by folded text; `starts` = begins with, by folded text. */
  | { readonly field: string; readonly is: 'eq' | 'lt' | 'le' | 'gt' | 'ge' | 'has' | 'starts'; readonly value: string | number }
  | { readonly field: string; readonly in: readonly (string | number)[] }
  /** Inclusive on both ends; null = open. */
  | { readonly field: string; readonly from: string | number | null; readonly to: string | number | null }
  | { readonly field: string; readonly empty: boolean }
  /** What the status is shown as when it is not its state: a key of order-status. */
  | { readonly chip: string }
  /** Words found by the search index of the table, in the row or in the record it is about. */
  | { readonly words: string }
  /** Rows that hold on an ISO day: prices, and lists and promotions with a first and a last day (P5). */
  | { readonly on: string }
  | { readonly flag: 'invalid' | 'draft' | 'late' | 'open' | 'mine' | 'importing' };
