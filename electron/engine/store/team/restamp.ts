/**
 * Stamps put right (SYNC.md 2.5): what a clock that was far ahead stamped, and nobody has yet, is stamped as of now. All stamps
 * that go are larger than all that stay, and keep their order behind them: so whatever was decided by them stays decided.
 * Only where the file was copied, or comes back from a backup, before that was given, others get what both copies hold by two stamps.
 */
import { MOST_AHEAD, MOST_AHEAD_MS, stampAt } from '../../../../shared/domain/hlc.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { Device } from '../file/local.ts';
import { prepareLift } from '../log/lift.ts';
import type { Payload, WireOp, WireStamp, WireTransaction } from '../log/payload.ts';
import { lastStampOf, openSegment, sealPayload } from '../log/segments.ts';
import type { Header } from '../log/segments.ts';
import { renameSaid, renameSeen } from '../merge/unseen.ts';
import { MADE, SHARED } from '../subjects/keys.ts';
import { isSealed, stampOfKey } from '../subjects/sealed.ts';
import type { WireValue } from '../subjects/sealed.ts';
import type { Stamp } from '../write/rows.ts';

/** A hub's clock and this one need not agree to the minute. */
const MARGIN_MS = 60_000;

type Opened = { readonly idx: number; readonly header: Header; readonly payload: Payload };
type Given = Readonly<Record<'head', string>> & { readonly idx: number; readonly body: Buffer; readonly isGiven: number };

/** Pieces of a stream, the last first, until one that somebody may have, or that ends before a stamp. */
function* lastPieces(db: Db, scope: number, { idx: dev }: Device): Generator<Opened & { readonly isGiven: boolean }> {
  const before = db.prepare<[number, number, number], Given & { readonly from: number }>(
    `SELECT idx, head, body, from_seq AS "from", sig IS NOT NULL OR state <> 0 AS isGiven FROM segments
     WHERE scope = ? AND dev = ? AND from_seq > 0 AND from_seq < ? ORDER BY from_seq DESC LIMIT 1`,
  );
  for (let at = before.get(scope, dev, Number.MAX_SAFE_INTEGER); at !== undefined; at = before.get(scope, dev, at.from)) {
    const { idx, head, body, isGiven } = at;
    yield { idx, header: JSON.parse(head) as Header, payload: openSegment(body), isGiven: isGiven === 1 };
  }
}

/** The largest stamp that stays: of what others wrote or may have, and of the moment. */
const floorOf = (db: Db, device: Device, scopes: readonly number[], now: number): number => {
  const [lift, moment] = [prepareLift(db)(device), stampAt(now)];
  const given = scopes.map((scope) => {
    for (const { isGiven, payload } of lastPieces(db, scope, device))
      if (isGiven || lastStampOf(payload) <= moment) return lastStampOf(payload);
    return 0;
  });
  return Math.max(lift, moment, ...given);
};

const pieceOf = (db: Db, scope: number, device: Device, floor: number): readonly Opened[] => {
  const pieces: Opened[] = [];
  for (const piece of lastPieces(db, scope, device)) {
    if (lastStampOf(piece.payload) <= floor) break;
    pieces.unshift(piece);
  }
  return pieces;
};

/** The new stamp of one that goes; what stays keeps the one it has. */
type Anew = (stamp: number) => number;

/** Stamps above a floor, each its new one: those right behind it, in the same order. */
const listStamps = (db: Db, { idx: own }: Device, floor: number, pieces: readonly Opened[]): readonly number[] => {
  const stamps = new Set(
    db
      .prepare<{ own: number; floor: number }, number>(
        `SELECT h FROM history WHERE d = :own AND h > :floor UNION SELECT h FROM trans WHERE d = :own AND h > :floor
         UNION SELECT t0 FROM trans WHERE d = :own AND t0 > :floor`,
      )
      .pluck()
      .all({ own, floor }),
  );
  for (const { payload } of pieces) {
    for (const [h] of payload.o) stamps.add(h);
    for (const { 8: first } of payload.x) if (first !== undefined) stamps.add(first);
  }
  return [...stamps].filter((stamp) => stamp > floor).toSorted((a, b) => a - b);
};

const renumber = (stamps: readonly number[], floor: number): Anew => {
  const places = new Map(stamps.map((stamp, at) => [stamp, floor + 1 + at]));
  return (stamp) => {
    if (stamp <= floor) return stamp;
    const known = places.get(stamp);
    // One that no change has: it stands for the change before it.
    return known ?? floor + stamps.filter((one) => one <= stamp).length;
  };
};

const keyAnew = (id: string, anew: Anew): string => {
  const stamp = stampOfKey(id);
  return `${anew(stamp)}${id.slice(String(stamp).length)}`;
};

