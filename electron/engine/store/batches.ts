/**
 * Batches (DECISIONS.md 4): many transactions under one id, whole or absent. Taking a batch back, or doing it again,
 * is itself many transactions: where it stands is kept in the file, so that a start after a crash carries it on to
 * its end before anything else is shown.
 */
import type { CellValue } from '../../../shared/domain/kinds.ts';
import { tableNames } from '../../../shared/model/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Source } from './api.ts';
import type { BatchRow, BatchRows, BeforeBatch } from './batch-rows.ts';
import type { Db } from './db.ts';
import type { TableIndex } from './local.ts';
import { readMeta, writeMeta } from './local.ts';
import { DELETED, LIVE, stampOf } from './rows.ts';
import type { Row, Rows, Stamp } from './rows.ts';
import { noteRefused, noteRow } from './undo.ts';
import type { Outcome, Undo } from './undo.ts';
import type { UndoLog } from './undo-log.ts';
import type { BatchRef, Work } from './work.ts';
import type { Writes } from './writes.ts';

export type BatchInfo = BatchRef & { readonly label: string; readonly source: Source; readonly actor: string };

/** A batch on its way to be undone or done again, and the last row that is there already. */
export type Swap = { readonly batch: number; readonly to: 'undone' | 'done'; readonly table: TableName; readonly n: number };

const SWAP = 'batch-swap';

type Range = { readonly first: number; readonly last: number };

export type BatchParts = {
  readonly db: Db;
  readonly rows: Rows;
  readonly writes: Writes;
  readonly batchRows: BatchRows;
  readonly undo: Undo;
  readonly log: UndoLog;
  readonly tables: TableIndex;
};

const INFO = 'SELECT idx, id, label, source, actor FROM batches';

export type Batches = ReturnType<typeof createBatches>;

