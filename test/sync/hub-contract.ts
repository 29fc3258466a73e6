/** What every hub must be to a team, whatever it is made of (SYNC.md 1, 10 to 16, 23 to 25). One suite for each kind. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { certify } from '../../electron/engine/sync/certificate.ts';
import type { Hub, HubAdmin } from '../../electron/engine/sync/hub.ts';
import { compareReplicas } from '../../electron/engine/store/team/compare.ts';
import { replayHub } from '../../electron/engine/sync/replay.ts';
import type { RoundResult } from '../../electron/engine/sync/round.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { SealedSegment } from '../../electron/engine/sync/segment-file.ts';
import { hashSegment, openSegment } from '../../electron/engine/store/log/segments.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { edit } from '../store/open.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol as enrolAt, ROOT, round as roundAt, SIGNED_TEAM } from './team.ts';

/** A hub that a test has to itself. */
export type HubWorld = {
  /** As the n-th person of the team reaches it, on a connection of its own. */
  readonly hubOf: (person: number) => Hub;
  readonly admin: HubAdmin;
};

export type Desk = Replica & { readonly hub: Hub };

export const openTeam = (count: number, { hubOf }: Pick<HubWorld, 'hubOf'>): readonly Desk[] =>
  createTeam(count).map((one) => Object.assign(one, { hub: hubOf(one.number) }));

const certificateOf = ({ store, pair }: Replica, root: Uint8Array) =>
  certify(root, { dev: store.device.id, code: store.device.code, key: pair.publicKey });

export const enrol = (desk: Desk): Promise<void> => enrolAt(desk.hub, desk);
export const round = (desk: Desk): Promise<RoundResult> => roundAt(desk.hub, desk);

export const write = ({ store, ids }: Replica, ...names: readonly string[]): void => {
  for (const name of names) {
    store.apply([{ kind: 'insert', table: 'accounts', id: ids(), values: { name } }], edit);
    store.sync.seal();
  }
};

/** What a device would send, signed, without sending it. */
export const sealed = ({ store, pair }: Replica): readonly SealedSegment[] => {
  store.sync.seal();
  return store.sync.unsent(100).map((one) => {
    const segment = parseSegment(encodeSegment({ ...one, sig: pair.sign(one.hash) }));
    if (typeof segment === 'string') throw new Error(segment);
    return segment;
  });
};

/** Another segment in the place of one, as a copied file would make it. */
const otherThan = ({ header, body }: SealedSegment, { pair }: Replica): SealedSegment => {
  const head = `${JSON.stringify({ ...header, sv: header.sv + 1 })}\n`;
  const hash = hashSegment(head, body);
  const segment = parseSegment(encodeSegment({ head, body, hash, sig: pair.sign(hash) }));
  if (typeof segment === 'string') throw new Error(segment);
  return segment;
};

const accountsOf = ({ look }: Replica): readonly unknown[] =>
  look((db) => db.prepare('SELECT name FROM live_accounts ORDER BY name').pluck().all());

const contactsOf = ({ look }: Replica): readonly unknown[] =>
  look((db) => db.prepare('SELECT name FROM live_contacts ORDER BY name').pluck().all());

/** The names of keys that a device has heard of. */
const keyIds = ({ look }: Replica): readonly string[] =>
  look((db) => db.prepare<[], string>('SELECT id FROM subject_keys ORDER BY id').pluck().all());

const inNorth = (segments: readonly SealedSegment[]) => segments.filter(({ header }) => header.scope === 'north');

