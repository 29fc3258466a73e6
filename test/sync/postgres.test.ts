/** A real PostgreSQL as a hub, over TLS and SCRAM (SYNC.md 2.6): the contract of every hub, and what only a server can do. */
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { once } from 'node:events';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fingerprintOf } from '../../electron/engine/sync/certificate.ts';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { createPostgresHub } from '../../electron/engine/sync/postgres/hub.ts';
import type { TestServer } from '../setup/postgres.ts';
import { edit } from '../store/open.ts';
import { enrol, hubContract, openTeam, round, sealed, write } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { expectRefused, passwordOf, usePostgres, why } from './postgres-world.ts';
import { ROOT, SIGNED_TEAM } from './team.ts';

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { server: serverOf, connect, query, hubAt, adminAt, makeDatabase, open } = usePostgres();
  let server: TestServer;
  beforeAll(() => {
    server = serverOf();
  });

  hubContract('server', open);
  it('a person reads and writes the own territories only, under the own name and devices only, and only adds', async () => {
    const world = await open();
    await world.let(2, ['south']);
    const [mine, , south] = openTeam(3, world) as [Desk, Desk, Desk];
    await enrol(mine);
    write(mine, 'Acme');
    mine.store.apply([{ kind: 'insert', table: 'products', id: mine.ids(), values: { sku: 'P-1', name: 'Pump' } }], edit);
    await round(mine);
    const count = 'SELECT count(*)::int AS n FROM workbench.segment';
    expect((await world.sql(1, count)).rows[0]).toMatchObject({ n: 2 });
    const seen = await world.sql(2, 'SELECT DISTINCT scope FROM workbench.segment UNION SELECT scope FROM workbench.head');
    expect(seen.rows).toEqual([{ scope: 'shared' }]);
    // Of south, who joined the north all the same, nothing is taken, and the person is told.
    await enrol(south);
    write(south, 'Wrong');
    const told = (await round(south)).warnings.join();
    expect(told).toContain('may not write to north');
    expect(told).toContain('no right to north');

    const [segment] = sealed(south);
    if (segment === undefined) throw new Error('Nothing to send');
    // The device of one person, by another.
    await expect(world.hubOf(1).put(segment)).rejects.toMatchObject({ code: 'denied' });
    for (const text of [
      'UPDATE workbench.segment SET to_seq = 5',
      'DELETE FROM workbench.segment',
      'TRUNCATE workbench.segment',
      'UPDATE workbench.head SET to_seq = 1',
      "INSERT INTO workbench.segment(author) VALUES('boss')",
      'INSERT INTO workbench.team(org, format) SELECT org, 2 FROM workbench.team',
      "INSERT INTO workbench.member(role, scope) VALUES(session_user, 'south')",
      'UPDATE workbench.device SET revoked = false',
      "INSERT INTO workbench.revocation(dev, statement) SELECT dev, '' FROM workbench.device",
      'SELECT * FROM workbench.member',
    ])
      await expectRefused(world.sql(0, text), '42501', /./, text);
    // A slip of whoever may do everything.
    for (const text of ['UPDATE workbench.segment SET to_seq = 5', 'DELETE FROM workbench.segment', 'TRUNCATE workbench.segment'])
      await expectRefused(world.asBoss(text), '42501', /./, text);
  });

  it('types and functions of a session never run with the rights of the owner', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    write(mine, 'Acme');
    await round(mine);
    // What a function of the owner takes for a type of the system would be this one, and its check a member's own code.
    await world.sql(
      0,
      `CREATE FUNCTION pg_temp.mine(v pg_catalog.bytea) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO workbench.member(role, scope, can_write) SELECT 'intruder', scope, true FROM workbench.scope LIMIT 1; RETURN true;
       EXCEPTION WHEN insufficient_privilege THEN RETURN true; END $$;
       CREATE DOMAIN pg_temp.bytea AS pg_catalog.bytea CHECK (pg_temp.mine(VALUE));
       INSERT INTO workbench.segment(scope, dev, from_seq, to_seq, prev, hash, head, body, sig)
         SELECT scope, dev, from_seq, to_seq, prev, hash, head, body, sig FROM workbench.segment LIMIT 1`,
    );
    expect((await world.asBoss("SELECT * FROM workbench.member WHERE role = 'intruder'")).rows).toEqual([]);
  });

  it('a person who only reads is told so, and an altered segment never gets in', async () => {
    const world = await open();
    await world.let(1, ['north'], false);
    const [mine, reader] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, reader]) await enrol(one);
    write(mine, 'Acme');
    write(reader, 'Mine alone');
    await round(mine);
    // What others do comes all the same, round after round; what was done here stays to be given.
    const { received, sent, warnings } = await round(reader);
    expect([received > 0, sent]).toEqual([true, 0]);
    expect(warnings.join()).toMatch(/may not write to north/);
    expect(reader.store.sync.state().unsent).toBeGreaterThan(0);
    expect(reader.hash()).not.toBe(mine.hash());
    write(mine, 'Bolt');
    const [segment] = sealed(mine);
    if (segment === undefined) throw new Error('Nothing to send');
    await expect(mine.hub.put({ ...segment, body: Buffer.from('x') })).rejects.toMatchObject({ code: 'io' });
    expect(await mine.hub.put(segment)).toBe('ok');
  });

  it('a device without the key of the team asks, waits, and is enrolled by its code', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    const { id: dev, code } = mine.store.device;
    expect(await mine.hub.org()).toBe(SIGNED_TEAM.org);
    const asking = { dev, code, key: mine.pair.publicKey };
    for (let twice = 0; twice < 2; twice += 1) await mine.hub.ask?.(asking);
    await expect(mine.hub.ask?.({ ...asking, key: Buffer.alloc(32, 3) })).rejects.toMatchObject({ code: 'blocked' });
    mine.store.sync.join(SIGNED_TEAM);
    write(mine, 'Acme');
    const waiting = await round(mine);
    expect(waiting.sent).toBe(0);
    expect(waiting.warnings.join()).toContain('does not know this device');
    expect(await world.admin.devices()).toEqual([{ dev, code, role: world.userOf(0), state: 'waiting' }]);
    const fingerprint = fingerprintOf(SIGNED_TEAM.org, asking);
    // Whoever asks under the same three characters has another key; so has a hub that swaps it, or names another team.
    for (const wrong of [fingerprintOf(SIGNED_TEAM.org, { dev, key: Buffer.alloc(32, 3) }), fingerprintOf('00', asking), 'K7M'])
      await expect(world.admin.enrol(ROOT, code, wrong)).rejects.toMatchObject({ code: 'conflict' });
    expect(await world.admin.devices()).toMatchObject([{ state: 'waiting' }]);
    await world.admin.enrol(ROOT, code.toLowerCase(), ` ${fingerprint.toLowerCase().replaceAll('-', ' ')}`);
    expect((await round(mine)).sent).toBeGreaterThan(0);
  });

  it('whoever lost a device is shut out until there is a new password, and the other devices go on with it', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    write(mine, 'Acme');
    await round(mine);
    await world.admin.revoke(ROOT, mine.store.device.id);
    await expectRefused(mine.hub.streams(['north']), 'denied', /shut out/);
    await world.let(0, ['north']);
    expect(await world.hubOf(0).streams(['north'])).toHaveLength(1);
    await world.admin.revoke(ROOT, mine.store.device.id);
    expect(await world.hubOf(0).streams(['north'])).toHaveLength(1);
    await expect(world.admin.enrol(ROOT, mine.store.device.id, '')).rejects.toMatchObject({ code: 'blocked' });
    await expect(round(mine)).rejects.toMatchObject({ code: 'denied' });
  });

  it('nobody keeps a device from being taken out by a transaction that never ends', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    write(mine, 'Acme');
    await round(mine);
    const user = world.userOf(0);
    const held = await connect(user, passwordOf(user), world.database);
    onTestFinished(() => void held.end().catch(() => undefined));
    // What is sent again locks the row of its device until the transaction ends.
    await held.query(`SET idle_in_transaction_session_timeout = 0; BEGIN;
      INSERT INTO workbench.segment(scope, dev, from_seq, to_seq, prev, hash, head, body, sig)
        SELECT scope, dev, from_seq, to_seq, prev, hash, head, body, sig FROM workbench.segment LIMIT 1`);
    expect(await world.admin.revoke(ROOT, mine.store.device.id)).toMatchObject({ state: 'revoked' });
    await expectRefused(mine.hub.streams(['north']), 'denied', /shut out/);
  });

  it('two tries of one segment at once are one; a session that is ended is made again', async () => {
    const world = await open();
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    write(mine, 'Acme');
    const other = world.hubOf(0);
    for (const segment of sealed(mine)) {
      const tries = await Promise.all([mine.hub.put(segment), other.put(segment)]);
      expect(tries.toSorted()).toEqual(['dup', 'ok']);
      await world.asBoss('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [world.userOf(0)]);
    }
    expect(await mine.hub.streams(['north'])).toHaveLength(1);
  });

  it('others hear of news at once, and of their own not at all', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    let own = 0;
    onTestFinished(mine.hub.listen(() => (own += 1)));
    const heard = new Promise<void>((resolve) => onTestFinished(yours.hub.listen(resolve)));
    await yours.hub.streams(['north']);
    write(mine, 'Acme');
    await round(mine);
    await heard;
    expect(own).toBe(0);
  });

  it('who has everything asks for no piece of it again', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    write(mine, 'Acme');
    await round(mine);
    let asked = 0;
    const get: Desk['hub']['get'] = (...what) => {
      asked += 1;
      return yours.hub.get(...what);
    };
    const counted = { ...yours, hub: { ...yours.hub, get } };
    expect((await round(counted)).received).toBeGreaterThan(0);
    expect(asked).toBeGreaterThan(0);
    asked = 0;
    expect((await round(counted)).received).toBe(0);
    expect(asked).toBe(0);
    write(mine, 'Bolt');
    await round(mine);
    expect((await round(counted)).received).toBe(1);
  });

  it('a server that was brought back from a backup is given again what it lacks', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    write(mine, 'Acme');
    await round(mine);
    const { rows } = await world.asBoss('SELECT scope, dev, to_seq, hash FROM workbench.head');
    write(mine, 'Bolt', 'Cord');
    await round(mine);
    await world.asBoss('ALTER TABLE workbench.segment DISABLE TRIGGER USER');
    for (const { scope, dev, to_seq: seq, hash } of rows as { scope: string; dev: string; to_seq: number; hash: Buffer }[]) {
      await world.asBoss('DELETE FROM workbench.segment WHERE scope = $1 AND dev = $2 AND to_seq > $3', [scope, dev, seq]);
      await world.asBoss('UPDATE workbench.head SET to_seq = $3, hash = $4 WHERE scope = $1 AND dev = $2', [
        scope,
        dev,
        seq,
        hash,
      ]);
    }
    await world.asBoss('ALTER TABLE workbench.segment ENABLE TRIGGER USER');
    await round(yours);
    expect(yours.hash()).not.toBe(mine.hash());
    expect(await round(mine)).toMatchObject({ sent: 2, warnings: [] });
    expect(await round(mine)).toMatchObject({ sent: 0, warnings: [] });
    expect(await round(yours)).toMatchObject({ received: 2, warnings: [] });
    expect(yours.hash()).toBe(mine.hash());
  });

  it('keys of people are read where the territory is read, let go of where it is written, and never come back', async () => {
    const world = await open();
    await world.let(1, ['south']);
    await world.let(2, ['north'], false);
    const [mine] = openTeam(1, world) as [Desk];
    await enrol(mine);
    const id = mine.ids();
    mine.store.apply([{ kind: 'insert', table: 'contacts', id, values: { name: 'Ann' } }], edit);
    await round(mine);
    const ids = mine.look((db) => db.prepare<[], string>('SELECT id FROM subject_keys').pluck().all());
    const [key] = await mine.hub.keys('north', ids);
    if (key === undefined) throw new Error('No key');
    const stream = { scope: 'north', dev: mine.store.device.id };
    expect(await world.hubOf(2).keys('north', [key.id])).toEqual([key]);
    expect(await world.hubOf(1).keys('north', ids)).toEqual([]);
    for (const person of [1, 2]) {
      await expect(world.hubOf(person).dropKeys(stream, [key.id])).rejects.toMatchObject({ code: 'denied' });
      await expect(world.hubOf(person).putKeys(stream, [key])).rejects.toMatchObject({ code: 'denied' });
    }
    // Who logged in and asked for a device to be let in has no right by that yet.
    await world.let(1, ['north']);
    const asking = { dev: '01900000-0000-7000-8000-0000000000aa', code: 'A5K', key: Buffer.alloc(32, 3) };
    await world.hubOf(1).ask?.(asking);
    await expect(world.hubOf(1).dropKeys(stream, [key.id])).rejects.toMatchObject({ code: 'denied' });
    const other = { id: key.id.replace(/.$/, 'x'), key: key.key };
    await expect(world.hubOf(1).putKeys(stream, [other])).rejects.toMatchObject({ code: 'denied' });
    await expectRefused(
      world.sql(0, `INSERT INTO workbench.subject_key(scope, id) VALUES('north', 'x')`),
      '42501',
      /./,
      'no key',
    );
    for (const text of [
      'UPDATE workbench.subject_key SET key = NULL',
      'DELETE FROM workbench.subject_key',
      'TRUNCATE workbench.subject_key',
    ])
      await expectRefused(world.sql(0, text), '42501', /./, text);
    expect(await mine.hub.keys('north', ids)).toEqual([key]);
    await mine.hub.dropKeys(stream, [key.id]);
    await mine.hub.putKeys(stream, [key]);
    expect(await mine.hub.keys('north', ids)).toEqual([]);
    const audit = await world.asBoss('SELECT what, who FROM workbench.audit');
    expect(audit.rows).toEqual([{ what: `drop keys of north: ${key.id}`, who: world.userOf(0) }]);
  });

  it('how far a clock is off is measured', async () => {
    const world = await open();
    const ahead = hubAt(world.userOf(0), world.database, undefined, () => Date.now() + 3 * 3_600_000);
    expect(Math.round(((await ahead.ahead?.()) ?? 0) / 60_000)).toBe(180);
  });

  it('an administrator who is no superuser makes a hub, twice for nothing, and no second team in it', async () => {
    const database = await makeDatabase();
    const boss = (text: string) => query(server.admin.user, server.admin.password, database, text);
    await boss(`CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'keeper-password'`);
    await boss(`GRANT CREATE ON DATABASE ${database} TO keeper`);
    // The roles of hubs are of the whole server and may be there by another.
    await boss(`DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'workbench_owner') THEN
      GRANT workbench_owner, workbench_member TO keeper WITH ADMIN OPTION; END IF; END $$`);
    const keeper = adminAt(database, 'keeper', 'keeper-password');
    expect(await keeper.org()).toBeNull();
    for (let twice = 0; twice < 2; twice += 1) expect(await keeper.init(SIGNED_TEAM.org)).toEqual([]);
    await expect(keeper.init('other')).rejects.toMatchObject({ code: 'conflict' });
    const member = { role: 'keeper_ann', territories: ['north'], mayWrite: true };
    await expect(keeper.member(member, null)).rejects.toMatchObject({ code: 'invalid' });
    let handed = '';
    await keeper.member(member, { text: passwordOf('keeper_ann'), salt: Buffer.alloc(16, 1), hand: () => void (handed = 'yes') });
    expect(handed).toBe('yes');
    expect(await hubAt('keeper_ann', database).streams(['north'])).toEqual([]);
    // Who is in is put out with the device, though the keeper has no right to sessions of others by itself.
    const asking = { dev: '01900000-0000-7000-8000-0000000000d1', code: 'K7M', key: Buffer.alloc(32, 3) };
    const ann = hubAt('keeper_ann', database);
    await ann.ask?.(asking);
    expect(await keeper.revoke(ROOT, 'k7m')).toMatchObject({ state: 'revoked', role: 'keeper_ann' });
    await expectRefused(ann.streams(['north']), 'denied', /shut out/);
    for (const role of ['Ann', 'ann; DROP TABLE x', 'pg_ann', ''])
      await expect(keeper.member({ ...member, role }, null)).rejects.toMatchObject({ code: 'invalid' });
    await expect(keeper.member({ ...member, role: server.admin.user }, null)).rejects.toMatchObject({ code: 'conflict' });
    // What the server keeps is no password, nor MD5.
    const kept = await boss(`SELECT rolpassword FROM pg_authid WHERE rolname = 'keeper_ann'`);
    expect(JSON.stringify(kept.rows)).toMatch(/^\[\{"rolpassword":"SCRAM-SHA-256\$4096:/);
  });

  it('each failure says what is wrong, in words, and never the password', async () => {
    const world = await open();
    const user = world.userOf(0);
    const base = { ca: () => fs.readFileSync(server.ca), password: () => 'the-secret-itself', clock: Date.now };
    const at = (url: string) => parseAddress(url);
    const good = server.urlOf(user, world.database);
    const empty = await makeDatabase();
    const closed = net.createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port: closedPort } = closed.address() as net.AddressInfo;
    closed.close();
    await once(closed, 'close');
    const plain = net.createServer((socket) => socket.once('data', () => socket.end('N'))).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    onTestFinished(() => void plain.close());
    const { port: plainPort } = plain.address() as net.AddressInfo;
    const right = (): string => passwordOf(user);
    const cases: readonly (readonly [string, Partial<Parameters<typeof createPostgresHub>[0]>, string, RegExp])[] = [
      [
        'host',
        { address: at(good.replace('localhost', 'no-such-host.invalid')) },
        'io',
        /No computer called no-such-host\.invalid/,
      ],
      ['refused', { address: at(good.replace(`:${server.port}`, `:${closedPort}`)) }, 'io', /Nothing listens at localhost/],
      ['no TLS', { address: at(good.replace(`:${server.port}`, `:${plainPort}`)) }, 'blocked', /speaks no TLS/],
      ['authority', { ca: () => fs.readFileSync(server.otherCa) }, 'blocked', /nobody this computer trusts/],
      ['name', { address: at(good.replace('localhost', '127.0.0.1')) }, 'blocked', /for another computer than 127\.0\.0\.1/],
      ['password', {}, 'denied', /or its password is wrong/],
      ['database', { address: at(server.urlOf(user, 'nowhere')), password: right }, 'not-found', /no database nowhere/],
      ['no hub', { address: at(server.urlOf(user, empty)), password: right }, 'blocked', /is no hub of the workbench/],
    ];
    for (const [name, other, code, says] of cases) {
      const hub = createPostgresHub({ address: at(good), ...base, ...other });
      onTestFinished(() => hub.close());
      const error = await expectRefused(hub.streams(['north']), code, says, name);
      expect(JSON.stringify([error, error.message, error.stack])).not.toMatch(/the-secret-itself|[0-9a-f]{64}/);
    }
    await world.asBoss('UPDATE workbench.team SET format = 99');
    await expect(hubAt(user, world.database).streams(['north'])).rejects.toMatchObject({ code: 'newer-file' });
  });

  it('a server that asks for the password itself does not get it', async () => {
    const said: Buffer[] = [];
    const asksPlainly = Buffer.from([...Buffer.from('R'), 0, 0, 0, 8, 0, 0, 0, 3]);
    const context = { key: fs.readFileSync(server.otherCa.replace(/crt$/, 'key')), cert: fs.readFileSync(server.otherCa) };
    const thief = net
      .createServer((socket) =>
        socket
          .on('error', () => undefined)
          .once('data', () => {
            socket.write('S');
            const secure = new tls.TLSSocket(socket, { isServer: true, ...context });
            secure.on('error', () => undefined).on('data', (bytes: Buffer) => void said.push(bytes));
            secure.once('data', () => secure.write(asksPlainly));
          }),
      )
      .listen(0, '127.0.0.1');
    await once(thief, 'listening');
    onTestFinished(() => void thief.close());
    const { port } = thief.address() as net.AddressInfo;
    const address = { ...parseAddress(server.urlOf('ann')), port };
    const hub = createPostgresHub({ address, ca: () => context.cert, password: () => 'the-secret-itself', clock: Date.now });
    await expectRefused(hub.streams([]), 'denied', /SCRAM/);
    expect(Buffer.concat(said).toString('latin1')).toContain('ann');
    expect(Buffer.concat(said).toString('latin1')).not.toContain('the-secret-itself');
  });
});
