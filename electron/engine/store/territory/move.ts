/**
 * Giving an account to another territory (SYNC.md 2.10): all that hangs on it is written there under other names, and sent away
 * here. What only this device holds of it goes along; whoever works in the old territory alone lets go of it when they hear.
 */
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change } from '../api.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { cellOf, EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { wireStamp } from '../log/payload.ts';
import { CUT_BYTES } from '../log/segments.ts';
import { scopesOf } from '../log/streams.ts';
import { listConflicts } from '../team/conflicts.ts';
import { refuseWhileImporting } from '../team/sync-identity.ts';
import { securely, wipe } from '../subjects/forget.ts';
import { DELETED, isAwaited, isElsewhere, LIVE, stampOf } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { stampsOf } from './carried.ts';
import { hangingOn } from './elsewhere.ts';
import { registersOf } from './held.ts';
import type { Moving } from './moving.ts';
import { PER_TRANSACTION, writeEach } from './moving.ts';
import { movedCell, movedId } from './names.ts';
import type { CalledThere } from './names.ts';
import { relink } from './relink.ts';
import { settleLeft } from './settle.ts';

/** In the file's own notes: the giving that is under way. */
const UNDER_WAY = 'giving';

const refuse = (message: string): never => {
  throw new AppError('blocked', `${message} Nothing was changed.`);
};

/** The account and what hangs on it, in an order in which each can be written. */
const familyOf = ({ db, parts }: Moving, account: Row): readonly Row[] =>
  [account, ...hangingOn(db, parts.rows, [account])].filter((row) => row.scope === account.scope && !isElsewhere(row));

/** All that a row holds, as it is written over there. */
const cellsOf = ({ parts }: Moving, row: Row, called: CalledThere) => {
  const cells = new Map<string, CellValue>();
  const { layout, v } = row;
  for (const register of registersOf(parts.merge.parts, row, parts.merge.parts.issues.loadBad(row).keys())) {
    const value = cellOf(parts.merge.parts, row, register);
    if (value !== null) cells.set(register, movedCell(layout, register, value, { table: v['table'], called }));
  }
  return cells;
};

const sizeOf = (cells: ReadonlyMap<string, CellValue>): number =>
  [...cells.values()].reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 16), 0);

type Copied = { readonly row: Row; readonly there: Row; readonly cells: ReadonlyMap<string, CellValue> };

/** What was written here since it was copied, as where a move broke off; beside what was written over there since. */
const bringUp = ({ undo, merge }: WriteParts, work: Work, { row, there, cells }: Copied): void => {
  const all = registersOf(merge.parts, row, merge.parts.issues.loadBad(row).keys());
  const later = [...all].filter(
    (register) => stampOf(row, register)[0] > there.inserted[0] && !row.layout.states.includes(register),
  );
  const isUntouched = (register: string): boolean => stampOf(there, register) === there.inserted;
  const pick = (some: readonly string[]) => new Map(some.map((register) => [register, cells.get(register) ?? null]));
  undo.writes.update(work, there, pick(later.filter(isUntouched)));
  undo.writes.updateBeside(work, there, pick(later.filter((register) => !isUntouched(register))));
};

/**
 * Whether a row goes there again: it had been there and came back, here or where others work in both. Who deleted it over there since
 * this move began wanted that.
 */
const isAgain = ({ parts, since }: Moving, { layout, id }: Row, there: Row): boolean =>
  parts.merge.parts.elsewhere.isAgain(layout.name, id) || (there.st === DELETED && stampOf(there, EXISTENCE)[0] <= since);

/** Writes rows over there, so many in a transaction; those that are there already, as of a move that broke off, are brought up. */
const copy = (moving: Moving, family: readonly Row[], called: CalledThere): void => {
  const { parts, transact, change, to } = moving;
  const { scope } = parts.streams.byId(to);
  const left = family.map(({ layout, id }) => [layout.name, id] as const);
  while (left.length > 0)
    transact.change(
      change,
      {},
      (work) => {
        for (let [rows, bytes] = [0, 0]; left.length > 0 && rows < PER_TRANSACTION && bytes < CUT_BYTES / 2; rows += 1) {
          const [table, id] = left.shift() ?? (['accounts', ''] as const);
          const row = parts.rows.find(table, id);
          const name = movedId(to, id);
          // What it begins with is awaited: it comes late, and goes along then.
          if (row === undefined || isAwaited(row)) continue;
          const cells = cellsOf(moving, row, called);
          const papers = parts.merge.parts.issued.of({ table, row: id });
          bytes += papers.reduce((sum, { body }) => sum + body.length * 2, sizeOf(cells));
          const there = parts.rows.find(table, name);
          if (there !== undefined) {
            if (row.alive === 1 && isAgain(moving, row, there)) parts.undo.writes.setExistence(work, there, LIVE);
            bringUp(parts, work, { row, there, cells });
          }
          const made = there ?? parts.undo.writes.insertIn(work, table, name, cells, scope);
          // What stands first, so that it stands over there too.
          for (const paper of papers) parts.undo.writes.issue(work, made, paper);
          // What was left below something deleted is deleted over there with it: that was decided here.
          if (there === undefined && row.alive === 0) parts.undo.writes.setExistence(work, made, DELETED);
        }
      },
      () => undefined,
    );
};

