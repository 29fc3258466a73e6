/**
 * A record's past and that of the rows it owns, field by field, read on demand through the history index: one small
 * row per op leads to the op in the outbox or in a sealed segment. What a field was before is found by following the
 * stamp an op was based on.
 */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import { isUuid } from '../../../../shared/domain/uuid.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister, isStateText } from '../../../../shared/model/registers.ts';
import type { HistoryPage } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { Member } from '../read/family.ts';
import { readFamily } from '../read/family.ts';
import { createLabelReader, splitRef } from '../read/labels.ts';
import { readTableIndex } from '../file/local.ts';
import { baseOf, readWireStamp, writtenBy } from './payload.ts';
import type { Op, Transaction, WireStamp } from './payload.ts';
import { createReadSaid, readableOp } from '../subjects/opening.ts';
import { createDeviceNames } from '../team/members.ts';
import { createOpReader } from './op-reader.ts';

type Entry = HistoryPage['entries'][number];
type Change = Entry['changes'][number];

type Place = {
  readonly n: number;
  readonly h: number;
  readonly txn: number;
  readonly pos: number;
  readonly device: string;
};
/** An op as it can be read here. */
type Readable = Omit<Op, 'vals'> & { readonly vals: readonly CellValue[] };
type Logged = readonly [Transaction, Readable];

const PLACES = `SELECT i.n, i.h, i.txn, i.pos, d.id AS device FROM history i JOIN devices d ON d.idx = i.d
  WHERE i.tbl = ? AND i.n`;

const byStamp = (a: Place, b: Place): number => b.h - a.h || (a.device < b.device ? 1 : a.device > b.device ? -1 : 0);

/** The ops of rows. */
const createLog = (db: Db) => {
  const index = readTableIndex(db);
  const newest = db.prepare<[number, string, number, number], Place>(
    `${PLACES} IN (SELECT value FROM json_each(?)) AND i.h < ? ORDER BY i.h DESC, d.id DESC LIMIT ?`,
  );
  const exact = db.prepare<[number, number, number, string], Place>(`${PLACES} = ? AND i.h = ? AND d.id = ?`);
  const readOp = createOpReader(db);
  const read = createReadSaid(db);
  const rawAt = (place: Place) => readOp(place.txn, place.pos);
  const opAt = (place: Place | undefined): Logged | undefined => {
    const logged = place === undefined ? undefined : rawAt(place);
    return logged === undefined ? undefined : [logged[0], readableOp(logged[1], read)];
  };
  return {
    /** Newest first, each with the row it happened to. */
    places(members: readonly Member[], before: number, limit: number): readonly (readonly [Place, Member])[] {
      const tables = new Set(members.map(({ table }) => table));
      const found = [...tables].flatMap((table) => {
        const byNumber = new Map(members.flatMap((row) => (row.table === table ? [[row.n, row] as const] : [])));
        const places = newest.all(index.indexOf(table), JSON.stringify([...byNumber.keys()]), before, limit);
        return places.flatMap((place) => {
          const member = byNumber.get(place.n);
          return member === undefined ? [] : [[place, member] as const];
        });
      });
      return found.toSorted(([a], [b]) => byStamp(a, b)).slice(0, limit);
    },
    opAt,
    /** What the op at a place gave a register, itself undefined where nobody can read it; undefined where it did not write it. */
    givenAt(place: Place, register: string): { readonly value: CellValue | undefined } | undefined {
      const op = rawAt(place)?.[1];
      const value = op === undefined ? undefined : writtenBy(op, register);
      if (op === undefined || value === undefined) return undefined;
      return { value: read(op, register, value) };
    },
    /** The op of a stamp, where it is known here. */
    opBy: ({ table, n }: Member, h: number, device: string): Logged | undefined =>
      opAt(exact.get(index.indexOf(table), n, h, device)),
    /** What the op of a stamp gave a register; null where it is not known here. */
    valueBy({ table, n }: Member, stamp: WireStamp | null, own: string, register: string): CellValue {
      if (stamp === null) return null;
      const { h, device } = readWireStamp(stamp, own);
      const logged = opAt(exact.get(index.indexOf(table), n, h, device));
      return logged === undefined ? null : (writtenBy(logged[1], register) ?? null);
    },
  };
};

/** How a cell is told: a bad one by its text. */
const told = (cell: CellValue): Scalar => (isBad(cell) ? cell['!'][0] : cell);

/** Said of whom this file has no name for: who was erased, or is known elsewhere only. */
const NOT_KNOWN = 'Somebody not known here';

