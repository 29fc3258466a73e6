/**
 * The write store: the one door by which business rows change. Every change is one SQLite transaction; it is on the
 * disk when the call returns, and only then told to anybody.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { today, zoneOf } from '../../../../shared/domain/dates.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { EngineEnv, Emit } from '../../env.ts';
import type { Batch, Change, Rules, StorePatch, Undone, WriteStore } from '../api.ts';
import { backupTo } from '../file/backup.ts';
import type { BatchInfo } from '../undo/batches.ts';
import { MAX_OPS } from './finish.ts';
import { refreshCreditSums } from '../sums/credit-sums.ts';
import { refreshBookingSums } from '../sums/booking-sums.ts';
import { refreshCaseClocks } from '../sums/case-clocks.ts';
import { refreshOrderSums } from '../sums/summaries.ts';
import { refreshKeys } from '../file/keys.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { createErase } from './erase.ts';
import { createLocalStore } from '../file/local-settings.ts';
import type { AdaptMerge } from '../merge/parts.ts';
import { openMigrated } from '../file/migrate.ts';
import { createPast } from '../log/past.ts';
import { mergeBy } from '../team/sync-identity.ts';
import { lettingGo } from '../team/sync-keys.ts';
import { createSyncStore } from '../team/sync-store.ts';
import { createMove, endMove } from '../territory/move.ts';
import type { SyncStore } from '../team/sync-store.ts';
import { createSwapper } from '../undo/swap.ts';
import type { Swapper } from '../undo/swap.ts';
import { createTransact } from './transact.ts';
import type { Transact } from './transact.ts';
import { describeStep } from '../undo/undo-log.ts';
import type { Step } from '../undo/undo-log.ts';
import { newOutcome, rowsOfOutcome, swapEntries } from '../undo/undo.ts';
import type { Outcome } from '../undo/undo.ts';
import type { WorkOptions } from './work.ts';
import { settleExtras } from '../merge/upgrade.ts';
import { wipe } from '../subjects/forget.ts';
import { toRefill } from '../subjects/refill.ts';
import { createParts } from './write-parts.ts';
import type { WriteParts } from './write-parts.ts';

export type WriteStoreOptions = Pick<EngineEnv, 'db' | 'clock' | 'ids' | 'random' | 'log' | 'zone'> & {
  readonly rules: Rules;
  readonly emit: Emit;
  /** Changes how what comes from elsewhere is merged: for tests of the tests. */
  readonly adaptMerge?: AdaptMerge;
};

export type OpenStore = WriteStore & { readonly sync: SyncStore };

type Context = {
  readonly parts: WriteParts;
  readonly transact: Transact;
  readonly swapper: Swapper;
  readonly clock: () => number;
};

/** Shared rows first (DECISIONS.md 4); within a scope as they came. */
const sharedFirst = ({ parts }: Context, patches: readonly StorePatch[]): readonly StorePatch[] => {
  const tableOf = (patch: StorePatch): unknown => {
    if (patch.table !== 'external_refs') return patch.table;
    return patch.kind === 'insert' ? patch.values['table'] : parts.reader.getAny('external_refs', patch.id)?.['table'];
  };
  const rank = (patch: StorePatch): number => {
    const table = tableOf(patch);
    return typeof table === 'string' && isTableName(table) ? layoutOf(table).scopeRank : layoutOf('external_refs').scopeRank;
  };
  return patches
    .map((patch) => ({ patch, rank: rank(patch) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ patch }) => patch);
};

const applyPatches = (context: Context, patches: readonly StorePatch[], change: Change, options: WorkOptions) => {
  const { parts, transact, clock } = context;
  if (patches.length > MAX_OPS) throw new AppError('too-large', `More than ${MAX_OPS} changes at once. Nothing was changed.`);
  return transact.change(
    change,
    options,
    (work) => {
      for (const patch of sharedFirst(context, patches)) parts.patches.apply(work, patch);
    },
    (work, { rows, issues }) => {
      const makesStep = change.silent !== true && options.batch === undefined && work.entries.length > 0;
      const step = makesStep ? parts.undoLog.push(change, clock(), work.entries, work.drafts) : null;
      return { rows: [...rows], issues: [...issues], step, refused: work.refused, inverse: work.inverse.toReversed() };
    },
  );
};

const createBatch = (context: Context, info: BatchInfo, change: Change): Batch => {
  const { parts, transact, swapper, clock } = context;
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) throw new AppError('internal', `Batch ${info.id} has ended`);
    isOpen = false;
  };
  return {
    id: info.id,
    apply(patches, options) {
      if (!isOpen) throw new AppError('internal', `Batch ${info.id} has ended`);
      const work = { ...options, batch: info };
      const { rows, issues, refused } = applyPatches(context, patches, { ...change, silent: true }, work);
      return { rows, issues, step: null, refused };
    },
    done() {
      close();
      return transact.run(() => {
        parts.batches.finish(info.idx, 'done', clock());
        return change.silent === true ? null : parts.undoLog.push(change, clock(), [], [], info.idx);
      });
    },
    undo() {
      close();
      swapper.swap(info, 'undone', change, () => undefined);
    },
  };
};

const openBatch = (context: Context, ids: () => string, label: string, change: Change): Batch => {
  const { parts, transact, clock } = context;
  const running = parts.batches.applying();
  if (running !== undefined) throw new AppError('busy', `“${running.label}” is still running.`, { batch: running.id });
  const info = transact.run(() => parts.batches.add(ids(), label, change.source, change.actor, clock()));
  return createBatch(context, info, { ...change, label });
};

