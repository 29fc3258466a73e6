/**
 * What the store offers to sync: joining a team, what is still to be sent, taking what came, and how two replicas are
 * compared. It knows no hub and no key. Before the file has joined it has nothing to send and takes nothing.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { baselineOf } from './baseline.ts';
import { countConflicts, isSaidSame } from './conflicts.ts';
import type { Db } from '../file/db.ts';
import { replaceCode, writeMeta } from '../file/local.ts';
import { isTaken } from '../merge/receive.ts';
import type { Incoming, Verdict } from '../merge/receive.ts';
import { EXISTENCE } from '../file/cells.ts';
import { createRefusedReader } from '../merge/refused.ts';
import type { RefusedMove } from '../merge/refused.ts';
import { LIVE } from '../write/rows.ts';
import { createGone } from './gone.ts';
import { MEMBERS, readMembers } from './members.ts';
import type { TeamMember } from './members.ts';
import { moveScope } from './move-scope.ts';
import { createSyncClock } from './sync-clock.ts';
import { createIdentity, mergeBy, readRevocations, refuseWhileImporting, REVOKED } from './sync-identity.ts';
import { createSyncKeys, lettingGo } from './sync-keys.ts';
import { createSnapshots } from './sync-snapshots.ts';
import { ERASED } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import type { WireValue } from '../subjects/sealed.ts';
import { createReplica } from './replica-hash.ts';
import { readUnderDeletion } from './under-deletion.ts';
import { scopesOf } from '../log/streams.ts';
import type { Membership, Stream } from '../log/streams.ts';
import { passOn } from '../territory/late.ts';
import { createMove } from '../territory/move.ts';
import { giveWord } from './word.ts';
import type { WantedWord } from './word.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';

/** A segment of this device on its way to a hub. */
export type Outgoing = {
  readonly scope: string;
  readonly from: number;
  readonly to: number;
  readonly prev: string | null;
  readonly head: string;
  readonly body: Buffer;
  readonly hash: Buffer;
  /** Null until it was signed. */
  readonly sig: Buffer | null;
};

/** How far a stream has been read here; one for each of its branches. */
export type StreamHead = { readonly scope: string; readonly dev: string; readonly seq: number; readonly hash: Buffer | null };

/** A piece that is here, and the one that it follows, by their hashes in hex. */
export type KeptPiece = { readonly hash: string; readonly prev: string | null };

export type SyncState = {
  readonly membership: Membership | null;
  readonly unsent: number;
  readonly conflicts: number;
  readonly forks: number;
};

export type SyncStore = ReturnType<typeof createSyncStore>;

const prepare = (db: Db) => ({
  // Half an import is nobody's: what is sent ends before the first piece of a batch that has not ended.
  unsent: db.prepare<{ scope: number; dev: number; limit: number }, Outgoing & { readonly idx: number }>(
    `SELECT g.idx, s.id AS scope, from_seq AS "from", to_seq AS "to", lower(hex(prev)) AS prev, head, body, hash, sig
     FROM segments g JOIN scopes s ON s.idx = g.scope WHERE g.scope = :scope AND g.dev = :dev AND g.state = 0 AND g.from_seq < coalesce(
       (SELECT min(p.from_seq) FROM segments p WHERE p.scope = :scope AND p.dev = :dev AND p.state = 0
         AND p.batch IN (SELECT id FROM batches WHERE state = 'applying')), ${Number.MAX_SAFE_INTEGER})
     ORDER BY from_seq LIMIT :limit`,
  ),
  heads: db.prepare<[], StreamHead>(
    `SELECT s.id AS scope, v.id AS dev, c.seq, c.hash FROM cursor c JOIN scopes s ON s.idx = c.scope
     LEFT JOIN branches b ON b.idx = c.dev JOIN devices v ON v.idx = coalesce(b.dev, c.dev) WHERE c.seq > 0 ORDER BY 1, 2, 3`,
  ),
  pieces: db.prepare<[string, string], KeptPiece>(
    `SELECT lower(hex(g.hash)) AS hash, lower(hex(g.prev)) AS prev FROM segments g LEFT JOIN branches b ON b.idx = g.dev
     WHERE g.state <> 3 AND g.scope = (SELECT idx FROM scopes WHERE id = ?)
       AND coalesce(b.dev, g.dev) = (SELECT idx FROM devices WHERE id = ?)`,
  ),
  sign: db.prepare('UPDATE segments SET sig = ? WHERE hash = ? AND sig IS NULL'),
  waitingOps: db.prepare<[number], number>('SELECT coalesce(sum(ops), 0) FROM outbox WHERE scope = ?').pluck(),
  unsentOps: db
    .prepare<[number, number], number>(
      'SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM segments WHERE scope = ? AND dev = ? AND state = 0',
    )
    .pluck(),
  forks: db.prepare<[], number>('SELECT count(*) FROM forks').pluck(),
});

