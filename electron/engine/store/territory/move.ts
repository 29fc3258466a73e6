/**
 * Giving an account to another territory (SYNC.md 2.10): all that hangs on it is written there under other names, and sent away
 * here. What only this device holds of it goes along; whoever works in the old territory alone lets go of it when they hear.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change } from '../api.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { cellOf } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { isCustom, stateText } from '../file/layout.ts';
import { CUT_BYTES } from '../log/segments.ts';
import { scopesOf } from '../log/streams.ts';
import { refuseWhileImporting } from '../team/sync-identity.ts';
import { securely, wipe } from '../subjects/forget.ts';
import { isElsewhere } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { hangingOn } from './elsewhere.ts';
import { movedCell, movedId } from './names.ts';
import { settleLeft } from './settle.ts';

/** Rows of a transaction: so many are changed at once by whoever takes them. */
const PER_TRANSACTION = 2000;

const refuse = (message: string): never => {
  throw new AppError('blocked', `${message} Nothing was changed.`);
};

type Moving = {
  readonly db: Db;
  readonly parts: WriteParts;
  readonly transact: Transact;
  readonly change: Change;
  readonly to: string;
};

/** The account and what hangs on it, in an order in which each can be written. */
const familyOf = ({ db, parts }: Moving, account: Row): readonly Row[] =>
  [account, ...hangingOn(db, parts.rows, [account])].filter((row) => row.scope === account.scope && !isElsewhere(row));

/** All that a row holds, as it is written over there. */
const cellsOf = ({ parts, to }: Moving, row: Row, goesAlong: (table: TableName, id: string) => boolean) => {
  const cells = new Map<string, CellValue>();
  const { layout, v } = row;
  const registers = [
    ...layout.columns.map(({ name }) => name),
    ...Object.keys(v).filter(isCustom),
    ...layout.states.map(stateText),
    ...parts.merge.parts.issues.loadBad(row).keys(),
  ];
  for (const register of registers) {
    const value = cellOf(parts.merge.parts, row, register);
    if (value !== null) cells.set(register, movedCell(layout, register, value, { to, table: v['table'], goesAlong }));
  }
  return cells;
};

const sizeOf = (cells: ReadonlyMap<string, CellValue>): number =>
  [...cells.values()].reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 16), 0);

/** Writes rows over there, so many in a transaction; those that are there already, as of a move that broke off, are left. */
const copy = (moving: Moving, family: readonly Row[], goesAlong: (table: TableName, id: string) => boolean): void => {
  const { parts, transact, change, to } = moving;
  const { scope } = parts.streams.byId(to);
  const left = family.filter(({ alive }) => alive === 1).map(({ layout, id }) => [layout.name, id] as const);
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
          const cells = cellsOf(moving, row, goesAlong);
          bytes += sizeOf(cells);
          parts.undo.writes.insertIn(work, table, name, cells, scope);
        }
      },
      () => undefined,
    );
};

/** Sends rows away here, those that hang on others first. */
const sendAway = ({ db, parts, transact, change, to }: Moving, family: readonly Row[]): void => {
  const { scope } = parts.streams.byId(to);
  const left = family.map(({ layout, id }) => [layout.name, id] as const).toReversed();
  while (left.length > 0)
    transact.change(
      change,
      {},
      (work) => {
        for (const [table, id] of left.splice(0, PER_TRANSACTION)) {
          const row = parts.rows.find(table, id);
          if (row === undefined || isElsewhere(row)) continue;
          const stamp = work.stamp();
          work.log(row, { h: stamp[0], kind: 'm', base: null, cols: [], vals: [to] });
          parts.merge.parts.elsewhere.leave(work, row, { from: row.scope, to: scope, stamp });
        }
        settleLeft(db, parts, work);
      },
      () => undefined,
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
    const goesAlong = (table: TableName, one: string): boolean => going.has(`${table}/${one}`);
    const rows = family.filter(({ alive }) => alive === 1).length;
    securely(db, () => {
      parts.log.seal();
      copy(moving, family, goesAlong);
      sendAway(moving, family);
    });
    parts.undoLog.reload();
    wipe(db);
    return { id: movedId(territory, id), rows };
  };