const createNamer = (db: Db) => {
  const labels = createLabelReader(db);
  const person = db.prepare<[string], { name: string | null; code: string | null }>('SELECT name, code FROM people WHERE id = ?');
  const devices = createDeviceNames(db);
  const targetOf = (table: TableName, field: string, value: Scalar) => {
    const declared = fieldOf(table, field);
    if (typeof value !== 'string') return null;
    if (declared?.kind === 'ref') return splitRef(value);
    return declared?.kind === 'link' && isTableName(declared.to) ? { table: declared.to, id: value } : null;
  };
  /** Null where this file has no name for them; who said what they are called is known by that. */
  const known = (actor: string): string | null => {
    const found = person.get(actor);
    return found?.name ?? found?.code ?? devices.known(actor) ?? (isUuid(actor) ? null : actor);
  };
  return {
    known,
    who: (actor: string): string => known(actor) ?? NOT_KNOWN,
    device: (id: string): string => devices.of(id),
    label(table: TableName, field: string, value: Scalar): string | null {
      const target = targetOf(table, field, value);
      if (target === null) return null;
      const label = labels(target.table, new Set([target.id])).get(target.id);
      return label?.title ?? label?.code ?? null;
    },
  };
};

const kindOf = (op: Readable): Entry['kind'] => {
  if (op.kind === 'i') return 'insert';
  if (op.kind === 't') return 'transition';
  if (op.cols[0] !== '_st') return 'update';
  return op.vals[0] === 1 ? 'undelete' : 'delete';
};

/**
 * What happened to a record and to what it owns, newest first.
 * @param before only ops with smaller stamps; null = from the newest
 * @returns `more`: the `before` of the next page, null at the end
 */
export const readHistory = (db: Db, table: TableName, id: string, limit: number, before: number | null): HistoryPage => {
  const log = createLog(db);
  const name = createNamer(db);
  const places = log.places(readFamily(db, table, id), before ?? Number.MAX_SAFE_INTEGER, limit + 1);
  const changesOf = (op: Readable, member: Member, own: string): Change[] =>
    op.cols
      .map((register, at) => ({ register, at }))
      .filter(({ register, at }) => op.kind !== 'r' && register !== '_st' && !(op.kind === 't' && at > 0))
      .map(({ register, at }) => {
        const field = fieldOfRegister(register);
        const from = told(log.valueBy(member, baseOf(op, at), own, register));
        const to = told(writtenBy(op, register) ?? null);
        return {
          field,
          from,
          to,
          fromLabel: name.label(member.table, field, from),
          toLabel: name.label(member.table, field, to),
        };
      });
  const entries = places.slice(0, limit).flatMap(([place, member]): Entry[] => {
    const logged = log.opAt(place);
    if (logged === undefined) return [];
    const [{ actor, source, label, reason, occurredAt }, op] = logged;
    // The move by which it was issued tells of it.
    if (op.kind === 'n') return [];
    const why = op.kind === 't' ? told(op.vals[2] ?? null) : null;
    return [
      {
        at: occurredAt ?? stampTime(op.h),
        stamp: op.h,
        change: place.txn,
        part: member.part,
        who: name.who(actor),
        device: name.device(place.device),
        source,
        label,
        reason: typeof why === 'string' ? why : reason,
        kind: kindOf(op),
        changes: changesOf(op, member, place.device),
      },
    ];
  });
  return { entries, more: places.length > limit ? (places[limit - 1]?.[0].h ?? null) : null };
};

/** What a field held right after the op of a stamp, as a patch would write it; undefined where that is not known. */
export const readValueAt = (db: Db, table: TableName, id: string, field: string, stamp: number): CellValue | undefined => {
  const log = createLog(db);
  const [row] = readFamily(db, table, id);
  for (const [place] of log.places(row === undefined ? [] : [row], stamp + 1, Number.MAX_SAFE_INTEGER)) {
    const given = isStateText(field) ? undefined : log.givenAt(place, field);
    if (given !== undefined) return given.value;
  }
  return undefined;
};

/** Who wrote a register at a stamp, and what they saw there before. */
export const createAuthors = (db: Db) => {
  const log = createLog(db);
  const name = createNamer(db);
  const numberOf = (table: TableName, id: string): number | undefined =>
    db.prepare<[string], number>(`SELECT _n FROM "${table}" WHERE id = ?`).pluck().get(id);
  return {
    known: (actor: string): string | null => name.known(actor),
    who: (actor: string): string => name.who(actor),
    label: (table: TableName, field: string, value: Scalar): string | null => name.label(table, field, value),
    /** Undefined where the op is not in the history of this file: of what was there before the team. */
    of(table: TableName, id: string, register: string, h: number, device: string) {
      const n = numberOf(table, id);
      const member: Member = { table, n: n ?? 0, part: null };
      const logged = n === undefined ? undefined : log.opBy(member, h, device);
      if (logged === undefined) return undefined;
      const [{ actor }, op] = logged;
      const base = baseOf(op, Math.max(0, op.cols.indexOf(register)));
      return { who: name.who(actor), base: base === null ? undefined : told(log.valueBy(member, base, device, register)) };
    },
  };
};
