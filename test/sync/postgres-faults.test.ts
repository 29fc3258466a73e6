/**
 * What goes wrong between a device and a hub in PostgreSQL (SYNC.md 4): answers that are lost, servers that are busy or slow,
 * people who are moved or shut out in the middle. Whatever it is, a round says so or ends well, and the next one mends it.
 */
import fs from 'node:fs';
import net from 'node:net';
import { once } from 'node:events';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { createPostgresHub } from '../../electron/engine/sync/postgres/hub.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import type { TestServer } from '../setup/postgres.ts';
import { edit } from '../store/open.ts';
import { enrol, openTeam, round, sealed, write } from './hub-contract.ts';
import type { Desk } from './hub-contract.ts';
import { codeOf, runHistory, TERRITORIES } from './history.ts';
import { expectRefused, passwordOf, usePostgres, why } from './postgres-world.ts';
import { insert, update } from './region.ts';
import { enrol as enrolAt, ROOT, round as roundAt, SIGNED_TEAM } from './team.ts';

/** A way to the server that can lose an answer: what was asked arrives, and the connection breaks before it is told. */
const openWay = async (port: number) => {
  let left = Infinity;
  const way = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const side of [near, far]) side.on('error', end).on('close', end);
    near.pipe(far);
    far.on('data', (answer) => {
      left -= 1;
      if (left > 0) return void near.write(answer);
      left = Infinity;
      end();
    });
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(() => void way.close());
  return {
    port: (way.address() as net.AddressInfo).port,
    /** Of the answers to come, loses the n-th. */
    lose: (n: number): void => {
      left = n;
    },
    isArmed: (): boolean => left !== Infinity,
  };
};

const nameOf = ({ look }: Desk): readonly unknown[] =>
  look((db) => db.prepare('SELECT name FROM live_accounts ORDER BY name').pluck().all());

