/**
 * What came late of rows that had gone to another territory: written by who had not heard of it. A device that works in both
 * passes it on, as a change of the record over there based on what that was when it came; so nothing of it is lost, and where
 * somebody has written over there since, both stand in plain sight.
 */
import type { Change } from '../api.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { isStateText } from '../../../../shared/model/registers.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import { insertGhost } from '../merge/insert.ts';
import { admit } from '../merge/op.ts';
import type { Placed } from '../merge/op.ts';
import { ERASED } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import { createErase } from '../write/erase.ts';
import { hangsAcross, linksOf } from '../write/anchor.ts';
import { readIssuedOp } from '../write/issued.ts';
import { DELETED, isAwaited, isElsewhere, LIVE, stampOf } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { anchorOfOp } from './elsewhere.ts';
import { createLateList } from './late-list.ts';
import type { Late } from './late-list.ts';
import { movedCell, movedId } from './names.ts';

/** Where a record is by now: it may have gone on since. `ways`: the scopes it went to, one after the other; `through`: what it was there. */
type Place = {
  readonly id: string;
  readonly ways: readonly number[];
  readonly through: readonly Row[];
  readonly row: Row | undefined;
};

type Passing = {
  readonly parts: WriteParts;
  readonly work: Work;
  readonly late: Late;
  readonly scopeId: (scope: number) => string;
};

/** Follows a record that went to a scope, and on from there. */
const follow = ({ parts, scopeId }: Pick<Passing, 'parts' | 'scopeId'>, table: TableName, from: string, to: number): Place => {
  const ways = [to];
  const through: Row[] = [];
  for (let id = movedId(scopeId(to), from); ;) {
    const row = parts.rows.find(table, id);
    if (row === undefined || !isElsewhere(row)) return { id, ways, through, row };
    ways.push(row.scope);
    through.push(row);
    id = movedId(scopeId(row.scope), id);
  }
};

/** A new record goes all the ways that what it hangs on went. */
const followNew = (passing: Passing, table: TableName): Place => {
  const { parts, late, scopeId } = passing;
  const anchor = anchorOfOp(table, late.op);
  const above = anchor === null ? undefined : parts.rows.find(anchor.table, anchor.id);
  if (anchor === null || above === undefined || !isElsewhere(above)) return follow(passing, table, late.op.row, late.to);
  const { ways } = follow(passing, anchor.table, anchor.id, above.scope);
  const id = ways.reduce((name, way) => movedId(scopeId(way), name), late.op.row);
  return { id, ways, through: [], row: parts.rows.find(table, id) };
};

/** What a row of the old territory that went is called by now, wherever it is. */
const calledNow =
  (passing: Passing) =>
  (table: TableName, id: string): string | null => {
    const row = passing.parts.rows.find(table, id);
    return row !== undefined && isElsewhere(row) ? follow(passing, table, id, row.scope).id : null;
  };

/** What the op says, with the names of over there; null while it cannot be read. */
const cellsOf = (passing: Passing, table: TableName): ReadonlyMap<string, CellValue> | null => {
  const { parts, late } = passing;
  const { op, stamp, scope } = late;
  const layout = layoutOf(table);
  const cells = new Map<string, CellValue>();
  const called = calledNow(passing);
  const named = op.vals[op.cols.indexOf('table')];
  for (const [at, register] of op.cols.entries()) {
    if (!parts.merge.parts.knowsRegister(layout, register)) continue;
    const value = admit(parts.merge.parts, table, op, at, { stamp, scope } satisfies Pick<Placed, 'stamp' | 'scope'>, undefined);
    if (isSealed(value)) return null;
    cells.set(register, movedCell(layout, register, value, { table: named, called }));
  }
  return cells;
};

