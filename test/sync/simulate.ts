/** Runs a program on devices with the product's own store and says what is wrong at the end (SYNC.md part 4). */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import { knowsTable } from '../../electron/engine/store/merge/op.ts';
import type { Incoming, Verdict } from '../../electron/engine/store/merge/receive.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import type { TableName } from '../../shared/model/index.ts';
import { MOST_AHEAD, MOST_AHEAD_MS, stampAt } from '../../shared/domain/hlc.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { perform } from '../store/actions.ts';
import type { Action, Known } from '../store/actions.ts';
import { edit } from '../store/open.ts';
import { createForeign } from './foreign.ts';
import { judge } from './oracle.ts';
import { dice, MOST_CLONES } from './program.ts';
import type { Clocks, Program, Step } from './program.ts';
import type { Snapshot } from '../../electron/engine/store/snapshot/load.ts';
import { openReplica, TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createVault } from './vault.ts';

const START = Date.UTC(2026, 5, 1, 8);
const HOUR = 3_600_000;
const SKEWS: Readonly<Record<Clocks, readonly number[]>> = {
  skewed: [-HOUR, 0, HOUR, 10_000, -5000],
  tied: [0, 0, 0, 0, 0],
  poisoned: [0, 3650 * 24 * HOUR, 0, -HOUR, 0],
  refused: [0, 3650 * 24 * HOUR, 0, -HOUR, 0],
};

/** A fault put in on purpose: into merging, or into what happens around it. */
export type Mutant = {
  readonly adapt?: AdaptMerge;
  /** A segment is delivered again though its device has it. */
  readonly onRepeat?: (replica: Replica, segment: Incoming) => void;
  /** Applying a segment was cut off half-way. */
  readonly onCrash?: (replica: Replica, segment: Incoming) => void;
};

export type Outcome = {
  readonly faults: readonly string[];
  readonly ops: number;
  readonly conflicts: number;
  readonly crashes: number;
  /** How often a device took another identity. */
  readonly rekeyed: number;
  /** How many changes were stamped anew. */
  readonly restamped: number;
  /** How often a device took a snapshot. */
  readonly loaded: number;
  /** How many words were said about conflicts. */
  readonly words: number;
  /** How many people were erased. */
  readonly erased: number;
};

const TABLES = ['accounts', 'orders', 'order_lines', 'products', 'sites', 'contacts', 'settings', 'schedule_lines'] as const;

/** Of ten changes nine are about people, where a history is about them. */
const toAction = (roll: (below: number) => number, isOfPeople: boolean): Action => {
  const kind = roll(15);
  const table = isOfPeople && roll(10) > 0 ? 'contacts' : (TABLES[roll(TABLES.length)] ?? 'accounts');
  if (kind < (isOfPeople ? 1 : 4)) return { do: 'insert', table, seed: roll(1000) };
  if (kind < 10)
    return {
      do: 'update',
      row: roll(1000),
      fields: Array.from({ length: 1 + roll(2) }, () => ({ at: roll(1000), to: roll(1000) })),
    };
  if (kind < 12) return { do: roll(3) > 0 ? 'delete' : 'undelete', row: roll(1000) };
  return { do: 'state', row: roll(1000), to: roll(1000) };
};

/** Somebody looks at a conflict and lets the winner stand; false where there is none. */
const resolveOne = ({ store, look }: Replica, salt: number): boolean => {
  const { conflicts } = look((db) => listConflicts(db, 20));
  const open = conflicts.filter(({ table, row }) => knowsTable(table) && store.get(table, row) !== undefined);
  const one = open[salt % Math.max(1, open.length)];
  if (one === undefined) return false;
  const { table, row: id, field, stamp, device } = one;
  store.apply([{ kind: 'resolve', table, id, field, heads: [[stamp, device]] }], edit);
  return true;
};

export const editOnce = (replica: Replica, salt: number, isOfPeople = false): void => {
  const roll = dice(salt);
  const { store, known, ids } = replica;
  if (salt % 3 === 0 && resolveOne(replica, salt)) return;
  if (salt % 31 === 0) return void store.redo(edit);
  if (roll(12) === 0) return void store.undo(edit);
  if (roll(isOfPeople ? 6 : 25) === 0) {
    const contacts = known.filter(({ table, id }) => table === 'contacts' && store.get('contacts', id) !== undefined).slice(-4);
    const contact = contacts[roll(Math.max(1, contacts.length))];
    if (contact) store.erase('contacts', contact.id, edit);
    return;
  }
  if (roll(12) === 0) {
    const order = known.findLast(({ table, id }) => table === 'orders' && store.get('orders', id)?.['number'] === null);
    if (order) store.apply([{ kind: 'update', ...order, values: { number: store.nextNumber('orders') } }], edit);
    return;
  }
  const some: Known[] = known.slice(-40);
  const had = some.length;
  perform(
    store,
    Array.from({ length: 1 + roll(2) }, () => toAction(roll, isOfPeople)),
    some,
    ids,
  );
  known.push(...some.slice(had));
};