const refuse = (message: string): never => {
  throw new AppError('blocked', message);
};

/** Whether the file is of the organisation already. */
const isMember = (parts: WriteParts, { org }: Membership): boolean => {
  const known = parts.streams.membership();
  if (known !== null && known.org !== org) refuse('This file belongs to another organisation already. Nothing was changed.');
  if (known === null) refuseWhileImporting(parts);
  return known !== null;
};

/** Other territories are worked on from now on, too; what is in them comes with the next round. */
const addTerritories = ({ streams }: WriteParts, { more = [] }: Membership): void => {
  const known = streams.membership();
  const added = more.filter((territory) => !scopesOf(known).includes(territory));
  if (known !== null && added.length > 0) streams.join({ ...known, more: [...(known.more ?? []), ...added] });
};

const join = (db: Db, parts: WriteParts, transact: Transact, membership: Membership, code: string): void => {
  const { streams, log, merge, device } = parts;
  const isIn = isMember(parts, membership);
  transact.run(() => {
    if (code !== parts.deviceCode()) replaceCode(db, device, code);
    if (isIn) return addTerritories(parts, membership);
    log.seal();
    streams.join(membership);
    // What was here before the team is of the one territory.
    for (const stream of streams.published().slice(0, 2)) {
      for (const piece of baselineOf(db, merge.parts, stream.rank, device.id)) log.publish(stream, piece);
      moveScope(db, stream);
    }
  });
};

/** A register, and a value that was written beside what stands there. */
type Place = { readonly table: string; readonly row: string; readonly field: string };
type Head = { readonly stamp: number; readonly device: string };

const createConflictReader = (db: Db) => {
  const refused = createRefusedReader(db);
  const read = db
    .prepare<[string, string, string, number, string], string>(
      `SELECT val FROM conflict WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = (SELECT idx FROM devices WHERE id = ?)`,
    )
    .pluck();
  const heads = db.prepare<[string, string, string], [stamp: number, device: string]>(
    `SELECT c.h, v.id FROM conflict c JOIN devices v ON v.idx = c.d WHERE c.tbl = ? AND c."row" = ? AND c.col = ?
     AND NOT EXISTS (SELECT 1 FROM resolved r WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h
       AND r.d = c.d AND r.st = 1) ORDER BY 1, 2`,
  );
  const openHeads = (table: string, row: string, field: string) => heads.raw().all(table, row, field);
  const headValue = ({ table, row, field }: Place, head: Head): CellValue | undefined => {
    const text = read.get(table, row, field, head.stamp, head.device);
    if (text === undefined && field === EXISTENCE)
      return readUnderDeletion(db).some(
        ({ table: of, row: id, last }) => of === table && id === row && last.h === head.stamp && last.device === head.device,
      )
        ? LIVE
        : undefined;
    const value = text === undefined ? undefined : (JSON.parse(text) as WireValue);
    return isSealed(value) ? undefined : value;
  };
  return {
    /** What was written beside a register and nobody has seen, as a word about it names it. */
    openHeads,
    /** What was written beside a register at a stamp; undefined where there is no such conflict, or it cannot be read yet. */
    headValue,
    /** Others that nobody has seen and that say the same as one of those: they are one choice. */
    sayingSame(place: Place, given: readonly Head[]): readonly Head[] {
      const others = openHeads(place.table, place.row, place.field)
        .map(([stamp, device]) => ({ stamp, device }))
        .filter((head) => !given.some(({ stamp, device }) => stamp === head.stamp && device === head.device));
      if (others.length === 0) return [];
      const values = given.map((head) => headValue(place, head)).filter((value) => value !== undefined);
      return others.filter((head) => {
        const said = headValue(place, head);
        return said !== undefined && values.some((value) => isSaidSame(value, said));
      });
    },
    /** A move that could not be made where it stands, by its stamp; undefined where it is decided, or none. */
    refusedMove: (place: Place, head: Head): RefusedMove | undefined =>
      refused(place).find(({ stamp, device }) => stamp === head.stamp && device === head.device),
  };
};

/** See `take` of the store. */
const take = (db: Db, parts: WriteParts, transact: Transact, segments: readonly Incoming[]): readonly Verdict[] => {
  const { device, streams, log, merge, hlc } = parts;
  if (streams.membership() === null) refuse('This file has not joined an organisation.');
  refuseWhileImporting(parts);
  let verdicts: readonly Verdict[] = [];
  const mayLetGo = segments.some(
    ({ payload: { c, o } }) => c.some((names) => names.includes(ERASED)) || o.some(({ 1: kind }) => kind === 'm'),
  );
  lettingGo(db, parts, mayLetGo, ({ settle }) =>
    transact.change(
      mergeBy(device.id),
      {},
      (work) => {
        if (mayLetGo) log.seal();
        verdicts = segments.map((segment) => merge.receiver.take(work, segment));
        segments.forEach(({ header }, at) => {
          if (isTaken(verdicts[at])) streams.need(header.scope, header.minsv);
        });
        settle(work);
      },
      () => undefined,
    ),
  );
  // Only what was kept may lift the clock.
  segments.forEach(({ payload }, at) => {
    const last = payload.o.at(-1)?.[0];
    if (isTaken(verdicts[at]) && last !== undefined) hlc.receive(last);
  });
  // Who was heard from settles holds of which no row changes (B2).
  if (verdicts.includes('ok') && parts.reader.wantingSlots().length > 0) transact.tellOf(new Set(['slots']));
  return verdicts;
};

