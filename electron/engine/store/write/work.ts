/**
 * One change while it is being made: the rows it touched, the ops it logs, what would take it back. Lives for one
 * SQLite transaction and is thrown away with it.
 */
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { Refusal } from '../../../../shared/contract/shapes.ts';
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Change, StorePatch, StoredRow } from '../api.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import { layoutOf } from '../file/layout.ts';
import type { LoggedOp, LoggedTransaction } from '../log/log.ts';
import { ACCOUNTS } from '../log/streams.ts';
import type { Streams } from '../log/streams.ts';
import type { Left, Row, Stamp } from './rows.ts';

export type Touched = {
  readonly row: Row;
  /** The row as it was; undefined when it was not there or not live. */
  readonly before: StoredRow | undefined;
  readonly isNew: boolean;
  /** The registers that were written; what hangs on none of them stands as it is. */
  readonly registers: ReadonlySet<string>;
  /** A text that could not be read came or went. */
  readonly hasText: boolean;
};

/** [before, after, stamp of before]. */
export type FieldUndo = readonly [was: CellValue, became: CellValue, stamp: Stamp];

type Entry = { readonly t: TableName; readonly n: number; readonly r: string; readonly h: number };

/** What an undo step keeps of each op: enough to take it back, do it again, and see whether somebody came between. */
export type UndoEntry =
  | (Entry & { readonly k: 'i' })
  | (Entry & { readonly k: 'u'; readonly f: Readonly<Record<string, FieldUndo>> })
  | (Entry & {
      readonly k: 't';
      readonly field: string;
      readonly from: string;
      readonly to: string;
      readonly why: string | null;
      readonly was: Stamp;
    })
  | (Entry & { readonly k: 'r'; readonly field: string; readonly heads: readonly Stamp[] });

export type BatchRef = { readonly idx: number; readonly id: string };

export type WorkOptions = {
  readonly batch?: BatchRef;
  /** What may not be made is left out and noted, instead of all being refused. */
  readonly isLenient?: boolean;
  /** The batch is being taken back or done again: its rows are known already. */
  readonly isSwap?: boolean;
  /** First stamps of the transactions this change takes back, by the places of their streams. */
  readonly undoOf?: ReadonlyMap<number, number>;
};

export type Draft = { readonly place: number; readonly first: number; readonly ops: LoggedOp[] };

/** Who writes, when, and into which streams. */
export type WorkParts = {
  readonly device: number;
  readonly now: () => number;
  readonly streams: Pick<Streams, 'placeOf' | 'areSeveral'>;
};

export type Work = ReturnType<typeof createWork>;

/** External keys travel with the row they name, everything else by its own table. */
export const rankOf = (row: Pick<Row, 'layout' | 'v'>): number => {
  const table: Scalar | undefined = row.layout.name === 'external_refs' ? row.v['table'] : undefined;
  return typeof table === 'string' && isTableName(table) ? layoutOf(table).scopeRank : row.layout.scopeRank;
};

/** Where the stream of a row is among those of this file. */
const placeOf = (row: Row, streams: WorkParts['streams']): number => {
  const rank = rankOf(row);
  return rank === ACCOUNTS ? streams.placeOf(row.scope) : rank;
};

export const createWork = (change: Change, { device, now, streams }: WorkParts, options: WorkOptions) => {
  const touched = new Map<Row, Touched & { readonly registers: Set<string>; hasText: boolean }>();
  const drafts: Draft[] = [];
  const entries: UndoEntry[] = [];
  const inverse: StorePatch[] = [];
  const refused: Refusal[] = [];
  return {
    change,
    batch: options.batch ?? null,
    isSwap: options.isSwap === true,
    entries,
    inverse,
    isLenient: options.isLenient === true,
    refused,
    /** Who was erased by what came from elsewhere. */
    erased: new Set<Row>(),
    /** What went to another territory, and from which. */
    left: new Map<Row, Left>(),
    drafts: drafts as readonly Draft[],
    stamp: (): Stamp => [now(), device],
    /** Must be called before the row is changed. */
    touch(row: Row, isNew = false): void {
      if (touched.has(row)) return;
      const before = isNew || row.alive !== 1 ? undefined : { ...row.v };
      touched.set(row, { row, before, isNew, registers: new Set(), hasText: false });
    },
    /** Notes a written register of a touched row. */
    wrote(row: Row, register: string, was: CellValue, value: CellValue): void {
      const one = touched.get(row);
      if (one === undefined) return;
      one.registers.add(register);
      one.hasText ||= isBad(was) || isBad(value);
    },
    touched: (): IterableIterator<Touched> => touched.values(),
    /** Logs an op of a row; returns the first stamp of its transaction. */
    log(row: Row, op: Omit<LoggedOp, 'table' | 'row' | 'n'>): number {
      const place = placeOf(row, streams);
      // Rows of several territories come in any order: each of those has one transaction of a change all the same.
      let draft = streams.areSeveral() ? drafts.find((one) => one.place === place) : drafts.at(-1);
      if (draft?.place !== place) {
        draft = { place, first: op.h, ops: [] };
        drafts.push(draft);
      }
      draft.ops.push({ ...op, table: row.layout.name, row: row.id, n: row.n });
      return draft.first;
    },
    /** Who makes the change, as transitions keep it. */
    /** Who does it, and by what. */
    by: () => ({ actor: change.actor, source: change.source }),
    about: () => ({ actor: change.actor, source: change.source, batch: options.batch?.id ?? null }),
    undoneBy: (row: Row): number | null => options.undoOf?.get(placeOf(row, streams)) ?? null,
    /** The log transactions of the change, in order. */
    transactions: (): readonly LoggedTransaction[] =>
      drafts.map(({ place, ops }) => ({
        place,
        actor: change.actor,
        source: change.source,
        batch: options.batch?.id ?? null,
        label: change.label,
        occurredAt: change.occurredAt ?? null,
        reason: change.reason,
        undoOf: options.undoOf?.get(place) ?? null,
        ops,
      })),
  };
};
