/**
 * State columns: the fold of a row's transitions in stamp order (SYNC.md 2.4). The rows of `trans` are the truth; the
 * column holds what they come to, on every device the same.
 */
import { initialOf, startFold } from '../../../../shared/domain/lifecycle.ts';
import type { Transition } from '../../../../shared/domain/lifecycle.ts';
import type { Source } from '../api.ts';
import type { Db } from '../file/db.ts';
import { compareSaid } from '../merge/said.ts';
import type { Row, Stamp } from './rows.ts';

export type TransitionRow = {
  readonly from: string | null;
  readonly to: string;
  readonly why: string | null;
  readonly stamp: Stamp;
  readonly actor: string;
  readonly source: Source;
  /** First stamp of the transaction, and the batch it belongs to. */
  readonly first: number;
  readonly batch: string | null;
  /** First stamp of the transaction this one takes back, where it is an undo. */
  readonly undoOf: Stamp | null;
};

type Stored = {
  readonly h: number;
  readonly d: number;
  readonly src: string | null;
  readonly dst: string;
  readonly source: string;
  readonly t0: number;
  readonly batch: string | null;
  readonly undo_of: string | null;
  readonly ok: number;
};

/** The life cycle a state field follows. */
const lifecycleOfField = (row: Pick<Row, 'layout'>, field: string): string => {
  const declared = row.layout.column.get(field)?.field;
  if (declared?.kind !== 'state') throw new Error(`${row.layout.name}.${field} is no state`);
  return declared.lifecycle;
};

/** `move` as it was folded; null for the first of a row. */
type Judged = { readonly one: Stored; readonly move: Transition | null; isLegal: boolean };

/** Undoing inside a batch's own compensation takes any state back, as its import could set any. */
const isCompensation = (one: Stored, before: readonly Judged[]): boolean =>
  one.source === 'undo' && one.batch !== null && before.some(({ one: other, isLegal }) => other.batch === one.batch && isLegal);

const toTransition = (one: Stored, before: readonly Judged[]): Transition => {
  const from = one.src ?? '';
  if (one.source === 'import' || isCompensation(one, before)) return { from, to: one.dst, source: 'import' };
  // One step may have moved a row twice (submit and confirm): each move back belongs to its own move there.
  const isItsOwn = (other: Stored): boolean =>
    JSON.stringify([other.t0, other.d]) === one.undo_of && other.src === one.dst && other.dst === one.src;
  const undone = one.undo_of === null ? undefined : before.findLast((judged) => isItsOwn(judged.one))?.one;
  const undoes = undone === undefined ? undefined : { from: undone.src ?? '', to: undone.dst };
  return { from, to: one.dst, source: one.source, undoes };
};

export type States = ReturnType<typeof createStates>;

export const createStates = (db: Db) => {
  const put = db.prepare(
    `INSERT INTO trans("row", field, h, d, tbl, src, dst, actor, why, source, t0, batch, undo_of, ok)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const all = db.prepare<[string, string], Stored>(
    `SELECT h, d, src, dst, source, t0, batch, undo_of, ok FROM trans
     WHERE "row" = ? AND field = ? ORDER BY h, (SELECT id FROM devices WHERE idx = d)`,
  );
  const setOk = db.prepare('UPDATE trans SET ok = ? WHERE "row" = ? AND field = ? AND h = ? AND d = ?');
  const at = db.prepare<[string, string, number, number], Omit<Stored, 'ok'> & { actor: string; why: string | null }>(
    'SELECT h, d, src, dst, actor, why, source, t0, batch, undo_of FROM trans WHERE "row" = ? AND field = ? AND h = ? AND d = ?',
  );
  const takeOut = db.prepare('DELETE FROM trans WHERE "row" = ? AND field = ? AND h = ? AND d = ?');
  /** Whether a move is the one that counts of two that two files under one name made at one moment. */
  const isBeforeTwin = (place: readonly [string, string, number, number], one: TransitionRow): boolean => {
    const other = at.get(...place);
    if (other === undefined) return false;
    const { src, dst, why, actor, source, t0, batch } = other;
    return (
      compareSaid(
        [one.from, one.to, one.why, one.actor, one.source, one.first, one.batch],
        [src, dst, why, actor, source, t0, batch],
      ) < 0
    );
  };
  return {
    /** Keeps a transition. The first of a row, written by its insert, is where the fold starts. */
    add(row: Row, field: string, one: TransitionRow): void {
      const undoOf = one.undoOf === null ? null : JSON.stringify(one.undoOf);
      const place = [row.id, field, ...one.stamp] as const;
      const said = [row.layout.name, one.from, one.to, one.actor, one.why, one.source, one.first, one.batch, undoOf, 1];
      if (put.run(...place, ...said).changes > 0 || !isBeforeTwin(place, one)) return;
      takeOut.run(...place);
      put.run(...place, ...said);
    },
    /** The state the row's transitions come to; marks those that were not legal where they stood. */
    fold(row: Row, field: string): string {
      const lifecycle = lifecycleOfField(row, field);
      const stored = all.all(row.id, field);
      const start = stored[0]?.src === null ? stored[0] : undefined;
      const states = startFold(lifecycle, start?.dst ?? initialOf(lifecycle));
      // One by one: whether a move back is legal hangs on which moves before it were.
      const judged: Judged[] = start === undefined ? [] : [{ one: start, move: null, isLegal: true }];
      for (const one of start === undefined ? stored : stored.slice(1)) {
        const move = toTransition(one, judged);
        const { isLegal, overruled } = states.take(move);
        const before = overruled === null ? undefined : judged.find((other) => other.move === overruled);
        if (before !== undefined) before.isLegal = false;
        judged.push({ one, move, isLegal });
      }
      for (const { one, isLegal } of judged)
        if (isLegal !== (one.ok === 1)) setOk.run(isLegal ? 1 : 0, row.id, field, one.h, one.d);
      return states.state();
    },
  };
};
