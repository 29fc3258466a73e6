/**
 * Runs a history of a team of two territories, between which accounts go, and says what is wrong at the end (SYNC.md 2.10,
 * invariants 1, 2, 23 and 26). Every text that anybody writes is a word of its own: so where it went can be told at a glance.
 */
import { AppError } from '../../shared/contract/define.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { edit } from '../store/open.ts';
import { dice } from './program.ts';
import { differences, rowsIn, rowsOutside, wordsOf } from './region-look.ts';
import type { RegionProgram, RegionStep } from './region-program.ts';
import { give, insert, openRegion, scopeOf, update } from './region.ts';
import type { Replica } from './replica.ts';
import { round } from './team.ts';
import { faultsOf } from './whole.ts';

/** Where words are written of what hangs on an account. */
const TEXTS = {
  accounts: ['name', 'city', 'industry', 'notes'],
  contacts: ['name', 'role'],
  orders: ['notes', 'po_ref'],
  order_lines: ['description'],
  tasks: ['what'],
} as const;
type Written = keyof typeof TEXTS;
const WRITTEN = Object.keys(TEXTS) as readonly Written[];

type Roll = (below: number) => number;

const createWords = () => {
  let made = 0;
  const known = new Set<unknown>();
  return {
    next: (): string => `word${(made += 1)}`,
    /** Somebody saw it and writes something else. */
    replaced: (word: unknown): void => void known.add(word),
    /** Those that nobody wrote over who had seen them. */
    standing: (): readonly string[] =>
      Array.from({ length: made }, (_, at) => `word${at + 1}`).filter((word) => !known.has(word)),
  };
};
type Words = ReturnType<typeof createWords>;

/** One of the rows of a table that a device has; undefined where it has none. */
const pick = ({ look }: Replica, table: string, roll: Roll): string | undefined => {
  const ids = look((db) => db.prepare<[], string>(`SELECT id FROM live_${table} ORDER BY id`).pluck().all());
  return ids[roll(ids.length)];
};

/** Does something, and says what. */
type Act = (one: Replica, roll: Roll) => string;

const shortly = (id: string | undefined): string => (id ?? 'none').slice(-4);

const actions = (words: Words): Readonly<Record<Exclude<RegionStep['do'], 'meet'>, Act>> => ({
  account: (one) => {
    const word = words.next();
    return `${word} ${shortly(insert(one, 'accounts', { name: word }))}`;
  },
  child: (one, roll) => {
    const [account, above] = [pick(one, 'accounts', roll), pick(one, 'orders', roll)];
    const kind = roll(4);
    if (account === undefined || (kind === 0 && above === undefined)) return 'nothing';
    const word = words.next();
    const made = [
      () => insert(one, 'order_lines', { order_id: above ?? null, description: word }),
      () => insert(one, 'contacts', { name: word, party: `accounts/${account}` }),
      () => insert(one, 'orders', { account_id: account, notes: word }),
      () => insert(one, 'tasks', { what: word, account_id: account }),
    ][kind]?.();
    return `${word} ${shortly(made)} on ${shortly(kind === 0 ? above : account)}`;
  },
  write: (one, roll) => {
    const table = WRITTEN[roll(WRITTEN.length)] ?? 'accounts';
    const id = pick(one, table, roll);
    if (id === undefined) return 'nothing';
    const field = TEXTS[table][roll(TEXTS[table].length)] ?? 'name';
    const was = one.store.get(table, id)?.[field];
    words.replaced(was);
    const word = words.next();
    update(one, table, id, { [field]: word });
    return `${word} over ${String(was)} in ${shortly(id)}`;
  },
  /** An order is of another account than it was said to be of. */
  hang: (one, roll) => {
    const [id, account] = [pick(one, 'orders', roll), pick(one, 'accounts', roll)];
    if (id !== undefined && account !== undefined) update(one, 'orders', id, { account_id: account });
    return `${shortly(id)} on ${shortly(account)}`;
  },
  delete: (one, roll) => {
    const table = WRITTEN[roll(8) === 0 ? 0 : 1 + roll(4)] ?? 'orders';
    const id = pick(one, table, roll);
    if (id !== undefined) one.store.apply([{ kind: 'delete', table, id }], edit);
    return shortly(id);
  },
  give: (one, roll) => {
    const account = pick(one, 'accounts', roll);
    if (account === undefined) return 'nothing';
    const to = scopeOf(one, 'accounts', account) === 'north' ? 'south' : 'north';
    return `${shortly(account)} to ${to}, as ${shortly(give(one, account, to).id)}`;
  },
  reopen: (one) => {
    one.reopen();
    return '';
  },
});

