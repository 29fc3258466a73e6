/**
 * Takes a step back, or does it again, by ordinary writes. A register is only touched while it holds what the step
 * left there (by stamp, not by value); everything else is left alone and listed.
 */
import type { CellValue, Scalar } from '../../../shared/domain/kinds.ts';
import type { Rules } from './api.ts';
import type { BatchRows } from './batch-rows.ts';
import { DELETED, LIVE } from './rows.ts';
import type { Row, Rows, Stamp } from './rows.ts';
import type { UndoLog } from './undo-log.ts';
import { columnValue } from './values.ts';
import type { UndoEntry, Work } from './work.ts';
import { EXISTENCE } from './writes.ts';
import type { Writes } from './writes.ts';

export type Refused = { readonly table: string; readonly id: string; readonly field: string; readonly now: Scalar };

/** What was brought back, and what was left alone. */
export type Outcome = {
  readonly rows: Map<string, { readonly table: string; readonly id: string; readonly fields: Set<string> }>;
  readonly refused: Refused[];
};

export type UndoParts = {
  readonly rows: Rows;
  readonly writes: Writes;
  readonly rules: Rules;
  readonly log: UndoLog;
  readonly batchRows: BatchRows;
  readonly device: number;
};

type Entry<K extends UndoEntry['k']> = Extract<UndoEntry, { k: K }>;

export const newOutcome = (): Outcome => ({ rows: new Map(), refused: [] });

/** Notes that fields of a row were brought back. */
export const noteRow = (outcome: Outcome, row: Row, fields: Iterable<string>): void => {
  const key = `${row.layout.name}/${row.id}`;
  const known = outcome.rows.get(key) ?? { table: row.layout.name, id: row.id, fields: new Set<string>() };
  for (const field of fields) known.fields.add(field);
  outcome.rows.set(key, known);
};

export const noteRefused = (outcome: Outcome, row: Row, field: string, now: CellValue): void => {
  outcome.refused.push({ table: row.layout.name, id: row.id, field, now: columnValue(now) });
};

/** A number once given stays (DECISIONS.md 3), so undo leaves it and does not mind it. */
const isGivenNumber = (row: Row, register: string): boolean => row.layout.series?.field === register;

export type Undo = ReturnType<typeof createUndo>;

export const createUndo = ({ rows, writes, rules, log, batchRows, device }: UndoParts) => {
  const holds = (row: Row, register: string, [h, d]: Stamp): boolean => {
    for (const stamp of log.chain(row, register)) if (stamp[0] === h && stamp[1] === d) return true;
    return false;
  };

  /** Writes a register back and says which earlier stamp the new one stands for. */
  const bringBack = (work: Work, row: Row, cells: ReadonlyMap<string, readonly [CellValue, Stamp]>): void => {
    const existence = cells.get(EXISTENCE);
    if (existence !== undefined) writes.setExistence(work, row, existence[0] === LIVE ? LIVE : DELETED);
    const values = [...cells].filter(([register]) => register !== EXISTENCE);
    writes.update(work, row, new Map(values.map(([register, [value]]) => [register, value])));
    for (const [register, [, stamp]] of cells) log.stand(row, register, stamp);
  };

  const undoInsert = (work: Work, row: Row, entry: Entry<'i'>, outcome: Outcome): void => {
    const changed = Object.keys(row.x).filter(
      (register) => !isGivenNumber(row, register) && !holds(row, register, [entry.h, device]),
    );
    if (writes.children(row).some((child) => child.alive === 1)) changed.push(EXISTENCE);
    for (const register of changed) noteRefused(outcome, row, register, writes.cellOf(row, register));
    if (changed.length > 0) return;
    bringBack(work, row, new Map([[EXISTENCE, [DELETED, [entry.h, device]]]]));
    noteRow(outcome, row, [EXISTENCE]);
  };

  const redoInsert = (work: Work, row: Row, entry: Entry<'i'>, outcome: Outcome): void => {
    bringBack(work, row, new Map([[EXISTENCE, [LIVE, [entry.h, device]]]]));
    noteRow(outcome, row, [EXISTENCE]);
  };

  const swapFields = (work: Work, row: Row, entry: Entry<'u'>, isUndo: boolean, outcome: Outcome): void => {
    const cells = new Map<string, readonly [CellValue, Stamp]>();
    for (const [register, [was, became, stamp]] of Object.entries(entry.f)) {
      if (was === null && isGivenNumber(row, register)) continue;
      const own: Stamp = [entry.h, device];
      if (!holds(row, register, isUndo ? own : stamp)) noteRefused(outcome, row, register, writes.cellOf(row, register));
      else cells.set(register, isUndo ? [was, stamp] : [became, own]);
    }
    if (cells.size === 0) return;
    bringBack(work, row, cells);
    noteRow(outcome, row, cells.keys());
  };

  const swapState = (work: Work, row: Row, entry: Entry<'t'>, isUndo: boolean, outcome: Outcome): void => {
    const { t, field, from, to, why } = entry;
    const own: Stamp = [entry.h, device];
    const now = row.v[field] ?? null;
    const isAllowed = isUndo
      ? holds(row, field, own) && now === to && rules.reversible(t, field, from, to)
      : holds(row, field, entry.was) &&
        now === from &&
        (work.change.source === 'import' || rules.allowed(t, field, from).includes(to));
    if (!isAllowed) return noteRefused(outcome, row, field, now);
    writes.move(work, row, field, isUndo ? from : to, isUndo ? null : why);
    log.stand(row, field, isUndo ? entry.was : own);
    noteRow(outcome, row, [field]);
  };

  return {
    holds,
    bringBack,
    /** Takes a step back, last op first, or does it again, first op first. */
    swap(work: Work, entries: readonly UndoEntry[], isUndo: boolean): Outcome {
      const outcome = newOutcome();
      for (const entry of isUndo ? entries.toReversed() : entries) {
        const row = rows.findByN(entry.t, entry.n);
        if (row === undefined) continue;
        batchRows.refuseImporting(row, null);
        if (entry.k === 'u') swapFields(work, row, entry, isUndo, outcome);
        else if (entry.k === 't') swapState(work, row, entry, isUndo, outcome);
        else if (isUndo) undoInsert(work, row, entry, outcome);
        else redoInsert(work, row, entry, outcome);
      }
      return outcome;
    },
  };
};
