/** Puts the parts of the write path together over an open database. */
import { today, zoneOf } from '../../../../shared/domain/dates.ts';
import { createHlc } from '../../../../shared/domain/hlc.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import { ownNumbering, partNumber, readNumbering } from '../../../../shared/domain/numbering.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, Rules } from '../api.ts';
import { createBatchRows } from '../undo/batch-rows.ts';
import { createBatches } from '../undo/batches.ts';
import { createNeeded } from '../undo/needed.ts';
import type { Db } from '../file/db.ts';
import { customFields } from '../read/fields.ts';
import { createFinish } from './finish.ts';
import { createIssuedDocuments } from './issued.ts';
import { createIssues } from './issues.ts';
import { ensureDevice, ensureTableIndex, prepareCode } from '../file/local.ts';
import { layoutOf, numberFields } from '../file/layout.ts';
import { createLegalSeries } from './legal-series.ts';
import { createLog } from '../log/log.ts';
import { createExtras } from '../merge/extras.ts';
import { createHeads } from '../merge/heads.ts';
import { createMerge } from '../merge/parts.ts';
import type { AdaptMerge } from '../merge/parts.ts';
import { createUnseenNotes, createUnseenReader } from '../merge/unseen.ts';
import { migrations } from '../migrations/index.ts';
import { createPatches } from './patches.ts';
import { createReaderOver } from '../read/reader.ts';
import { createRows } from './rows.ts';
import { createSearchIndex } from '../read/search.ts';
import { createSeries } from './series.ts';
import { createArrive } from '../subjects/arriving.ts';
import { createSubjectKeys } from '../subjects/keys.ts';
import { createRefill } from '../subjects/refill.ts';
import { createStates } from './states.ts';
import { createStreams } from '../log/streams.ts';
import { createSummaries } from '../sums/summaries.ts';
import { createUndoLog } from '../undo/undo-log.ts';
import type { UndoParts } from '../undo/undo.ts';
import { createWrites } from './writes.ts';

export type PartsEnv = Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone'> & {
  readonly rules: Rules;
  readonly adaptMerge?: AdaptMerge;
};

/** The oldest build that can read what this one logs: it knows where an account went. */
const MIN_SCHEMA = 400;

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

/** The numbers of documents, in the form the company gave them: those of the device, and legal ones. */
const openNumbers = (db: Db, opened: ReturnType<typeof openLog>, reader: Reader, env: Pick<PartsEnv, 'zone' | 'clock'>) => {
  const { device, deviceCode: code } = opened;
  const numberingOf = (table: TableName) =>
    readNumbering(reader.setting(`numbers.${table}`), layoutOf(table).series?.legal != null);
  const shared = {
    today: () => today(zoneOf(reader.setting('zone'), env.zone), env.clock),
    isTaken: (table: TableName, number: string) =>
      numberFields(table).some((field) =>
        [number, partNumber(number, 1)].some((one) => reader.match(table, field, one).length > 0),
      ),
  };
  const own = createSeries(db, { ...shared, code, numberingOf: (table) => ownNumbering(numberingOf(table)) });
  const legal = createLegalSeries(db, { ...shared, device: () => ({ id: device.id, code: code() }), numberingOf });
  return {
    own,
    legal,
    /** Takes note of a number that is written in a field that holds numbers. */
    note: (table: TableName, field: string, number: string): void => {
      const kept = layoutOf(table).series;
      if (field === kept?.field) own.note(table, number);
      else if (field === kept?.legal) legal.note(table, number);
    },
    settle(): void {
      own.settle();
      legal.settle();
    },
  };
};

/** Who writes here, the log it writes, and the clock its stamps come from. */
const openLog = (db: Db, env: Pick<PartsEnv, 'clock' | 'ids' | 'random'>) => {
  const device = ensureDevice(db, env.ids, env.random);
  const streams = createStreams(db);
  const tables = ensureTableIndex(db);
  const schema = migrations.at(-1)?.id ?? MIN_SCHEMA;
  const range = { sv: schema, minsv: MIN_SCHEMA };
  const subjects = createSubjectKeys(db, env.random);
  const log = createLog(db, { device, streams, tables, schema: range, seal: subjects.seal });
  return {
    device,
    deviceCode: prepareCode(db, device),
    streams,
    tables,
    schema,
    range,
    subjects,
    log,
    hlc: createHlc(env.clock, log.lastStamp()),
  };
};

export type WriteParts = ReturnType<typeof createParts>;

export const createParts = (db: Db, env: PartsEnv) => {
  const opened = openLog(db, env);
  const { device, streams, tables, subjects, log } = opened;
  const rows = createRows(db);
  const reader = createReaderOver(db, rows.find, rows.forget);
  const issues = createIssues(db);
  const states = createStates(db);
  const batchRows = createBatchRows(db, tables);
  const extras = createExtras(db);
  const issued = createIssuedDocuments(db);
  const [noteUnseen, readUnseen] = [createUnseenNotes(db), createUnseenReader(db)];
  const writes = createWrites({
    ...{ db, rows, issues, states, heads: createHeads(db), extras, batchRows, streams, device, issued },
    ...{ noteUnseen, readUnseen },
  });
  const cells = { rows, issues, childIds: writes.childIds };
  const numbers = openNumbers(db, opened, reader, env);
  const merge = createMerge(db, cells, states, {
    ...{ tables, clock: env.clock, noteNumber: numbers.note, noteUnseen, adapt: env.adaptMerge, issued },
    ...{ extras, arrive: createArrive(subjects), streams, subjects },
  });
  const customKinds = createCustomKinds(db);
  const undoLog = createUndoLog(db, tables, device, batchRows.forget);
  const needed = createNeeded(db, tables);
  const undo: UndoParts = { rows, writes, rules: env.rules, reader, log: undoLog, batchRows, device, needed };
  return {
    ...opened,
    clock: env.clock,
    rows,
    merge,
    refill: createRefill({ db, tables, parts: merge.parts }),
    reader,
    numbers,
    batchRows,
    undoLog,
    undo,
    patches: createPatches(db, tables, {
      ...{ rows, reader, rules: env.rules, writes, batchRows, noteNumber: numbers.note, streams },
      customKind: (table, field) => customKinds.kindOf(table, field),
    }),
    batches: createBatches(db, tables, { rows, writes, batchRows, log: undoLog, needed }),
    finish: createFinish({
      find: rows.find,
      rules: env.rules,
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
      numbers.settle();
      merge.forget();
    },
  };
};