/** What comes of others comes as a copier brings it: some streams today, the others another time. */
const patchy = (hub: Hub, own: string, roll: Roll): Hub => ({
  ...hub,
  streams: async (scopes) => (await hub.streams(scopes)).filter(({ dev }) => dev === own || roll(3) > 0),
});

const judge = async ({ north, south, both, more }: Awaited<ReturnType<typeof openRegion>>, words: Words) => {
  const [boss, ...others] = both;
  const faults: string[] = [];
  const compare = (one: Replica, ...scopes: readonly string[]): void => {
    faults.push(...differences(rowsIn(boss, ...scopes), rowsIn(one, ...scopes)).map((what) => `device ${one.number}: ${what}`));
    for (const word of wordsOf(rowsOutside(one, ...scopes))) faults.push(`device ${one.number} still holds ${word}`);
  };
  for (const one of [boss, ...others]) compare(one, 'shared', 'north', 'south');
  for (const one of [north, ...more]) compare(one, 'shared', 'north');
  compare(south, 'shared', 'south');
  const there = wordsOf(rowsIn(boss, 'shared', 'north', 'south'));
  for (const word of words.standing()) if (!there.has(word)) faults.push(`${word} is lost`);
  for (const one of [north, south, ...both, ...more])
    for (const fault of await faultsOf(one)) faults.push(`device ${one.number}: ${fault}`);
  for (const { look, number } of both) {
    // What is sealed under a key that was let go of before it came here is passed on by who had it.
    const late = look((db) => db.prepare<[], string>('SELECT part FROM late').pluck().all()).filter(
      (part) => !part.includes('"#"'),
    );
    if (late.length > 0) faults.push(`device ${number}: ${late.length} changes were not passed on`);
  }
  return faults;
};

/** `given`: how many accounts went; `done`: what each step came to. */
export type RegionOutcome = { readonly faults: readonly string[]; readonly given: number; readonly done: readonly string[] };

/** @returns what is wrong, in words; nothing when every invariant held */
export const simulateRegion = async ({ steps }: RegionProgram, adaptMerge?: AdaptMerge): Promise<RegionOutcome> => {
  const region = await openRegion(2, 1, adaptMerge);
  const { north, south, both, more, hubOf, meet } = region;
  const team = [north, south, ...both, ...more];
  const words = createWords();
  const perform = actions(words);
  const done: string[] = [];
  const stopped: string[] = [];
  let given = 0;
  for (const { do: what, who, salt } of steps) {
    const one = (what === 'give' ? both[who % both.length] : team[who % team.length]) ?? north;
    const roll = dice(salt);
    try {
      if (what === 'meet') {
        const { code } = await round(patchy(hubOf(one), one.store.sync.device, roll), one).then(
          () => ({ code: null }),
          (error: unknown) => ({ code: error instanceof AppError ? error.code : String(error) }),
        );
        if (code !== null && code !== 'busy') stopped.push(`a round of device ${one.number} stops: ${code}`);
      }
      const said = what === 'meet' ? '' : perform[what](one, roll);
      if (what === 'give' && said !== 'nothing') given += 1;
      done.push(`${what} ${one.number} ${said}`);
    } catch (error) {
      // Refused in words: then nothing has changed.
      if (!(error instanceof AppError)) throw error;
      done.push(`${what} ${one.number}: ${error.message}`);
    }
  }
  for (let turn = 0; turn < 4; turn += 1) await meet(...team);
  const faults = [...stopped, ...(await judge(region, words))];
  for (const one of team) one.close();
  return { faults, given, done };
};
