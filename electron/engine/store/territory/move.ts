/**
 * Giving an account to another territory (SYNC.md 2.10): all that hangs on it is written there under other names, and sent away
 * here. What only this device holds of it goes along; whoever works in the old territory alone lets go of it when they hear.
 */
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change } from '../api.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { cellOf } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { CUT_BYTES } from '../log/segments.ts';
import { scopesOf } from '../log/streams.ts';
import { refuseWhileImporting } from '../team/sync-identity.ts';
import { securely, wipe } from '../subjects/forget.ts';
import { DELETED, isElsewhere } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';
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

/** Writes rows over there, so many in a transaction; those that are there already, as of a move that broke off, are left. */
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
          if (row === undefined || parts.rows.find(table, name) !== undefined) continue;
          const cells = cellsOf(moving, row, called);
          bytes += sizeOf(cells);
          const made = parts.undo.writes.insertIn(work, table, name, cells, scope);
          if (row.st === DELETED) parts.undo.writes.setExistence(work, made, DELETED);
        }
      },
      () => undefined,
    );
};

/** Sends rows away here, those that hang on others first. */
const sendAway = (moving: Moving, family: readonly Row[]): void => {
  const { db, parts, to } = moving;
  const { scope } = parts.streams.byId(to);
  writeEach(
    moving,
    family.toReversed(),
    (work, row) => {
      const stamp = work.stamp();
      work.log(row, { h: stamp[0], kind: 'm', base: null, cols: [], vals: [to] });
      parts.merge.parts.elsewhere.leave(work, row, { from: row.scope, to: scope, stamp });
    },
    (work) => settleLeft(db, parts, work),
  );
};

const checkFamily = ({ db, parts }: Moving, family: readonly Row[]): void => {
  const isOpen = db.prepare<[string, string], number>('SELECT 1 FROM conflict WHERE tbl = ? AND "row" = ? LIMIT 1').pluck();
  for (const row of family) {
    if (isOpen.get(row.layout.name, row.id) !== undefined)
      refuse('Something of this account was written twice without knowing of each other. Review that first.');
    if ([...parts.merge.parts.extras.names(row)].length > 0)
      refuse(
        'Something of this account came from a later version, or has not come whole yet. Update the workbench, or wait for it.',
      );
  }
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
  (id: string, territory: string, change: Omit<Change, 'label'>): Moved => {
    const membership = parts.streams.membership();
    const territories = scopesOf(membership).filter((scope) => scope !== membership?.scopes.shared);
    if (!territories.includes(territory))
      refuse(`This file does not work in ${territory}: join with it too, --territory ${[...territories, territory].join(',')}.`);
    refuseWhileImporting(parts);
    const label = `Given to ${territory}`;
    const moving: Moving = { db, parts, transact, change: { ...change, label, silent: true }, to: territory };
    const account = parts.rows.find('accounts', id);
    if (account?.alive !== 1) throw new AppError('not-found', 'There is no such account. Nothing was changed.', { id });
    if (account.scope === parts.streams.byId(territory).scope) refuse(`The account is in ${territory} already.`);
    const family = familyOf(moving, account);
    checkFamily(moving, family);
    const going = new Set(family.map(({ layout, id: one }) => `${layout.name}/${one}`));
    const called: CalledThere = (table, one) => (going.has(`${table}/${one}`) ? movedId(territory, one) : null);
    const rows = family.filter(({ alive }) => alive === 1).length;
    transact.run(() => {
      parts.log.seal();
      writeMeta(db, UNDER_WAY, { id, territory, change });
    });
    securely(db, () => {
      copy(moving, family, called);
      relink(moving, family, called);
      // Sealed apart, as pieces are given in the order in which they were sealed: it is there before it is gone from here.
      transact.run(() => parts.log.seal());
      sendAway(moving, family);
    });
    writeMeta(db, UNDER_WAY, null);
    parts.undoLog.reload();
    wipe(db);
    return { id: movedId(territory, id), rows };
  };

const underWay = z.object({ id: z.string(), territory: z.string(), change: z.custom<Omit<Change, 'label'>>() });

/** Ends what broke off in the middle, before anything else is written: what is over there already is as it was here. */
export const endMove = (db: Db, move: (id: string, territory: string, change: Omit<Change, 'label'>) => Moved): void => {
  const { data: begun } = underWay.safeParse(readMeta(db, UNDER_WAY));
  if (begun === undefined) return;
  try {
    move(begun.id, begun.territory, begun.change);
  } catch (error) {
    // It had come to its end; or it cannot go on, and the account stands in both until it is given again.
    if (!(error instanceof AppError)) throw error;
    writeMeta(db, UNDER_WAY, null);
  }
};
