/** Two files under one name that give the same stamps, and what everybody must agree on who reads both. */
import { expect } from 'vitest';
import { readTableIndex } from '../../electron/engine/store/file/local.ts';
import { createOpReader } from '../../electron/engine/store/log/op-reader.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert, update } from './region.ts';
import { openReplica } from './replica.ts';
import type { Replica } from './replica.ts';
import { editOnce } from './simulate.ts';
import { copyOf, createTeam, SIGNED_TEAM } from './team.ts';

const MADE = '01234567-89ab-7def-8123-456789abcdef';
export const DAY_AHEAD = Date.UTC(2026, 0, 16, 9);

export const give = (from: Replica): readonly Incoming[] => from.send().map((bytes) => from.read(bytes));

/** Takes all, in the order given, until nothing of it moves any more. */
export const takeAll = (one: Replica, pieces: readonly Incoming[]): void => {
  for (let left = pieces; left.length > 0;) {
    const told = left.map((piece) => [piece, one.take([piece])[0]] as const);
    const waiting = told.filter(([, verdict]) => verdict === 'gap' || verdict === 'fork');
    if (waiting.length === left.length)
      expect.fail(waiting.map(([{ header }, verdict]) => `${header.scope} ${header.dev} ${header.from} ${verdict}`).join('; '));
    left = waiting.map(([piece]) => piece);
  }
};

/** What everybody must agree on, also who began with a snapshot; the names of devices in place of their numbers. */
export const standing = (one: Replica): unknown => ({
  hash: one.store.sync.hashes(),
  conflicts: one.look((db) => listConflicts(db, 100)),
  beside: one.look((db) =>
    db.prepare('SELECT tbl, "row", col, h, v.id, val FROM conflict JOIN devices v ON v.idx = d ORDER BY 1, 2, 3, 4, 5').all(),
  ),
});

/** The same, and what the history says. */
export const agreed = (one: Replica): unknown => ({
  ...(standing(one) as object),
  history: one.look((db) => {
    const [index, readOp] = [readTableIndex(db), createOpReader(db)];
    return (['accounts', 'orders', 'contacts'] as const).flatMap((table) =>
      db
        .prepare<[number], { id: string; h: number; device: string; txn: number; pos: number }>(
          `SELECT t.id, h, v.id AS device, txn, pos FROM history i JOIN ${table} t ON t._n = i.n JOIN devices v ON v.idx = i.d
           WHERE i.tbl = ? ORDER BY 1, 2, 3`,
        )
        .all(index.indexOf(table))
        .map(({ txn, pos, ...rest }) => ({ ...rest, op: readOp(txn, pos)?.[1] })),
    );
  }),
});

/** The two files, others who have read what both had, the pieces of that, and some of the team who have read nothing. */
export const openTied = (readers: number, newcomers = 0) => {
  const [mine, ...team] = createTeam(1 + readers + newcomers) as [Replica, ...Replica[]];
  const [others, late] = [team.slice(0, readers), team.slice(readers)];
  const far = openReplica({ number: 50, folder: makeTemp(), clock: () => DAY_AHEAD });
  for (const one of [mine, far, ...team]) one.store.sync.join(SIGNED_TEAM);
  const account = insert(far, 'accounts', { name: 'Of a clock ahead' });
  const before = give(far);
  far.close();
  takeAll(mine, before);
  const order = insert(mine, 'orders', { account_id: account, notes: 'Before the copy' });
  mine.known.push({ table: 'accounts', id: account }, { table: 'orders', id: order });
  for (let at = 0; at < 12; at += 1) editOnce(mine, at * 1009 + 8);
  const all = [...before, ...give(mine)];
  for (const one of others) takeAll(one, all);
  return { mine, copy: copyOf(mine, newcomers === 0 ? 7 : 40), others, late, account, order, all };
};

const move = (one: Replica, order: string, to: string): void =>
  void one.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to, why: null }], edit);

type Rows = { readonly account: string; readonly order: string };

/** What both do at one moment, each its own. */
const doing: Readonly<Record<string, (one: Replica, rows: Rows, isCopy: boolean) => void>> = {
  'one field': (one, { account }, isCopy) => update(one, 'accounts', account, { city: isCopy ? 'Bath' : 'York' }),
  'one field, which one of them empties': (one, { account }, isCopy) =>
    update(one, 'accounts', account, { name: isCopy ? null : 'Named' }),
  'two fields of one record': (one, { account }, isCopy) =>
    update(one, 'accounts', account, isCopy ? { city: 'Bath' } : { industry: 'Toys' }),
  'one state': (one, { order }, isCopy) => move(one, order, isCopy ? 'submitted' : 'cancelled'),
  'one new record, as giving an account makes it': (one, { account }, isCopy) =>
    void one.store.apply(
      [
        {
          kind: 'insert',
          table: 'orders',
          id: MADE,
          values: isCopy ? { account_id: account, notes: 'Of the copy' } : { account_id: account, currency: 'JPY' },
        },
      ],
      edit,
    ),
  'a record that one deletes': (one, { account }, isCopy) =>
    isCopy
      ? void one.store.apply([{ kind: 'delete', table: 'accounts', id: account }], edit)
      : update(one, 'accounts', account, { city: 'York' }),
};

/** Both do at one moment what that kind says. */
export const doAtOnce = (
  kind: string,
  { mine, copy, ...rows }: Rows & { readonly mine: Replica; readonly copy: Replica },
): void => {
  doing[kind]?.(mine, rows, false);
  doing[kind]?.(copy, rows, true);
};

/** Kinds of what two do at one moment. */
export const kinds = Object.keys(doing);

/** Writes on top of what somebody saw of one of them. */
export const writeOn = (one: Replica, seen: readonly Incoming[], account: string): void => {
  takeAll(one, seen);
  if (one.store.get('accounts', account) !== undefined)
    update(one, 'accounts', account, { city: `Seen by ${one.number}`, industry: 'Food' });
};
