/**
 * Work of a colleague for the bench: accounts, tasks, orders and their lines in the shares that the gates were measured with, the
 * same rows as patches of a device, and as bare statements of the limit.
 */
import type { Database } from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import type { TableName } from '../../shared/model/index.ts';
import { random } from '../fakes/random.ts';
import { edit } from '../store/open.ts';
import { inserter, type Values } from '../store-read/fill.ts';
import type { Replica } from '../sync/replica.ts';

/** Ops a transaction, as an average day's paste or import has them. */
const PER_CHANGE = 77;
const LINES_AN_ORDER = 12;

/** What is written of each: the columns that the comparison keeps. */
export const COLUMNS = {
  accounts: ['name', 'email', 'phones', 'street', 'city', 'postcode', 'country', 'industry', 'credit_limit', 'status', 'notes'],
  tasks: ['account_id', 'what', 'due_on', 'priority', 'kind', 'notes'],
  orders: ['number', 'account_id', 'po_ref', 'ordered_on', 'requested', 'currency'],
  order_lines: ['order_id', 'product_id', 'description', 'qty', 'price', 'discount', 'note'],
} as const satisfies Partial<Record<TableName, readonly string[]>>;

type Written = keyof typeof COLUMNS;
type About = { readonly table: Written; readonly id: string };

export type Deed =
  | ({ readonly do: 'insert'; readonly values: Values } & About)
  | ({ readonly do: 'update'; readonly values: Values } & About)
  | ({ readonly do: 'delete' } & About);

const LAST = ['Fern', 'Birch', 'Iyer', 'Quill', 'Lindqvist', 'Osei', 'Reed', 'Ellery'];
const CITIES = ['Hull', 'Lyon', 'Porto', 'Gdansk', 'Graz', 'Turin', 'Malmo', 'Leeds'];
/** What lines are of. */
const PRODUCTS = Array.from({ length: 5000 }, () => uuidv7());

type Dice = { readonly below: (n: number) => number; readonly pick: <T>(from: readonly T[]) => T };

const diceOf = (next: () => number): Dice => {
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    pick: (from) => {
      const one = from[below(from.length)];
      if (one === undefined) throw new Error('Nothing to pick');
      return one;
    },
  };
};

const dayIn = ({ below }: Dice): string => `2026-0${1 + below(9)}-${10 + below(18)}`;
const noteIn = ({ below, pick }: Dice): string =>
  `Rang ${pick(LAST)} about the ${pick(CITIES)} delivery, again in ${below(30)} days`;

/** A value as a person types it, by its field. */
const said: Readonly<Record<string, (dice: Dice) => string | number>> = {
  name: ({ below, pick }) => `${pick(LAST)} & ${pick(LAST)} Ltd ${below(9999)}`,
  email: ({ below, pick }) => `${pick(LAST).toLowerCase()}${below(9999)}@example.test`,
  phones: ({ below }) => JSON.stringify([['Office', `+44 20 ${1_000_000 + below(8_999_999)}`]]),
  street: ({ below, pick }) => `${below(200)} ${pick(LAST)} Road`,
  city: ({ pick }) => pick(CITIES),
  postcode: ({ below }) => String(10_000 + below(89_999)),
  country: ({ pick }) => pick(['GB', 'FR', 'PT', 'PL', 'AT', 'IT', 'SE', 'DE']),
  industry: ({ pick }) => pick(['Food', 'Paper', 'Steel', 'Retail']),
  credit_limit: ({ below }) => below(100) * 100_000,
  status: ({ pick }) => pick(['active', 'prospect', 'dormant', 'on_stop']),
  notes: noteIn,
  what: ({ below, pick }) => `Visit ${pick(CITIES)} ${below(999)}`,
  due_on: dayIn,
  priority: ({ pick }) => pick(['1', '2', '3']),
  kind: ({ pick }) => pick(['do', 'call', 'mail', 'visit', 'chase']),
  po_ref: ({ below }) => `PO ${10_000 + below(89_999)}`,
  ordered_on: dayIn,
  requested: dayIn,
  currency: ({ pick }) => pick(['EUR', 'GBP']),
  description: ({ below, pick }) => `Item ${pick(CITIES)} type ${below(500)}`,
  qty: ({ below }) => (1 + below(50)) * 1_000_000,
  price: ({ below }) => (100 + below(99_999)) * 10_000,
  discount: ({ below }) => below(30) * 10_000,
  note: noteIn,
};

const valueOf = (key: string, dice: Dice): string | number => {
  const say = said[key];
  if (say === undefined) throw new Error(`Nothing to say of ${key}`);
  return say(dice);
};

