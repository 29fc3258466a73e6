/** Snapshots on a real PostgreSQL: the contract of every hub, who may add them, and hubs that were made before there were any. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { enrol, openTeam, round, write } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { expectRefused, usePostgres, why } from './postgres-world.ts';
import { snapshotContract } from './snapshot-contract.ts';
import { ROOT, SIGNED_TEAM } from './team.ts';

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { open } = usePostgres();
  snapshotContract('server', open);

  it('a hub made before there were snapshots works without, and has them once it was made ready again', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await world.asBoss('DROP TABLE workbench.snapshot, workbench.page');
    await enrol(mine);
    write(mine, 'Acme');
    expect(await round(mine)).toMatchObject({ warnings: [] });
    expect(await mine.hub.snapshots('north')).toBeNull();
    for (let times = 0; times < 2; times += 1) expect(await world.admin.init(SIGNED_TEAM.org)).toEqual([]);
    expect(await mine.hub.snapshots('north')).toEqual([]);
  });

  it('a page or a snapshot is added under the own device only, is read by who reads the territory, and stays', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    const sha = createHash('sha256').update('page').digest('hex');
    const stream = { scope: 'north', dev: mine.store.device.id };
    await mine.hub.putPage(stream, sha, Buffer.from('page'));
    expect(await yours.hub.getPage(stream, sha)).toEqual(Buffer.from('page'));
    const other = createHash('sha256').update('other').digest('hex');
    await expectRefused(yours.hub.putPage(stream, other, Buffer.from('other')), 'denied', /./, 'device');
    const south = { scope: 'south', dev: mine.store.device.id };
    await expectRefused(mine.hub.putPage(south, other, Buffer.from('other')), 'denied', /./, 'territory');
    for (const table of ['page', 'snapshot'])
      await expectRefused(world.sql(0, `DELETE FROM workbench.${table}`), '42501', /denied/, table);
    const compact = `SELECT workbench.compact('north', '{"${stream.dev}": 9}', now())`;
    await expectRefused(world.sql(0, compact), '42501', /denied/, 'compact');
    write(mine, 'Acme');
    await round(mine);
    await expectRefused(world.asBoss('DELETE FROM workbench.segment'), '42501', /denied|only added/, 'slip');
    await world.admin.compact(ROOT, { now: 0, before: 0, schema: mine.store.sync.schema });
    await world.asBoss(`SET ROLE workbench_owner; ${compact}`);
    const { rows } = await world.asBoss('SELECT what FROM workbench.audit');
    expect(rows).toMatchObject([{ what: expect.stringMatching(/^compact north: [1-9]\d* segments before .* up to /) as string }]);
    await world.let(1, ['south']);
    expect(await yours.hub.getPage(stream, sha)).toBeNull();
  });
});
