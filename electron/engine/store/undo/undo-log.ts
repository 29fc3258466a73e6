/**
 * The undo log: one linear list of steps per person on this device, kept through restarts and bounded. Beside it, the
 * stamps that undo and redo wrote: each stands for the earlier stamp whose value it brought back, so that taking back
 * one step does not make the step before look changed by somebody else.
 */
import type { Change, Source, UndoState } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { Device, TableIndex } from '../file/local.ts';
import { isSameStamp } from '../merge/devices.ts';
import { stampOf } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { Draft, UndoEntry } from '../write/work.ts';

const MAX_STEPS = 500;
const MAX_BYTES = 64 * 2 ** 20;
/** Dropped steps between two looks for stamps to forget: each reads the whole table. */
const FORGET_EVERY = 50;

export type Step = {
  readonly n: number;
  readonly window: string;
  readonly screen: string | null;
  readonly label: string;
  readonly source: Source;
  readonly reason: string | null;
  readonly at: number;
  readonly batch: number | null;
  /** Its id, as others know it. */
  readonly batchId: string | null;
  /** [place of the stream, first stamp] of the transactions that last did the step. */
  readonly txns: readonly (readonly [place: number, first: number])[];
};

type Stored = Omit<Step, 'txns'> & { readonly txns: string };

const COLUMNS = `n, window, screen, label, source, reason, at, batch,
  (SELECT id FROM batches WHERE idx = undo_steps.batch) AS batchId, txns`;
const toStep = (stored: Stored | undefined): Step | undefined =>
  stored === undefined ? undefined : { ...stored, txns: JSON.parse(stored.txns) as Step['txns'] };

const prepareEnds = (db: Db) => ({
  lastDone: db.prepare<[string], Stored>(
    `SELECT ${COLUMNS} FROM undo_steps WHERE actor = ? AND state = 'done' ORDER BY n DESC LIMIT 1`,
  ),
  firstUndone: db.prepare<[string], Stored>(
    `SELECT ${COLUMNS} FROM undo_steps WHERE actor = ? AND state = 'undone' ORDER BY n LIMIT 1`,
  ),
});

const prepareSteps = (db: Db) => ({
  ...prepareEnds(db),
  data: db.prepare<[number], string>('SELECT data FROM undo_steps WHERE n = ?').pluck(),
  put: db.prepare(
    `INSERT INTO undo_steps(actor, window, screen, label, source, reason, at, state, batch, txns, bytes, data)
     VALUES(?, ?, ?, ?, ?, ?, ?, 'done', ?, ?, ?, ?)`,
  ),
  setState: db.prepare('UPDATE undo_steps SET state = ? WHERE n = ?'),
  setTxns: db.prepare('UPDATE undo_steps SET txns = ? WHERE n = ?'),
  undone: db.prepare<[string], { n: number; batch: number | null }>(
    `SELECT n, batch FROM undo_steps WHERE actor = ? AND state = 'undone'`,
  ),
  remove: db.prepare('DELETE FROM undo_steps WHERE n = ?'),
  size: db.prepare<[], { steps: number; bytes: number }>(
    'SELECT count(*) AS steps, coalesce(sum(bytes), 0) AS bytes FROM undo_steps WHERE batch IS NULL',
  ),
  oldest: db.prepare<[], { n: number; bytes: number; txns: string }>(
    'SELECT n, bytes, txns FROM undo_steps WHERE batch IS NULL ORDER BY n LIMIT 1',
  ),
  ofBatch: db.prepare<[number], number>('SELECT EXISTS(SELECT 1 FROM undo_steps WHERE batch = ?)').pluck(),
  isEmpty: db.prepare<[], number>('SELECT NOT EXISTS(SELECT 1 FROM undo_steps)').pluck(),
  forgetStampsBefore: db.prepare('DELETE FROM undo_stamps WHERE h < ?'),
  forgetStamps: db.prepare('DELETE FROM undo_stamps'),
});

const createStands = (db: Db, tables: TableIndex, device: Device) => {
  const find = db.prepare<[number, number, string, number], { h: number; d: number }>(
    'SELECT was_h AS h, was_d AS d FROM undo_stamps WHERE tbl = ? AND n = ? AND field = ? AND h = ?',
  );
  const put = db.prepare('INSERT INTO undo_stamps(tbl, n, field, h, was_h, was_d) VALUES(?, ?, ?, ?, ?, ?)');
  /** A stamp of a register and, one after another, the earlier stamps it stands for. */
  function* chain(row: Row, register: string, from: Stamp = stampOf(row, register)): Generator<Stamp> {
    const table = tables.indexOf(row.layout.name);
    let stamp: Stamp | undefined = from;
    while (stamp !== undefined) {
      yield stamp;
      const was: { h: number; d: number } | undefined =
        stamp[1] === device.idx ? find.get(table, row.n, register, stamp[0]) : undefined;
      stamp = was === undefined ? undefined : [was.h, was.d];
    }
  }
  /** The stamp that first wrote what a stamp stands for: two stamps with one origin are the same value to undo. */
  const originOf = (row: Row, register: string, stamp: Stamp): Stamp => {
    let origin = stamp;
    for (const earlier of chain(row, register, stamp)) origin = earlier;
    return origin;
  };
  /** Whether two stamps of a register stand for one write. */
  const areOne = (row: Row, register: string, one: Stamp, other: Stamp): boolean =>
    isSameStamp(originOf(row, register, one), originOf(row, register, other));
  return {
    chain,
    /** Whether a register holds what a stamp wrote, by itself or brought back. */
    holds: (row: Row, register: string, stamp: Stamp): boolean => areOne(row, register, stampOf(row, register), stamp),
    areOne,
    /** Says that a register's present stamp brought back the value of an earlier one. */
    stand(row: Row, register: string, was: Stamp): void {
      const [h] = stampOf(row, register);
      put.run(tables.indexOf(row.layout.name), row.n, register, h, ...was);
    },
  };
};

