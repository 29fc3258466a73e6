/** A device of a simulated team: a store on a file of its own, a clock that may be wrong, a key. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/contract/define.ts';
import type { Snapshot } from '../../electron/engine/store/snapshot/load.ts';
import { keyPairOf, readPublicKey } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, openSealed, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import type { Incoming, Verdict } from '../../electron/engine/store/merge/receive.ts';
import { openWriter, openReader } from '../../electron/engine/store/file/db.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import type { Rules, WriteStore } from '../../electron/engine/store/api.ts';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeRules } from '../fakes/rules.ts';
import { random } from '../fakes/random.ts';
import type { Known } from '../store/actions.ts';

export const TEAM = { org: 'team', scopes: { shared: 'shared', account: 'north' } };

const idOf = (device: number, n: number): string => {
  // A UUID whose order says nothing about the device's number or age, as ties must be told by it.
  const hex = createHash('sha256').update(`${device}/${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export type ReplicaOptions = {
  readonly number: number;
  readonly folder: string;
  readonly clock: () => number;
  readonly adaptMerge?: AdaptMerge;
  /** The rules of the program in place of the fake ones; they ask the store that is opened with them. */
  readonly rulesOf?: (ids: () => string, store: () => WriteStore | undefined) => Rules;
  /** The number of the device whose key it has: its file is a copy of that one's, key and all. */
  readonly keyOf?: number;
};

export type Replica = ReturnType<typeof openReplica>;

export const openReplica = (options: ReplicaOptions) => {
  const { number, folder, clock, adaptMerge, rulesOf = () => fakeRules(), keyOf = number } = options;
  const file = path.join(folder, `${number}.db`);
  if (!fs.existsSync(file)) emptyFile(file);
  const chance = random(number + 77);
  let made = 0;
  const ids = (): string => idOf(number, (made += 1));
  const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => Math.floor(chance() * 256));
  let keptKnown: readonly Known[] | null = null;
  const pair = keyPairOf(createHash('sha256').update(`key ${keyOf}`).digest());
  const opened: { store?: WriteStore } = {};
  const open = () =>
    openWriteStore({
      db: file,
      clock,
      ids,
      random: bytes,
      zone: 'UTC',
      rules: rulesOf(ids, () => opened.store),
      log: () => undefined,
      emit: () => undefined,
      adaptMerge,
    });
  let store = open();
  opened.store = store;
  const reopened = () => {
    const again = open();
    opened.store = again;
    return again;
  };
  const copy = `${file}.kept`;
  const key = readPublicKey(pair.publicKey);
  const look = <T>(read: (db: Db) => T): T => {
    const db = openReader(file);
    try {
      return read(db);
    } finally {
      db.close();
    }
  };
  return {
    number,
    file,
    ids,
    pair,
    /** Rows this device has heard of. */
    known: [] as Known[],
    get store() {
      return store;
    },
    look,
    /** Writes to the file beside the store, as only a fault could. */
    meddle(write: (db: Db) => void): void {
      const db = openWriter(file);
      try {
        write(db);
      } finally {
        db.close();
      }
    },
    /** Seals what waits and gives all that is not sent as the bytes a hub would hold. */
    send(): readonly Buffer[] {
      store.sync.seal();
      return store.sync.unsent(1000).map((segment) => {
        store.sync.sent(segment.hash);
        return encodeSegment({ ...segment, sig: pair.sign(segment.hash) });
      });
    },
    take: (segments: readonly Incoming[]): readonly Verdict[] => store.sync.take(segments),
    /** What those bytes say, checked against the key of this device. */
    read(bytes: Buffer): Incoming {
      const segment = parseSegment(bytes);
      if (typeof segment === 'string' || key === null) throw new Error('No segment');
      const opened = openSealed(segment, key);
      if (typeof opened === 'string') throw new Error(`Refused: ${opened}`);
      return opened;
    },
    /** What this device knows of each scope of its team. All that it did has been sent. */
    snapshot(): Snapshot[] {
      const { org, scopes } = store.sync.membership() ?? TEAM;
      return Object.values(scopes).flatMap((scope) => {
        const making = store.sync.snapshot(scope);
        if (making === null) return [];
        const { cut, sv, minsv } = making;
        const pages = [...making.pages].map(({ bytes: page }) => page);
        making.close();
        // Where nobody has a copy of another's file, the longer of two streams goes on from the other.
        return [{ org, scope, cut, sv, minsv, pages, follows: new Set(cut.map(({ dev }) => dev)) }];
      });
    },
    /** Takes a snapshot, if it can be taken. */
    load(snapshot: Snapshot): boolean {
      try {
        store.sync.load(snapshot);
        return true;
      } catch (error) {
        if (error instanceof AppError && ['bad-file', 'newer-file'].includes(error.code)) return false;
        throw error;
      }
    },
    hash: (): string => JSON.stringify(store.sync.hashes().map(({ table, rows, hash }) => [table, rows, hash.slice(0, 12)])),
    /** Puts a copy of the file aside, as a backup does. */
    keep(known: Known[]): void {
      store.close();
      fs.copyFileSync(file, copy);
      store = reopened();
      keptKnown = [...known];
    },
    /** The file is again what it was when it was put aside; false where it never was. */
    restore(known: Known[]): boolean {
      if (keptKnown === null) return false;
      store.close();
      fs.copyFileSync(copy, file);
      store = reopened();
      known.splice(0, known.length, ...keptKnown);
      return true;
    },
    bytes,
    /** Another identity, with the key it has; a test has it enrolled. */
    renew(code: string): Buffer {
      store.sync.rekey(code, bytes);
      return pair.publicKey;
    },
    /** Another identity, as a round takes one that finds somebody else under this one's name. */
    rekey: (): void => store.sync.rekey(`${number}${(made += 1)}`.padEnd(3, 'X').slice(-3), bytes),
    reopen(): void {
      store.close();
      store = reopened();
    },
    /** The file holds other bytes when it is opened again, and nothing stands beside it. */
    crash(left: Uint8Array): void {
      store.close();
      fs.writeFileSync(file, left);
      store = reopened();
    },
    close: (): void => store.close(),
  };
};
