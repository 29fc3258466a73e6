/**
 * Check and apply: every row is looked at before anything is written, and looked at again after each edit; applying
 * is one batch that is there whole or not at all. What is edited here lies over the file and never changes it.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { MOST_EDITS } from '../../../shared/contract/imports.ts';
import { client, onEvent } from '../../client/client.ts';
import { recount } from '../../client/info.ts';
import { say } from '../../state/toasts.ts';
import type { Desk } from './desk.ts';
import { desk, setDesk } from './desk.ts';
import type { Asked } from './mapping.ts';
import { pathOf } from './staging.ts';
import type { Checked, CheckedRow, Edit } from './types.ts';
import type { Work } from './work.ts';
import { heard, stopWork, work } from './work.ts';

/** A check of many thousand rows takes a while; progress keeps it from being given up sooner. */
const PATIENCE_MS = 120_000;
const PAGE = 1000;
/** As many rows as a grid holds in memory; those that need attention are always among them. */
export const MOST_ROWS = 20_000;
/** After the last edit, before the rows are looked at again. */
const QUIET_MS = 300;

const readRows = async (checked: Checked, task: Work, onFirst: (rows: readonly CheckedRow[]) => void) => {
  const rows: CheckedRow[] = [];
  const wanted = Math.min(checked.readable, MOST_ROWS);
  while (rows.length < wanted && !task.signal.aborted) {
    const page = await client['import.rows']({ check: checked.check, from: rows.length, count: PAGE }, { signal: task.signal });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
    if (rows.length <= PAGE) onFirst(rows.slice());
  }
  return rows;
};

const checkRows = async (task: Work): Promise<void> => {
  const { origin, recipe, edits, check: before } = desk();
  if (origin === null || recipe === null) return;
  const path = await pathOf(origin, task.onProgress, task.signal);
  const checked = await client['import.check'](
    { path, recipe, edits: [...edits] },
    { signal: task.signal, timeoutMs: PATIENCE_MS, onProgress: heard(task) },
  );
  const show = (rows: readonly CheckedRow[]): void => {
    if (task.signal.aborted) return;
    const entry = checked.entries.some((one) => one.entry === desk().entry) ? desk().entry : (checked.entries[0]?.entry ?? 0);
    setDesk({ check: checked, rows, entry, asked: [], isStale: false });
  };
  // The first rows come at once; over rows that are there already, all of them come together.
  const rows = await readRows(checked, task, before === null ? show : () => undefined);
  show(rows);
};

const isAsked = (details: unknown): details is { readonly columns: readonly Asked[] } =>
  typeof details === 'object' && details !== null && 'columns' in details && Array.isArray(details.columns);

/** What the check asks goes back to the columns it asks about. */
const takeQuestions = (): void => {
  const { error } = desk();
  if (!(error instanceof AppError) || error.code !== 'ambiguous' || !isAsked(error.details)) return;
  // The questions say it, each beside its column.
  setDesk({ asked: error.details.columns, step: 'map', error: null });
};

let pending: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | null = null;

export const runCheck = (): Promise<void> => {
  clearTimeout(pending);
  pending = undefined;
  const run = async (): Promise<void> => {
    await work('check', checkRows);
    takeQuestions();
  };
  const now = run().finally(() => {
    if (running === now) running = null;
  });
  running = now;
  return now;
};

/** After an import was taken back: to its rows, as they would become now. */
export const checkAgain = (): void => {
  setDesk({ step: 'check', outcome: null, isStale: true });
  void runCheck();
};

const checkSoon = (): void => {
  clearTimeout(pending);
  if (desk().busy?.what === 'check') stopWork();
  pending = setTimeout(() => void runCheck(), QUIET_MS);
};

/** Resolves when the rows are true again for everything edited so far. */
export const whenChecked = async (): Promise<void> => {
  while (pending !== undefined || running !== null) {
    if (pending !== undefined) void runCheck();
    await running;
  }
};

const MOST_UNDONE = 200;

const change = (edits: readonly Edit[], part: Partial<Desk>): void => {
  setDesk({ edits, isStale: true, ...part });
  checkSoon();
};

const isSameCell = (a: Edit, b: Edit): boolean =>
  a.entry === b.entry && a.file === b.file && a.row === b.row && a.column === b.column;

/** Cells mended in the check: one step of its own undo. */
export const editCells = (made: readonly Edit[]): void => {
  const { edits, past } = desk();
  const kept = edits.filter((edit) => !made.some((one) => isSameCell(one, edit)));
  if (kept.length + made.length > MOST_EDITS)
    return say(`No more than ${MOST_EDITS.toLocaleString()} cells are mended here: the rest is a job for the file itself.`, {
      tone: 'warning',
    });
  change([...kept, ...made], { past: [...past, edits].slice(-MOST_UNDONE), future: [] });
};

/** Takes back the last edit of the check; false where there is none. */
export const undoEdit = (): boolean => {
  const { edits, past, future } = desk();
  const before = past.at(-1);
  if (before === undefined) return false;
  change(before, { past: past.slice(0, -1), future: [edits, ...future] });
  return true;
};

export const redoEdit = (): boolean => {
  const { edits, past, future } = desk();
  const [next, ...rest] = future;
  if (next === undefined) return false;
  change(next, { past: [...past, edits], future: rest });
  return true;
};

/** A check is gone with the engine that made it: the rows are looked at again as soon as there is one. */
export const followEngine = (): (() => void) =>
  onEvent('connected', () => {
    const { step, check, busy } = desk();
    if (check === null) return;
    setDesk({ isStale: true });
    if (step === 'check' && busy === null) void runCheck();
  });

/** Writes the rows with errors to a file of the same columns. @returns where it lies */
export const writeRest = (to: string) =>
  work('rest', async (task) => {
    const { check } = desk();
    if (check === null) throw new AppError('not-found', 'Check the rows first.');
    return client['import.rest'](
      { check: check.check, to },
      { signal: task.signal, timeoutMs: PATIENCE_MS, onProgress: heard(task) },
    );
  });

const nothingKept = 'Cancelled. Nothing of this import has been kept; the file, the mapping and your edits are still here.';

/** Imports. @param restTo where the rows with errors go, when they are to be left out */
export const apply = async (restTo: string | null): Promise<void> => {
  const { origin, recipe, edits, leaveErrors, check } = desk();
  if (origin === null || recipe === null || check === null) return;
  let wasStopped = false;
  const done = await work('apply', async (task) => {
    task.signal.addEventListener('abort', () => (wasStopped = true));
    const options = { signal: task.signal, timeoutMs: PATIENCE_MS, onProgress: heard(task) };
    const rest = restTo === null ? null : await client['import.rest']({ check: check.check, to: restTo }, options);
    const path = await pathOf(origin, task.onProgress, task.signal);
    const report = await client['import.run']({ path, recipe, edits: [...edits], leaveErrors }, options);
    return { report, rest: rest?.path ?? null };
  });
  recount();
  if (done !== undefined) setDesk({ outcome: done, error: null });
  else if (wasStopped) setDesk({ notice: nothingKept });
};