const wireAnew =
  (anew: Anew) =>
  (stamp: WireStamp): WireStamp =>
    typeof stamp === 'number' ? anew(stamp) : stamp;

const payloadAnew = (payload: Payload, anew: Anew): Payload => {
  const wire = wireAnew(anew);
  const base = (of: WireOp[4]): WireOp[4] => (of === null ? null : typeof of === 'object' ? of.map(wire) : wire(of));
  const value = (one: WireValue): WireValue => (isSealed(one) ? { '#': [keyAnew(one['#'][0], anew), one['#'][1]] } : one);
  return {
    ...payload,
    x: payload.x.map(([ops, actor, source, batch, label, occurredAt, reason, undoOf, first]): WireTransaction => {
      const of = undoOf === null ? null : wire(undoOf);
      const about = [ops, actor, source, batch, label, occurredAt, reason, of] as const;
      return first === undefined ? [...about] : [...about, anew(first)];
    }),
    o: payload.o.map(([h, kind, table, row, of, cols, vals]): WireOp => {
      const said = renameSaid(payload.c[cols] ?? [], vals, wire);
      return [anew(h), kind, table, row, base(of), cols, said.map(value)];
    }),
  };
};

/** Where stamps stand beside the rows: those that are part of a key twice, so that none meets another on its way. */
const STAMPED = [
  ['conflict', 'd', 'h'],
  ['superseded', 'd', 'h'],
  ['carried', 'd', 'h'],
  ['deletions', 'd', 'h'],
  ['resolved', 'd', 'h'],
  ['resolved', 'rd', 'at'],
  ['trans', 'd', 'h'],
  ['trans', 'd', 't0'],
  ['elem', 'd', 'h'],
  ['issued', 'd', 'h'],
  ['history', 'd', 'h'],
] as const;

type Turn = { readonly db: Db; readonly own: number; readonly floor: number; readonly anew: Anew };

const rowsAnew = ({ db, own, floor, anew }: Turn): void => {
  const isOurs = ([h, d]: Stamp): boolean => d === own && h > floor;
  for (const table of tableNames) {
    db.prepare(`UPDATE ${table} SET _h = stamp_anew(_h) WHERE _d = ? AND _h > ?`).run(own, floor);
    const setX = db.prepare(`UPDATE ${table} SET _x = ? WHERE _n = ?`);
    const touched = db
      .prepare<[number, number], { n: number; x: string }>(
        `SELECT _n AS n, _x AS x FROM ${table} WHERE _x IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(_x)
           WHERE json_extract(value, '$[1]') = ? AND json_extract(value, '$[0]') > ?)`,
      )
      .all(own, floor);
    for (const { n, x } of touched) {
      const registers = Object.entries(JSON.parse(x) as Record<string, Stamp>);
      const named = registers.map(([name, stamp]) => [name, isOurs(stamp) ? [anew(stamp[0]), own] : stamp]);
      setX.run(JSON.stringify(Object.fromEntries(named)), n);
    }
  }
};

const besideAnew = ({ db, own, floor, anew }: Turn): void => {
  for (const [table, device, time] of STAMPED) {
    db.prepare(`UPDATE ${table} SET ${time} = -stamp_anew(${time}) WHERE ${device} = ? AND ${time} > ?`).run(own, floor);
    db.prepare(`UPDATE ${table} SET ${time} = -${time} WHERE ${device} = ? AND ${time} < 0`).run(own);
  }
  const undone = db.prepare<{ own: number; floor: number }, { of: string }>(
    `SELECT DISTINCT undo_of AS "of" FROM trans WHERE json_extract(undo_of, '$[1]') = :own AND json_extract(undo_of, '$[0]') > :floor`,
  );
  const setUndone = db.prepare('UPDATE trans SET undo_of = ? WHERE undo_of = ?');
  for (const { of } of undone.all({ own, floor })) {
    const [stamp] = JSON.parse(of) as Stamp;
    setUndone.run(JSON.stringify([anew(stamp), own]), of);
  }
};

/** What deletions of this device say that they saw. */
const deletionsAnew = ({ db, own, anew }: Turn): void => {
  const set = db.prepare('UPDATE deletions SET seen = ? WHERE tbl = ? AND "row" = ?');
  const said = db.prepare<[number], { tbl: string; row: string; seen: string }>(
    'SELECT tbl, "row", seen FROM deletions WHERE d = ? AND seen IS NOT NULL',
  );
  for (const { tbl, row, seen } of said.all(own)) set.run(renameSeen(seen, wireAnew(anew)), tbl, row);
};

/**
 * A key is called by the stamp of what it first sealed: it is given by the new one, too. What the hub has, or may have, by the old
 * one stays: a copy of this file may seal under it. A name that is there already ends in the same digest: it is of the same key.
 */
