/** Brings the rows of a batch back to what they were, or to what the batch made of them: the same swap both ways. */
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { BatchRow, BatchRows, BeforeBatch, OtherSide } from './batch-rows.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import { DELETED, LIVE, stampOf } from '../write/rows.ts';
import type { Row, Rows, Stamp } from '../write/rows.ts';
import { createStays } from './stays.ts';
import { bringBack, noteRefused, noteRow } from './undo.ts';
import type { Earlier, Outcome, RefusedWhy } from './undo.ts';
import type { Needed } from './needed.ts';
import type { UndoLog } from './undo-log.ts';
import { columnValue } from '../file/values.ts';
import type { BatchRef, Work } from '../write/work.ts';
import type { Writes } from '../write/writes.ts';

/** A batch on its way to be undone or done again, and the last row that is there already. */
export type Swap = { readonly batch: number; readonly to: 'undone' | 'done'; readonly table: TableName; readonly n: number };

export type SwapDeps = {
  readonly rows: Rows;
  readonly writes: Writes;
  readonly batchRows: BatchRows;
  readonly log: UndoLog;
  readonly needed: Needed;
};

type Range = { readonly first: number; readonly last: number };

/** What one page of a swap works with. */
type Page = SwapDeps & {
  readonly work: Work;
  readonly batch: number;
  readonly isUndo: boolean;
  readonly outcome: Outcome;
  /** Whether a register still holds what the batch, or its undo or redo, wrote there. */
  readonly isOfBatch: (row: Row, register: string) => boolean;
  /** Why a row the batch made stays although nobody changed it; null where it goes. */
  readonly staysFor: (row: Row) => RefusedWhy | null;
};

/** Deletes a row the batch made, or brings it back; not one that somebody has worked on since. */
const swapInsert = (page: Page, row: Row, lived: Stamp): void => {
  const { writes, batchRows, work, batch, isUndo, outcome, isOfBatch } = page;
  if (!isUndo) return bringBack(page, work, row, new Map([[EXISTENCE, [LIVE, lived]]]));
  const changed = Object.keys(row.x).filter((register) => !isOfBatch(row, register));
  if (changed.length === 0 && writes.children(row).some((child) => child.alive === 1)) changed.push(EXISTENCE);
  for (const register of changed) noteRefused(outcome, row, register, writes.cellOf(row, register));
  const stays = row.st === LIVE && changed.length === 0 ? page.staysFor(row) : null;
  if (stays !== null) noteRefused(outcome, row, EXISTENCE, row.st, stays);
  if (row.st !== LIVE || changed.length > 0 || stays !== null) return batchRows.replace(batch, row.layout.name, row.n, null);
  batchRows.replace(batch, row.layout.name, row.n, stampOf(row, EXISTENCE));
  writes.setExistence(work, row, DELETED);
  noteRow(outcome, row, [EXISTENCE]);
};

const swapStates = ({ writes, log, work }: Page, row: Row, states: ReadonlyMap<string, Earlier>): void => {
  for (const [field, [value, stamp]] of states) {
    writes.move(work, row, field, String(columnValue(value)), null);
    log.stand(row, field, stamp);
  }
};

/** Brings back what registers were, and keeps what they are now for the way back. */
const swapFields = (page: Page, row: Row, before: BeforeBatch): void => {
  const { writes, outcome } = page;
  const now: Record<string, OtherSide> = {};
  const cells = new Map<string, Earlier>();
  const states = new Map<string, Earlier>();
  for (const [register, [value, stamp, replaces]] of Object.entries(before)) {
    const current = writes.cellOf(row, register);
    if (!page.isOfBatch(row, register) && !(replaces !== null && page.log.holds(row, register, replaces))) {
      noteRefused(outcome, row, register, current);
      continue;
    }
    now[register] = [current, stampOf(row, register), stamp];
    (row.layout.states.includes(register) ? states : cells).set(register, [value, stamp]);
  }
  // States first: a move clears the text beside the state, which may be among the cells.
  swapStates(page, row, states);
  bringBack(page, page.work, row, cells);
  page.batchRows.replace(page.batch, row.layout.name, row.n, now);
  noteRow(outcome, row, Object.keys(now));
};

const swapRow = (page: Page, one: BatchRow): void => {
  const row = page.rows.findByN(one.table, one.n);
  if (row === undefined) return;
  if (one.before === null) swapInsert(page, row, one.lived ?? row.inserted);
  else swapFields(page, row, one.before);
};

/** The next rows after where a swap stands: children before owners on the way back, owners first again. */
const nextRows = (batchRows: BatchRows, { batch, to, table, n }: Swap): readonly BatchRow[] => {
  const isUndo = to === 'undone';
  const order = isUndo ? tableNames.toReversed() : tableNames;
  for (const name of order.slice(order.indexOf(table))) {
    const page = batchRows.page(batch, name, name === table ? n : isUndo ? Number.MAX_SAFE_INTEGER : 0, isUndo);
    if (page.length > 0) return page;
  }
  return [];
};

/** Where a swap begins. */
export const firstOfSwap = (batch: number, to: Swap['to']): Swap => {
  const isUndo = to === 'undone';
  const table = (isUndo ? tableNames.at(-1) : tableNames[0]) ?? 'settings';
  return { batch, to, table, n: isUndo ? Number.MAX_SAFE_INTEGER : 0 };
};

const prepareIsOfBatch = (db: Db, tables: TableIndex, log: UndoLog) => {
  const ranges = db.prepare<[string], Range>('SELECT first_n AS first, last_n AS last FROM segments WHERE batch = ?');
  const txnOf = db
    .prepare<[number, number, number, number], number>('SELECT txn FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck();
  return (batch: string) => {
    const own = ranges.all(batch);
    return (row: Row, register: string): boolean => {
      const table = tables.indexOf(row.layout.name);
      for (const stamp of log.chain(row, register)) {
        const txn = txnOf.get(table, row.n, ...stamp);
        if (txn !== undefined && own.some(({ first, last }) => first <= txn && txn <= last)) return true;
      }
      return false;
    };
  };
};

export const createBatchSwap = (db: Db, tables: TableIndex, deps: SwapDeps) => {
  const isOfBatch = prepareIsOfBatch(db, tables, deps.log);
  /** One transaction's worth of a swap; where it stands after and how many rows it took, or null when none was left. */
  return (work: Work, batch: BatchRef, swap: Swap, outcome: Outcome): readonly [Swap, number] | null => {
    const found = nextRows(deps.batchRows, swap);
    const last = found.at(-1);
    if (last === undefined) return null;
    const isUndo = swap.to === 'undone';
    const own = isOfBatch(batch.id);
    // A batch that is given up is wholly absent; what a person takes back may have been built on.
    const isStep = isUndo && deps.log.hasBatch(batch.idx);
    const staysFor = isStep ? createStays(deps, batch.idx, found, own) : () => null;
    const page: Page = { ...deps, work, batch: batch.idx, isUndo, outcome, isOfBatch: own, staysFor };
    for (const one of found) swapRow(page, one);
    return [{ ...swap, table: last.table, n: last.n }, found.length];
  };
};
