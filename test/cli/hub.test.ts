/** An administrator and two people at a real PostgreSQL, by the command line alone, as the page for administrators has it. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { attach } from '../../electron/host/attach.ts';
import { startPostgres, whyNoPostgres } from '../setup/postgres.ts';
import type { TestServer } from '../setup/postgres.ts';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench } from './workbench.ts';

const why = whyNoPostgres();
if (why !== null) console.log(`The test of the hub on the command line is skipped: ${why}`);

describe.skipIf(why !== null)('hub', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 30_000);

  it('a hub is made, people are let in, devices enrolled, met with and taken out', { timeout: 300_000 }, async () => {
    const folder = makeTemp();
    const at = (name: string): string => path.join(folder, name);
    const [ann, bob] = [openWorkbench(at('ann.db'), folder), openWorkbench(at('bob.db'), folder)];
    // The administrator may have any file open, and none.
    const boss = ann;
    for (const one of [ann, bob]) await one.query('SELECT 1 AS one');
    await server.query(`CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'of-the-keeper'`, 'CREATE DATABASE team OWNER keeper');
    writeFileSync(at('keeper.password'), 'of-the-keeper\n', { mode: 0o600 });
    const admin = ['--hub', server.urlOf('keeper', 'team'), '--password', 'keeper.password'];
    const done = { code: 0, err: '' };

    const early = await boss.run('hub', 'device', ...admin);
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('is no hub of the workbench') as string });
    expect(await boss.run('hub', 'init', ...admin, '--team', 'team.key', '--new')).toMatchObject(done);
    for (const name of ['ann', 'bob'])
      expect(await boss.run('hub', 'member', name, ...admin, '--territory', 'north', '--to', `${name}.password`)).toMatchObject(
        done,
      );
    if (process.platform !== 'win32') expect(statSync(at('ann.password')).mode & 0o777).toBe(0o600);

    // Ann's password lies where it is named, Bob's beside his file.
    writeFileSync(at('bob.db.password'), readFileSync(at('bob.password')), { mode: 0o600 });
    const asAnn = ['--hub', server.urlOf('ann', 'team'), '--password', 'ann.password'];
    const asBob = ['--hub', server.urlOf('bob', 'team')];
    const join = async (who: typeof ann, ...place: string[]) =>
      who.json<{ code: string; fingerprint: string; isWaiting: boolean }>('join', '--json', ...place, '--territory', 'north');
    const wrong = await ann.run('join', ...asAnn, '--territory', 'nort');
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringContaining('not let into nort on this hub, but into north') as string,
    });
    // The one territory that she was let into need not be named.
    const first = await ann.json<{ code: string; fingerprint: string; isWaiting: boolean }>('join', '--json', ...asAnn);
    expect(first.isWaiting).toBe(true);
    const refused = await ann.run('sync', ...asAnn, '--once');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('blocked: Not all was taken and given') as string });
    const listed = await boss.run('hub', 'device', ...admin);
    expect(listed.out).toMatch(new RegExp(`${first.code} +ann +waiting`));
    expect(await boss.run('hub', 'device', first.code, first.fingerprint, ...admin, '--team', 'team.key')).toMatchObject(done);
    expect((await ann.run('sync', ...asAnn, '--once')).code).toBe(0);
    const second = await join(bob, ...asBob);
    const swapped = await boss.run('hub', 'device', second.code, first.fingerprint, ...admin, '--team', 'team.key');
    expect(swapped).toMatchObject({ code: 1, err: expect.stringContaining('another fingerprint') as string });
    expect(
      await boss.run('hub', 'device', second.code, ...second.fingerprint.split('-'), ...admin, '--team', 'team.key'),
    ).toMatchObject(done);

    const patch = { kind: 'insert', table: 'accounts', id: '01900000-0000-7000-8000-0000000000a1', values: { name: 'Acme' } };
    const edit = { label: 'Edit', source: 'edit', screen: null, reason: null, patches: [patch] };
    expect(await ann.run('call', 'records.apply', JSON.stringify(edit))).toMatchObject(done);
    const { client, close } = await attach(at('bob.db'));
    onTestFinished(close);
    const place = { hub: server.urlOf('bob', 'team'), password: null };
    // What the screen of the team asks, at the hub that was joined by the command line.
    expect(await client['sync.test']({ ...place, team: null, isNew: false })).toEqual({ problems: [], devices: 2 });
    const elsewhere = await client['sync.test']({ ...place, team: null, isNew: false, also: ['nowhere'] });
    expect(elsewhere.problems).toMatchObject([{ code: 'no-territory', isFatal: true }]);
    const nobody = await client['sync.test']({ ...place, hub: server.urlOf('nobody', 'team'), team: null, isNew: false });
    expect(nobody.problems).toMatchObject([{ code: 'no-hub', isFatal: true }]);
    const started = await client['sync.test']({ ...place, team: at('new.key'), isNew: true });
    expect(started.problems.map(({ code }) => code)).toContain('team-there');
    expect(await client['sync.state']({})).toMatchObject({ place });
    const news = client['sync.news']({ ...place, seconds: 60 }, { timeoutMs: 120_000 });
    expect((await ann.run('sync', ...asAnn, '--once')).out).toMatch(/ [1-9]\d* given, 0 to be given/);
    expect(await news).toEqual({ isNews: true });
    expect((await bob.run('sync', ...asBob, '--once')).out).toMatch(/^[1-9]\d* changes? taken/);
    expect(await bob.query('SELECT name FROM v_accounts')).toEqual([{ name: 'Acme' }]);
    expect(await bob.run('verify', ...asBob)).toMatchObject({ code: 0, out: expect.stringContaining('are the same') as string });

    expect(await boss.run('hub', 'revoke', first.code, ...admin, '--team', 'team.key')).toMatchObject(done);
    expect(await ann.run('sync', ...asAnn, '--once')).toMatchObject({
      code: 1,
      err: expect.stringContaining('shut out') as string,
    });
    expect(await boss.run('hub', 'member', 'ann', ...admin, '--territory', 'north', '--to', 'again.password')).toMatchObject(
      done,
    );
    const gone = await ann.run('sync', '--hub', server.urlOf('ann', 'team'), '--password', 'again.password', '--once');
    expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('taken out of the team') as string });

    chmodSync(at('bob.db.password'), 0o644);
    const open = await bob.run('hub', 'device', ...asBob, '--password', 'bob.db.password');
    if (process.platform !== 'win32') expect(open.err).toContain('Others can read');
    const secret = readFileSync(at('bob.password'), 'utf8').trim();
    const withSecret = ['--hub', server.urlOf(`bob:${secret}`, 'team')];
    expect(await bob.run('join', ...withSecret)).toMatchObject({ code: 1 });
    const told = await bob.run('sync', ...withSecret, '--once');
    expect(told).toMatchObject({ code: 1, err: expect.stringContaining('does not belong into an address') as string });
    expect(told.err + told.out).not.toContain(secret);
    expect(readFileSync(at('bob.db')).includes(secret)).toBe(false);
  });

  it('who may only look is told what becomes of their work, and who forgot an option which', { timeout: 300_000 }, async () => {
    const folder = makeTemp();
    const at = (name: string): string => path.join(folder, name);
    const rita = openWorkbench(at('rita.db'), folder);
    await server.query(`CREATE ROLE keeper2 LOGIN CREATEROLE PASSWORD 'of-the-keeper'`, 'CREATE DATABASE looks OWNER keeper2');
    writeFileSync(at('keeper.password'), 'of-the-keeper\n', { mode: 0o600 });
    const hub = server.urlOf('keeper2', 'looks');
    const admin = ['--hub', hub, '--password', 'keeper.password'];
    // No file of hers is there yet: nothing of the moment's file is told.
    const bare = await rita.run('hub', 'init', '--hub', hub, '--team', 'team.key', '--new');
    expect(bare).toMatchObject({ code: 1, err: expect.stringContaining('hub init needs --password FILE') as string });
    expect(bare.err).not.toContain('look.db');
    expect(await rita.run('hub', 'init', ...admin, '--team', 'team.key', '--new')).toMatchObject({ code: 0 });
    const let1 = ['hub', 'member', 'rita', ...admin, '--read-only', '--to', 'rita.password'];
    expect((await rita.run(...let1, '--territory', 'North East')).err).toContain('--territory “North East” takes small letters');
    expect(await rita.run(...let1, '--territory', 'north')).toMatchObject({ code: 0 });
    const asRita = ['--hub', server.urlOf('rita', 'looks'), '--password', 'rita.password'];
    const joined = await rita.run('join', '--db', at('rita.db'), ...asRita);
    const [code = '', fingerprint = ''] =
      /device (\w{3}) of the team, with the fingerprint ([\w-]+)/.exec(joined.out)?.slice(1) ?? [];
    expect(joined.out).toContain(`sync --hub '${server.urlOf('rita', 'looks')}' --password rita.password`);
    expect((await rita.run('hub', 'device', code, fingerprint, ...admin)).err).toContain(`hub device ${code} needs --team`);
    expect(await rita.run('hub', 'device', code, fingerprint, ...admin, '--team', 'team.key')).toMatchObject({ code: 0 });
    const patch = { kind: 'insert', table: 'accounts', id: '01900000-0000-7000-8000-0000000000a1', values: { name: 'Acme' } };
    const edit = { label: 'Edit', source: 'edit', screen: null, reason: null, patches: [patch] };
    expect(await rita.run('call', 'records.apply', JSON.stringify(edit))).toMatchObject({ code: 0 });
    const met = await rita.run('sync', ...asRita, '--once');
    expect(met).toMatchObject({ code: 1, err: expect.stringContaining('You may not write to north') as string });
    const compared = await rita.run('verify', ...asRita);
    expect(compared.err).toMatch(/you may not write to .*north.*hub member/);
    expect(compared.err).not.toContain('workbench sync gives them');
    expect(await rita.run('hub', 'member', 'rita', ...admin, '--territory', 'north')).toMatchObject({ code: 0 });
    expect(await rita.run('sync', ...asRita, '--once')).toMatchObject({ code: 0, err: '' });
    expect(await rita.run('verify', ...asRita)).toMatchObject({ code: 0 });
  });
});