export const createSyncStore = (db: Db, parts: WriteParts, transact: Transact) => {
  const sql = prepare(db);
  const { device, streams, log } = parts;
  const countUnsent = ({ scope }: Stream): number =>
    (sql.waitingOps.get(scope) ?? 0) + (sql.unsentOps.get(scope, device.idx) ?? 0);
  return {
    ...createIdentity(db, parts, transact),
    ...createSyncClock(db, parts, transact),
    ...createSnapshots(db, parts, transact),
    ...createReplica(db),
    ...createConflictReader(db),
    ...createSyncKeys(db, parts, transact),
    ...createGone(db, parts, transact),
    get device(): string {
      return device.id;
    },
    /** Gives an account to another territory that is worked on here. */
    move: createMove(db, parts, transact),
    /** Passes on what came late of rows that went to another territory. @returns how many changes were */
    passOn: (): number => passOn(db, parts, transact),
    membership: streams.membership,
    /** Asks whether the file may join. @throws AppError as `join` does */
    refuseJoin: (membership: Membership): void => void isMember(parts, membership),
    /**
     * Makes the file part of an organisation and publishes what it holds. Whoever was in it stays in it.
     * @param code the device's from now on
     * @throws AppError `blocked` when it is in another one, `busy` while an import runs
     */
    join: (membership: Membership, code = parts.deviceCode()): void => join(db, parts, transact, membership, code),
    /** Seals what waits, so that all of it can be sent. */
    seal: (): void => transact.run(() => log.seal()),
    /** Scopes in which a newer build has written what this one may not write beside (SYNC.md 2.9). */
    outgrown: (): readonly string[] =>
      streams.published().flatMap(({ scopeId }) => (streams.neededIn(scopeId) > parts.schema ? scopeId : [])),
    /**
     * Own segments the hub does not have yet, in the order they must be sent: what all share first, and those of several
     * territories as they were sealed, so that what went to another one is there before it is gone from where it was.
     * @param held scopes of which nothing is asked
     */
    unsent(limit: number, held: ReadonlySet<string> = new Set()): readonly Outgoing[] {
      const [shared = [], ...ofTerritories] = streams
        .published()
        .map(({ scope, scopeId }) => (held.has(scopeId) ? [] : sql.unsent.all({ scope, dev: device.idx, limit })));
      return [...shared, ...ofTerritories.flat().toSorted((one, other) => one.idx - other.idx)].slice(0, limit);
    },
    /** Keeps the signature, so that what is sent again is the same bytes. */
    sign: (hash: Buffer, sig: Buffer): void => void transact.run(() => sql.sign.run(sig, hash)),
    revocations: (): readonly string[] => readRevocations(db),
    keepRevocations: (texts: readonly string[]): void => transact.run(() => writeMeta(db, REVOKED, texts)),
    /** Keeps whom the team vouches for: who is to be heard before a hold is settled (B2). */
    keepMembers(members: readonly TeamMember[]): void {
      if (JSON.stringify(readMembers(db)) !== JSON.stringify(members)) transact.run(() => writeMeta(db, MEMBERS, members));
    },
    /** Says that this device has read past a stamp, once, where nothing it wrote says so (B2). */
    giveWord: (wanted: WantedWord, by: Parameters<typeof giveWord>[3]): void =>
      transact.run(() => giveWord(db, parts, wanted, by)),
    heads: (): readonly StreamHead[] => sql.heads.all(),
    /** The pieces of a stream that are here, of each of its branches. */
    pieces: ({ scope, dev }: Pick<StreamHead, 'scope' | 'dev'>): readonly KeptPiece[] => sql.pieces.all(scope, dev),
    /**
     * Merges segments in one transaction: all of them or, when anything fails, none.
     * @throws AppError `busy` while an import runs
     */
    take: (segments: readonly Incoming[]): readonly Verdict[] => take(db, parts, transact, segments),
    /** Changes of a scope that are not sent yet. */
    unsentOf: (scopeId: string): number =>
      streams.published().reduce((sum, stream) => sum + (stream.scopeId === scopeId ? countUnsent(stream) : 0), 0),
    state: (): SyncState => ({
      membership: streams.membership(),
      unsent: streams.published().reduce((sum, stream) => sum + countUnsent(stream), 0),
      conflicts: countConflicts(db),
      forks: sql.forks.get() ?? 0,
    }),
  };
};
