/** Puts the parts of the write path together over an open database. */
import { today } from '../../../shared/domain/dates.ts';
import { createHlc } from '../../../shared/domain/hlc.ts';
import type { Kind } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { EngineEnv } from '../env.ts';
import type { Rules } from './api.ts';
import { createBatchRows } from './batch-rows.ts';
import { createBatches } from './batches.ts';
import type { Db } from './db.ts';
import { customFields } from './fields.ts';
import { createFinish } from './finish.ts';
import { createIssues } from './issues.ts';
import { ensureDevice, ensureScope, ensureTableIndex, LOCAL_SCOPE } from './local.ts';
import { createLog } from './log.ts';
import { migrations } from './migrations/index.ts';
import { createPatches } from './patches.ts';
import { createReaderOver } from './reader.ts';
import { createRows } from './rows.ts';
import { createSearchIndex } from './search.ts';
import { createSeries } from './series.ts';
import { createStates } from './states.ts';
import { createSummaries } from './summaries.ts';
import { createUndoLog } from './undo-log.ts';
import type { UndoParts } from './undo.ts';
import { createWrites } from './writes.ts';

export type PartsEnv = Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone'> & { readonly rules: Rules };

/** The oldest build that can read what this one logs. */
const MIN_SCHEMA = 10;

/** Kinds of custom fields, read once per transaction. */
const createCustomKinds = (db: Db) => {
  const known = new Map<TableName, ReturnType<typeof customFields>>();
  return {
    kindOf(table: TableName, field: string): Kind | undefined {
      const fields = known.get(table) ?? customFields(db, table);
      known.set(table, fields);
      return fields.get(field)?.kind;
    },
    forget: (): void => known.clear(),
  };
};

export type WriteParts = ReturnType<typeof createParts>;

export const createParts = (db: Db, env: PartsEnv) => {
  const { rules } = env;
  const device = ensureDevice(db, env.ids, env.random);
  const scope = ensureScope(db);
  const tables = ensureTableIndex(db);
  const schema = { sv: migrations.at(-1)?.id ?? MIN_SCHEMA, minsv: MIN_SCHEMA };
  const log = createLog(db, { scope, scopeId: LOCAL_SCOPE, device }, tables, schema);
  const hlc = createHlc(env.clock, log.lastStamp());
  const rows = createRows(db);
  const reader = createReaderOver(db, rows.find, rows.forget);
  const issues = createIssues(db);
  const states = createStates(db);
  const batchRows = createBatchRows(db, tables);
  const writes = createWrites({ db, rows, issues, states, batchRows, scope, device });
  const zone = (): string => {
    const set = reader.setting('zone');
    return typeof set === 'string' ? set : env.zone;
  };
  const series = createSeries(db, device.code, () => today(zone(), env.clock));
  const customKinds = createCustomKinds(db);
  const undoLog = createUndoLog(db, tables, device.idx, batchRows.forget);
  const undo: UndoParts = { rows, writes, rules, reader, log: undoLog, batchRows, device: device.idx };
  return {
    device,
    log,
    reader,
    series,
    batchRows,
    undoLog,
    undo,
    hlc,
    patches: createPatches(db, tables, {
      rows,
      reader,
      rules,
      writes,
      batchRows,
      series,
      customKind: (table, field) => customKinds.kindOf(table, field),
    }),
    batches: createBatches(db, tables, { rows, writes, batchRows, log: undoLog }),
    finish: createFinish({
      find: rows.find,
      rules,
      reader,
      issues,
      search: createSearchIndex(db),
      summaries: createSummaries(db),
      log,
    }),
    /** After every transaction, kept or rolled back. */
    settle(): void {
      rows.forget();
      customKinds.forget();
      series.settle();
    },
  };
};