/** Sends rows away here, those that hang on others first. */
const sendAway = (moving: Moving, family: readonly Row[]): void => {
  const { db, parts, to } = moving;
  const { merge, device } = parts;
  const { scope } = parts.streams.byId(to);
  writeEach(
    moving,
    family.toReversed(),
    (work, row) => {
      const stamp = work.stamp();
      const stamps = stampsOf(row);
      const base = [...stamps.values()].map(([h, d]) => wireStamp(h, merge.devices.idOf(d), device.id));
      work.log(row, { h: stamp[0], kind: 'm', base, cols: [...stamps.keys()], vals: [to] });
      merge.parts.elsewhere.leave(
        work,
        row,
        { from: row.scope, to: scope, stamp },
        { isSwept: isAwaited(row), on: null, stamps },
      );
    },
    (work) => settleLeft(db, parts, work),
  );
};

const checkFamily = ({ db, parts }: Moving, family: readonly Row[]): void => {
  const { conflicts } = listConflicts(db, Infinity);
  const open = new Set(conflicts.map(({ table, row }) => `${table}/${row}`));
  // What nobody can read yet is no conflict to decide, and has not come whole.
  const isSealed = db
    .prepare<[string, string], number>(`SELECT 1 FROM conflict WHERE tbl = ? AND "row" = ? AND val LIKE '{"#":%' LIMIT 1`)
    .pluck();
  for (const row of family) {
    const { name } = row.layout;
    if (open.has(`${name}/${row.id}`))
      refuse('Something of this account was written twice without knowing of each other. Review that first.');
    if ([...parts.merge.parts.extras.names(row)].length > 0 || isSealed.get(name, row.id) !== undefined)
      refuse(
        'Something of this account came from a later version, or has not come whole yet. Update the workbench, or wait for it.',
      );
  }
};

const carryOut = (moving: Moving, family: readonly Row[], called: CalledThere): void =>
  securely(moving.db, () => {
    copy(moving, family, called);
    relink(moving, family, called);
    // Sealed apart, as pieces are given in the order in which they were sealed: it is there before it is gone from here.
    moving.transact.run(() => moving.parts.log.seal());
    sendAway(moving, family);
  });

/** Whoever works with a newer version has written where this one may not write beside. */
const checkVersion = ({ streams, schema }: WriteParts, scopes: readonly string[]): void => {
  if (scopes.some((scope) => streams.neededIn(scope) > schema))
    refuse('A colleague works with a newer version of the workbench. Update this one first.');
};

export type Moved = {
  /** What the account is called from now on. */
  readonly id: string;
  readonly rows: number;
};

/**
 * @param territory one of those that this file works in
 * @throws AppError `blocked` for a territory that is none of those or that it is in, `not-found`, `busy` while an import runs
 */
export const createMove =
  (db: Db, parts: WriteParts, transact: Transact) =>
  (id: string, territory: string, change: Omit<Change, 'label'>, since = parts.log.lastStamp()): Moved => {
    const membership = parts.streams.membership();
    const territories = scopesOf(membership).filter((scope) => scope !== membership?.scopes.shared);
    if (!territories.includes(territory))
      refuse(`This file does not work in ${territory}: join with it too, --territory ${[...territories, territory].join(',')}.`);
    refuseWhileImporting(parts);
    const label = `Given to ${territory}`;
    const moving: Moving = { db, parts, transact, change: { ...change, label, silent: true }, to: territory, since };
    const account = parts.rows.find('accounts', id);
    if (account?.alive !== 1) throw new AppError('not-found', 'There is no such account. Nothing was changed.', { id });
    if (account.scope === parts.streams.byId(territory).scope) refuse(`The account is in ${territory} already.`);
    checkVersion(parts, scopesOf(membership));
    const family = familyOf(moving, account);
    checkFamily(moving, family);
    const going = new Set(family.map(({ layout, id: one }) => `${layout.name}/${one}`));
    const called: CalledThere = (table, one) => (going.has(`${table}/${one}`) ? movedId(territory, one) : null);
    const rows = family.filter(({ alive }) => alive === 1).length;
    transact.run(() => {
      parts.log.seal();
      writeMeta(db, UNDER_WAY, { id, territory, change, since });
    });
    try {
      carryOut(moving, family, called);
    } catch (error) {
      // Nothing of it is over there: it did not begin.
      if (parts.rows.find('accounts', movedId(territory, id)) === undefined) writeMeta(db, UNDER_WAY, null);
      throw error;
    }
    writeMeta(db, UNDER_WAY, null);
    parts.undoLog.reload();
    wipe(db);
    return { id: movedId(territory, id), rows };
  };

const underWay = z.object({
  id: z.string(),
  territory: z.string(),
  change: z.custom<Omit<Change, 'label'>>(),
  since: z.number().default(0),
});

/** Ends what broke off in the middle, before anything else is written: what is over there already is as it was here. */
export const endMove = (db: Db, move: ReturnType<typeof createMove>): void => {
  const { data: begun } = underWay.safeParse(readMeta(db, UNDER_WAY));
  if (begun === undefined) return;
  try {
    move(begun.id, begun.territory, begun.change, begun.since);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // It had come to its end, or cannot go on any more; what stands in the way for now is tried again when the file is next opened.
    if (error.code === 'not-found' || error.code === 'blocked') writeMeta(db, UNDER_WAY, null);
  }
};
