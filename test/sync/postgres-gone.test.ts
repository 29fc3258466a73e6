/** What devices gave that come no more, brought to a PostgreSQL by others: who may, and whose it is when one comes after all (SYNC.md 2.10). */
import { describe, expect, it } from 'vitest';
import { certify } from '../../electron/engine/sync/certificate.ts';
import { enrol, openTeam, round, sealed, write } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { usePostgres, why } from './postgres-world.ts';
import { copyOf, ROOT, SIGNED_TEAM } from './team.ts';

const certificateOf = ({ store, pair }: Desk) =>
  certify(ROOT, { dev: store.device.id, code: store.device.code, key: pair.publicKey });

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { open } = usePostgres();

  it('a file that a copy took for gone is its person’s when it comes after all, and goes on', async () => {
    const [before, there] = [await open(), await open()];
    const [mine, late] = openTeam(2, before) as [Desk, Desk];
    await enrol(mine);
    write(mine, 'Both have it');
    await round(mine);
    const copy = Object.assign(copyOf(mine, 2), { hub: before.hubOf(2) });
    write(mine, 'By the first');
    await round(mine);
    write(copy, 'By the copy');
    await round(copy);
    expect(copy.store.device.id).not.toBe(mine.store.device.id);
    for (const one of [copy, mine, late]) Object.assign(one, { hub: there.hubOf(one.number) });
    await enrol(copy);
    await round(copy);
    const roleOf = async () => (await there.admin.devices()).find(({ dev }) => dev === mine.store.device.id)?.role;
    expect(await roleOf()).toBe('');
    await enrol(mine);
    expect(await roleOf()).toBe(there.userOf(0));
    write(mine, 'Goes on');
    for (const one of [mine, copy, mine]) expect((await round(one)).warnings).toEqual([]);
    await enrol(late);
    expect((await round(late)).warnings).toEqual([]);
    for (const one of [mine, copy]) expect(late.hash()).toBe(one.hash());
  });

  it('who may not write brings nothing; nobody brings what is of somebody’s device, or is none', async () => {
    const world = await open();
    await world.let(1, ['north'], false);
    const [mine, reader, other] = openTeam(3, world) as [Desk, Desk, Desk];
    await enrol(mine);
    write(mine, 'Acme');
    const piece = sealed(mine).find(({ header }) => header.scope === 'north');
    if (piece === undefined) throw new Error('Nothing was written');
    await expect(reader.hub.tellDevice(certificateOf(other))).rejects.toMatchObject({ code: 'denied' });
    await expect(other.hub.tellSegment(piece)).rejects.toMatchObject({ code: 'denied' });
    // One that is somebody's stays theirs.
    await other.hub.tellDevice(certificateOf(mine));
    await expect(other.hub.tellSegment(piece)).rejects.toMatchObject({ code: 'denied' });
    expect(await world.admin.devices()).toMatchObject([{ role: world.userOf(0) }]);
    await other.hub.tellDevice(certificateOf(reader));
    const inSouth = { ...piece, header: { ...piece.header, scope: 'south', dev: reader.store.device.id } };
    await expect(other.hub.tellSegment(inSouth)).rejects.toMatchObject({ code: 'denied' });
    await expect(
      world.sql(2, `INSERT INTO workbench.device(dev, code, key, role) VALUES(gen_random_uuid(), 'AAA', '\\x00', '')`),
    ).rejects.toThrow(/permission denied/);
  });

  it('a hub that an earlier version made says what it lacks, and is made ready', async () => {
    const [before, there] = [await open(), await open()];
    const [mine, gone] = openTeam(2, before) as [Desk, Desk];
    for (const one of [mine, gone]) await enrol(one);
    write(gone, 'By one who left');
    await round(gone);
    await before.admin.revoke(ROOT, gone.store.device.id);
    await round(mine);
    await there.asBoss(`DROP FUNCTION workbench.tell_segment, workbench.tell_device, workbench.claim_device`);
    Object.assign(mine, { hub: there.hubOf(0) });
    await enrol(mine);
    expect((await round(mine)).warnings.join()).toMatch(/come no more is not given here.*workbench hub init/);
    await there.admin.init(SIGNED_TEAM.org);
    expect(await round(mine)).toEqual({ received: 0, sent: 1, warnings: [], waiting: [] });
    expect(await round(mine)).toEqual({ received: 0, sent: 0, warnings: [], waiting: [] });
  });
});
