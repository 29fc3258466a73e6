/** How a file stands with its team, read by any connection: what waits to be sent, who the others are, what they did. */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import { isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { BASELINE_LABEL } from './baseline.ts';
import type { Db } from '../file/db.ts';
import { createAuthors } from '../log/history.ts';
import { createLabelReader } from '../read/labels.ts';
import { readDevice, readMeta } from '../file/local.ts';
import { decodePayload, isWord } from '../log/payload.ts';
import type { Op, Payload, Transaction } from '../log/payload.ts';
import { openSegment } from '../log/segments.ts';
import { scopesOf } from '../log/streams.ts';
import type { Membership } from '../log/streams.ts';
import { cutOf } from '../snapshot/make.ts';
import type { CutEntry } from '../snapshot/make.ts';
import { prepareLastWriter } from './known-devices.ts';
import { createDeviceNames } from './members.ts';
import { readRevocations } from './sync-identity.ts';

/** What is told at most of what waits, and of what others did: nobody reads more. */
const MOST_WAITING = 100;
const MOST_PIECES = 200;
const MOST_RECORDS = 200;

export type TeamDevice = {
  readonly device: string;
  readonly who: string | null;
  readonly at: number;
  readonly changes: number;
};
export type Waiting = { readonly label: string; readonly who: string; readonly at: number; readonly changes: number };
export type AwayRecord = {
  readonly table: string;
  readonly id: string;
  readonly title: string;
  readonly who: string;
  readonly what: string;
  readonly at: number;
  readonly changes: number;
};
export type Away = {
  readonly upTo: number;
  readonly changes: number;
  readonly records: readonly AwayRecord[];
  readonly more: number;
  /** Changes that came before those, or with a snapshot of the team. */
  readonly older: number;
};

const parsePayload = (text: string): Payload => JSON.parse(text) as Payload;

const prepare = (db: Db) => ({
  waitingOps: db
    .prepare<{ scopes: string; dev: number }, number>(
      `SELECT (SELECT coalesce(sum(ops), 0) FROM outbox WHERE scope IN (SELECT value FROM json_each(:scopes)))
         + (SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM segments
            WHERE state = 0 AND dev = :dev AND scope IN (SELECT value FROM json_each(:scopes)))`,
    )
    .pluck(),
  outbox: db
    .prepare<[string], string>('SELECT payload FROM outbox WHERE scope IN (SELECT value FROM json_each(?)) ORDER BY n DESC')
    .pluck(),
  sealed: db
    .prepare<[string, number], Buffer>(
      `SELECT body FROM segments WHERE state = 0 AND scope IN (SELECT value FROM json_each(?)) AND dev = ?
       ORDER BY idx DESC`,
    )
    .pluck(),
  devices: db.prepare<[string, number], { idx: number; id: string; code: string | null; hlc: number; changes: number }>(
    `SELECT v.idx, v.id, v.code, max(c.hlc) AS hlc, sum(c.seq) AS changes FROM cursor c LEFT JOIN branches b ON b.idx = c.dev
     JOIN devices v ON v.idx = coalesce(b.dev, c.dev)
     WHERE c.seq > 0 AND c.scope IN (SELECT value FROM json_each(?)) AND v.idx <> ? GROUP BY v.idx ORDER BY hlc DESC`,
  ),
  received: db.prepare<[number, number, number], { idx: number; body: Buffer; ops: number }>(
    `SELECT idx, body, to_seq - from_seq + 1 AS ops FROM segments WHERE state = 2 AND idx > ? AND dev <> ?
     ORDER BY idx DESC LIMIT ?`,
  ),
  /** What a snapshot kept of others' work, too. */
  cameSince: db.prepare<[number, number], { last: number; ops: number }>(
    `SELECT coalesce(max(idx), 0) AS last, coalesce(sum(to_seq - from_seq + 1), 0) AS ops FROM segments
       WHERE state IN (2, 3) AND idx > ? AND dev <> ?`,
  ),
});

/** Newest first, each piece opened only when what is in it is asked for. */
function* unsentOf(sql: ReturnType<typeof prepare>, scopes: string, dev: number): Generator<Transaction> {
  for (const text of sql.outbox.iterate(scopes)) yield* decodePayload(parsePayload(text)).toReversed();
  for (const body of sql.sealed.iterate(scopes, dev)) yield* decodePayload(openSegment(body)).toReversed();
}

/** The record a row belongs to: an order for its lines. */
const createRecordOf = (db: Db) => {
  const owners = new Map<string, { readonly table: TableName; readonly id: string }>();
  const above = (table: TableName, id: string): { readonly table: TableName; readonly id: string } => {
    const { owner, fields } = tableOf(table);
    const link = owner === undefined ? undefined : fields[owner];
    if (owner === undefined || link?.kind !== 'link' || !isTableName(link.to)) return { table, id };
    const up = db.prepare<[string], string | null>(`SELECT "${owner}" FROM "${table}" WHERE id = ?`).pluck().get(id);
    return typeof up === 'string' ? above(link.to, up) : { table, id };
  };
  return (table: TableName, id: string) => {
    const key = `${table}/${id}`;
    const known = owners.get(key) ?? above(table, id);
    owners.set(key, known);
    return known;
  };
};

type Happened = { readonly transaction: Transaction; readonly op: Op };

const createAway = (db: Db, sql: ReturnType<typeof prepare>) => {
  const labels = createLabelReader(db);
  return (after: number, own: number): Away => {
    const authors = createAuthors(db);
    const recordOf = createRecordOf(db);
    const pieces = sql.received.all(after, own, MOST_PIECES);
    const found = new Map<string, { table: TableName; id: string; last: Happened; count: number }>();
    let changes = 0;
    for (const { body } of pieces)
      for (const transaction of decodePayload(openSegment(body)).toReversed()) {
        // What a colleague had before the team is no news of theirs.
        if (transaction.label === BASELINE_LABEL) continue;
        for (const op of transaction.ops) {
          if (!isTableName(op.table) || isWord(op)) continue;
          changes += 1;
          const record = recordOf(op.table, op.row);
          const key = `${record.table}/${record.id}`;
          const one = found.get(key) ?? { ...record, last: { transaction, op }, count: 0 };
          one.count += 1;
          if (op.h > one.last.op.h) one.last = { transaction, op };
          found.set(key, one);
        }
      }
    const listed = [...found.values()].filter(({ table }) => tableOf(table).shown === true);
    const newest = listed.toSorted((a, b) => b.last.op.h - a.last.op.h);
    const records = newest.slice(0, MOST_RECORDS).map(({ table, id, last: { transaction, op }, count }): AwayRecord => {
      const label = labels(table, new Set([id])).get(id);
      return {
        table,
        id,
        title: label?.title ?? label?.code ?? '',
        who: authors.who(transaction.actor),
        what: transaction.label,
        at: transaction.occurredAt ?? stampTime(op.h),
        changes: count,
      };
    });
    const came = sql.cameSince.get(after, own);
    const looked = pieces.reduce((sum, { ops }) => sum + ops, 0);
    return {
      upTo: Math.max(after, came?.last ?? after),
      changes,
      records,
      more: newest.length - records.length,
      older: (came?.ops ?? 0) - looked,
    };
  };
};

export type SyncReader = ReturnType<typeof createSyncReader>;

export const createSyncReader = (db: Db) => {
  const sql = prepare(db);
  const away = createAway(db, sql);
  const ownIndex = (): number => readDevice(db)?.idx ?? 0;
  const membership = (): Membership | null => (readMeta(db, 'membership') as Membership | undefined) ?? null;
  const scopes = (): string => {
    const names = scopesOf(membership());
    const idx = db.prepare<[string], number>('SELECT idx FROM scopes WHERE id = ?').pluck();
    return JSON.stringify(names.flatMap((name) => idx.get(name) ?? []));
  };
  const unsent = (): number => sql.waitingOps.get({ scopes: scopes(), dev: ownIndex() }) ?? 0;
  return {
    membership,
    /** Ops the hub does not have yet. */
    unsent,
    /** How far this file has read a scope. */
    cut: (scope: string): readonly CutEntry[] => cutOf(db, scope),
    revocations: (): readonly string[] => readRevocations(db),
    devices(): readonly TeamDevice[] {
      const lastWriter = prepareLastWriter(db);
      const names = createDeviceNames(db);
      return sql.devices.all(scopes(), ownIndex()).map(({ hlc, changes, ...device }) => {
        return { device: names.of(device.id), who: lastWriter(device), at: stampTime(hlc), changes };
      });
    },
    /** Transactions that are to be sent, newest first. What was here when the team was joined is the oldest, and told as one. */
    waiting(): readonly Waiting[] {
      const authors = createAuthors(db);
      const told: Waiting[] = [];
      for (const { label, actor, ops, occurredAt } of unsentOf(sql, scopes(), ownIndex())) {
        if (ops.every(isWord)) continue;
        const one = { label, who: authors.who(actor), at: occurredAt ?? stampTime(ops[0]?.h ?? 0) };
        const changes = label === BASELINE_LABEL ? unsent() - told.reduce((sum, each) => sum + each.changes, 0) : ops.length;
        told.push({ ...one, changes });
        if (label === BASELINE_LABEL || told.length === MOST_WAITING) break;
      }
      return told;
    },
    /** What others did in pieces that came after one. */
    away: (after: number): Away => away(after, ownIndex()),
  };
};