export type UndoLog = ReturnType<typeof createUndoLog>;

/** @param forgetBatch called for a batch that can no longer be done again */
export const createUndoLog = (db: Db, tables: TableIndex, device: Device, forgetBatch: (batch: number) => void) => {
  const sql = prepareSteps(db);
  const stands = createStands(db, tables, device);

  /** Stamps written before the oldest step that is kept are asked for by nobody. */
  const forgetOldStamps = (): void => {
    const txns = JSON.parse(sql.oldest.get()?.txns ?? '[]') as Step['txns'];
    const [first] = txns;
    if (first !== undefined) sql.forgetStampsBefore.run(first[1]);
  };

  /** What the kept steps come to, batches apart; undefined = to be counted, which reads every one of them. */
  let size: { steps: number; bytes: number } | undefined;
  const forgetSize = (): void => {
    size = undefined;
  };

  /** Makes room after a step of so many bytes was added; null for one that does not count. */
  const trim = (added: number | null): void => {
    if (size !== undefined && added !== null) size = { steps: size.steps + 1, bytes: size.bytes + added };
    size ??= sql.size.get() ?? { steps: 0, bytes: 0 };
    while (size.steps > MAX_STEPS || size.bytes > MAX_BYTES) {
      const oldest = sql.oldest.get();
      if (oldest === undefined) return;
      sql.remove.run(oldest.n);
      size = { steps: size.steps - 1, bytes: size.bytes - oldest.bytes };
      if (oldest.n % FORGET_EVERY === 0) forgetOldStamps();
    }
  };

  /** A new change: what was taken back cannot be done again. */
  const clearRedo = (actor: string): void => {
    for (const { n, batch } of sql.undone.all(actor)) {
      sql.remove.run(n);
      forgetSize();
      if (batch !== null) forgetBatch(batch);
    }
    if (sql.isEmpty.get() === 1) sql.forgetStamps.run();
  };

  return {
    ...stands,
    /** Adds a step; returns its number. `batch` steps keep their data in batch_rows. */
    push(
      change: Change,
      at: number,
      entries: readonly UndoEntry[],
      drafts: readonly Draft[],
      batch: number | null = null,
    ): number {
      clearRedo(change.actor);
      const data = JSON.stringify(entries);
      const txns = JSON.stringify(drafts.map(({ place, first }) => [place, first]));
      const { actor, window, screen, label, source, reason } = change;
      const done = sql.put.run(actor, window, screen, label, source, reason, at, batch, txns, data.length, data);
      trim(batch === null ? data.length : null);
      return Number(done.lastInsertRowid);
    },
    /** After a rollback: what was counted since is not there. */
    reload: forgetSize,
    /** Whether a step can still take the batch back or do it again. */
    hasBatch: (batch: number): boolean => sql.ofBatch.get(batch) === 1,
    toUndo: (actor: string): Step | undefined => toStep(sql.lastDone.get(actor)),
    toRedo: (actor: string): Step | undefined => toStep(sql.firstUndone.get(actor)),
    entries: (step: Step): readonly UndoEntry[] => JSON.parse(sql.data.get(step.n) ?? '[]') as readonly UndoEntry[],
    setState: (step: Step, state: 'done' | 'undone'): void => void sql.setState.run(state, step.n),
    setTransactions: (step: Step, drafts: readonly Draft[]): void =>
      void sql.setTxns.run(JSON.stringify(drafts.map(({ place, first }) => [place, first])), step.n),
  };
};

type StepInfo = Pick<Step, 'label' | 'at' | 'window' | 'screen'> & { readonly step: number; readonly batch: string | null };

/** How a step is told to a person. */
export const describeStep = ({ n, label, at, window, screen, batchId }: Step): StepInfo => ({
  step: n,
  label,
  at,
  window,
  screen,
  batch: batchId,
});

/** What undo and redo would do for a person, and where a batch stands, by any connection. */
export const readUndoState = (db: Db, actor: string, batch: string | null): UndoState => {
  const { lastDone, firstUndone } = prepareEnds(db);
  const stateOf = db.prepare<[string], NonNullable<UndoState['batch']>>('SELECT state FROM batches WHERE id = ?').pluck();
  const tell = (stored: Stored | undefined): StepInfo | null => {
    const step = toStep(stored);
    return step === undefined ? null : describeStep(step);
  };
  return {
    undo: tell(lastDone.get(actor)),
    redo: tell(firstUndone.get(actor)),
    batch: batch === null ? null : (stateOf.get(batch) ?? null),
  };
};