export const createBatches = ({ db, rows, writes, batchRows, undo, log, tables }: BatchParts) => {
  const add = db.prepare(`INSERT INTO batches(id, label, source, actor, state, started) VALUES(?, ?, ?, ?, 'applying', ?)`);
  const byIndex = db.prepare<[number], BatchInfo>(`${INFO} WHERE idx = ?`);
  const applying = db.prepare<[], BatchInfo>(`${INFO} WHERE state = 'applying'`);
  const setState = db.prepare('UPDATE batches SET state = ?, ended = ? WHERE idx = ?');
  const ranges = db.prepare<[string], Range>('SELECT first_n AS first, last_n AS last FROM segments WHERE batch = ?');
  const txnOf = db
    .prepare<[number, number, number, number], number>('SELECT txn FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck();

  /** Whether a register still holds what the batch, or its undo or redo, wrote there. */
  const isOfBatch = (row: Row, register: string, own: readonly Range[]): boolean => {
    const table = tables.indexOf(row.layout.name);
    for (const stamp of log.chain(row, register)) {
      const txn = txnOf.get(table, row.n, ...stamp);
      if (txn !== undefined && own.some(({ first, last }) => first <= txn && txn <= last)) return true;
    }
    return false;
  };

  /** Deletes a row the batch made, or brings it back; not one that somebody has worked on since. */
  const swapInsert = (work: Work, batch: number, row: Row, isUndo: boolean, own: readonly Range[], outcome: Outcome): void => {
    if (!isUndo) return writes.setExistence(work, row, LIVE);
    const changed = Object.keys(row.x).filter((register) => !isOfBatch(row, register, own));
    const hasChildren = writes.children(row).some((child) => child.alive === 1);
    for (const register of changed) noteRefused(outcome, row, register, writes.cellOf(row, register));
    if (hasChildren) noteRefused(outcome, row, '_st', row.st);
    if (row.st !== LIVE || changed.length > 0 || hasChildren) return batchRows.replace(batch, row.layout.name, row.n, null);
    writes.setExistence(work, row, DELETED);
    noteRow(outcome, row, ['_st']);
  };

  /** Brings back what registers were, and keeps what they are now for the way back. */
  const swapFields = (
    work: Work,
    batch: number,
    row: Row,
    before: BeforeBatch,
    own: readonly Range[],
    outcome: Outcome,
  ): void => {
    const now: Record<string, readonly [CellValue, ...Stamp]> = {};
    const cells = new Map<string, readonly [CellValue, Stamp]>();
    const states = new Map<string, readonly [CellValue, Stamp]>();
    for (const [register, [value, ...stamp]] of Object.entries(before)) {
      const current = writes.cellOf(row, register);
      if (!isOfBatch(row, register, own)) {
        noteRefused(outcome, row, register, current);
        continue;
      }
      now[register] = [current, ...stampOf(row, register)];
      (row.layout.states.includes(register) ? states : cells).set(register, [value, stamp]);
    }
    for (const [field, [value, stamp]] of states) {
      if (row.v[field] !== value) writes.move(work, row, field, String(value), null);
      log.stand(row, field, stamp);
    }
    undo.bringBack(work, row, cells);
    batchRows.replace(batch, row.layout.name, row.n, now);
    noteRow(outcome, row, Object.keys(now));
  };

  const swapRow = (work: Work, batch: number, one: BatchRow, isUndo: boolean, own: readonly Range[], outcome: Outcome): void => {
    const row = rows.findByN(one.table, one.n);
    if (row === undefined) return;
    if (one.before === null) swapInsert(work, batch, row, isUndo, own, outcome);
    else swapFields(work, batch, row, one.before, own, outcome);
  };

  /** The next page at or after where a swap stands: children before owners on the way back, owners first again. */
  const nextPage = ({ batch, to, table, n }: Swap): readonly BatchRow[] => {
    const isUndo = to === 'undone';
    const order = isUndo ? tableNames.toReversed() : tableNames;
    for (const name of order.slice(order.indexOf(table))) {
      const page = batchRows.page(batch, name, name === table ? n : isUndo ? Number.MAX_SAFE_INTEGER : 0, isUndo);
      if (page.length > 0) return page;
    }
    return [];
  };

  const readSwap = (): Swap | null => (readMeta(db, SWAP) ?? null) as Swap | null;

  return {
    add: (id: string, label: string, source: Source, actor: string, at: number): BatchInfo => {
      const { lastInsertRowid } = add.run(id, label, source, actor, at);
      return { idx: Number(lastInsertRowid), id, label, source, actor };
    },
    info: (batch: number): BatchInfo | undefined => byIndex.get(batch),
    /** The batch that is running, if there is one. */
    applying: (): BatchInfo | undefined => applying.get(),
    /** A swap that a crash left half done. */
    readSwap,
    /** Starts taking a batch back or doing it again: its rows are read-only until it is finished. */
    startSwap(batch: number, to: Swap['to']): void {
      const isUndo = to === 'undone';
      const table = (isUndo ? tableNames.at(-1) : tableNames[0]) ?? 'settings';
      setState.run('applying', null, batch);
      writeMeta(db, SWAP, { batch, to, table, n: isUndo ? Number.MAX_SAFE_INTEGER : 0 } satisfies Swap);
    },
    /** One transaction's worth of a swap. False when nothing was left. */
    swapPage(work: Work, batch: BatchRef, outcome: Outcome): boolean {
      const swap = readSwap();
      if (swap === null) return false;
      const page = nextPage(swap);
      const last = page.at(-1);
      if (last === undefined) return false;
      const own = ranges.all(batch.id);
      for (const one of page) swapRow(work, batch.idx, one, swap.to === 'undone', own, outcome);
      writeMeta(db, SWAP, { ...swap, table: last.table, n: last.n } satisfies Swap);
      return true;
    },
    /** Ends a batch or a swap. */
    finish(batch: number, state: 'undone' | 'done', at: number): void {
      setState.run(state, at, batch);
      writeMeta(db, SWAP, null);
    },
  };
};
