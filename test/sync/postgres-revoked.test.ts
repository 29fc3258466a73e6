/** A PostgreSQL that has never met a device that the team took out elsewhere: who tells it, and what it makes of that (SYNC.md 2.10). */
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../electron/engine/sync/certificate.ts';
import { joinTeam } from '../../electron/engine/sync/join.ts';
import { keyPairOf } from '../../electron/engine/sync/keys.ts';
import { encodeRevocation, revoke } from '../../electron/engine/sync/revocation.ts';
import { enrol, openTeam, round } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { expectRefused, usePostgres, why } from './postgres-world.ts';
import { ROOT, SIGNED_TEAM } from './team.ts';

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { open } = usePostgres();

  it('a device that was taken out elsewhere is not let in, once a file joined that knows of it', async () => {
    const world = await open();
    await world.let(0, ['north'], false);
    const [mine, gone] = openTeam(2, world) as [Desk, Desk];
    const [said, made] = [gone, mine].map(({ store }) => revoke(ROOT, { dev: store.device.id, cuts: {}, at: {} }));
    if (said === undefined || made === undefined) throw new Error('Nothing was said');
    const joining = (one: Desk, had: Buffer | null = null) =>
      joinTeam({
        store: one.store.sync,
        hub: one.hub,
        org: SIGNED_TEAM.org,
        rootSeed: null,
        seed: { read: () => had, make: () => Buffer.alloc(32, one.number + 1) },
        random: one.bytes,
        scopes: SIGNED_TEAM.scopes,
      });
    const { dev, code } = { dev: gone.store.device.id, code: gone.store.device.code };
    const asking = { dev, code, key: keyPairOf(Buffer.alloc(32, 2)).publicKey };
    expect(await joining(gone)).toEqual({ fingerprint: fingerprintOf(SIGNED_TEAM.org, asking), isWaiting: true });
    // What the team never said shuts nobody out, whoever tells it.
    const forged = revoke(Buffer.alloc(32, 9), { dev, cuts: {}, at: {} });
    await mine.hub.putRevocation(forged);
    expect(await world.admin.devices()).toMatchObject([{ state: 'waiting' }]);
    mine.store.sync.keepRevocations([encodeRevocation(said).toString()]);
    // Also by who only reads there, and is not let in yet.
    expect((await joining(mine)).isWaiting).toBe(true);
    const fingerprint = fingerprintOf(SIGNED_TEAM.org, asking);
    await expect(world.admin.enrol(ROOT, dev, fingerprint)).rejects.toMatchObject({ code: 'blocked' });
    await expect(joining(gone, Buffer.alloc(32, 2))).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringContaining('stays out') as string,
    });
    // Taken out once more, here: its person is shut out, and what the team said before stands.
    expect(await world.admin.revoke(ROOT, dev)).toMatchObject({ state: 'revoked' });
    await expectRefused(world.hubOf(1).streams(['north']), 'denied', /shut out/);
    expect(await mine.hub.revocations()).toEqual(expect.arrayContaining([forged, said]));
    expect(await mine.hub.revocations()).toHaveLength(2);
    // Whoever told as much as one may tells no more: everybody reads all of it.
    await world.asBoss(
      `INSERT INTO workbench.revocation(dev, statement, teller) SELECT d.dev, convert_to(lpad(i::text, 2000, 'x'), 'UTF8'), $1
       FROM workbench.device d CROSS JOIN generate_series(1, 2100) i WHERE d.dev = $2`,
      [world.userOf(0), dev],
    );
    await expect(mine.hub.putRevocation(made)).rejects.toMatchObject({ code: 'denied' });
    expect(await mine.hub.revocations()).toHaveLength(2);
  });

  it('what anybody can tell is bounded by number, too, also where an earlier version made the hub', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    const tell = (statement: string) =>
      world.sql(0, 'SELECT workbench.tell_revocation($1::uuid, $2::bytea)', [mine.store.device.id, Buffer.from(statement)]);
    await world.asBoss(
      `DROP INDEX workbench.revocation_once;
       CREATE OR REPLACE FUNCTION workbench.tell_revocation(p_dev uuid, p_statement bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
       AS $$INSERT INTO workbench.revocation(dev, statement, teller) VALUES(p_dev, p_statement, session_user)$$`,
    );
    await tell('short');
    await world.admin.init(SIGNED_TEAM.org);
    await expect(tell('shorter')).rejects.toMatchObject({ code: '42501' });
    await world.asBoss(
      `INSERT INTO workbench.revocation(dev, statement, teller) SELECT $1::uuid, convert_to(lpad(i::text, 250, 'x'), 'UTF8'), $2
       FROM generate_series(1, 4094) i`,
      [mine.store.device.id, world.userOf(0)],
    );
    await tell('y'.repeat(250));
    await expect(tell('z'.repeat(250))).rejects.toMatchObject({ code: '42501' });
  });

  it('who joins again and is known need not be let in again', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    const seed = Buffer.alloc(32, 5);
    let had: Buffer | null = null;
    const joining = (more: readonly string[] = []) =>
      joinTeam({
        store: mine.store.sync,
        hub: mine.hub,
        org: SIGNED_TEAM.org,
        rootSeed: null,
        seed: { read: () => had, make: () => (had = seed) },
        random: mine.bytes,
        scopes: SIGNED_TEAM.scopes,
        more,
      });
    for (let twice = 0; twice < 2; twice += 1) expect((await joining()).isWaiting).toBe(true);
    await world.admin.enrol(ROOT, mine.store.device.id, (await joining()).fingerprint);
    await world.let(0, ['north', 'south']);
    expect((await joining(['south'])).isWaiting).toBe(false);
    expect(await world.admin.devices()).toMatchObject([{ state: 'enrolled' }]);
  });

  it('one that an earlier version made says what it lacks, keeps nobody from meeting, and is made ready', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    const said = revoke(ROOT, { dev: '00000000-0000-7000-8000-000000000001', cuts: {}, at: {} });
    mine.store.sync.keepRevocations([encodeRevocation(said).toString()]);
    await world.asBoss('DROP FUNCTION workbench.tell_revocation; ALTER TABLE workbench.revocation DROP COLUMN teller');
    const { warnings } = await round(mine);
    expect(warnings.join()).toMatch(/could not be told which devices were taken out of the team.*workbench hub init\./);
    await world.admin.init(SIGNED_TEAM.org);
    expect((await round(mine)).warnings).toEqual([]);
    expect(await mine.hub.revocations()).toEqual([said]);
  });

  it('a device that works in dozens of territories is taken out of all of them, also where an earlier version made the hub', async () => {
    const world = await open();
    const [mine, gone] = openTeam(2, world) as [Desk, Desk];
    await enrol(mine);
    await enrol(gone);
    const dev = gone.store.device.id;
    const count = 100;
    await world.asBoss(
      `INSERT INTO workbench.head(scope, dev, to_seq, hash)
       SELECT 'territory-' || i, $1::uuid, i, sha256(convert_to(i::text, 'UTF8')) FROM generate_series(1, $2) i`,
      [dev, count],
    );
    await world.asBoss('DROP INDEX workbench.revocation_once; ALTER TABLE workbench.revocation ADD PRIMARY KEY (dev, statement)');
    expect(await world.admin.revoke(ROOT, dev)).toMatchObject({ state: 'revoked' });
    const [said] = await mine.hub.revocations();
    expect(Object.keys(said?.ends?.at ?? {})).toHaveLength(count);
    // Told twice, it is kept once.
    if (said !== undefined) await mine.hub.putRevocation(said);
    expect(await mine.hub.revocations()).toHaveLength(1);
  });
});
