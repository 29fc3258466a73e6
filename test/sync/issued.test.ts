/** Documents that were issued (SYNC.md 18, 19): the same bytes everywhere, and of two of one draft the same one that stands. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { MAX_ISSUED } from '../../electron/engine/store/write/issued.ts';
import { edit } from '../store/open.ts';
import { createForeign } from './foreign.ts';
import { dice } from './program.ts';
import { fill, give, insert, openRegion, update } from './region.ts';
import type { Replica } from './replica.ts';
import { TEAM } from './replica.ts';
import { createTeam } from './team.ts';
import { expectWhole, faultsOf } from './whole.ts';

const issue = ({ store }: Replica, id: string, number: string): void =>
  void store.apply(
    [
      { kind: 'update', table: 'invoices', id, values: { number } },
      { kind: 'issue', table: 'invoices', id },
    ],
    edit,
  );

const papers = ({ store }: Replica, id: string) =>
  store.issuedOf('invoices', id).map(({ number, body, stands }) => ({ number, body, stands }));
const bodyOf = (number: string, notes: string | null = null): string => JSON.stringify({ number, notes });

/** What each of them has to give. */
const sendAll = (team: readonly Replica[]) => team.map((one) => one.send().map((bytes) => one.read(bytes)));

/** A draft that all of a team have, but for so many who come late. */
const openDraft = (count: number, late = 0) => {
  const all = createTeam(count + late);
  for (const one of all) one.store.sync.join(TEAM);
  const team = all.slice(0, count);
  const [first] = team as [Replica];
  const id = insert(first, 'invoices', { account_id: 'someone' });
  const made = first.send().map((bytes) => first.read(bytes));
  for (const one of team.slice(1)) one.take(made);
  return { team, id, late: all.slice(count) };
};

it('what was issued stays what it was, whatever is written or undone since', async () => {
  const { team, id } = openDraft(2);
  const [a, b] = team as [Replica, Replica];
  issue(a, id, 'I26-AAA-0001');
  update(a, 'invoices', id, { notes: 'Later' });
  for (let steps = 0; steps < 4; steps += 1) a.store.undo(edit);
  const kept = [{ number: 'I26-AAA-0001', body: bodyOf('I26-AAA-0001'), stands: true }];
  expect(papers(a, id)).toEqual(kept);
  b.take(a.send().map((bytes) => a.read(bytes)));
  expect(papers(b, id)).toEqual(kept);
  expect(b.hash()).toBe(a.hash());
  for (const one of team) await expectWhole(one);
});

it.each([1, 2, 3, 4, 5])('of several papers of one draft the same one stands, in whatever order they come (seed %i)', (seed) => {
  const roll = dice(seed);
  const { team, id } = openDraft(4);
  for (const one of team.slice(0, 3).toSorted(() => roll(3) - 1)) {
    update(one, 'invoices', id, { notes: `By ${one.number}` });
    issue(one, id, `I26-${one.number}`);
  }
  const sent = sendAll(team.slice(0, 3));
  for (const one of team) {
    const order = sent.filter((_, at) => one !== team[at]).toSorted(() => roll(3) - 1);
    for (const segments of order) one.take(segments);
  }
  const [first, ...others] = team as [Replica, ...Replica[]];
  expect(papers(first, id).map(({ stands }) => stands)).toEqual([true, false, false]);
  for (const one of others) {
    expect(papers(one, id)).toEqual(papers(first, id));
    expect(one.hash()).toBe(first.hash());
    expect(one.store.issuedTwice()).toEqual([{ table: 'invoices', id }]);
  }
  expect(first.store.issuedAs('invoices', 'I26-2')).toEqual([id]);
});

const moveTo = ({ store }: Replica, id: string, to: string): void =>
  void store.apply([{ kind: 'transition', table: 'invoices', id, field: 'status', to, why: null }], edit);

it.each([1, 2, 3, 4, 5, 6])(
  'what went out is issued, whoever voided it unseen, in whatever order they come (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    const { team, id } = openDraft(4);
    const [issuer, ...others] = team as [Replica, ...Replica[]];
    const goOut = (): void => {
      moveTo(issuer, id, 'issued');
      issue(issuer, id, 'I26-AAA-0001');
    };
    const acts = others.map((one, at) => () => {
      moveTo(one, id, 'void');
      // One of them thought better of it.
      if (at === 0) one.store.undo(edit);
    });
    for (const act of acts.toSpliced(seed % (acts.length + 1), 0, goOut)) act();
    const sent = sendAll(team);
    for (const one of team) {
      const order = sent.filter((_, at) => one !== team[at]).toSorted(() => roll(3) - 1);
      for (const segments of order) one.take(segments);
    }
    for (const one of team) {
      expect(one.store.get('invoices', id)?.['status']).toBe('issued');
      const conflicts = one.look((db) => listConflicts(db, 9)).conflicts.map(({ lost, move }) => [lost, move?.meanwhile]);
      expect(conflicts).toEqual([
        ['void', 'issued'],
        ['void', 'issued'],
      ]);
      expect(one.hash()).toBe(issuer.hash());
      await expectWhole(one);
    }
  },
);