/** A new record that goes on at once leaves its name in each place it would have been in: what hangs on it follows by those. */
const leaveNames = ({ parts, work, late, scopeId }: Passing, table: TableName, ways: readonly number[]): void => {
  let name = late.op.row;
  ways.slice(1).forEach((to, at) => {
    const from = ways[at] ?? to;
    name = movedId(scopeId(from), name);
    if (parts.rows.find(table, name) !== undefined) return;
    const ghost = insertGhost(parts.merge.parts, work, table, name, from);
    parts.merge.parts.elsewhere.leave(work, ghost, { from, to, stamp: late.stamp }, { isSwept: true, on: null });
  });
};

/** A row that had come back from there goes there again. */
const liveAgain = ({ undo: { writes } }: WriteParts, work: Work, row: Row, cells: ReadonlyMap<string, CellValue>): void => {
  if (cells.get(EXISTENCE) !== DELETED) writes.setExistence(work, row, LIVE);
  const written = [...cells].filter(([register]) => register !== EXISTENCE && !row.layout.states.includes(register));
  const isUntouched = ([register]: readonly [string, CellValue]): boolean => stampOf(row, register) === row.inserted;
  writes.update(work, row, new Map(written.filter(isUntouched)));
  writes.updateBeside(work, row, new Map(written.filter((one) => !isUntouched(one))));
};

/** It had come back here, or elsewhere before it was put on what went: then it was not deleted by somebody over there who saw it. */
const goesAgain = ({ rows, merge: { parts } }: WriteParts, table: TableName, id: string, there: Row): boolean => {
  const gone = rows.find(table, id);
  const isAgain = parts.elsewhere.isAgain(table, id);
  return isAgain || (gone !== undefined && stampOf(there, EXISTENCE)[0] < parts.elsewhere.lastPut(gone));
};

const passInsert = (passing: Passing, table: TableName, { id, ways, row }: Place): boolean => {
  const { parts, work, late } = passing;
  if (row !== undefined && isAwaited(row)) return false;
  const cells = cellsOf(passing, table);
  if (cells === null) return false;
  // Another who works in both was first: what hangs on it is found by the names that it would have had on the way all the same.
  if (row !== undefined) {
    leaveNames(passing, table, ways);
    if (row.st === DELETED && goesAgain(parts, table, late.op.row, row)) liveAgain(parts, work, row, cells);
    return true;
  }
  const filled = new Map([...cells].filter(([register, value]) => value !== null && register !== EXISTENCE));
  leaveNames(passing, table, ways);
  const made = parts.undo.writes.insertIn(work, table, id, filled, ways.at(-1) ?? late.to);
  if (cells.get(EXISTENCE) === DELETED) parts.undo.writes.setExistence(work, made, DELETED);
  return true;
};

const passUpdate = (passing: Passing, row: Row, through: readonly Row[]): boolean => {
  const { parts, work, late } = passing;
  const { writes } = parts.undo;
  const cells = cellsOf(passing, row.layout.name);
  if (cells === null) return false;
  const existence = cells.get(EXISTENCE);
  if (existence === LIVE) writes.setExistence(work, row, LIVE);
  if (existence === DELETED) writes.deleteUnseen(work, row);
  const links = new Map([...cells].filter(([register]) => linksOf(row.layout).includes(register)));
  // What it was put on is not over there: it stays with what it went with.
  const left = links.size > 0 && hangsAcross(row, links, parts.rows.find) ? links : new Map<string, CellValue>();
  const plain = [...cells].filter(
    ([register]) => register !== EXISTENCE && !row.layout.states.includes(register) && !left.has(register),
  );
  const { elsewhere } = parts.merge.parts;
  // Nobody has written it since it went: not where it is, nor where it was in between.
  const isNext = ([register]: readonly [string, CellValue]): boolean =>
    stampOf(row, register) === row.inserted &&
    late.beside?.includes(register) !== true &&
    through.every((one) => !elsewhere.wasWritten(one, register));
  writes.update(work, row, new Map(plain.filter(isNext)));
  writes.updateBeside(work, row, new Map(plain.filter((one) => !isNext(one))));
  return true;
};

const passMove = ({ parts, work, late: { op } }: Passing, row: Row): void => {
  const [field = ''] = op.cols;
  const [, to, why] = op.vals;
  if (isStateText(field) || !row.layout.states.includes(field) || typeof to !== 'string' || row.v[field] === to) return;
  parts.undo.writes.move(work, row, field, to, typeof why === 'string' ? why : null);
};

