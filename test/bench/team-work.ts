/** Work of a colleague for the bench: the same rows as patches of a device, and as bare statements of the limit. */
import type { Database } from 'better-sqlite3';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { random } from '../fakes/random.ts';
import { edit } from '../store/open.ts';
import { inserter, type Values } from '../store-read/fill.ts';
import type { Replica } from '../sync/replica.ts';

/** Ops a transaction, as an average day's paste or import has them. */
const PER_CHANGE = 77;

export type Deed =
  | { readonly do: 'insert'; readonly id: string; readonly values: Values }
  | { readonly do: 'update'; readonly id: string; readonly field: string; readonly value: string }
  | { readonly do: 'delete'; readonly id: string };

const FIRST = ['Ada', 'Bo', 'Carys', 'Dai', 'Elin', 'Femi', 'Gwen', 'Hana'];
const LAST = ['Fern', 'Birch', 'Iyer', 'Quill', 'Lindqvist', 'Osei', 'Reed', 'Ellery'];
const ROLES = ['Buyer', 'Planner', 'Site manager', 'Accounts payable'];

/**
 * Contacts, as a person keeps them.
 * @param mix shares of updates and of deletes; the rest are inserts
 */
export const makeDeeds = (count: number, ids: () => string, mix: { readonly updates: number; readonly deletes: number }) => {
  const next = random(11);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(next() * from.length)];
    if (one === undefined) throw new Error('Nothing to pick');
    return one;
  };
  const live: string[] = [];
  return Array.from({ length: count }, (_, at): Deed => {
    const chance = next();
    if (live.length > 0 && chance < mix.deletes) {
      const [id = ''] = live.splice(Math.floor(next() * live.length), 1);
      return { do: 'delete', id };
    }
    if (live.length > 0 && chance < mix.deletes + mix.updates) {
      const [field, value] = pick([
        ['role', pick(ROLES)],
        ['notes', `Rings at ${at % 24}:00`],
      ] as const);
      return { do: 'update', id: pick(live), field, value };
    }
    const id = ids();
    live.push(id);
    return { do: 'insert', id, values: { name: `${pick(FIRST)} ${pick(LAST)} ${at}`, role: pick(ROLES), notes: `Row ${at}` } };
  });
};

const patchOf = (deed: Deed): StorePatch => {
  const about = { table: 'contacts', id: deed.id } as const;
  if (deed.do === 'insert') return { kind: 'insert', ...about, values: deed.values };
  if (deed.do === 'update') return { kind: 'update', ...about, values: { [deed.field]: deed.value } };
  return { kind: 'delete', ...about };
};

/** Done on a device, transaction by transaction. */
export const doDeeds = ({ store }: Replica, deeds: readonly Deed[]): void => {
  for (let from = 0; from < deeds.length; from += PER_CHANGE)
    store.apply(deeds.slice(from, from + PER_CHANGE).map(patchOf), edit);
};

/** The same rows by prepared statements, in one transaction for each: no stamp, no log, no history, no index of words. */
export const doBare = (db: Database, deeds: readonly Deed[]): void => {
  const insert = inserter(db, 'contacts');
  const updates = new Map(
    ['role', 'notes'].map((field) => [field, db.prepare<[string, string]>(`UPDATE contacts SET "${field}" = ? WHERE id = ?`)]),
  );
  const drop = db.prepare<[string]>('UPDATE contacts SET _alive = 0 WHERE id = ?');
  const one = (deed: Deed): void => {
    if (deed.do === 'insert') insert({ id: deed.id, ...deed.values });
    else if (deed.do === 'update') updates.get(deed.field)?.run(deed.value, deed.id);
    else drop.run(deed.id);
  };
  const change = db.transaction((some: readonly Deed[]) => some.forEach(one));
  for (let from = 0; from < deeds.length; from += PER_CHANGE) change(deeds.slice(from, from + PER_CHANGE));
};
