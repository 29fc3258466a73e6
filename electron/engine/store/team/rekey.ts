/**
 * Another identity for this file (SYNC.md 2.10): somebody else writes under the name of its device, a copy of it or what it
 * was before it was brought back from a backup. What the hub does not have yet goes over to the new device with the stamps
 * it has; what the hub has stays of the old one, which is somebody else from then on.
 */
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import type { Device, TableIndex } from '../file/local.ts';
import type { Payload, WireOp, WireStamp, WireTransaction } from '../log/payload.ts';
import { renameSaid, renameSeen } from '../merge/unseen.ts';
import type { Stamp } from '../write/rows.ts';
import { prepareLift } from '../log/lift.ts';
import { openSegment, sealPayload } from '../log/segments.ts';
import type { Header } from '../log/segments.ts';

/** Devices this file was before. */
const FORMERLY = 'formerly';
/** So much of an id says when it was made: another one with the same beginning stands in the same place among all others. */
const ORDERED = 24;
const DRAWS = 1000;

export const formerDevices = (db: Db): readonly string[] => (readMeta(db, FORMERLY) as readonly string[] | undefined) ?? [];

/** Another id that stands before and after the same devices: of two stamps of one moment the same one stays the later. */
const idLike = (db: Db, { id }: Device, random: (n: number) => Uint8Array): string => {
  const others = db.prepare<[string], string>('SELECT id FROM devices WHERE id <> ?').pluck().all(id);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const next = id.slice(0, ORDERED) + Buffer.from(random((id.length - ORDERED) / 2)).toString('hex');
    if (next !== id && others.every((other) => other !== next && other < next === other < id)) return next;
  }
  throw new Error('No id is free beside the one of this device');
};

type Unsent = { readonly idx: number; readonly head: string; readonly body: Buffer };
type Opened = { readonly idx: number; readonly header: Header; readonly payload: Payload };

const readUnsent = (db: Db, scope: number, device: Device): readonly Opened[] =>
  db
    .prepare<[number, number], Unsent>(
      'SELECT idx, head, body FROM segments WHERE scope = ? AND dev = ? AND state = 0 ORDER BY from_seq',
    )
    .all(scope, device.idx)
    .map(({ idx, head, body }) => ({ idx, header: JSON.parse(head) as Header, payload: openSegment(body) }));

/** The stamps of what goes over, and with them those that its transactions are called by. */
const stampsOf = (unsent: readonly Opened[]) => {
  const ops = new Set<number>();
  const starts = new Set<number>();
  for (const { payload } of unsent) {
    for (const [h] of payload.o) ops.add(h);
    for (const { 8: first } of payload.x) if (first !== undefined) starts.add(first);
  }
  return { ops, all: new Set([...ops, ...starts]) };
};

/** What named a stamp of its own device names it now as that of the old one, unless it goes over too. */
const renamed = (one: WireStamp, from: string, among: ReadonlySet<number>): WireStamp =>
  typeof one === 'string' || among.has(one) ? one : `${one}@${from}`;

const rename = (payload: Payload, from: string, going: ReturnType<typeof stampsOf>): Payload => {
  const stamp = (one: WireStamp, among: ReadonlySet<number>): WireStamp => renamed(one, from, among);
  const base = (one: WireOp[4]): WireOp[4] => {
    if (one === null) return null;
    return typeof one === 'object' ? one.map((each) => stamp(each, going.ops)) : stamp(one, going.ops);
  };
  return {
    ...payload,
    x: payload.x.map(([ops, actor, source, batch, label, occurredAt, reason, undoOf, ...first]): WireTransaction => [
      ...([ops, actor, source, batch, label, occurredAt, reason] as const),
      undoOf === null ? null : stamp(undoOf, going.all),
      ...first,
    ]),
    o: payload.o.map(([h, kind, table, row, of, cols, vals]): WireOp => [
      ...([h, kind, table, row, base(of), cols] as const),
      renameSaid(payload.c[cols] ?? [], vals, (one) => stamp(one, going.ops)),
    ]),
  };
};

/** Where stamps stand beside the rows: the columns of their device and of their time. */
const STAMPED = [
  ['conflict', 'd', 'h'],
  ['superseded', 'd', 'h'],
  ['carried', 'd', 'h'],
  ['deletions', 'd', 'h'],
  ['resolved', 'd', 'h'],
  ['resolved', 'rd', 'at'],
  ['trans', 'd', 'h'],
  ['elem', 'd', 'h'],
  ['issued', 'd', 'h'],
] as const;

type Turn = { readonly db: Db; readonly was: Device; readonly now: Device };

const renameRows = ({ db, was, now }: Turn, tables: TableIndex, stamps: string, hasStamp: ReadonlySet<number>): void => {
  const isOurs = ([h, d]: Stamp): boolean => d === was.idx && hasStamp.has(h);
  for (const table of tableNames) {
    db.prepare(`UPDATE ${table} SET _d = ? WHERE _d = ? AND _h IN (SELECT value FROM json_each(?))`).run(
      now.idx,
      was.idx,
      stamps,
    );
    const setX = db.prepare(`UPDATE ${table} SET _x = ? WHERE _n = ?`);
    const touched = db
      .prepare<[number, number, string], { n: number; x: string }>(
        `SELECT _n AS n, _x AS x FROM ${table} WHERE _x IS NOT NULL AND _n IN
           (SELECT n FROM history WHERE tbl = ? AND d = ? AND h IN (SELECT value FROM json_each(?)))`,
      )
      .all(tables.indexOf(table), was.idx, stamps);
    for (const { n, x } of touched) {
      const registers = Object.entries(JSON.parse(x) as Record<string, Stamp>);
      const named = registers.map(([name, stamp]) => [name, isOurs(stamp) ? [stamp[0], now.idx] : stamp]);
      setX.run(JSON.stringify(Object.fromEntries(named)), n);
    }
  }
};

