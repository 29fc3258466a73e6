/** What snapshots must be on every hub (SYNC.md 2.8): a shorter way to the same, and never another way. */
import { expect, it } from 'vitest';
import { readHistory } from '../../electron/engine/store/log/history.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { orgOf } from '../../electron/engine/sync/certificate.ts';
import { compactable } from '../../electron/engine/sync/compaction.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { decodePage, encodePage, isHeads } from '../../electron/engine/store/snapshot/pages.ts';
import type { WireOp } from '../../electron/engine/store/log/payload.ts';
import { sealSnapshot, shaOf } from '../../electron/engine/sync/snapshot-file.ts';
import type { PageName, SealedSnapshot } from '../../electron/engine/sync/snapshot-file.ts';
import { edit } from '../store/open.ts';
import { enrol, openTeam, write } from './hub-contract.ts';
import type { Desk, HubWorld } from './hub-contract.ts';
import { ROOT, round as roundAt } from './team.ts';

const WEEK = 7 * 24 * 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 9);
/** Whatever there is pays. */
const ALWAYS = { takeAt: 1, makeAt: 1, pause: WEEK };
/** Nothing is made here. */
const TAKING = { ...ALWAYS, makeAt: Number.MAX_SAFE_INTEGER };

const round = (desk: Desk, limits = TAKING, now = NOW) => roundAt(desk.hub, desk, limits, now);

const taken = ({ look }: Desk): number =>
  look((db) => db.prepare<[], number>('SELECT count(*) FROM segments WHERE state = 3').pluck().get() ?? 0);

const name = ({ look }: Desk, id: string): unknown =>
  look((db) => db.prepare<[string], string>('SELECT name FROM accounts WHERE id = ?').pluck().get(id));

const rename = ({ store }: Desk, id: string, to: string): void =>
  void store.apply([{ kind: 'update', table: 'accounts', id, values: { name: to } }], edit);

const madeOf = async ({ hub }: Desk, scope = 'north') => (await hub.snapshots(scope)) ?? [];

/** Two devices that have everything, a record both of them wrote, and a conflict about another; then a snapshot. */
const openOffice = async (count: number, world: HubWorld) => {
  const team = openTeam(count, world);
  const [mine, yours] = team as [Desk, Desk];
  await enrol(mine);
  await enrol(yours);
  write(mine, 'Acme', 'Bolt', 'Cord');
  const [acme = '', bolt = '', cord = ''] = mine.look((db) =>
    db.prepare<[], string>('SELECT id FROM accounts ORDER BY name').pluck().all(),
  );
  await round(mine);
  await round(yours);
  for (const to of ['Acme 2', 'Acme 3', 'Acme 4']) rename(yours, acme, to);
  rename(yours, bolt, 'Bolt by you');
  rename(mine, bolt, 'Bolt by me');
  mine.store.apply([{ kind: 'delete', table: 'accounts', id: cord }], edit);
  for (const one of [yours, mine, yours]) await round(one);
  await round(mine, ALWAYS);
  return { team, mine, yours, acme, bolt, cord };
};

/** A snapshot by somebody of the team that says something else than was written, on each of its pages. */
const otherwise = async ({ hub, pair }: Desk, { about }: SealedSnapshot) => {
  const pages = new Map<string, Buffer>();
  const names: PageName[] = [];
  for (const { sha, ops } of about.pages) {
    const page = decodePage((await hub.getPage({ scope: about.scope, dev: about.dev }, sha)) ?? Buffer.alloc(0));
    if (typeof page === 'string') throw new Error(page);
    const o = isHeads(page)
      ? []
      : page.payload.o.map(([h, kind, table, row, base, cols, vals]): WireOp => {
          const other = vals.map((value) => (typeof value === 'string' ? `${value} or so` : value));
          return [h, kind, table, vals.some((value) => typeof value === 'string') ? row : `${row}x`, base, cols, other];
        });
    const bytes = encodePage(isHeads(page) ? page : { ...page, payload: { ...page.payload, o } });
    pages.set(shaOf(bytes), bytes);
    names.push({ sha: shaOf(bytes), bytes: bytes.length, ops });
  }
  const snapshot = sealSnapshot({ ...about, pages: names }, pair.sign);
  return {
    snapshots: (scope: string) => Promise.resolve(scope === about.scope ? [snapshot] : []),
    getPage: (_: unknown, sha: string) => Promise.resolve(pages.get(sha) ?? null),
  } satisfies Partial<Hub>;
};

