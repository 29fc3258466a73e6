/**
 * Kills a whole engine process, again and again, on one file: at a random moment of an import with single edits beside
 * it, of single edits alone, or while it takes back the import that the last kill cut off. After each kill a new engine
 * opens the file, and everything that was acknowledged has to be there.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/contract/define.ts';
import type { Rpc } from '../../shared/rpc/client.ts';
import { openReader, type Db } from '../../electron/engine/store/file/db.ts';
import { readMeta } from '../../electron/engine/store/file/local.ts';
import { attachTo, type Bench, type StartedEngine } from '../fakes/processes.ts';
import { random } from '../fakes/random.ts';
import { northwindRecipe, writeMasters, writeOrders } from '../fakes/trade.ts';

const MASTERS = { customers: 60, products: 40 };
const LINES_EACH = 3;
const EDITED = 20;
/** The whole check of a file that has grown with every import, on a busy machine. */
const CHECK_MS = 300_000;
const recipe = northwindRecipe();
const NOTICE = `“Import ${recipe.name}” was interrupted and has been taken back. Nothing of it is left.`;

export type Moment = 'import' | 'edits' | 'mending';
export type Found = {
  readonly moment: Moment;
  readonly afterMs: number;
  /** Single edits acknowledged in this life. */
  readonly edits: number;
  /** Orders of the import in the file: at the kill, and once it was open again; null where none was asked for. */
  readonly orders: { readonly atKill: number; readonly after: number; readonly isAcknowledged: boolean } | null;
  readonly notices: readonly string[];
  /** From the start of the next engine until it is ready, ms. */
  readonly readyMs: number;
  readonly problems: readonly string[];
};

type Life = { readonly started: StartedEngine; readonly rpc: Rpc; readonly readyMs: number };

const open = async (bench: Bench, file: string): Promise<Life> => {
  const began = performance.now();
  const started = bench.startEngine(file);
  const first = await Promise.race([started.first, started.exited]);
  const readyMs = performance.now() - began;
  if (typeof first === 'string' || first.k !== 'ready') throw new Error(`the file does not open: ${JSON.stringify(first)}`);
  return { started, rpc: await attachTo(started.engine.connect()), readyMs };
};

const kill = async ({ engine, exited }: StartedEngine): Promise<void> => {
  engine.kill();
  await exited;
};

/** What a call came to; `engine-gone` is what a kill looks like from outside, anything else is a fault. */
const untilGone = async (work: Promise<unknown>): Promise<'done' | 'gone'> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine-gone') return 'gone';
    throw error;
  }
};

/** What was typed into the notes of some accounts: acknowledged, and sent last. */
type Typed = Map<string, { kept: string; sent: string }>;

/** Edits one account after the other until the engine is gone. @returns how many were acknowledged */
const editOn = async ({ client }: Rpc, typed: Typed, next: () => number): Promise<number> => {
  const ids = [...typed.keys()];
  for (let count = 0; ; count += 1) {
    const id = ids[Math.floor(next() * ids.length)] ?? '';
    const notes = `note ${Math.floor(next() * 1e9)}`;
    const cell = typed.get(id);
    if (cell === undefined) throw new Error('there is no account to edit');
    cell.sent = notes;
    const patch = { kind: 'update', table: 'accounts', id, values: { notes } } as const;
    if ((await untilGone(client['records.apply']({ label: 'Edit', patches: [patch] }))) === 'gone') return count;
    cell.kept = notes;
  }
};

/** An edit under way at the kill may be there or not; an earlier one must be. */
const checkTyped = async ({ client }: Rpc, typed: Typed): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const [id, cell] of typed) {
    const row = await client['records.get']({ table: 'accounts', id });
    const now = String(row?.v['notes'] ?? '');
    if (now !== cell.kept && now !== cell.sent) problems.push(`“${cell.kept}” was acknowledged and “${now}” is there`);
    cell.kept = now;
    cell.sent = now;
  }
  return problems;
};

const countRows = async ({ client }: Rpc, table: string, mark: string | null): Promise<number> => {
  const filter = mark === null ? null : ({ field: 'ship_name', is: 'eq', value: mark } as const);
  const { view, count } = await client['view.open']({ table, filter });
  await client['view.close']({ view });
  return count;
};

/** Whether a start mended something and died before work went on: the next one says it again. */
const isNoticeOwed = (db: Db): boolean => {
  const kept = readMeta(db, 'notices') as { readonly texts: readonly string[]; readonly isTold: boolean } | undefined;
  return kept !== undefined && !kept.isTold && kept.texts.length > 0;
};