export const hubContract = (kind: string, open: () => Promise<HubWorld>): void => {
  it(`${kind}: a team has everything after each has met it, and meets again for nothing`, async () => {
    const team = openTeam(3, await open());
    for (const [at, one] of team.entries()) {
      await enrol(one);
      write(one, `Account ${at}`, `Other ${at}`);
    }
    for (const one of [...team, ...team]) expect((await round(one)).warnings).toEqual([]);
    const [first, ...others] = team.map((one) => one.hash());
    for (const other of others) expect(other).toBe(first);
    for (const one of team) expect(await round(one)).toEqual({ received: 0, sent: 0, warnings: [], waiting: [] });
    for (const one of team) expect(accountsOf(one)).toHaveLength(6);
  });

  it(`${kind}: what is sent again after a lost answer is there once; other work in its place is a fork`, async () => {
    const [mine, yours] = openTeam(2, await open()) as [Desk, Desk];
    await enrol(mine);
    await enrol(yours);
    write(mine, 'Acme', 'Bolt');
    const segments = sealed(mine);
    for (const segment of segments) expect(await mine.hub.put(segment)).toBe('ok');
    for (const segment of segments) expect(await mine.hub.put(segment)).toBe('dup');
    const last = segments.at(-1);
    if (last === undefined) throw new Error('Nothing to send');
    expect(await mine.hub.put(otherThan(last, mine))).toBe('fork');
    expect((await round(yours)).warnings).toEqual([]);
    expect(accountsOf(yours)).toEqual(['Acme', 'Bolt']);
  });

  it(`${kind}: segments come in order, no more than asked for, and none behind a gap`, async () => {
    const [mine, yours] = openTeam(2, await open()) as [Desk, Desk];
    await enrol(mine);
    await enrol(yours);
    write(mine, 'Acme', 'Bolt', 'Cord', 'Dent');
    const north = inNorth(sealed(mine));
    const [first, second, third, fourth] = north as [SealedSegment, SealedSegment, SealedSegment, SealedSegment];
    const stream = { scope: 'north', dev: mine.store.device.id };
    await mine.hub.put(first);
    await mine.hub.put(third).catch((error: unknown) => expect(error).toMatchObject({ code: 'blocked' }));
    const seen = async (after: number, limit: number) =>
      (await yours.hub.get(stream, after, limit)).map(({ header }) => header.from);
    await yours.hub.streams(['north']);
    expect(await seen(0, 10)).toEqual([first.header.from]);
    const told = yours.hub.problems().filter(({ what }) => what.includes('missing at'));
    if (kind === 'folder') expect(told.map(({ what }) => what).join()).toContain(`missing at ${second.header.from};`);
    else expect(told).toEqual([]);
    for (const segment of [second, third, fourth]) await mine.hub.put(segment);
    await yours.hub.streams(['north']);
    expect(await seen(0, 2)).toEqual([first.header.from, second.header.from]);
    expect(await seen(second.header.to, 10)).toEqual([third.header.from, fourth.header.from]);
    expect(await seen(fourth.header.to, 10)).toEqual([]);
    expect(await yours.hub.streams(['south'])).toEqual([]);
  });

  it(`${kind}: what a device signed counts up to its end, and nothing after; it is told`, async () => {
    const { admin, hubOf } = await open();
    const [mine, yours, late] = openTeam(3, { hubOf }) as [Desk, Desk, Desk];
    for (const one of [mine, yours, late]) await enrol(one);
    write(mine, 'Before');
    await round(mine);
    write(mine, 'After');
    await expect(admin.revoke(ROOT, 'no such device')).rejects.toMatchObject({ code: 'not-found' });
    await expect(admin.revoke(Buffer.alloc(32, 9), mine.store.device.code)).rejects.toMatchObject({ code: 'conflict' });
    await admin.revoke(ROOT, mine.store.device.code);
    const states = (await admin.devices()).map(({ dev, state }) => [dev, state]);
    expect(states).toContainEqual([mine.store.device.id, 'revoked']);
    expect(states).toContainEqual([yours.store.device.id, 'enrolled']);
    const before = mine.store.sync.state().unsent;
    await expect(round(mine)).rejects.toMatchObject({ code: 'denied' });
    expect(mine.store.sync.state().unsent).toBe(before);
    // Signed all the same, and brought by whoever can write there.
    for (const segment of sealed(mine))
      await mine.hub.put(segment).catch((error: unknown) => expect(error).toMatchObject({ code: 'denied' }));
    for (const one of [yours, late]) await round(one);
    expect(accountsOf(yours)).toEqual(['Before']);
    expect(accountsOf(late)).toEqual(['Before']);
    expect((await round(yours)).received).toBe(0);
    // Who was told once does not forget it, though the hub may be made to.
    const forgetful: Desk = { ...yours, hub: { ...yours.hub, revocations: () => Promise.resolve([]) } };
    expect((await round(forgetful)).received).toBe(0);
    expect(accountsOf(yours)).toEqual(['Before']);
  });

  it(`${kind}: where the team moved to hears from whoever knows it who was taken out, and nobody who is new takes what came after`, async () => {
    const [before, there] = [await open(), await open()];
    const [mine, gone, late] = openTeam(3, before) as [Desk, Desk, Desk];
    for (const one of [mine, gone]) await enrol(one);
    write(gone, 'Before');
    await round(gone);
    await before.admin.revoke(ROOT, gone.store.device.id);
    await round(mine);
    write(gone, 'After');
    for (const one of [mine, gone, late]) Object.assign(one, { hub: there.hubOf(one.number) });
    // Nobody over there has heard of its end, itself least of all.
    await enrol(gone);
    expect((await round(gone)).sent).toBeGreaterThan(0);
    const stateOf = async () => (await there.admin.devices()).find(({ dev }) => dev === gone.store.device.id)?.state;
    expect(await stateOf()).toBe('enrolled');
    await enrol(mine);
    for (let twice = 0; twice < 2; twice += 1) await round(mine);
    expect(await there.hubOf(0).revocations()).toHaveLength(1);
    expect(await stateOf()).toBe('revoked');
    await expect(round(gone)).rejects.toMatchObject({ code: 'denied' });
    await enrol(late);
    await round(late);
    for (const one of [mine, late]) expect(accountsOf(one)).toEqual(['Before']);
    expect(late.hash()).toBe(mine.hash());
  });

  it(`${kind}: where the team moved to has what devices gave that come no more, for who comes later`, async () => {
    const [before, there] = [await open(), await open()];
    const [mine, gone, late] = openTeam(3, before) as [Desk, Desk, Desk];
    for (const one of [mine, gone]) await enrol(one);
    write(gone, 'By one who left');
    gone.store.apply([{ kind: 'insert', table: 'contacts', id: gone.ids(), values: { name: 'Ann Quillfeather' } }], edit);
    write(mine, 'Kept');
    mine.keep([]);
    write(mine, 'After the backup');
    for (const one of [gone, mine]) await round(one);
    mine.restore([]);
    write(mine, 'Brought back');
    const was = mine.store.sync.device;
    await round(mine);
    expect(mine.store.sync.device).not.toBe(was);
    await enrol(mine);
    await before.admin.revoke(ROOT, gone.store.device.id);
    await round(mine);
    write(gone, 'After it left');
    for (const one of [mine, late]) Object.assign(one, { hub: there.hubOf(one.number) });
    await enrol(mine);
    expect((await round(mine)).warnings).toEqual([]);
    expect(await round(mine)).toEqual({ received: 0, sent: 0, warnings: [], waiting: [] });
    const states = (await there.admin.devices()).map(({ dev, state }) => [dev, state]);
    expect(states).toContainEqual([gone.store.device.id, 'revoked']);
    expect(states).toContainEqual([was, 'enrolled']);
    await enrol(late);
    expect((await round(late)).warnings).toEqual([]);
    expect(accountsOf(late)).toEqual(['After the backup', 'Brought back', 'By one who left', 'Kept']);
    expect(contactsOf(late)).toEqual(['Ann Quillfeather']);
    expect(late.hash()).toBe(mine.hash());
  });

  it(`${kind}: a file brought back from a backup becomes another device, and what both of them did is everybody's`, async () => {
    const [mine, yours] = openTeam(2, await open()) as [Desk, Desk];
    await enrol(mine);
    await enrol(yours);
    write(mine, 'Kept');
    await round(mine);
    mine.keep([]);
    write(mine, 'After the backup');
    await round(mine);
    await round(yours);
    mine.restore([]);
    // Sealed before it meets anybody: in the place of what the hub has.
    write(mine, 'Brought back');
    const was = mine.store.sync.device;
    const found = await round(mine);
    expect(found.warnings.join()).toContain('brought back from a backup');
    expect(found.sent).toBe(0);
    expect(mine.store.sync.device).not.toBe(was);
    expect(accountsOf(mine)).toEqual(['After the backup', 'Brought back', 'Kept']);
    await enrol(mine);
    expect(await round(mine)).toMatchObject({ sent: 1, warnings: [] });
    expect(await round(yours)).toMatchObject({ received: 1, warnings: [] });
    expect(yours.hash()).toBe(mine.hash());
    expect(accountsOf(yours)).toHaveLength(3);
    // An answer that was lost makes no other device of it.
    write(mine, 'Sent');
    for (const segment of sealed(mine)) await mine.hub.put(segment);
    const now = mine.store.sync.device;
    expect(await round(mine)).toMatchObject({ warnings: [] });
    expect(mine.store.sync).toMatchObject({ device: now });
    expect(mine.store.sync.state().unsent).toBe(0);
  });

  it(`${kind}: all of it read from the beginning is what each device has, and what differs is named by its row`, async () => {
    const [mine, yours, empty] = openTeam(3, await open()) as [Desk, Desk, Desk];
    await enrol(mine);
    await enrol(yours);
    write(mine, 'Acme', 'Bolt', 'Cord');
    for (const one of [mine, yours]) await round(one);
    const [acme = '', bolt = '', cord = ''] = mine.look((db) =>
      db.prepare<[], string>('SELECT id FROM accounts ORDER BY name').pluck().all(),
    );
    for (const { store, number } of [mine, yours])
      store.apply([{ kind: 'update', table: 'accounts', id: acme, values: { name: `By ${number}` } }], edit);
    yours.store.apply([{ kind: 'delete', table: 'accounts', id: bolt }], edit);
    for (const one of [mine, yours, mine]) await round(one);
    empty.store.sync.join(SIGNED_TEAM);
    const { org } = SIGNED_TEAM;
    const about = { store: empty.store.sync, hub: empty.hub, org, random: empty.bytes, revocations: [] };
    expect(await replayHub(about)).toEqual({ warnings: [], waiting: [] });
    const compare = () => compareReplicas(mine.store.sync, empty.store.sync, 10);
    expect(compare()).toMatchObject({ rows: [], more: 0 });
    expect(compare().tables.find(({ table }) => table === 'accounts')).toMatchObject({ here: { rows: 3 }, there: { rows: 3 } });
    expect(await replayHub(about)).toEqual({ warnings: [], waiting: [] });
    expect(empty.hash()).toBe(mine.hash());
    // Nothing but a fault could do it.
    mine.meddle((db) => {
      db.prepare('UPDATE accounts SET city = ? WHERE id = ?').run('Nowhere', cord);
      db.prepare('DELETE FROM accounts WHERE id = ?').run(bolt);
      db.prepare('DELETE FROM conflict').run();
    });
    const { rows } = compare();
    expect(rows.slice(0, 2)).toEqual(
      [
        { table: 'accounts', row: cord, where: 'both' },
        { table: 'accounts', row: bolt, where: 'there' },
      ].toSorted((a, b) => (a.row < b.row ? -1 : 1)),
    );
    expect(rows.slice(2)).toMatchObject([{ table: '(conflict)', row: expect.stringContaining(acme) as string, where: 'there' }]);
    expect(compareReplicas(empty.store.sync, mine.store.sync, 1)).toMatchObject({ rows: [{ table: 'accounts' }], more: 2 });
  });

  it(`${kind}: what is said of people lies sealed there, and who is erased is erased for everybody, also for who comes later`, async () => {
    const [mine, yours, late] = openTeam(3, await open()) as [Desk, Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    const [id, other] = [mine.ids(), mine.ids()];
    const named = (name: string, as: Desk): void =>
      void as.store.apply([{ kind: 'update', table: 'contacts', id, values: { name } }], edit);
    mine.store.apply(
      [
        { kind: 'insert', table: 'contacts', id, values: { name: 'Ann Quillfeather', next_due_on: '2026-03-01' } },
        { kind: 'insert', table: 'contacts', id: other, values: { name: 'Bystander Vex' } },
      ],
      edit,
    );
    for (const one of [mine, yours]) expect((await round(one)).warnings).toEqual([]);
    expect(contactsOf(yours)).toEqual(['Ann Quillfeather', 'Bystander Vex']);
    const pieces = await yours.hub.get({ scope: 'north', dev: mine.store.device.id }, 0, 100);
    const texts = pieces.map(({ body }) => JSON.stringify(openSegment(body))).join();
    expect(texts).toContain('2026-03-01');
    for (const word of ['Quillfeather', 'Bystander']) expect(texts).not.toContain(word);
    expect(await yours.hub.keys('north', keyIds(yours))).toHaveLength(2);
    // One who has not heard of it writes of her meanwhile.
    named('Ann Zanzibarine', yours);
    expect(mine.store.erase('contacts', id, edit).fields).toEqual(['name']);
    for (const one of [mine, yours, mine, yours]) expect((await round(one)).warnings).toEqual([]);
    expect(yours.hash()).toBe(mine.hash());
    for (const one of [mine, yours]) {
      expect(contactsOf(one)).toEqual([null, 'Bystander Vex']);
      expect(one.store.get('contacts', id)).toMatchObject({ name: null, next_due_on: '2026-03-01' });
      expect(JSON.stringify(one.store.past.history('contacts', id, 100, null))).not.toMatch(/Quillfeather|Zanzibarine/);
      const bytes = [one.file, `${one.file}-wal`].map((file) => readFileSync(file).toString('latin1').toLowerCase()).join();
      expect(bytes).toContain('bystander');
      for (const word of ['quillfeather', 'zanzibarine']) expect(bytes).not.toContain(word);
      expect(one.look(verifyLog)).toEqual([]);
    }
    expect(keyIds(yours)).toHaveLength(2);
    expect(await yours.hub.keys('north', keyIds(yours))).toHaveLength(1);
    await enrol(late);
    expect((await round(late)).warnings).toEqual([]);
    expect(contactsOf(late)).toEqual([null, 'Bystander Vex']);
    expect(late.hash()).toBe(mine.hash());
    // Somebody else by the same row, under a key of their own.
    named('Cy Newcomer', yours);
    for (const one of [yours, mine, late]) expect((await round(one)).warnings).toEqual([]);
    for (const one of [mine, yours, late]) expect(contactsOf(one)).toEqual(['Bystander Vex', 'Cy Newcomer']);
    expect(late.hash()).toBe(mine.hash());
  });

  it(`${kind}: what comes before its key waits for it and holds up nothing else`, async () => {
    const [mine, yours] = openTeam(2, await open()) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    const id = mine.ids();
    mine.store.apply(
      [{ kind: 'insert', table: 'contacts', id, values: { name: 'Ann Quillfeather', next_due_on: '2026-03-01' } }],
      edit,
    );
    write(mine, 'Acme');
    await round(mine);
    const keyless: Desk = Object.assign(Object.create(yours) as Desk, { hub: { ...yours.hub, keys: () => Promise.resolve([]) } });
    const { warnings } = await round(keyless);
    expect(warnings.join()).toContain('what is said of 1 people is sealed');
    expect(accountsOf(yours)).toEqual(['Acme']);
    expect(yours.store.get('contacts', id)).toMatchObject({ name: null, next_due_on: '2026-03-01' });
    expect(yours.hash()).not.toBe(mine.hash());
    expect((await round(yours)).warnings).toEqual([]);
    expect(yours.store.get('contacts', id)).toMatchObject({ name: 'Ann Quillfeather' });
    expect(
      yours.look((db) => db.prepare(`SELECT count(*) FROM search_contacts WHERE words MATCH 'quillfeather'`).pluck().get()),
    ).toBe(1);
    expect(yours.hash()).toBe(mine.hash());
  });

  it(`${kind}: nobody but the key of the team vouches for a device`, async () => {
    const [mine, yours] = openTeam(2, await open()) as [Desk, Desk];
    await enrol(mine);
    await yours.hub.putCertificate(certificateOf(yours, Buffer.alloc(32, 9)));
    yours.store.sync.join(SIGNED_TEAM);
    write(yours, 'Forged');
    await round(yours).catch(() => undefined);
    expect((await round(mine)).received).toBe(0);
    expect(accountsOf(mine)).toEqual([]);
  });
};