const keysAnew = ({ db, floor, anew }: Turn): void => {
  const ids = db
    .prepare<[number], string>(
      'SELECT id FROM subject_keys WHERE "row" IS NOT NULL AND CAST(id AS INTEGER) > ? ORDER BY CAST(id AS INTEGER)',
    )
    .pluck()
    .all(floor);
  const copy = db.prepare(
    `INSERT INTO subject_keys(id, scope, tbl, "row", key, state)
     SELECT ?, scope, tbl, "row", key, CASE state WHEN ${SHARED} THEN ${MADE} ELSE state END FROM subject_keys WHERE id = ?
     ON CONFLICT DO NOTHING`,
  );
  const remove = db.prepare(`DELETE FROM subject_keys WHERE id = ? AND state = ${MADE}`);
  for (const id of ids) {
    const named = keyAnew(id, anew);
    if (named === id) continue;
    copy.run(named, id);
    remove.run(id);
  }
};

/** Seals a stream anew from its first piece that changes. */
const streamAnew = ({ db, own, anew }: Turn, scope: number, pieces: readonly Opened[], lift: number): void => {
  const write = db.prepare('UPDATE segments SET prev = ?, hash = ?, head = ?, body = ? WHERE idx = ?');
  let before: Buffer | undefined;
  for (const { idx, header, payload } of pieces) {
    const prev: string | null = before === undefined ? header.prev : before.toString('hex');
    const sealed = sealPayload(payloadAnew(payload, anew), { ...header, prev, lift });
    write.run(prev === null ? null : Buffer.from(prev, 'hex'), sealed.hash, sealed.head, sealed.body, idx);
    before = sealed.hash;
  }
  if (before !== undefined) db.prepare('UPDATE cursor SET hash = ? WHERE scope = ? AND dev = ?').run(before, scope, own);
  const hlc = db.prepare<[number, number], number>('SELECT hlc FROM cursor WHERE scope = ? AND dev = ?').pluck().get(scope, own);
  if (hlc !== undefined) db.prepare('UPDATE cursor SET hlc = ? WHERE scope = ? AND dev = ?').run(anew(hlc), scope, own);
};

/** The largest stamp that a hub takes from this device at a moment by its clock: it may be ahead where those of others are. */
const mostTaken = (db: Db, device: Device, now: number): number =>
  Math.max(stampAt(now + MOST_AHEAD_MS - MARGIN_MS), prepareLift(db)(device) + MOST_AHEAD);

const LONG_NUMBER = /[0-9]{9,}/g;

/** Whether a late change that waits to be passed on may name a stamp that goes: one that has no such number names none. */
const isNamedLate = (db: Db, floor: number): boolean => {
  const parts = db.prepare<[], string>('SELECT part FROM late').pluck().all();
  return parts.some((part) => part.match(LONG_NUMBER)?.some((digits) => Number(digits) > floor) === true);
};

const topOf = (db: Db, { idx }: Device): number =>
  db.prepare<[number], number | null>('SELECT max(hlc) FROM cursor WHERE dev = ?').pluck().get(idx) ?? 0;

/**
 * Where stamps are further ahead of a moment than a hub takes, by no fault of others, and nobody has them yet. Call inside a
 * transaction, with nothing in the outbox. What can be undone is forgotten: its steps name stamps.
 * @param scopes those with a stream of this device, its own `local` among them, which nobody has
 * @param now UTC milliseconds by the hub's clock
 * @returns how many changes were stamped anew
 */
export const restamp = (db: Db, device: Device, scopes: readonly number[], now: number): number => {
  const most = mostTaken(db, device, now);
  if (topOf(db, device) <= most) return 0;
  const floor = floorOf(db, device, scopes, now);
  if (floor > most) return 0;
  const streams = scopes.map((scope) => ({ scope, pieces: pieceOf(db, scope, device, floor) }));
  const stamps = listStamps(
    db,
    device,
    floor,
    streams.flatMap(({ pieces }) => pieces),
  );
  if (stamps.length === 0 || isNamedLate(db, floor)) return 0;
  const anew = renumber(stamps, floor);
  const turn: Turn = { db, own: device.idx, floor, anew };
  db.function('stamp_anew', (stamp: unknown) => anew(Number(stamp)));
  const lift = prepareLift(db)(device);
  rowsAnew(turn);
  besideAnew(turn);
  deletionsAnew(turn);
  keysAnew(turn);
  for (const { scope, pieces } of streams) streamAnew(turn, scope, pieces, lift);
  db.exec('DELETE FROM undo_steps; DELETE FROM undo_stamps');
  return stamps.length;
};
