/**
 * What stands beside registers when a snapshot meets what is here (SYNC.md 2.3, 2.8). Both sides know which writes they
 * have seen and which of those still stand. A write stands afterwards when it stands on both sides, or on one while the
 * other has never seen it: so exactly what a replay of all ops would keep is kept, in whatever order they come.
 */
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { Heads, Place } from '../merge/heads.ts';
import type { Op } from '../log/payload.ts';
import type { WireValue } from '../subjects/sealed.ts';
import { stampOf } from '../write/rows.ts';
import type { Find, Stamp } from '../write/rows.ts';

/** Whether a side has seen a stamp. */
export type Covers = (stamp: Stamp) => boolean;

type Deps = {
  readonly db: Db;
  readonly scope: number;
  readonly heads: Heads;
  readonly find: Find;
  /** What the snapshot has seen, what of it stands beside a register, and what it knows to be replaced before it came. */
  readonly theirs: {
    readonly covers: Covers;
    readonly conflict: readonly Place[];
    readonly seen: readonly Place[];
    /** Tables of which it says nothing of the kind. */
    readonly unread: ReadonlySet<string>;
  };
  /** What this file had seen before. */
  readonly ours: Covers;
};

const registerKey = ({ table, row, register }: Omit<Place, 'stamp'>): string => `${table} ${row} ${register}`;
const placeKey = (place: Place): string => `${registerKey(place)} ${place.stamp.join('@')}`;
const rowKey = (table: string, row: string, stamp: Stamp): string => `${table} ${row} ${stamp.join('@')}`;

const placesHere = (db: Db, kept: 'conflict' | 'superseded', scope: number): readonly Place[] =>
  tableNames.flatMap((table) =>
    db
      .prepare<[string, number], { row: string; register: string; h: number; d: number }>(
        `SELECT k."row", k.col AS register, k.h, k.d FROM ${kept} k JOIN ${table} t ON t.id = k."row"
         WHERE k.tbl = ? AND t._scope = ?`,
      )
      .all(table, scope)
      .map(({ row, register, h, d }): Place => ({ table, row, register, stamp: [h, d] })),
  );

/** Of what stands here beside registers, what does not over there; by place, register and row. */
const findStale = (db: Db, scope: number, stands: (place: Place) => boolean) => {
  const places = placesHere(db, 'conflict', scope).filter((place) => !stands(place));
  return {
    stale: new Map(places.map((place) => [placeKey(place), place])),
    watched: new Set(places.map(registerKey)),
    rows: new Set(places.map(({ table, row, stamp }) => rowKey(table, row, stamp))),
  };
};

export const createSnapshotHeads = ({ db, scope, heads, find, theirs, ours }: Deps) => {
  const conflict = new Set(theirs.conflict.map(placeKey));
  const seen = new Set(theirs.seen.map(placeKey));
  const stands = (place: Place): boolean =>
    theirs.unread.has(place.table) || (theirs.covers(place.stamp) ? conflict.has(placeKey(place)) : !seen.has(placeKey(place)));
  // What stands in the register over there is found out as the ops come.
  const { stale, watched, rows } = findStale(db, scope, stands);
  /** What inserts made empty without naming it, where something newer from here stands: it stands there unless written again. */
  const unsure = new Map<string, { readonly place: Place; readonly value: WireValue }>();
  const rewritten = new Set<string>();
  const inserts = new Set<string>();
  let named: ReadonlySet<string> = new Set();
  let stamp: Stamp = [0, 0];
  /** The op's own write lost to what is here. */
  const lose = (place: Place, value: WireValue): void => {
    const row = find(place.table as Parameters<Find>[0], place.row);
    const current = row === undefined ? place.stamp : stampOf(row, place.register);
    if (conflict.has(placeKey(place))) heads.keep(place, value);
    else if (theirs.covers(current)) return;
    else if (named.has(place.register)) heads.keep(place, value);
    else {
      unsure.set(registerKey(place), { place, value });
      watched.add(registerKey(place));
    }
  };
  return {
    /** Looks at an op of the snapshot before it is merged, or passed over because it is known here. */
    meet({ table, row, kind, cols }: Op, at: Stamp): void {
      stamp = at;
      named = new Set(cols);
      if (kind === 'i' && rows.has(rowKey(table, row, at))) inserts.add(rowKey(table, row, at));
      if (watched.size === 0) return;
      for (const register of cols) {
        const place = { table, row, register, stamp: at };
        if (!watched.has(registerKey(place))) continue;
        stale.delete(placeKey(place));
        if (kind !== 'i') {
          unsure.delete(registerKey(place));
          rewritten.add(registerKey(place));
        }
      }
    },
    /** In the place of those that merging keeps: bases say nothing in a snapshot, as what was replaced is not in it. */
    heads: {
      ...heads,
      drop: () => true,
      expect: () => undefined,
      keep(place: Place, value: WireValue): void {
        const isOwn = place.stamp[0] === stamp[0] && place.stamp[1] === stamp[1];
        if (isOwn) lose(place, value);
        else if (stands(place)) heads.keep(place, value);
      },
    } satisfies Heads,
    /** When all ops were merged. */
    end(): void {
      for (const { place, value } of unsure.values()) heads.keep(place, value);
      for (const place of stale.values()) {
        const isCurrent = inserts.has(rowKey(place.table, place.row, place.stamp)) && !rewritten.has(registerKey(place));
        if (!isCurrent) heads.drop(place);
      }
      for (const place of placesHere(db, 'superseded', scope))
        if (theirs.covers(place.stamp) && !theirs.unread.has(place.table)) heads.wasExpected(place);
      for (const place of theirs.seen) if (!ours(place.stamp)) heads.expect(place);
    },
  };
};