const learn = (replica: Replica, { payload }: Incoming): void => {
  for (const [, kind, at, id] of payload.o) {
    const table = payload.t[at] ?? '';
    if (kind === 'i' && knowsTable(table)) replica.known.push({ table, id });
  }
};

const shuffled = <T>(list: readonly T[], roll: (below: number) => number): T[] => {
  const all = [...list];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = roll(at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
};

/** A fuse in a device: merging throws after so many ops, as if the process had died there. */
const createFuse = () => {
  let left = 0;
  return {
    set: (ops: number): void => void (left = ops),
    burn(): void {
      if (left > 0 && (left -= 1) === 0) throw new Error('crash');
    },
  };
};

/** A build one column of which is counted: what people write in it counts for nothing. */
const counting: AdaptMerge = (parts) => ({
  ...parts,
  isCounter: (layout, register) => layout.name === 'products' && register === 'stock',
});

const createWorld = ({ devices, clocks, seed, isOfPeople }: Program, mutant: Mutant, folder: string) => {
  let now = START;
  const skews = [...SKEWS[clocks]];
  const hub: Incoming[] = [];
  const vault = createVault();
  const fuses = Array.from({ length: devices + MOST_CLONES + 4 }, createFuse);
  const open = (number: number): Replica =>
    openReplica({
      number,
      folder,
      clock: () => now + (skews[number % skews.length] ?? 0),
      adaptMerge: (parts) => ({
        ...(mutant.adapt?.(counting(parts)) ?? counting(parts)),
        knows: (table): table is TableName => {
          fuses[number]?.burn();
          return knowsTable(table);
        },
      }),
    });
  const team = Array.from({ length: devices }, (_, number) => open(number));
  const foreign = createForeign(() => now);
  const counters = { crashes: 0, rekeyed: 0, loaded: 0, restamped: 0 };

  const takeOne = (replica: Replica, segment: Incoming, crashAt: number): Verdict | 'crash' => {
    fuses[replica.number]?.set(crashAt);
    try {
      const [verdict = 'gap'] = replica.take([segment]);
      if (verdict === 'ok') learn(replica, segment);
      return verdict;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'crash') throw error;
      counters.crashes += 1;
      mutant.onCrash?.(replica, segment);
      return 'crash';
    } finally {
      fuses[replica.number]?.set(0);
    }
  };
  /** What a round begins with: another identity, where the hub has other work under this one. */
  const meetOwn = ({ store, rekey }: Replica): void => {
    const isPast = ({ header }: Incoming): boolean =>
      header.dev === store.sync.device && header.from > store.sync.ownSent(header.scope);
    if (store.sync.membership() === null || !store.sync.isAnothers(hub.filter(isPast))) return;
    rekey();
    counters.rekeyed += 1;
  };
  /** Somebody copies the file of a device and works with the copy. */
  const clone = (replica: Replica): void => {
    const number = team.length;
    if (number >= devices + MOST_CLONES) return;
    replica.keep(replica.known);
    fs.copyFileSync(`${replica.file}.kept`, path.join(folder, `${number}.db`));
    const made = open(number);
    made.known.push(...replica.known);
    team.push(made);
  };
  /** Some of what the hub has, in any order, some of it twice; or all of it. */
  const pull = (replica: Replica, salt: number, isAll: boolean): void => {
    meetOwn(replica);
    const roll = dice(salt);
    const isMember = replica.store.sync.membership() !== null;
    if (isMember) vault.take(replica, () => roll(3) > 0);
    let left = shuffled(hub, roll).filter(({ header }) => header.dev !== replica.store.sync.device && (isAll || roll(10) < 7));
    for (let isMoving = true; isMoving && left.length > 0;) {
      isMoving = false;
      const again: Incoming[] = [];
      for (const segment of left) {
        const verdict = takeOne(replica, segment, roll(12) === 0 ? 1 + roll(segment.header.n) : 0);
        if (verdict === 'crash') again.push(segment);
        if (verdict === 'gap') again.push(segment);
        if (verdict === 'crash' || verdict === 'ok') isMoving = true;
        if (verdict === 'ok' && roll(10) === 0) {
          mutant.onRepeat?.(replica, segment);
          takeOne(replica, segment, 0);
        }
      }
      left = again;
    }
    if (isMember && isAll) vault.take(replica, () => true);
    if (isMember) vault.drop(replica);
  };
  const send = (replica: Replica): void => {
    meetOwn(replica);
    if (clocks === 'refused') counters.restamped += replica.store.sync.restamp(now);
    replica.store.sync.seal();
    if (replica.store.sync.membership() !== null) vault.give(replica);
    hub.push(...replica.send().map((bytes) => replica.read(bytes)));
  };
  const snapshots: Snapshot[][] = [];
  /** A device gives what it did and keeps of all scopes what it knows. */
  const snapshot = (replica: Replica): void => {
    send(replica);
    if (replica.store.sync.membership() !== null) snapshots.push(replica.snapshot());
  };
  /** A device takes a snapshot, an old one perhaps. */
  const load = (replica: Replica, salt: number): void => {
    meetOwn(replica);
    if (replica.store.sync.membership() === null) return;
    for (const one of snapshots[salt % Math.max(1, snapshots.length)] ?? []) if (replica.load(one)) counters.loaded += 1;
    const had = new Set(replica.known.map(({ id }) => id));
    for (const table of TABLES)
      for (const id of replica.look((db) => db.prepare<[], string>(`SELECT id FROM ${table} ORDER BY id`).pluck().all()))
        if (!had.has(id)) replica.known.push({ table, id });
  };
  const run = ({ do: what, who, salt }: Step): void => {
    const replica = team[who % team.length];
    if (replica === undefined) return;
    now += clocks === 'tied' ? Number(salt % 50 === 0) : salt % 400;
    if (what === 'edit') editOnce(replica, salt, isOfPeople);
    else if (what === 'foreign') foreign.write(replica.known.slice(-60), salt);
    else if (what === 'send') send(replica);
    else if (what === 'pull') pull(replica, salt, false);
    else if (what === 'keep') replica.keep(replica.known);
    else if (what === 'restore') replica.restore(replica.known);
    else if (what === 'clone') clone(replica);
    else if (what === 'snapshot') snapshot(replica);
    else if (what === 'load') load(replica, salt);
    else replica.reopen();
    if (what === 'send') hub.push(...foreign.send());
  };
  return {
    team,
    hub,
    now: (): number => now,
    counters,
    run,
    counted: foreign.counted,
    /** Everybody gives and gets all, and one more comes who was never there. */
    settle(): readonly Replica[] {
      for (const one of team) send(one);
      hub.push(...foreign.send());
      const late = open(team.length);
      late.store.sync.join(TEAM);
      team.push(late);
      // And one for each snapshot there was, up to some, that begins with it.
      for (const kept of snapshots.slice(-3)) {
        const begun = open(team.length);
        begun.store.sync.join(TEAM);
        for (const one of kept) if (begun.load(one)) counters.loaded += 1;
        team.push(begun);
      }
      for (const one of team) pull(one, seed + one.number, true);
      return team;
    },
  };
};

