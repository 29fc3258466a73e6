/**
 * Where an import stands: file, reading, mapping, edits, check, outcome. It lives outside the screen, so that leaving
 * the screen, or an engine that has to start again, loses nothing of it.
 */
import { create } from 'zustand';
import type { TableName } from '../../../shared/model/index.ts';
import type { Asked } from './mapping.ts';
import type { Checked, CheckedRow, Edit, Inspected, Progress, Proposal, Reading, Recipe, Report, RowResult } from './types.ts';
import { asFound } from './types.ts';

export const steps = ['file', 'map', 'check', 'apply'] as const;
export type Step = (typeof steps)[number];

/** Where the file is: a path the engine can read, or bytes that were dropped or pasted and are handed over to it. */
export type Origin =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Blob };

/** A file beside the one in work: it waits for its turn, or was refused for a reason. */
export type Beside = { readonly origin: Origin; readonly why: string | null };

export type Busy = {
  readonly what: 'read' | 'check' | 'apply' | 'rest';
  readonly progress: Progress | null;
  readonly stop: () => void;
};

export type Outcome = {
  readonly report: Report;
  /** Where the rows that were left out lie now. */
  readonly rest: string | null;
};

export type Desk = {
  readonly step: Step;
  /** The path as typed. */
  readonly typed: string;
  readonly origin: Origin | null;
  readonly beside: readonly Beside[];
  readonly reading: Reading;
  readonly inspected: Inspected | null;
  readonly proposal: Proposal | null;
  readonly recipe: Recipe | null;
  /** The recipe came from a file and was not made for this one. */
  readonly isLoaded: boolean;
  /** Mapping and edits are from before the window was opened: the file has not been looked at since. */
  readonly isKept: boolean;
  /** What the person says the rows are; null = as proposed. */
  readonly table: TableName | null;
  /** Names of columns that the person has set by hand. */
  readonly touched: readonly string[];
  readonly saved: { readonly id: string; readonly name: string } | null;
  /** What the last check asked before it would look at rows. */
  readonly asked: readonly Asked[];
  /** The entry of the recipe that is in view. */
  readonly entry: number;
  readonly edits: readonly Edit[];
  readonly past: readonly (readonly Edit[])[];
  readonly future: readonly (readonly Edit[])[];
  readonly check: Checked | null;
  readonly rows: readonly CheckedRow[];
  /** The mapping or an edit is newer than the check. */
  readonly isStale: boolean;
  readonly tab: RowResult | null;
  readonly leaveErrors: boolean;
  readonly outcome: Outcome | null;
  readonly busy: Busy | null;
  readonly error: unknown;
  /** What was said last about a run that ended early. */
  readonly notice: string | null;
};

const fresh: Desk = {
  step: 'file',
  typed: '',
  origin: null,
  beside: [],
  reading: asFound,
  inspected: null,
  proposal: null,
  recipe: null,
  isLoaded: false,
  isKept: false,
  table: null,
  touched: [],
  saved: null,
  asked: [],
  entry: 0,
  edits: [],
  past: [],
  future: [],
  check: null,
  rows: [],
  isStale: false,
  tab: null,
  leaveErrors: false,
  outcome: null,
  busy: null,
  error: null,
  notice: null,
};

export const useDesk = create<Desk>(() => fresh);

export const desk = (): Desk => useDesk.getState();
export const setDesk = (part: Partial<Desk>): void => useDesk.setState(part);

/** A desk without a file in work; those beside stay. What is under way has been stopped before. */
export const clearDesk = (keep: Partial<Desk> = {}): void => useDesk.setState({ ...fresh, beside: desk().beside, ...keep });

/** The name of a row, stable over checks. */
export const rowId = ({ entry, file, row }: Pick<CheckedRow, 'entry' | 'file' | 'row'>): string => `${entry}:${row}:${file}`;

export const nameOfOrigin = (origin: Origin): string =>
  origin.kind === 'bytes' ? origin.name : (origin.path.split(/[\\/]/).at(-1) ?? origin.path);

/** What is being read, in words. */
export const nameOf = ({ origin, inspected }: Pick<Desk, 'origin' | 'inspected'>): string =>
  inspected?.file ?? (origin === null ? '' : nameOfOrigin(origin));