describe.skipIf(why !== null)('PostgreSQL, when something goes wrong', () => {
  const { server: serverOf, connect, open } = usePostgres();
  let server: TestServer;
  beforeAll(() => {
    server = serverOf();
  });

  const hubBy = (port: number, user: string, database: string): Hub => {
    const address = { ...parseAddress(server.urlOf(user, database)), port };
    const hub = createPostgresHub({
      address,
      ca: () => fs.readFileSync(server.ca),
      password: () => passwordOf(user),
      clock: Date.now,
    });
    onTestFinished(() => hub.close());
    return hub;
  };

  it('an answer that is lost, whichever it is of a round, loses nothing and doubles nothing', { timeout: 120_000 }, async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    const way = await openWay(server.port);
    const far = { ...mine, store: mine.store, hub: hubBy(way.port, world.userOf(0), world.database) };
    const given: string[] = [];
    let lost = 0;
    for (let answer = 1; answer <= 40; answer += 1) {
      const name = `Account ${String(answer).padStart(2, '0')}`;
      write(mine, name);
      mine.store.apply([{ kind: 'insert', table: 'contacts', id: mine.ids(), values: { name: `Ann ${answer}` } }], edit);
      given.push(name);
      way.lose(answer);
      expect(['', 'io']).toContain(await codeOf(round(far)));
      if (!way.isArmed()) lost += 1;
      way.lose(Infinity);
      await round(far);
      expect(mine.store.sync.state().unsent).toBe(0);
    }
    expect(lost).toBeGreaterThan(10);
    await round(yours);
    expect(nameOf(yours)).toEqual(given);
    expect(yours.hash()).toBe(mine.hash());
    const { rows } = await world.asBoss(
      'SELECT scope, max(to_seq)::int AS top, sum(to_seq - from_seq + 1)::int AS ops FROM workbench.segment GROUP BY 1',
    );
    for (const { top, ops } of rows as { top: number; ops: number }[]) expect(ops).toBe(top);
  });

  it('what commits late is read when it is there, and what came meanwhile is not read twice', async () => {
    const world = await open();
    const [slow, quick, reader] = openTeam(3, world) as [Desk, Desk, Desk];
    for (const one of [slow, quick, reader]) await enrol(one);
    const late: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      write(slow, `Slow ${turn}`);
      const held = await connect(world.userOf(0), passwordOf(world.userOf(0)), world.database);
      onTestFinished(() => void held.end().catch(() => undefined));
      await held.query('BEGIN');
      for (const { header, head, body, hash, sig } of sealed(slow)) {
        const { scope, dev, from, to, prev } = header;
        const before = prev === null ? null : Buffer.from(prev, 'hex');
        await held.query(
          `INSERT INTO workbench.segment(scope, dev, from_seq, to_seq, prev, hash, head, body, sig) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [scope, dev, from, to, before, hash, Buffer.from(head), body, sig],
        );
        slow.store.sync.sent(hash);
      }
      write(quick, `Quick ${turn}`);
      await round(quick);
      expect((await round(reader)).received).toBe(1);
      expect(nameOf(reader)).not.toContain(`Slow ${turn}`);
      await held.query('COMMIT');
      late.push(`Slow ${turn}`);
      expect((await round(reader)).received).toBe(1);
      expect(nameOf(reader)).toEqual(expect.arrayContaining(late));
    }
    for (const one of [slow, quick]) await round(one);
    expect(slow.hash()).toBe(reader.hash());
    expect(quick.hash()).toBe(reader.hash());
  });

  it('a server that is busy is asked once more, and told where it stays so', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    // A sequence counts on where a transaction is taken back.
    await world.asBoss(`CREATE SEQUENCE workbench.tries;
      CREATE TABLE workbench.fails(times int NOT NULL);
      INSERT INTO workbench.fails VALUES(1);
      CREATE FUNCTION workbench.fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        IF nextval('workbench.tries') <= (SELECT times FROM workbench.fails) THEN
          RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001';
        END IF;
        RETURN NEW;
      END$$;
      CREATE TRIGGER a_fail BEFORE INSERT ON workbench.segment FOR EACH ROW EXECUTE FUNCTION workbench.fail()`);
    write(mine, 'Once');
    expect((await round(mine)).sent).toBe(1);
    await world.asBoss(`SELECT setval('workbench.tries', 1, false); UPDATE workbench.fails SET times = 2`);
    write(mine, 'Twice');
    await expectRefused(round(mine), 'io', /was busy with others.*kept and tried again/);
    expect(mine.store.sync.state().unsent).toBe(1);
    expect((await round(mine)).sent).toBe(1);
    await round(yours);
    expect(nameOf(yours)).toEqual(['Once', 'Twice']);
  });

  it('a server that does not answer in its time is told, and what was to be sent goes with the next round', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    await world.asBoss(`ALTER ROLE ${world.userOf(0)} SET statement_timeout = '200ms'`);
    const holder = await connect(server.admin.user, server.admin.password, world.database);
    onTestFinished(() => void holder.end().catch(() => undefined));
    await holder.query('BEGIN; LOCK TABLE workbench.segment IN ACCESS EXCLUSIVE MODE');
    write(mine, 'Acme');
    const late = { ...mine, store: mine.store, hub: world.hubOf(0) };
    await expectRefused(round(late), 'io', /did not answer in time.*kept and tried again/);
    await holder.query('ROLLBACK');
    expect((await round(late)).sent).toBe(1);
    await round(yours);
    expect(nameOf(yours)).toEqual(['Acme']);
  });

  it('who may not write in one territory any more gives what was done in the other', async () => {
    const world = await open();
    await world.let(0, ['north', 'south']);
    await world.let(1, ['south']);
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    await enrol(mine);
    await enrolAt(yours.hub, yours, { shared: 'shared', account: 'south' });
    mine.store.sync.join({ ...SIGNED_TEAM, more: ['south'] });
    const theirs = insert(yours, 'accounts', { name: 'Of the south' });
    for (const one of [yours, mine]) await round(one);
    await world.let(0, ['north']);
    update(mine, 'accounts', theirs, { city: 'Hull' });
    mine.store.sync.seal();
    write(mine, 'Of the north');
    const { sent, warnings } = await round(mine);
    expect(sent).toBe(1);
    expect(warnings.join()).toMatch(/may not write to south/);
    expect(mine.store.sync.state().unsent).toBe(1);
    await world.let(0, ['north', 'south']);
    expect((await round(mine)).sent).toBe(1);
    await round(yours);
    expect(yours.store.get('accounts', theirs)).toMatchObject({ city: 'Hull' });
  });

  it('who is moved to another territory while reading takes nothing more, keeps what was done, and goes on once moved back', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    write(mine, 'First');
    await round(mine);
    write(mine, 'Second');
    await round(mine);
    const get: Hub['get'] = (...what) => world.hubOf(1).get(...what);
    let isMoved = false;
    yours.hub.get = async (...what) => {
      if (!isMoved) await world.let(1, ['south']);
      isMoved = true;
      return get(...what);
    };
    write(yours, 'Own');
    expect((await round(yours)).warnings.join()).toMatch(/may not write to north/);
    expect(isMoved).toBe(true);
    expect(nameOf(yours)).toEqual(['Own']);
    expect((await round(yours)).warnings.join()).toContain('you have no right to north: nothing of it is given or taken');
    expect(yours.store.sync.state().unsent).toBe(1);
    await world.let(1, ['north']);
    await round(yours);
    await round(mine);
    expect(nameOf(yours)).toEqual(['First', 'Own', 'Second']);
    expect(yours.hash()).toBe(mine.hash());
  });

  it('who is taken out while sending sends nothing more, and the others have what came before the cut', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    write(mine, 'Before');
    mine.store.sync.seal();
    write(mine, 'After');
    const put: Hub['put'] = (segment) => world.hubOf(0).put(segment);
    let puts = 0;
    mine.hub.put = async (segment) => {
      puts += 1;
      if (puts === 2) await world.admin.revoke(ROOT, mine.store.device.id);
      return put(segment);
    };
    expect(sealed(mine)).toHaveLength(2);
    await expectRefused(round(mine), 'denied', /shut out|taken out/);
    expect(puts).toBe(2);
    expect(nameOf(mine)).toEqual(['After', 'Before']);
    expect(mine.store.sync.state().unsent).toBe(1);
    await round(yours);
    expect(nameOf(yours)).toEqual(['Before']);
  });

  it('who listens hears again after the connection was lost, and has lost nothing meanwhile', async () => {
    const world = await open();
    const [mine, yours] = openTeam(2, world) as [Desk, Desk];
    for (const one of [mine, yours]) await enrol(one);
    let heard = 0;
    let tell = (): void => undefined;
    onTestFinished(
      yours.hub.listen(() => {
        heard += 1;
        tell();
      }),
    );
    await yours.hub.streams(['north']);
    await world.asBoss('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [world.userOf(1)]);
    write(mine, 'Unheard');
    await round(mine);
    expect(heard).toBe(0);
    // Asking again is what counts.
    await round(yours);
    expect(nameOf(yours)).toEqual(['Unheard']);
    const news = new Promise<void>((resolve) => (tell = resolve));
    write(mine, 'Heard');
    await round(mine);
    await news;
  });

  it.each([1, 2, 3])(
    'whatever breaks, what the hub took is wherever it may be and nowhere else (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const world = await open();
      await world.let(2, ['south']);
      const team = openTeam(TERRITORIES.length, world);
      const way = await openWay(server.port);
      for (const [at, one] of team.entries()) await enrolAt(one.hub, one, { shared: 'shared', account: TERRITORIES[at] ?? '' });
      const hubs = team.map((_, at) => hubBy(way.port, world.userOf(at), world.database));
      let lost = 0;
      const { failed, kinds } = await runHistory(
        {
          team,
          round: (at) => roundAt(hubs[at] as Hub, team[at] as Desk),
          disturb: async (at, roll) => {
            const fault = roll(10);
            if (fault < 5) way.lose(1 + roll(25));
            else if (fault < 7)
              await world.asBoss('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [world.userOf(at)]);
            return () => {
              if (fault < 5 && !way.isArmed()) lost += 1;
              way.lose(Infinity);
            };
          },
        },
        seed,
        60,
      );
      console.log(`history ${seed}: ${JSON.stringify(kinds)}, ${lost} answers lost, ${failed} rounds failed`);
      expect(lost).toBeGreaterThan(5);
      for (const kind of ['i', 'u', 'd']) expect(kinds[kind]).toBeGreaterThan(5);
    },
  );

  it('a server that asks for no password is refused, though it would let in', async () => {
    await server.query('CREATE ROLE open LOGIN');
    onTestFinished(() => server.query('DROP ROLE open'));
    const address = parseAddress(server.urlOf('open'));
    const hub = createPostgresHub({ address, ca: () => fs.readFileSync(server.ca), password: () => 'any', clock: Date.now });
    await expectRefused(hub.streams([]), 'denied', /lets in open without asking for a password.*scram-sha-256/);
  });
});