const compare = (team: readonly Replica[]): readonly string[] => {
  const [first, ...others] = team.map((one) => JSON.parse(one.hash()) as [string, number, string][]);
  return others.flatMap((hashes, at) =>
    hashes.flatMap((one, place) =>
      JSON.stringify(one) === JSON.stringify(first?.[place]) ? [] : [`${one[0]} of device ${at + 1} differs from device 0`],
    ),
  );
};

/** What a hub with a clock takes from nobody: only a copied file, which was another device, is lifted by what it did as that. */
const ahead = ({ clocks, hasCopies }: Program, hub: readonly Incoming[], now: number): readonly string[] =>
  hub.flatMap(({ header: { dev, from, hlc = 0, lift = 0 } }) =>
    clocks === 'refused' && hlc > Math.max(stampAt(now + MOST_AHEAD_MS), hasCopies ? lift + MOST_AHEAD : 0)
      ? [`${dev} ${from} is ahead of the hub's clock`]
      : [],
  );

/** @returns what is wrong, in words; nothing when every invariant held */
export const simulate = (program: Program, mutant: Mutant = {}): Outcome => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-sim-'));
  const world = createWorld(program, mutant, folder);
  try {
    // Some devices had a life before the team.
    program.steps.forEach((step, at) => {
      if (at === 20) for (const one of world.team) one.store.sync.join(TEAM);
      if (at >= 20 || step.do === 'edit' || step.do === 'reopen') world.run(step);
    });
    for (const one of world.team) one.store.sync.join(TEAM);
    const team = world.settle();
    const [first] = team;
    const faults = [
      ...compare(team),
      ...ahead(program, world.hub, world.now()),
      ...team.flatMap((one) => one.look(verifyLog).map((fault) => `device ${one.number}: ${fault}`)),
      ...(first?.look((db) => judge(db, world.hub, world.counted(), program.hasCopies)) ?? []),
    ];
    const words = world.hub.reduce((sum, { payload: { o } }) => sum + o.filter(({ 1: kind }) => kind === 'r').length, 0);
    const ops = world.hub.reduce((sum, { header }) => sum + header.n, 0);
    const erased = first?.look((db) =>
      db.prepare<[], number>('SELECT count(*) FROM contacts WHERE erased_on IS NOT NULL').pluck().get(),
    );
    return { faults, ops, words, conflicts: first?.store.sync.state().conflicts ?? 0, erased: erased ?? 0, ...world.counters };
  } finally {
    for (const one of world.team) one.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
};
