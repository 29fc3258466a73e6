/**
 * The CRDT layer of Actual as it is published (MIT), to compare with: one message for each field, its own clock and trie, each
 * message kept in a table. Fetched into `out/peers` when the bench asks for it; nothing of the product knows it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Database } from 'better-sqlite3';
import { COLUMNS, type Deed } from './team-work.ts';

const PACKAGE = '@actual-app/crdt';
const VERSION = '3.1.3';
/** What one request carries: the transactions of ours. */
const PER_REQUEST = 77;

type Stamp = { toString(): string };
type Trie = object;
type Clock = { timestamp: Stamp; merkle: Trie };
type Shape = object;
type Fields = { readonly dataset: string; readonly row: string; readonly column: string; readonly value: string };
type Envelope = { readonly timestamp: string; readonly content: Uint8Array };

/** What the comparison uses of it. */
type Crdt = {
  readonly Timestamp: {
    init(options: { node: string; maxDrift?: number }): void;
    send(): Stamp;
    recv(stamp: Stamp): Stamp;
    parse(text: string): Stamp;
    readonly zero: Stamp;
  };
  readonly merkle: { insert(trie: Trie, stamp: Stamp): Trie; prune(trie: Trie): Trie; emptyTrie(): Trie };
  readonly setClock: (clock: Clock) => void;
  readonly getClock: () => Clock;
  readonly makeClock: (stamp: Stamp, trie?: Trie) => Clock;
  readonly serializeClock: (clock: Clock) => string;
  readonly MessageSchema: Shape;
  readonly MessageEnvelopeSchema: Shape;
  readonly SyncRequestSchema: Shape;
  readonly create: (shape: Shape, values: object) => object;
  readonly toBinary: (shape: Shape, message: object) => Uint8Array;
  readonly fromBinary: (shape: Shape, bytes: Uint8Array) => unknown;
};

/** @returns why it cannot be compared with here, as a text */
export const loadPeer = async (): Promise<Crdt | string> => {
  const folder = resolve(import.meta.dirname, '../../out/peers');
  const entry = join(folder, 'node_modules', PACKAGE, 'dist/index.js');
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    const args = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${PACKAGE}@${VERSION}`,
    ];
    try {
      await promisify(execFile)(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { timeout: 60_000 });
    } catch {
      return `${PACKAGE} could not be fetched`;
    }
  }
  return (await import(pathToFileURL(entry).href)) as Crdt;
};

const start = ({ Timestamp, setClock, makeClock, merkle }: Crdt, node: string): void => {
  setClock(makeClock(Timestamp.zero, merkle.emptyTrie()));
  Timestamp.init({ node, maxDrift: 3_600_000 });
};

const cellsOf = (deed: Deed): readonly (readonly [column: string, value: string])[] => {
  if (deed.do === 'delete') return [['tombstone', 'N:1']];
  return Object.entries(deed.values).map(([column, value]) => [
    column,
    `${typeof value === 'number' ? 'N' : 'S'}:${String(value)}`,
  ]);
};

/** The requests that carry the deeds, as they go over the wire. */
export const peerSend = (crdt: Crdt, deeds: readonly Deed[]): readonly Uint8Array[] => {
  start(crdt, 'A219E7A71CC18912');
  const { create, toBinary, MessageSchema, MessageEnvelopeSchema, SyncRequestSchema, Timestamp } = crdt;
  const requests: Uint8Array[] = [];
  for (let from = 0; from < deeds.length; from += PER_REQUEST) {
    const messages = deeds.slice(from, from + PER_REQUEST).flatMap((deed) =>
      cellsOf(deed).map(([column, value]) => {
        const content = toBinary(MessageSchema, create(MessageSchema, { dataset: deed.table, row: deed.id, column, value }));
        return create(MessageEnvelopeSchema, { timestamp: Timestamp.send().toString(), isEncrypted: false, content });
      }),
    );
    requests.push(toBinary(SyncRequestSchema, create(SyncRequestSchema, { messages, fileId: 'f', groupId: 'g', since: '' })));
  }
  return requests;
};

const TABLES = Object.entries(COLUMNS).map(([table, columns]) => [table, [...columns, 'tombstone']] as const);

/** Tables as its messages need them. */
export const preparePeer = (db: Database): void =>
  void db.exec(`${TABLES.map(([table, columns]) => `CREATE TABLE "${table}"(id TEXT PRIMARY KEY, ${columns.join(', ')});`).join('')}
    CREATE TABLE messages(id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE, dataset TEXT NOT NULL, row TEXT NOT NULL,
      "column" TEXT NOT NULL, value BLOB NOT NULL);
    CREATE INDEX messages_cell ON messages(dataset, row, "column", timestamp);
    CREATE TABLE clock(id INTEGER PRIMARY KEY, clock TEXT);`);

const readValue = (value: string): string | number => (value.startsWith('N:') ? Number(value.slice(2)) : value.slice(2));

const writesOf = (db: Database, table: string, columns: readonly string[]) => ({
  there: db.prepare<[string]>(`SELECT 1 FROM "${table}" WHERE id = ?`),
  columns: new Map(
    columns.map((column) => [
      column,
      {
        update: db.prepare<[string | number, string]>(`UPDATE "${table}" SET "${column}" = ? WHERE id = ?`),
        insert: db.prepare<[string | number, string]>(`INSERT INTO "${table}"("${column}", id) VALUES (?, ?)`),
      },
    ]),
  ),
});

/** Takes the requests: the newest message of a field stands, each is kept and goes into the trie. */
export const peerTake = (crdt: Crdt, db: Database, requests: readonly Uint8Array[]): void => {
  start(crdt, 'B000000000000001');
  const { fromBinary, MessageSchema, SyncRequestSchema, Timestamp, merkle, getClock, serializeClock } = crdt;
  const newer = db.prepare<[string, string, string, string]>(
    'SELECT 1 FROM messages WHERE dataset = ? AND row = ? AND "column" = ? AND timestamp >= ? LIMIT 1',
  );
  const tables = new Map<string, ReturnType<typeof writesOf>>(
    TABLES.map(([table, columns]) => [table, writesOf(db, table, columns)]),
  );
  const keep = db.prepare('INSERT OR IGNORE INTO messages(timestamp, dataset, row, "column", value) VALUES (?, ?, ?, ?, ?)');
  const keepClock = db.prepare<[string]>(
    'INSERT INTO clock(id, clock) VALUES (1, ?) ON CONFLICT DO UPDATE SET clock = excluded.clock',
  );
  const take = db.transaction((bytes: Uint8Array) => {
    const { messages } = fromBinary(SyncRequestSchema, bytes) as { messages: readonly Envelope[] };
    const clock = getClock();
    for (const { timestamp, content } of messages) {
      const { dataset, row, column, value } = fromBinary(MessageSchema, content) as Fields;
      const stamp = Timestamp.parse(timestamp);
      Timestamp.recv(stamp);
      if (newer.get(dataset, row, column, timestamp) === undefined) {
        const to = tables.get(dataset);
        const write = to?.columns.get(column);
        (to?.there.get(row) === undefined ? write?.insert : write?.update)?.run(readValue(value), row);
      }
      keep.run(timestamp, dataset, row, column, value);
      clock.merkle = merkle.insert(clock.merkle, stamp);
    }
    clock.merkle = merkle.prune(clock.merkle);
    keepClock.run(serializeClock(clock));
  });
  for (const request of requests) take(request);
};