/** What the dead engine left in the file, before anything mends it. */
const lookAtDead = (
  file: string,
  mark: string,
): { readonly orders: number; readonly isApplying: boolean; readonly isOwed: boolean } => {
  const db = openReader(file);
  try {
    const count = (sql: string, ...values: string[]): number =>
      db
        .prepare<string[], number>(sql)
        .pluck()
        .get(...values) ?? 0;
    return {
      orders: count('SELECT count(*) FROM live_orders WHERE ship_name = ?', mark),
      isApplying: count(`SELECT count(*) FROM batches WHERE state = 'applying'`) > 0,
      isOwed: isNoticeOwed(db),
    };
  } finally {
    db.close();
  }
};

type Left = ReturnType<typeof lookAtDead> & { readonly mark: string; readonly isAcknowledged: boolean };

const checkImport = (left: Left, after: number, size: number, notices: readonly string[]): readonly string[] => [
  ...(after === 0 || after === size ? [] : [`${after} of ${size} orders of an import are there`]),
  ...(left.isAcknowledged && after === 0 ? ['an import was acknowledged and is gone'] : []),
  ...(left.isApplying && after !== 0 ? ['an import that was cut off is there'] : []),
  ...((left.isApplying || left.isOwed) === notices.includes(NOTICE)
    ? []
    : [`an import was cut off: ${left.isApplying}, or earlier and not yet told: ${left.isOwed}; said: ${notices.join()}`]),
];

const checkAll = async ({ rpc }: Life, typed: Typed, left: Left | null, size: number) => {
  const { notices } = await rpc.client['app.info']({});
  const after = left === null ? 0 : await countRows(rpc, 'orders', left.mark);
  const [orders, lines] = [await countRows(rpc, 'orders', null), await countRows(rpc, 'order_lines', null)];
  const checked = await rpc.client['check.run']({ full: true }, { timeoutMs: CHECK_MS });
  const problems = [
    ...(await checkTyped(rpc, typed)),
    ...(left === null ? notices : checkImport(left, after, size, notices)),
    ...(lines === orders * LINES_EACH ? [] : [`${orders} orders have ${lines} lines`]),
    ...(checked.ok ? [] : checked.problems),
  ];
  return { after, notices, problems };
};

/** An engine that dies while it takes back what the one before it left. */
const dieMending = async (bench: Bench, file: string, afterMs: number): Promise<void> => {
  const started = bench.startEngine(file);
  await wait(afterMs);
  await kill(started);
};

export type Killer = { readonly killOnce: (moment: Moment) => Promise<Found>; readonly end: () => Promise<void> };

/** @param orders how many an import brings, each with three lines */
export const createKiller = async (bench: Bench, seed: number, orders: number): Promise<Killer> => {
  const next = random(seed);
  const file = bench.path('killed.db');
  const folder = bench.path('files');
  let imports = 0;
  const writeFiles = (): string => {
    imports += 1;
    const mark = `Load ${imports}`;
    writeOrders(folder, { ...MASTERS, orders, linesEach: LINES_EACH, first: 10_000 + imports * orders, mark });
    return mark;
  };
  const importAll = ({ client }: Rpc) => client['import.run']({ path: folder, recipe });

  let life = await open(bench, file);
  writeMasters(folder, MASTERS);
  writeFiles();
  const began = performance.now();
  await importAll(life.rpc);
  /** How long an import takes here, so that kills fall before, into and after it. */
  const span = performance.now() - began;
  const { view } = await life.rpc.client['view.open']({ table: 'accounts' });
  const { ids } = await life.rpc.client['view.ids']({ view, from: 0, to: EDITED });
  const typed: Typed = new Map(ids.map((id) => [id, { kept: '', sent: '' }]));

  /** Lets an engine work for so long, then kills it. */
  const liveAndDie = async (moment: Moment, afterMs: number) => {
    const mark = moment === 'edits' ? null : writeFiles();
    const importing = mark === null ? null : untilGone(importAll(life.rpc));
    const editing = editOn(life.rpc, typed, next);
    await wait(afterMs);
    await kill(life.started);
    const edits = await editing;
    const isAcknowledged = (await importing) === 'done';
    return { edits, left: mark === null ? null : { mark, isAcknowledged, ...lookAtDead(file, mark) } };
  };

  const momentOf = (moment: Moment): number => {
    if (moment === 'edits') return 20 + next() * 300;
    // There is something to mend only where the import was well under way.
    return span * (moment === 'mending' ? 0.3 + next() * 0.4 : next() * 1.5);
  };

  return {
    killOnce: async (moment) => {
      const afterMs = Math.round(momentOf(moment));
      const { edits, left } = await liveAndDie(moment, afterMs);
      if (moment === 'mending') await dieMending(bench, file, 200 + next() * life.readyMs);
      life = await open(bench, file);
      const { after, notices, problems } = await checkAll(life, typed, left, orders);
      const result = left && { atKill: left.orders, after, isAcknowledged: left.isAcknowledged };
      return { moment, afterMs, edits, orders: result, notices, readyMs: life.readyMs, problems };
    },
    end: async () => {
      life.started.engine.end();
      await life.started.exited;
    },
  };
};