const tellOutcome = (step: Step, outcome: Outcome, change: Change) => ({
  step: describeStep(step),
  rows: rowsOfOutcome(outcome),
  refused: outcome.refused,
  elsewhere: step.window !== change.window,
});

const swapStep = (context: Context, step: Step, change: Change, isUndo: boolean): Outcome => {
  const { parts, transact, swapper } = context;
  const { undoLog, undo, batches } = parts;
  const state = isUndo ? 'undone' : 'done';
  const { label, reason } = step;
  const asStep: Change = { ...change, source: isUndo ? 'undo' : step.source, label, reason, silent: true };
  const batch = step.batch === null ? undefined : batches.info(step.batch);
  if (batch !== undefined) {
    const running = batches.applying();
    if (running !== undefined) throw new AppError('busy', `“${running.label}” is still running.`, { batch: running.id });
    return swapper.swap(batch, state, asStep, () => undoLog.setState(step, state));
  }
  let outcome = newOutcome(isUndo);
  transact.change(
    asStep,
    isUndo ? { undoOf: new Map(step.txns) } : {},
    (work) => {
      outcome = swapEntries(undo, work, undoLog.entries(step), isUndo);
    },
    (work) => {
      undoLog.setState(step, state);
      if (!isUndo) undoLog.setTransactions(step, work.drafts);
    },
  );
  return outcome;
};

const swapLast = (context: Context, change: Change, isUndo: boolean): Undone & { readonly elsewhere: boolean } => {
  const { undoLog } = context.parts;
  const step = isUndo ? undoLog.toUndo(change.actor) : undoLog.toRedo(change.actor);
  if (step === undefined) return { step: null, rows: [], refused: [], elsewhere: false };
  return tellOutcome(step, swapStep(context, step, change, isUndo), change);
};

const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
};

/** The schema under which what an earlier build could not read was last tried. */
const READ_BY = 'read_by';

/** Merges what waited for a schema like this one's (SYNC.md 2.9). */
const readWhatWaited = (db: Db, parts: WriteParts, transact: Transact): void => {
  if (parts.streams.membership() === null || readMeta(db, READ_BY) === parts.schema) return;
  lettingGo(db, parts, true, ({ settle }) =>
    transact.change(
      mergeBy(parts.device.id),
      {},
      (work) => {
        parts.log.seal();
        settleExtras(db, parts.merge.parts, { tables: parts.tables, devices: parts.merge.devices }, work);
        parts.merge.receiver.retryDeferred(work);
        for (const { table, id } of toRefill(db)) {
          const row = parts.rows.find(table, id);
          if (row !== undefined) parts.refill(work, row);
        }
        settle(work);
      },
      () => writeMeta(db, READ_BY, parts.schema),
    ),
  );
};

const openParts = (db: Db, options: WriteStoreOptions): WriteParts =>
  db
    .transaction(() => {
      refreshKeys(db);
      refreshOrderSums(db);
      refreshBookingSums(db);
      refreshCaseClocks(db);
      refreshCreditSums(db);
      return createParts(db, options);
    })
    .immediate();

/** The next numbers of documents: of this device's own series, and of a legal one. */
const numbersOf = ({ numbers }: WriteParts): Pick<WriteStore, 'nextNumber' | 'nextLegal'> => ({
  nextNumber(table) {
    if (layoutOf(table).series === null) throw new AppError('internal', `${table} has no number series`);
    return numbers.own.next(table);
  },
  nextLegal(table) {
    if (layoutOf(table).series?.legal == null) throw new AppError('internal', `${table} has no legal series`);
    return numbers.legal.next(table);
  },
});

/**
 * Opens a file for writing, making it when missing, and mends what a crash left behind.
 * @throws AppError `newer-file`, `bad-file`, `damaged-file`, `read-only`, `locked`, `io`
 */
export const openWriteStore = (options: WriteStoreOptions): OpenStore => {
  const { clock, ids, emit, log } = options;
  const { db, backup } = openMigrated(options.db, clock());
  if (backup !== null) log('info', 'The file was brought to this version; the file before it is kept', { backup });
  try {
    const parts = openParts(db, options);
    const transact = createTransact(db, options.db, parts, emit);
    const local = createLocalStore(db);
    local.forgetNotices();
    const swapper = createSwapper(parts, transact, clock, emit, (text) => local.addNotice(text));
    swapper.recover();
    readWhatWaited(db, parts, transact);
    endMove(db, createMove(db, parts, transact));
    wipe(db);
    const tell = once(() => local.noticesTold());
    const context: Context = { parts, transact, swapper, clock };
    const seal = (): void => {
      tell();
      if (parts.log.isWaiting()) transact.run(() => parts.log.seal());
    };
    return {
      ...parts.reader,
      get device() {
        return local.device();
      },
      past: createPast(db),
      sync: createSyncStore(db, parts, transact),
      erase: createErase(db, parts, transact, () => today(zoneOf(parts.reader.setting('zone'), options.zone), clock)),
      local,
      notices: local.notices(),
      apply(patches, change, apply = {}) {
        tell();
        return applyPatches(context, patches, change, apply);
      },
      batch(label, change) {
        tell();
        return openBatch(context, ids, label, change);
      },
      undo: (change) => swapLast(context, change, true),
      redo: (change) => swapLast(context, change, false),
      ...numbersOf(parts),
      seal,
      backup: (to) => backupTo(db, to),
      checkpoint: transact.checkpoint,
      close() {
        if (!db.open) return;
        seal();
        transact.fold();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
};