it('what was issued before the team is published with what was here, and goes over to another device name', async () => {
  const [a, b] = createTeam(2) as [Replica, Replica];
  const id = insert(a, 'invoices', { account_id: 'someone' });
  issue(a, id, 'I26-AAA-0001');
  for (const one of [a, b]) one.store.sync.join(TEAM);
  const late = insert(a, 'invoices', { account_id: 'someone' });
  issue(a, late, 'I26-AAA-0002');
  a.rekey();
  b.take(a.send().map((bytes) => a.read(bytes)));
  for (const [one, number] of [
    [id, 'I26-AAA-0001'],
    [late, 'I26-AAA-0002'],
  ] as const) {
    expect(papers(a, one)).toEqual([{ number, body: bodyOf(number), stands: true }]);
    expect(papers(b, one)).toEqual(papers(a, one));
  }
  expect(b.hash()).toBe(a.hash());
  for (const one of [a, b]) await expectWhole(one);
});

it('a snapshot has what was issued, and what comes after it is set beside it', () => {
  const { team, id, late: others } = openDraft(2, 1);
  const [a, b, late] = [...team, ...others] as [Replica, Replica, Replica];
  issue(b, id, 'I26-BBB-0001');
  issue(a, id, 'I26-AAA-0001');
  const ofB = b.send().map((bytes) => b.read(bytes));
  a.send();
  for (const snapshot of a.snapshot()) expect(late.load(snapshot)).toBe(true);
  expect(papers(late, id)).toEqual(papers(a, id));
  for (const one of [a, late]) one.take(ofB);
  expect(papers(late, id)).toMatchObject([{ number: 'I26-BBB-0001', stands: true }, { number: 'I26-AAA-0001' }]);
  expect(late.hash()).toBe(a.hash());
});

it('what was issued goes along to another territory, also what comes late; and what stood there stands over there', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  const id = insert(north, 'invoices', { account_id: account });
  await meet(north, boss, north);
  issue(boss, id, 'I26-BOS-0001');
  await meet(boss);
  give(boss, account);
  issue(north, id, 'I26-NOR-0001');
  await meet(boss, north, boss, south);
  const [there = ''] = south.look((db) => db.prepare<[], string>('SELECT id FROM live_invoices').pluck().all());
  expect(papers(south, there)).toMatchObject([
    { number: 'I26-BOS-0001', stands: true },
    { number: 'I26-NOR-0001', stands: false },
  ]);
  expect(papers(boss, there)).toEqual(papers(south, there));
  await meet(north);
  expect(papers(north, id)).toEqual([]);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('a document that cannot be one is nobody’s, and one that is slipped in is set beside what stands', async () => {
  const { team, id } = openDraft(2);
  const [a, b] = team as [Replica, Replica];
  issue(a, id, 'I26-AAA-0001');
  const [name] = a.look((db) => db.prepare<[], string>('SELECT id FROM issued').pluck().all());
  b.take(a.send().map((bytes) => a.read(bytes)));
  const foreign = createForeign(() => Date.UTC(2026, 0, 15, 10));
  const bytes = Buffer.from('forged').toString('base64');
  const large = Buffer.alloc(MAX_ISSUED + 10, 'x').toString('base64');
  const sha = createHash('sha256').update('forged').digest('hex');
  foreign.say('n', 'invoices', id, ['x', 'I26-AAA-0001', bytes, 'f'.repeat(64)]);
  foreign.say('n', 'invoices', id, ['x', 'I26-AAA-0001', large]);
  foreign.say('n', 'invoices', id, ['x', 'N'.repeat(500), bytes]);
  // Under the name of the one that stands, and of a record that nobody knows.
  foreign.say('n', 'invoices', id, [name ?? '', 'I26-AAA-0001', bytes, sha]);
  foreign.say('n', 'invoices', 'no-such-record', ['x', 'I26-AAA-0001', bytes, sha]);
  const said = foreign.send();
  for (const one of [b, a]) expect(one.take(said)).toEqual(['ok']);
  for (const one of [a, b]) {
    expect(papers(one, id)).toEqual([
      { number: 'I26-AAA-0001', body: bodyOf('I26-AAA-0001'), stands: true },
      { number: 'I26-AAA-0001', body: 'forged', stands: false },
    ]);
    expect(one.store.issuedAs('invoices', 'I26-AAA-0001')).toEqual([id]);
    await expectWhole(one);
  }
  expect(b.hash()).toBe(a.hash());
});

it('a byte that was changed in the file is told by the check', async () => {
  const [a] = createTeam(1) as [Replica];
  const id = insert(a, 'invoices', {});
  issue(a, id, 'I26-AAA-0001');
  a.meddle((db) => db.prepare(`UPDATE issued SET body = ?`).run(Buffer.from('otherwise')));
  expect((await faultsOf(a)).join()).toContain('issued documents: 1 are not as they were issued');
});
