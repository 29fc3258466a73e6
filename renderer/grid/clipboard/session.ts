/**
 * What is left to say and do of the last paste: how many rows are ready, which cells need attention, counted live while
 * they are fixed, and the same fix for cells like the one just fixed. Over when it is undone, closed, or another follows.
 */
import { create } from 'zustand';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { Client, WorkbenchContract } from '../../../shared/contract/index.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { CellEntry, Taken } from '../edit/commit.ts';
import type { GridSource } from '../source.ts';
import { targetsOf } from './copy.ts';
import type { Outcome } from './paste.ts';

type Mark = OutputOf<WorkbenchContract['records.marks']>['marks'][number];

/** A cell that was fixed, and the cells that hold the text it held. */
type Fix = { readonly row: string; readonly field: string; readonly like: readonly Mark[] };

export type PasteSession = Outcome & {
  readonly id: number;
  readonly source: GridSource;
  readonly columnsShown: readonly GridColumn[];
  readonly bad: readonly Mark[];
  readonly fix: Fix | null;
  readonly isOnly: boolean;
  readonly isUndone: boolean;
  /** Whether it is the last step: then it can be made again another way. */
  readonly isLast: boolean;
  /** Pastes the same by the names in its first row; null where that names no columns. */
  readonly byHeaders: (() => void) | null;
};

export type SessionPort = Pick<Client, 'records.marks' | 'records.get' | 'undo.state'>;

type State = { readonly session: PasteSession | null };

export const usePaste = create<State>(() => ({ session: null }));

let lastId = 0;

const change = (id: number, part: Partial<PasteSession>): void =>
  usePaste.setState(({ session }) => (session?.id === id ? { session: { ...session, ...part } } : { session }));

const nameOf = ({ row, field }: Pick<Mark, 'row' | 'field'>): string => `${row}/${field}`;

/** The cells that hold what a cell held that no longer does; the fix of before while it still has any. */
const fixOf = (before: PasteSession, bad: readonly Mark[]): Fix | null => {
  const now = new Map(bad.map((mark) => [nameOf(mark), mark]));
  const isSame = (a: Mark, b: Mark): boolean => a.field === b.field && a.raw === b.raw;
  const fixed = before.bad.findLast((mark) => mark.raw !== null && !now.has(nameOf(mark)));
  if (fixed) {
    const like = bad.filter((mark) => isSame(mark, fixed));
    return like.length === 0 ? null : { row: fixed.row, field: fixed.field, like };
  }
  const like = (before.fix?.like ?? []).filter((mark) => isSame(now.get(nameOf(mark)) ?? { ...mark, raw: null }, mark));
  return before.fix && like.length > 0 ? { ...before.fix, like } : null;
};

const marksOf = async (
  { 'records.marks': ask }: SessionPort,
  { source, rows, columnsShown }: PasteSession,
): Promise<readonly Mark[]> => {
  if (rows.length === 0) return [];
  const { marks } = await ask({ table: source.table, ids: [...rows] });
  return marks.filter(({ level, field }) => level === 'error' && columnsShown.some(({ key }) => key === field));
};

/** Counts again. */
export const refreshPaste = async (port: SessionPort): Promise<void> => {
  const { session } = usePaste.getState();
  if (!session) return;
  const [bad, { undo, redo }] = await Promise.all([marksOf(port, session), port['undo.state']({})]);
  const { step, id } = session;
  const isUndone = step !== null && redo !== null && step >= redo.step;
  if (isUndone && session.isOnly) session.source.showOnly(null);
  const now = usePaste.getState().session;
  if (now?.id !== id) return;
  change(id, {
    bad,
    fix: fixOf(now, bad),
    isUndone,
    isLast: step !== null && undo?.step === step,
    ...(isUndone ? { isOnly: false } : {}),
  });
};

type Begin = Pick<PasteSession, 'source' | 'columnsShown' | 'byHeaders'> & { readonly outcome: Outcome };

export const beginPaste = async (port: SessionPort, { outcome, ...about }: Begin): Promise<void> => {
  endPaste();
  lastId += 1;
  const base: PasteSession = {
    ...about,
    ...outcome,
    id: lastId,
    bad: [],
    fix: null,
    isOnly: false,
    isUndone: false,
    isLast: true,
  };
  const bad = await marksOf(port, base).catch(() => []);
  usePaste.setState({ session: { ...base, bad } });
};

/** Closes what is said of the last paste; all rows are in sight again. */
export const endPaste = (): void => {
  const { session } = usePaste.getState();
  if (session?.isOnly) session.source.showOnly(null);
  usePaste.setState({ session: null });
};

/** Leaves only the rows in sight that need attention, or shows all again. */
export const toggleOnly = (): void => {
  const { session } = usePaste.getState();
  if (!session) return;
  session.source.showOnly(session.isOnly ? null : [...new Set(session.bad.map(({ row }) => row))]);
  change(session.id, { isOnly: !session.isOnly });
};

const takenOf = (
  column: GridColumn,
  value: unknown,
  label: { code: string | null; title: string | null } | undefined,
): Taken | null =>
  targetsOf(column) !== null && typeof value === 'string'
    ? { value, code: label?.code ?? null, title: label?.title ?? null }
    : null;

/** Writes what a fixed cell holds into the cells like it: one step. */
export const applyFix = async (port: SessionPort, display: Display): Promise<void> => {
  const { session } = usePaste.getState();
  const fix = session?.fix;
  const column = session?.columnsShown.find(({ key }) => key === fix?.field);
  if (!session || !fix || !column) return;
  const row = await port['records.get']({ table: session.source.table, id: fix.row });
  if (!row) return;
  const entry = { text: display.open(column, row), taken: takenOf(column, row.v[column.key], row.l?.[column.key]) };
  const cells = fix.like.map((mark): CellEntry => ({ row: mark.row, column, entry }));
  await session.source.commit(cells, `Apply same fix to ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`);
};

/** `Pasted 200 rows × 6 · 197 ready · 3 cells need attention` */
export const describePaste = ({ rows, columns, bad }: PasteSession): string => {
  const count = (n: number, one: string): string => `${n.toLocaleString()} ${n === 1 ? one : `${one}s`}`;
  if (rows.length === 0) return 'Nothing was pasted';
  const ready = rows.length - new Set(bad.map(({ row }) => row)).size;
  const pasted = `Pasted ${count(rows.length, 'row')} × ${columns}`;
  if (bad.length === 0) return `${pasted} · all ready`;
  return `${pasted} · ${ready.toLocaleString()} ready · ${count(bad.length, 'cell')} ${bad.length === 1 ? 'needs' : 'need'} attention`;
};