/** @returns false while the record over there is not here, or what is said of it cannot be read */
const pass = (passing: Passing): boolean => {
  const { parts, late } = passing;
  const { op } = late;
  if (!isTableName(op.table)) return false;
  const place = op.kind === 'i' ? followNew(passing, op.table) : follow(passing, op.table, op.row, late.to);
  if (!parts.streams.isWorkedOn(place.ways.at(-1) ?? late.to)) return false;
  if (op.kind === 'i') return passInsert(passing, op.table, place);
  const { row } = place;
  if (row === undefined || isAwaited(row)) return false;
  if (op.kind === 'u') return passUpdate(passing, row, place.through);
  if (op.kind === 't') passMove(passing, row);
  const document = op.kind === 'n' ? readIssuedOp(op) : null;
  if (document !== null && document !== 'unsound') parts.undo.writes.issue(passing.work, row, document);
  return true;
};

/**
 * What who wrote an op wrote again later is not passed on; what they wrote first without having seen what went, they write beside
 * it to the end.
 */
const byWriter = (all: readonly { readonly idx: number; readonly late: Late }[]) => {
  const nameOf = ({ scope, stamp, op }: Late, register: string): string =>
    [scope, stamp[1], op.table, op.row, register].join('/');
  const last = new Map<string, number>();
  const beside = new Set<string>();
  for (const { idx, late } of all) {
    if (late.op.kind === 'u') for (const register of late.op.cols) last.set(nameOf(late, register), idx);
    for (const register of late.beside ?? []) beside.add(nameOf(late, register));
  }
  return (idx: number, late: Late): Late => {
    const { op } = late;
    if (op.kind !== 'u') return late;
    const stands = op.cols.map((register) => (last.get(nameOf(late, register)) ?? idx) === idx);
    const pick = <T>(of: readonly T[]): readonly T[] => of.filter((_, at) => stands[at]);
    const cols = pick(op.cols);
    return {
      ...late,
      op: { ...op, cols, vals: pick(op.vals) },
      beside: cols.filter((register) => beside.has(nameOf(late, register))),
    };
  };
};

/** Who was erased by it is erased over there as by hand: in the history and the undo, too. */
const eraseThere = (
  db: Db,
  passing: Pick<Passing, 'parts' | 'scopeId' | 'late'>,
  transact: Transact,
  change: Change,
): boolean => {
  const { parts, late } = passing;
  const { table, row, cols, vals } = late.op;
  const day = vals[cols.indexOf(ERASED)];
  if (typeof day !== 'string' || !isTableName(table)) return false;
  const { id, ways, row: there } = follow(passing, table, row, late.to);
  if (there === undefined || isAwaited(there) || !parts.streams.isWorkedOn(ways.at(-1) ?? late.to)) return false;
  createErase(db, parts, transact, () => day)(table, id, change);
  return true;
};

const LABEL = 'Came late from another territory';

/**
 * Passes on what can be passed on by now. @returns how many ops were
 */
export const passOn = (db: Db, parts: WriteParts, transact: Transact): number => {
  const list = createLateList(db);
  const names = db.prepare<[number], string>('SELECT id FROM scopes WHERE idx = ?').pluck();
  const scopeId = (scope: number): string => names.get(scope) ?? '';
  let passed = 0;
  const all = list.all();
  const lastOf = byWriter(all);
  for (const { idx, late: whole } of all) {
    const late = lastOf(idx, whole);
    const change = {
      actor: late.actor,
      source: 'merge',
      label: LABEL,
      reason: null,
      window: '',
      screen: null,
      silent: true,
    } as const;
    const isErased = eraseThere(db, { parts, late, scopeId }, transact, change);
    transact.change(
      change,
      {},
      (work) => {
        if (!isErased && !pass({ parts, work, late, scopeId })) return;
        list.remove(idx);
        passed += 1;
      },
      () => undefined,
    );
  }
  return passed;
};