const expectSame = (one: Desk, other: Desk): void => {
  expect(one.hash()).toBe(other.hash());
  expect(one.look(verifyLog)).toEqual([]);
};

export const snapshotContract = (kind: string, open: () => Promise<HubWorld>): void => {
  it(`${kind}: who comes late begins with a snapshot and comes to the same, with the past that still counts`, async () => {
    const { team, mine, yours, acme, bolt, cord } = await openOffice(3, await open());
    const late = team[2] as Desk;
    rename(mine, acme, 'Acme 5');
    await round(mine);
    await enrol(late);
    write(late, 'Mine already');
    expect((await round(late)).warnings).toEqual([]);
    expect(taken(late)).toBeGreaterThan(0);
    for (const one of [mine, yours]) await round(one);
    expectSame(late, mine);
    expectSame(yours, mine);
    expect(late.store.sync.state().conflicts).toBe(1);
    // What was replaced before the snapshot is gone; what stood in it is what a later change is told from.
    const [last] = late.look((db) => readHistory(db, 'accounts', acme, 10, null)).entries;
    expect(last?.changes).toMatchObject([{ field: 'name', from: 'Acme 4', to: 'Acme 5' }]);
    rename(late, acme, 'Acme 6');
    late.store.undo(edit);
    expect(name(late, acme)).toBe('Acme 5');
    // What was deleted stays so; a conflict from before is decided by who never saw it happen.
    expect(late.store.get('accounts', cord)).toBeUndefined();
    rename(late, bolt, 'Bolt by all');
    for (const one of [late, mine, yours, late]) await round(one);
    expectSame(late, mine);
    expectSame(yours, mine);
    expect(name(mine, bolt)).toBe('Bolt by all');
  });

  it(`${kind}: one is made of each scope when it pays, and not again within a week`, async () => {
    const { mine, yours } = await openOffice(2, await open());
    expect(await madeOf(mine)).toHaveLength(1);
    expect(await madeOf(mine, 'shared')).toHaveLength(mine.store.sync.cut('shared').length > 0 ? 1 : 0);
    write(yours, 'News');
    await round(yours, ALWAYS, NOW + WEEK - 1);
    expect(await madeOf(mine)).toHaveLength(1);
    await round(yours, { ...ALWAYS, makeAt: 100 }, NOW + WEEK);
    expect(await madeOf(mine)).toHaveLength(1);
    await round(yours, ALWAYS, NOW + WEEK);
    const made = await madeOf(mine);
    expect(new Set(made.map(({ about }) => about.dev))).toEqual(new Set([mine.store.device.id, yours.store.device.id]));
    // Who has everything takes none.
    for (const one of [mine, yours, mine]) await round(one);
    expect([taken(mine), taken(yours)]).toEqual([0, 0]);
  });

  it(`${kind}: a snapshot that is torn, altered, forged or of nobody is passed over, and the replay goes on`, async () => {
    const { team, mine } = await openOffice(9, await open());
    const [found] = await madeOf(mine);
    if (found === undefined) throw new Error('No snapshot');
    const { hub } = mine;
    const stranger = { ...found.about, dev: '00000000-0000-7000-8000-000000000000' };
    const theirs = found.about.cut.map((one) => ({ ...one, dev: stranger.dev }));
    const bad: readonly (readonly [string, Partial<Hub>])[] = [
      ['is not there yet', { getPage: () => Promise.resolve(null) }],
      ['altered', { getPage: async (stream, sha) => Buffer.from((await hub.getPage(stream, sha)) ?? []).fill(7, 0, 1) }],
      ['signature', { snapshots: async () => [{ ...found, sig: Buffer.alloc(64, 1) }] }],
      ['nobody vouches for who made it', { snapshots: async () => [sealSnapshot(stranger, mine.pair.sign)] }],
      ['another team', { snapshots: async () => [sealSnapshot({ ...found.about, org: 'other' }, mine.pair.sign)] }],
      ['something else than', await otherwise(mine, found)],
      ['work of a device', { snapshots: async () => [sealSnapshot({ ...found.about, cut: theirs }, mine.pair.sign)] }],
    ];
    for (const [at, [what, lie]] of bad.entries()) {
      const lying = Object.assign(team[at + 2] as Desk, { hub: { ...hub, ...lie } });
      await enrol(lying);
      const { warnings } = await round(lying);
      if (at > 1) expect(warnings.join()).toContain(what);
      expect([what, taken(lying)]).toEqual([what, 0]);
      expectSame(lying, mine);
    }
  });

  it(`${kind}: who was taken out of the team makes no snapshot that counts`, async () => {
    const world = await open();
    const { team, mine, yours } = await openOffice(3, world);
    await world.admin.revoke(ROOT, mine.store.device.code);
    const late = team[2] as Desk;
    await enrol(late);
    expect((await round(late)).warnings.join()).toContain('nobody vouches for who made it');
    expect(taken(late)).toBe(0);
    await round(yours);
    expectSame(late, yours);
  });

  it(`${kind}: once who made the only snapshot was taken out, others make theirs, and who comes begins with those`, async () => {
    const world = await open();
    const { team, mine, yours } = await openOffice(3, world);
    const late = team[2] as Desk;
    await world.admin.revoke(ROOT, mine.store.device.code);
    for (const week of [1, 2]) {
      write(yours, `Week ${week}`);
      await round(yours, ALWAYS, NOW + week * WEEK);
    }
    const makers = (await madeOf(yours)).map(({ about }) => about.dev);
    expect(makers.filter((dev) => dev === yours.store.device.id)).toHaveLength(2);
    const all = { now: NOW, before: Date.UTC(2200, 0, 1), schema: yours.store.sync.schema };
    expect((await world.admin.compact(ROOT, all))['north']).toBeGreaterThan(0);
    await enrol(late);
    await round(late);
    expect(taken(late)).toBeGreaterThan(0);
    expectSame(late, yours);
  });

  it.each([
    ['a snapshot that cannot be taken keeps nobody from making one', 1],
    ['one of a newer version is waited for', 0],
  ])(`${kind}: %s`, async (_, made) => {
    const { team, mine } = await openOffice(3, await open());
    const late = team[2] as Desk;
    const [found] = await madeOf(mine);
    if (found === undefined) throw new Error('No snapshot');
    const newer = { snapshots: async () => [sealSnapshot({ ...found.about, minsv: 9999 }, mine.pair.sign)] };
    const { hub } = late;
    Object.assign(late, { hub: { ...hub, ...(made > 0 ? await otherwise(mine, found) : newer) } });
    await enrol(late);
    await round(late, ALWAYS, NOW + 1);
    expectSame(late, mine);
    expect((await madeOf(mine)).filter(({ about }) => about.dev === late.store.device.id)).toHaveLength(made);
  });

  it(`${kind}: a snapshot that whoever comes would refuse stands for nothing that goes, nor for one that is to be made`, async () => {
    const world = await open();
    const { team, mine, yours } = await openOffice(3, world);
    const late = team[2] as Desk;
    write(mine, 'News');
    for (const one of [mine, yours]) await round(one);
    await round(yours, ALWAYS, NOW + WEEK);
    const found = (await madeOf(yours)).find(({ about }) => about.dev === yours.store.device.id);
    if (found === undefined) throw new Error('No snapshot');
    // Of who is taken out they hold what does not lead to where its work ended.
    const cut = found.about.cut.map((one) =>
      one.dev === mine.store.device.id ? { ...one, seq: one.seq - 1, hash: Buffer.alloc(32, 3) } : one,
    );
    for (const week of [2, 3])
      await yours.hub.putSnapshot(sealSnapshot({ ...found.about, at: NOW + week * WEEK, cut }, yours.pair.sign));
    await world.admin.revoke(ROOT, mine.store.device.code);
    const all = { now: NOW, before: Date.UTC(2200, 0, 1), schema: mine.store.sync.schema };
    expect((await world.admin.compact(ROOT, all))['north'] ?? 0).toBe(0);
    write(yours, 'More');
    await round(yours, ALWAYS, NOW + 3 * WEEK + 1);
    expect((await world.admin.compact(ROOT, all))['north']).toBeGreaterThan(0);
    await enrol(late);
    await round(late);
    expect(taken(late)).toBeGreaterThan(0);
    expectSame(late, yours);
  });

  it(`${kind}: what is old and in a kept snapshot goes; who was away a year gets all and loses nothing, and nothing comes back`, async () => {
    const world = await open();
    const { team, mine, yours, acme, bolt, cord } = await openOffice(3, world);
    const away = team[2] as Desk;
    await enrol(away);
    await round(away);
    const schema = mine.store.sync.schema;
    const all = { now: NOW, before: Date.UTC(2200, 0, 1), schema };
    await expect(world.admin.compact(Buffer.alloc(32, 9), all)).rejects.toMatchObject({ code: 'conflict' });
    // One snapshot is not enough.
    expect(Object.values(await world.admin.compact(ROOT, all)).every((gone) => gone === 0)).toBe(true);
    // A year goes by. Away, somebody edits what was edited, what was deleted, and what is new.
    rename(away, acme, 'Acme from afar');
    rename(away, bolt, 'Bolt from afar');
    write(away, 'Made afar');
    rename(yours, acme, 'Acme of the year');
    mine.store.apply([{ kind: 'delete', table: 'accounts', id: bolt }], edit);
    write(yours, 'News');
    for (const one of [mine, yours, mine, yours]) await round(one);
    await round(yours, ALWAYS, NOW + WEEK);
    await round(mine, { ...ALWAYS, makeAt: 0 }, NOW + 2 * WEEK);
    // Nothing goes for the sake of a snapshot that is not all there.
    const org = orgOf(ROOT);
    expect(await compactable(mine.hub, org, 'north', schema)).not.toBeNull();
    expect(await compactable({ ...mine.hub, getPage: () => Promise.resolve(null) }, org, 'north', schema)).toBeNull();
    // What is younger stays.
    expect((await world.admin.compact(ROOT, { ...all, before: Date.UTC(2020, 0, 1) }))['north']).toBe(0);
    expect((await world.admin.compact(ROOT, all))['north']).toBeGreaterThan(2);
    expect((await world.admin.compact(ROOT, all))['north']).toBe(0);
    expect((await round(away)).warnings).toEqual([]);
    expect(taken(away)).toBeGreaterThan(0);
    expect(away.store.sync.state().unsent).toBe(0);
    for (const one of [mine, yours, away]) expect(await round(one)).toMatchObject({ sent: 0, warnings: [] });
    for (const one of [yours, away]) expectSame(one, mine);
    // Nothing is lost: what was written afar stands, or beside what won; what was deleted stays so.
    const told = mine
      .look((db) => db.prepare<[], string>("SELECT val FROM conflict WHERE tbl = 'accounts'").pluck().all())
      .join();
    for (const [id, text] of [
      [acme, 'Acme from afar'],
      [bolt, 'Bolt from afar'],
    ] as const)
      expect([name(mine, id), told].join()).toContain(text);
    for (const id of [bolt, cord]) expect(mine.store.get('accounts', id)).toBeUndefined();
    expect(mine.look((db) => db.prepare("SELECT count(*) FROM live_accounts WHERE name = 'Made afar'").pluck().get())).toBe(1);
  });
};