/** New rows of each kind, each hanging on one that was made before it. */
const createRows = (dice: Dice) => {
  const accounts: string[] = [];
  let [order, lines, orders] = ['', LINES_AN_ORDER, 0];
  const insert = (table: Written, known: Values): Deed => {
    const id = uuidv7();
    const values = Object.fromEntries(COLUMNS[table].map((key) => [key, known[key] ?? valueOf(key, dice)]));
    return { do: 'insert', table, id, values };
  };
  const account = (): Deed => {
    const made = insert('accounts', {});
    accounts.push(made.id);
    return made;
  };
  const line = (): Deed => {
    if (lines < LINES_AN_ORDER) {
      lines += 1;
      return insert('order_lines', { order_id: order, product_id: dice.pick(PRODUCTS) });
    }
    orders += 1;
    const made = insert('orders', { number: `O-A-${String(orders).padStart(6, '0')}`, account_id: dice.pick(accounts) });
    [order, lines] = [made.id, 0];
    return made;
  };
  return (): Deed => {
    const share = dice.below(100);
    if (accounts.length === 0 || share < 25) return account();
    return share < 55 ? insert('tasks', { account_id: dice.pick(accounts) }) : line();
  };
};

/** Fields that stand by themselves: what a row hangs on is not moved. */
const isFree = (key: string): boolean => Object.hasOwn(said, key) && key !== 'number';

/**
 * A day's work, as a person does it.
 * @param mix shares of updates and of deletes; the rest are inserts
 */
export const makeDeeds = (count: number, mix: { readonly updates: number; readonly deletes: number }) => {
  const next = random(11);
  const dice = diceOf(next);
  const make = createRows(dice);
  const accounts: About[] = [];
  const live: About[] = [];
  const update = ({ table, id }: About): Deed => {
    const free = COLUMNS[table].filter(isFree);
    const keys = Array.from({ length: 1 + dice.below(3) }, () => dice.pick(free));
    return { do: 'update', table, id, values: Object.fromEntries(keys.map((key) => [key, valueOf(key, dice)])) };
  };
  return Array.from({ length: count }, (): Deed => {
    const chance = next();
    if (live.length > 0 && chance < mix.deletes) {
      const [gone] = live.splice(dice.below(live.length), 1);
      if (gone !== undefined) return { do: 'delete', ...gone };
    }
    if (live.length > 0 && chance < mix.deletes + mix.updates) return update(dice.pick(dice.below(4) === 0 ? accounts : live));
    const made = make();
    const about = { table: made.table, id: made.id };
    if (made.table === 'accounts') accounts.push(about);
    // What others hang on is not deleted here.
    else if (made.table !== 'orders') live.push(about);
    return made;
  });
};

const patchOf = (deed: Deed): StorePatch => {
  const { table, id } = deed;
  if (deed.do === 'delete') return { kind: 'delete', table, id };
  return { kind: deed.do, table, id, values: deed.values };
};

/** Done on a device, transaction by transaction. */
export const doDeeds = ({ store }: Replica, deeds: readonly Deed[]): void => {
  for (let from = 0; from < deeds.length; from += PER_CHANGE)
    store.apply(deeds.slice(from, from + PER_CHANGE).map(patchOf), edit);
};

/** The same rows by prepared statements, in one transaction for each: no stamp, no log, no history, no index of words. */
export const doBare = (db: Database, deeds: readonly Deed[]): void => {
  const kept = new Map<string, (row: Values) => void>();
  const prepared = (name: string, make: () => (row: Values) => void): ((row: Values) => void) => {
    const known = kept.get(name) ?? make();
    kept.set(name, known);
    return known;
  };
  const updating = (table: Written, keys: readonly string[]) => () => {
    const statement = db.prepare(`UPDATE "${table}" SET ${keys.map((key) => `"${key}" = ?`).join(', ')} WHERE id = ?`);
    return (row: Values) => void statement.run([...keys.map((key) => row[key]), row['id']]);
  };
  const dropping = (table: Written) => () => {
    const statement = db.prepare(`UPDATE "${table}" SET _alive = 0 WHERE id = ?`);
    return ({ id }: Values) => void statement.run(id);
  };
  const one = (deed: Deed): void => {
    const { table, id } = deed;
    if (deed.do === 'insert') prepared(table, () => inserter(db, table))({ id, ...deed.values });
    else if (deed.do === 'delete') prepared(`drop ${table}`, dropping(table))({ id });
    else {
      const keys = Object.keys(deed.values);
      prepared(`${table} ${keys.join(' ')}`, updating(table, keys))({ id, ...deed.values });
    }
  };
  const change = db.transaction((some: readonly Deed[]) => some.forEach(one));
  for (let from = 0; from < deeds.length; from += PER_CHANGE) change(deeds.slice(from, from + PER_CHANGE));
};
