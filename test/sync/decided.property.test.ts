/** Whatever a team writes in one field, decides, takes back and does again, apart or together: no value is gone that nobody decided. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { edit } from '../store/open.ts';
import { insert } from './region.ts';
import { TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createTeam } from './team.ts';

/** Whether all meet after it, the one who did it meets those who were there, or nobody. */
const action = fc.record({
  at: fc.constantFrom(0, 0, 1, 1, 2),
  kind: fc.constantFrom('write', 'keep', 'take', 'take', 'undo', 'undo', 'redo'),
  meets: fc.constantFrom('all', 'all', 'one', 'none'),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** A step of a device: the value that it brought, and those that it replaced or closed. */
type Step = { readonly own: string | null; readonly gone: readonly string[]; isDone: boolean };
type Member = { readonly one: Replica; taken: number; done: Step[]; undone: Step[] };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const openWorld = () => {
  const team = createTeam(3).map((one): Member => ({ one, taken: 0, done: [], undone: [] }));
  for (const { one } of team) one.store.sync.join(TEAM);
  const sent: (readonly [Replica, Incoming])[] = [];
  const send = ({ one }: Member): void => void sent.push(...one.send().map((bytes) => [one, one.read(bytes)] as const));
  const take = (member: Member): void => {
    member.one.take(sent.slice(member.taken).flatMap(([from, segment]) => (from === member.one ? [] : [segment])));
    member.taken = sent.length;
  };
  const meetAll = (): void => {
    for (const act of [send, take]) for (const member of team) act(member);
  };
  const id = insert((team[0] as Member).one, 'accounts', { name: 'Acme', city: 'Leeds' });
  meetAll();
  const look = ({ one }: Member) => {
    const { conflicts } = one.look((db) => listConflicts(db, 100));
    return {
      stands: textOf(one.store.get('accounts', id)?.['city']),
      open: conflicts.map(({ lost }) => textOf(lost)).toSorted(),
      conflicts,
    };
  };
  return { team, id, send, take, meetAll, look, steps: [] as Step[] };
};
type World = ReturnType<typeof openWorld>;

const apply = (world: World, member: Member, kind: Action['kind'], name: string): void => {
  const { id, look } = world;
  const { stands, open, conflicts } = look(member);
  const [first] = conflicts;
  if (kind !== 'write' && first === undefined) return;
  const value = kind === 'write' ? name : kind === 'take' ? textOf(first?.lost) : null;
  const heads = conflicts.map(({ stamp, device }) => [stamp, device] as const);
  const written: readonly StorePatch[] =
    value === null ? [] : [{ kind: 'update', table: 'accounts', id, values: { city: value } }];
  const said: readonly StorePatch[] =
    kind === 'write' ? [] : [{ kind: 'resolve', table: 'accounts', id, field: 'city', keeps: kind === 'keep', heads }];
  member.one.store.apply([...written, ...said], edit);
  const gone = kind === 'write' ? [stands] : kind === 'keep' ? open : [stands, ...open];
  const step = { own: kind === 'write' ? name : null, gone: gone.filter((one) => one !== value), isDone: true };
  world.steps.push(step);
  member.done.push(step);
  member.undone = [];
};

/** What is left alone is left whole. */
const swap = ({ look }: World, member: Member, way: 'undo' | 'redo'): void => {
  const [from, to] = way === 'undo' ? [member.done, member.undone] : [member.undone, member.done];
  const [step, before] = [from.pop(), look(member)];
  // The record itself stays.
  if (step === undefined) return;
  const { refused } = member.one.store[way](edit);
  to.push(step);
  if (refused.length === 0) step.isDone = way === 'redo';
  else {
    expect(refused.map(({ field }) => field)).toEqual(['city']);
    expect(look(member)).toEqual(before);
  }
};

/** Whether somebody who had it before them replaced or closed a value, or whoever wrote it took it back. */
const isDecided = ({ steps }: World, value: string): boolean =>
  steps.some(({ own, gone, isDone }) => (isDone ? gone.includes(value) : own === value));

const act = (world: World, { at, kind, meets }: Action, name: string): void => {
  const member = world.team[at] as Member;
  if (kind === 'undo' || kind === 'redo') swap(world, member, kind);
  else apply(world, member, kind, name);
  if (meets === 'all') return world.meetAll();
  if (meets === 'none') return;
  world.send(member);
  world.take(member);
};

/** Two who wrote apart, and what comes after. */
const history = (...after: readonly Action[]): Action[] => [
  { at: 0, kind: 'write', meets: 'none' },
  { at: 1, kind: 'write', meets: 'all' },
  ...after,
];
const DECIDED: Action = { at: 0, kind: 'take', meets: 'all' };
const UNDONE: Action = { at: 0, kind: 'undo', meets: 'all' };
const REPLACED: Action = { at: 1, kind: 'write', meets: 'all' };

test('what three devices write in one field, decide, take back and do again comes to one and loses nothing undecided', () => {
  fc.assert(
    fc.property(
      fc.array(action, { minLength: 6, maxLength: 30 }).map((after) => history(...after)),
      (actions) => {
        const world = openWorld();
        for (const [at, one] of actions.entries()) act(world, one, `Town ${at}`);
        world.meetAll();
        const [first, ...others] = world.team.map((member) => ({ hash: member.one.hash(), ...world.look(member) }));
        for (const other of others) expect(other).toEqual(first);
        const written = ['Leeds', ...world.steps.flatMap(({ own }) => own ?? [])];
        const there = [first?.stands, ...(first?.open ?? [])];
        expect(written.filter((value) => !there.includes(value) && !isDecided(world, value))).toEqual([]);
      },
    ),
    {
      numRuns: 12,
      examples: [
        [history(DECIDED, UNDONE, REPLACED, { at: 0, kind: 'redo', meets: 'all' })],
        [history(DECIDED, REPLACED, UNDONE)],
      ],
    },
  );
}, 120_000);
