/**
 * Moves of a state that were not legal where they stand among all (SYNC.md 1, 17): two people moved a record on without
 * knowing of each other, and what came second changed nothing. Kept, and told to a person, who leaves it so or makes the
 * move now. Told from `trans` alone, so it is the same on every device.
 */
import type { Statement } from 'better-sqlite3';
import { initialOf } from '../../../../shared/domain/lifecycle.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { quote } from '../file/layout.ts';

/** A move of a record, by the uuid of its device. */
type Moved = {
  readonly h: number;
  readonly d: number;
  readonly device: string;
  readonly src: string | null;
  readonly dst: string;
  readonly actor: string;
  readonly why: string | null;
  readonly source: string;
  readonly t0: number;
  readonly undo_of: string | null;
  readonly ok: number;
  /** Somebody left it as it is. */
  readonly closed: number;
};

/** `meanwhile`: the state when its turn came; `now`: the one that stands. */
export type RefusedMove = {
  readonly table: TableName;
  readonly row: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly meanwhile: string;
  readonly now: string;
  readonly actor: string;
  readonly why: string | null;
  readonly device: string;
  readonly stamp: number;
  /** Who made the move that stands. */
  readonly stands: { readonly actor: string; readonly device: string; readonly stamp: number } | null;
};

const placesSql = `SELECT DISTINCT t.tbl AS "table", t."row", t.field FROM trans t WHERE t.ok = 0 AND NOT EXISTS (
  SELECT 1 FROM resolved r WHERE r.tbl = t.tbl AND r."row" = t."row" AND r.col = t.field AND r.h = t.h AND r.d = t.d AND r.st = 1)`;

const movesSql = `SELECT t.h, t.d, v.id AS device, t.src, t.dst, t.actor, t.why, t.source, t.t0, t.undo_of, t.ok,
    EXISTS (SELECT 1 FROM resolved r WHERE r.tbl = t.tbl AND r."row" = t."row" AND r.col = t.field AND r.h = t.h AND r.d = t.d
      AND r.st = 1) AS closed
  FROM trans t JOIN devices v ON v.idx = t.d WHERE t."row" = ? AND t.field = ? ORDER BY t.h, v.id`;

const takesBack = (undo: Moved, one: Moved): boolean =>
  undo.source === 'undo' && undo.undo_of === JSON.stringify([one.t0, one.d]) && undo.src === one.dst && undo.dst === one.src;

/** Those that whoever made them took back before anybody knew, with what took them back. */
const takenBack = (refused: readonly Moved[]): ReadonlySet<Moved> => {
  const gone = new Set<Moved>();
  for (const [at, undo] of refused.entries()) {
    const one = refused.slice(0, at).findLast((other) => !gone.has(other) && takesBack(undo, other));
    if (one === undefined) continue;
    gone.add(one);
    gone.add(undo);
  }
  return gone;
};

/** What was wanted was done all the same, by somebody who came first or since, and was not taken back. */
const cameAbout = (moves: readonly Moved[], one: Moved): boolean => {
  const at = moves.indexOf(one);
  const seen = moves.findLastIndex(({ ok, dst }, other) => other < at && ok === 1 && dst === one.src);
  const since = moves.slice((seen === -1 ? at : seen) + 1).filter(({ ok }) => ok === 1);
  return since.some((move, other) => move.dst === one.dst && !since.slice(other).some((undo) => takesBack(undo, move)));
};

type Place = Pick<RefusedMove, 'table' | 'row' | 'field'>;
type Standing = { readonly now: string | null; readonly alive: number };

/** Those of one record and state that are still to be decided, in their order. */
const openMoves = ({ table, row, field }: Place, moves: readonly Moved[], now: string): readonly RefusedMove[] => {
  const declared = fieldOf(table, field);
  const start = declared?.kind === 'state' ? initialOf(declared.lifecycle) : '';
  const refused = moves.filter(({ ok }) => ok === 0);
  const gone = takenBack(refused);
  const last = moves.findLast(({ ok }) => ok === 1);
  const stands = last === undefined ? null : { actor: last.actor, device: last.device, stamp: last.h };
  return refused
    .filter((one) => one.closed === 0 && !gone.has(one) && one.dst !== now && !cameAbout(moves, one))
    .map((one) => {
      const at = moves.indexOf(one);
      const before = moves.slice(0, at).findLast(({ ok }) => ok === 1);
      // What could be made where it stood gave way to what came after it, unseen: that was the state meanwhile.
      const after = (before?.dst ?? start) === (one.src ?? start) ? moves.slice(at).find(({ ok }) => ok === 1) : undefined;
      const { src, dst: to, actor, why, device, h: stamp } = one;
      return {
        table,
        row,
        field,
        from: src ?? start,
        to,
        meanwhile: (after ?? before)?.dst ?? start,
        now,
        actor,
        why,
        device,
        stamp,
        stands,
      };
    });
};

/** Reads them of one record that is there. */
export const createRefusedReader = (db: Db) => {
  const moves = db.prepare<[string, string], Moved>(movesSql);
  const standing = new Map<string, Statement<[string], Standing>>();
  const stateOf = (table: TableName, field: string): Statement<[string], Standing> => {
    const key = `${table}.${field}`;
    const known =
      standing.get(key) ??
      db.prepare<[string], Standing>(`SELECT ${quote(field)} AS now, _alive AS alive FROM ${quote(table)} WHERE id = ?`);
    standing.set(key, known);
    return known;
  };
  return (place: { readonly table: string; readonly row: string; readonly field: string }): readonly RefusedMove[] => {
    const { table, row, field } = place;
    if (!isTableName(table) || fieldOf(table, field)?.kind !== 'state') return [];
    const found = stateOf(table, field).get(row);
    return found?.alive === 1 ? openMoves({ table, row, field }, moves.all(row, field), found.now ?? '') : [];
  };
};

/** All that nobody has left as they are, the latest first. */
export const readRefused = (db: Db): readonly RefusedMove[] => {
  const read = createRefusedReader(db);
  return db
    .prepare<[], { readonly table: string; readonly row: string; readonly field: string }>(placesSql)
    .all()
    .flatMap(read)
    .toSorted((one, other) => other.stamp - one.stamp || (one.device < other.device ? -1 : 1));
};
