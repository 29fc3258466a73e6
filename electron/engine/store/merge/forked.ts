/**
 * Where a piece belongs in a stream that may have been written on twice (SYNC.md 2.7), and what a second branch changes: until
 * it came, how far the stream had been read told what was seen of it. From then on each stamp behind the fork is looked up.
 */
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import { addAnchors, readAnchors } from '../log/anchors.ts';
import { createBranches, MOST_BRANCHES } from '../log/branches.ts';
import type { Branches, Cursor, Reading } from '../log/branches.ts';
import type { Op } from '../log/payload.ts';
import { openSegment } from '../log/segments.ts';
import type { Stamp } from '../write/rows.ts';
import type { Devices } from './devices.ts';
import { createNaming } from './naming.ts';
import type { Named } from './naming.ts';
import type { OpParts } from './op.ts';
import type { Incoming } from './receive.ts';

/** Where a piece stands: it is known, it goes on what is here, it is a second successor of what is here, or none of them. */
export type Standing =
  | { readonly is: 'dup' | 'apart' }
  | { readonly is: 'next'; readonly reading: Reading }
  | { readonly is: 'branch' };

const prepare = (db: Db) => ({
  known: db
    .prepare<[number, number, number], Buffer>('SELECT hash FROM segments WHERE scope = ? AND dev = ? AND from_seq = ?')
    .pluck(),
  /** What stands where another piece would: it follows the same one. */
  beside: db
    .prepare<[number, number, number, Buffer | null], number>(
      'SELECT 1 FROM segments WHERE scope = ? AND dev = ? AND from_seq = ? AND prev IS ? AND state <> 3',
    )
    .pluck(),
  ending: db
    .prepare<[number, number, number], Buffer>(
      'SELECT body FROM segments WHERE scope = ? AND dev = ? AND to_seq = ? AND state <> 3',
    )
    .pluck(),
  indexed: db
    .prepare<[number, number, number, number], number>('SELECT 1 FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck(),
});

const hex = (hash: Buffer | null): string | null => hash?.toString('hex') ?? null;

/** Of what came by a snapshot the history does not know everything. */
const isAnchored = (db: Db, scope: number, d: number): boolean =>
  readAnchors(db).some((anchor) => anchor.scope === scope && anchor.dev === d);

/** Up to which stamp the branches have all in common, as far as that can be told here. */
const prepareCommon =
  (db: Db, sql: ReturnType<typeof prepare>, branches: Branches) =>
  (scope: number, d: number, { header: { from, prev } }: Incoming, main: Cursor): number => {
    if (isAnchored(db, scope, d)) return main.hlc;
    if (prev === null) return 0;
    const bodies = branches.readings(scope, d).flatMap(({ idx }) => sql.ending.get(scope, idx, from - 1) ?? []);
    return bodies.length === 0 ? main.hlc : Math.min(...bodies.map((body) => openSegment(body).o.at(-1)?.[0] ?? 0));
  };

type Parts = Pick<OpParts, 'heads' | 'knows' | 'rows' | 'twins'>;

export const createForked = (db: Db, { heads, knows, rows, twins }: Parts, devices: Devices, tables: TableIndex) => {
  const sql = prepare(db);
  const branches = createBranches(db, devices);
  const commonUpTo = prepareCommon(db, sql, branches);
  const naming = createNaming(db, knows);

  const isIndexed = (table: string, id: string, [h, d]: Stamp): boolean => {
    const row = knows(table) ? rows.find(table, id) : undefined;
    return row !== undefined && sql.indexed.get(tables.indexOf(row.layout.name), row.n, h, d) !== undefined;
  };

  /** What was written on top of a stamp by who had read it, and is here before it: what it names is known to be replaced. */
  const expectAt = (stamp: Stamp, named: readonly Named[]): void => {
    for (const { table, row: id, register } of named) {
      const row = rows.find(table, id);
      if (row === undefined) continue;
      const hasCome = isIndexed(table, id, stamp) && !twins.isOfOther(row, register, stamp);
      if (!hasCome) heads.expect({ table, row: id, register, stamp });
    }
  };

  return {
    standing(
      { header: { from, to, prev }, hash, isRooted = false, isNamed = false }: Incoming,
      scope: number,
      d: number,
    ): Standing {
      const readings = branches.readings(scope, d);
      if (readings.some(({ idx }) => sql.known.get(scope, idx, from)?.equals(hash) === true)) return { is: 'dup' };
      const reading = readings.find(({ cursor }) => cursor.seq === from - 1 && hex(cursor.hash) === prev);
      if (reading !== undefined) return { is: 'next', reading };
      const before = prev === null ? null : Buffer.from(prev, 'hex');
      const isBeside = readings.some(({ idx }) => sql.beside.get(scope, idx, from, before) !== undefined);
      const [{ idx, cursor }] = readings;
      if (isBeside || isRooted) return { is: isNamed || readings.length < MOST_BRANCHES ? 'branch' : 'apart' };
      return { is: to <= cursor.seq && sql.known.get(scope, idx, from) === undefined ? 'dup' : 'apart' };
    },
    /** Begins a branch with its first piece. Call inside the transaction that merges it. */
    begin(incoming: Incoming, scope: number, d: number): Reading {
      const { header, hash } = incoming;
      const hlc = commonUpTo(scope, d, incoming, branches.cursorOf(scope, d));
      const known = branches.forkedAt(scope, d);
      const idx = branches.add({ scope, dev: d, hash, hlc });
      const prev = header.prev === null ? null : Buffer.from(header.prev, 'hex');
      if (header.prev !== null) addAnchors(db, [{ scope, dev: idx, seq: header.from - 1, hash: header.prev }]);
      if (known === null || hlc < known)
        for (const [h, named] of naming.namedOf(scope, header.dev, d)) if (h > hlc) expectAt([h, d], named);
      return { idx, cursor: { seq: header.from - 1, hlc, hash: prev } };
    },
    /**
     * Before a piece is merged: behind a snapshot of another branch its stamps seemed to be here, and what was written on top of
     * them was not remembered. Looked for by the stamps it has, as of others nobody could tell whether the snapshot has them.
     */
    expectIn({ header, payload }: Incoming, scope: number, d: number): void {
      const common = branches.forkedAt(scope, d);
      if (common === null || !payload.o.some(([h]) => h <= common) || !isAnchored(db, scope, d)) return;
      const named = naming.namedOf(scope, header.dev, d);
      for (const [h] of payload.o) if (h <= common) expectAt([h, d], named.get(h) ?? []);
    },
    /** Whether what a stamp names has arrived here, of a stream other than its author's own. */
    isSeen(scope: number, { table, row }: Pick<Op, 'table' | 'row'>, [h, d]: Stamp): boolean {
      const common = branches.forkedAt(scope, d);
      const cursor = branches.cursorOf(scope, d);
      return common === null ? h <= cursor.hlc : h <= common || isIndexed(table, row, [h, d]);
    },
    readings: branches.readings,
    forget: naming.forget,
  };
};
