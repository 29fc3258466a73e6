/** A team of two territories: who works in one of them, who works in both, and what they do. */
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub, StreamName } from '../../electron/engine/sync/hub.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

type Values = Readonly<Record<string, string | number | null>>;

export const insert = (one: Replica, table: string, values: Values): string => {
  const id = one.ids();
  one.store.apply([{ kind: 'insert', table, id, values }], edit);
  return id;
};
export const update = ({ store }: Replica, table: string, id: string, values: Values): void =>
  void store.apply([{ kind: 'update', table, id, values }], edit);

export const rowsOf = ({ look }: Replica, table: string, field: string): readonly unknown[] =>
  look((db) => db.prepare(`SELECT ${field} FROM live_${table} ORDER BY 1`).pluck().all());

export const scopeOf = ({ look }: Replica, table: string, id: string): unknown =>
  look((db) => db.prepare(`SELECT s.id FROM ${table} t JOIN scopes s ON s.idx = t._scope WHERE t.id = ?`).pluck().get(id));

/** How much came late and waits to be passed on. */
export const countLate = ({ look }: Replica): unknown => look((db) => db.prepare('SELECT count(*) FROM late').pluck().get());

/** Who works in the north, someone in the south, and who works in both; they meet in one folder. */
export const openRegion = async (bosses = 1, colleagues = 0, adaptMerge?: AdaptMerge) => {
  const team = createTeam(2 + bosses + colleagues, adaptMerge);
  const folder = makeTemp();
  const hubs = new Map<Replica, Hub>(team.map((one) => [one, createFolderHub(folder, SIGNED_TEAM.org)]));
  const hubOf = (one: Replica): Hub => hubs.get(one) ?? createFolderHub(folder, SIGNED_TEAM.org);
  const [north, south, ...others] = team as [Replica, Replica, Replica, ...Replica[]];
  const both = others.slice(0, bosses) as [Replica, ...Replica[]];
  const more = others.slice(bosses);
  const at = (account: string) => ({ shared: 'shared', account });
  for (const one of [north, ...more]) await enrol(hubOf(one), one, at('north'));
  await enrol(hubOf(south), south, at('south'));
  for (const one of both) await enrol(hubOf(one), one, at('north'), ['south']);
  const meet = async (...some: readonly Replica[]): Promise<readonly string[]> => {
    const told: string[] = [];
    for (const one of some) told.push(...(await round(hubOf(one), one)).warnings);
    return told;
  };
  /** A round in which nothing of some others is there yet. */
  const meetWithout = async (one: Replica, ...others: readonly Replica[]): Promise<void> => {
    const hub = hubOf(one);
    const isThere = ({ dev }: StreamName): boolean => others.every(({ store }) => store.device.id !== dev);
    await round({ ...hub, streams: async (scopes) => (await hub.streams(scopes)).filter(isThere) }, one);
  };
  /** A round in which keys of people are not there yet. */
  const meetWithoutKeys = async (one: Replica): Promise<void> =>
    void (await round({ ...hubOf(one), keys: () => Promise.resolve([]) }, one));
  return { north, south, boss: both[0], both, more, meet, meetWithout, meetWithoutKeys, hubOf };
};

/** An account of the north with what hangs on it. */
export const fill = (one: Replica) => {
  const account = insert(one, 'accounts', { name: 'Kestrel Parts', code: 'K-1', notes: 'A note of ours' });
  const contact = insert(one, 'contacts', { name: 'Ann Quillfeather', party: `accounts/${account}` });
  const order = insert(one, 'orders', { account_id: account, contact_id: contact, notes: 'An order of theirs' });
  const line = insert(one, 'order_lines', { order_id: order, description: 'Crates', qty: 5_000_000 });
  const gone = insert(one, 'order_lines', { order_id: order, description: 'Deleted before' });
  one.store.apply([{ kind: 'delete', table: 'order_lines', id: gone }], edit);
  one.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to: 'submitted', why: null }], edit);
  insert(one, 'accounts', { name: 'Stays North' });
  return { account, contact, order, line };
};

export const give = ({ store }: Replica, account: string, to = 'south') =>
  store.sync.move(account, to, { actor: 'boss', source: 'edit', reason: null, screen: null, window: 'w' });

export const textOf = (one: Replica): string =>
  one.look((db) => {
    const tables = db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%_alive%'`).pluck();
    const rows = tables.all().map((name) => JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()));
    const kept = ['conflict', 'trans', 'cell_issues', 'undo_steps', 'batch_rows', 'outbox'].map((name) =>
      JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()),
    );
    return [...rows, ...kept].join();
  });