/** What the deletions that go over saw. */
const renameDeletions = ({ db, was, now }: Turn, going: ReadonlySet<number>): void => {
  const set = db.prepare<[string, string, string]>('UPDATE deletions SET seen = ? WHERE tbl = ? AND "row" = ?');
  const said = db
    .prepare<[number], { tbl: string; row: string; seen: string }>(
      'SELECT tbl, "row", seen FROM deletions WHERE d = ? AND seen IS NOT NULL',
    )
    .all(now.idx);
  for (const { tbl, row, seen } of said)
    set.run(
      renameSeen(seen, (one) => renamed(one, was.id, going)),
      tbl,
      row,
    );
};

const renameStamps = ({ db, was, now }: Turn, tables: TableIndex, going: ReturnType<typeof stampsOf>): void => {
  const stamps = JSON.stringify([...going.ops]);
  renameRows({ db, was, now }, tables, stamps, going.ops);
  for (const [table, device, time] of [...STAMPED, ['history', 'd', 'h'] as const])
    db.prepare(`UPDATE ${table} SET ${device} = ? WHERE ${device} = ? AND ${time} IN (SELECT value FROM json_each(?))`).run(
      ...([now.idx, was.idx, stamps] as const),
    );
  renameDeletions({ db, was, now }, going.ops);
  db.prepare(
    `UPDATE trans SET undo_of = json_array(json_extract(undo_of, '$[0]'), CAST(:now AS INTEGER))
     WHERE json_extract(undo_of, '$[1]') = :was AND json_extract(undo_of, '$[0]') IN (SELECT value FROM json_each(:stamps))`,
  ).run({ now: now.idx, was: was.idx, stamps: JSON.stringify([...going.all]) });
};

/** Writes a stream again, from its beginning, as one of the new device. */
const renameStream = ({ db, was, now }: Turn, scope: number, unsent: readonly Opened[], going: ReturnType<typeof stampsOf>) => {
  // What it was before lifts it, as others do.
  const lift = prepareLift(db)(now);
  const write = db.prepare(
    'UPDATE segments SET dev = ?, from_seq = ?, to_seq = ?, prev = ?, hash = ?, head = ?, body = ?, sig = NULL WHERE idx = ?',
  );
  let [seq, hlc] = [0, 0];
  let prev: Buffer | null = null;
  for (const { idx, header, payload } of unsent) {
    const { org, scope: name, sv, minsv, n } = header;
    const about = {
      org,
      scope: name,
      dev: now.id,
      from: seq + 1,
      to: seq + n,
      prev: prev?.toString('hex') ?? null,
      sv,
      minsv,
      lift,
    };
    const sealed = sealPayload(rename(payload, was.id, going), about);
    write.run(now.idx, seq + 1, seq + n, prev, sealed.hash, sealed.head, sealed.body, idx);
    [seq, prev, hlc] = [seq + n, sealed.hash, payload.o.at(-1)?.[0] ?? hlc];
  }
  if (seq > 0)
    db.prepare('INSERT INTO cursor(scope, dev, seq, hlc, hash) VALUES(?, ?, ?, ?, ?)').run(scope, now.idx, seq, hlc, prev);
};

/** The old stream ends here with what the hub has; what follows there comes from elsewhere. */
const endStream = (db: Db, scope: number, was: Device): void => {
  const last = db
    .prepare<[number, number], { to: number; hash: Buffer; body: Buffer }>(
      'SELECT to_seq AS "to", hash, body FROM segments WHERE scope = ? AND dev = ? ORDER BY from_seq DESC LIMIT 1',
    )
    .get(scope, was.idx);
  const at = [scope, was.idx] as const;
  if (last === undefined) db.prepare('DELETE FROM cursor WHERE scope = ? AND dev = ?').run(...at);
  else {
    const hlc = openSegment(last.body).o.at(-1)?.[0] ?? 0;
    db.prepare('UPDATE cursor SET seq = ?, hash = ?, hlc = ? WHERE scope = ? AND dev = ?').run(last.to, last.hash, hlc, ...at);
  }
};

export type Rekeyed = { readonly scopes: readonly number[]; readonly code: string; readonly random: (n: number) => Uint8Array };

/**
 * Call inside a transaction, with nothing in the outbox of these scopes. What can be undone is forgotten: its steps name
 * stamps of both devices.
 * @returns the device this file is from now on
 */
export const rekey = (db: Db, was: Device, tables: TableIndex, { scopes, code, random }: Rekeyed): Device => {
  const id = idLike(db, was, random);
  const idx = Number(db.prepare('INSERT INTO devices(id, code) VALUES(?, ?)').run(id, code).lastInsertRowid);
  const now = { idx, id };
  const turn = { db, was, now };
  const streams = scopes.map((scope) => ({ scope, unsent: readUnsent(db, scope, was) }));
  const going = stampsOf(streams.flatMap(({ unsent }) => unsent));
  renameStamps(turn, tables, going);
  for (const { scope, unsent } of streams) {
    renameStream(turn, scope, unsent, going);
    endStream(db, scope, was);
  }
  db.exec('DELETE FROM undo_steps; DELETE FROM undo_stamps');
  writeMeta(db, FORMERLY, [...formerDevices(db), was.id]);
  writeMeta(db, 'device', id);
  return now;
};
