/** Two engine processes meet through a folder: each works alone, then both have everything, and both say the same. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { attach, type Attached } from '../../electron/host/attach.ts';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const insert = (table: string, id: string, values: object) => ({ kind: 'insert', table, id, values });
const update = (table: string, id: string, values: object) => ({ kind: 'update', table, id, values });
const A = '01900000-0000-7000-8000-0000000000a1';
const B = '01900000-0000-7000-8000-0000000000b1';
const C = '01900000-0000-7000-8000-0000000000c1';

type Client = Attached['client'];
type Patches = Parameters<Client['records.apply']>[0]['patches'];

const apply = async (client: Client, ...patches: object[]): Promise<unknown> =>
  client['records.apply']({ label: 'Edit', source: 'edit', screen: null, reason: null, patches: patches as Patches });

/** A client of the engine that has the file, as the command line is one. */
const attachTo = async (db: string): Promise<Client> => {
  const { client, close } = await attach(db);
  onTestFinished(close);
  return client;
};

it('two processes meet through a folder, with conflicts in plain sight', { timeout: 600_000 }, async () => {
  const folder = makeTemp();
  const files = ['mine.db', 'yours.db'].map((name) => path.join(folder, name)) as [string, string];
  const [mine, yours] = files.map((file) => openWorkbench(file, folder)) as [Workbench, Workbench];
  const [here, there] = [await attachTo(files[0]), await attachTo(files[1])];
  const hub = path.join(folder, 'team');

  await apply(here, insert('accounts', A, { name: 'Acme', credit_limit: 500 }));
  await expect(here['sync.round']({ hub })).rejects.toMatchObject({ code: 'blocked' });
  const start = ['join', '--hub', 'team', '--team', 'team.key'];
  // A name with a slip in it makes nothing.
  expect(await mine.run(...start, '--new')).toMatchObject({ code: 1, err: expect.stringContaining('no such folder') as string });
  mkdirSync(hub);
  expect(await yours.run(...start)).toMatchObject({ code: 1 });
  expect(readdirSync(folder)).not.toContain('team.key');
  expect(await mine.run(...start, '--new')).toMatchObject({ code: 0, err: '' });
  await expect(here['sync.join']({ hub, team: path.join(folder, 'other.key'), isNew: true })).rejects.toMatchObject({
    code: 'blocked',
  });
  expect(readdirSync(folder)).not.toContain('other.key');
  expect(await yours.run('join', '--hub', 'team', '--team', 'team.key')).toMatchObject({ code: 0, err: '' });
  const keys = ['team.key', 'mine.db.key', 'yours.db.key'].map((name) => path.join(folder, name));
  if (process.platform !== 'win32') expect(keys.map((key) => statSync(key).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);

  expect(await mine.run('sync', '--hub', 'team', '--once')).toMatchObject({ code: 0, err: '' });
  expect((await yours.run('sync', '--hub', 'team', '--once')).out).toMatch(/^[1-9]\d* changes? taken/);
  expect(await yours.query('SELECT name, credit_limit FROM v_accounts')).toEqual([{ name: 'Acme', credit_limit: 5 }]);

  // Apart: both change the name, each makes something of its own.
  await apply(here, update('accounts', A, { name: 'Acme North' }));
  await apply(there, update('accounts', A, { name: 'Acme South' }), insert('accounts', B, { name: 'Bolt' }));
  for (const one of [here, there, here]) expect(await one['sync.round']({ hub })).toMatchObject({ unsent: 0, warnings: [] });
  const both = await Promise.all([mine, yours].map((one) => one.query('SELECT name FROM v_accounts ORDER BY name')));
  expect(both[0]).toEqual(both[1]);
  expect(both[0]).toHaveLength(2);

  const told = await mine.run('conflicts');
  for (const word of ['Acme North', 'Acme South', '1 conflict']) expect(told.out).toContain(word);
  expect((await there['sync.conflicts']({})).count).toBe(1);
  const place = `accounts/${A}/name`;
  expect(told.out).toMatch(
    new RegExp(`^\\S.* Acme (North|South), Name  ${place}\\n  stands  Acme (North|South)  .*\\n  1       Acme`, 'm'),
  );
  expect(await mine.run('conflicts', 'keep', `accounts/${B}/name`)).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no conflict') as string,
  });
  expect(await mine.run('conflicts', 'take', place, 'one')).toMatchObject({ code: 1 });
  const [kept] = (await here['sync.conflicts']({})).conflicts;
  const nameOfA = async (): Promise<unknown> => (await mine.query(`SELECT name FROM v_accounts WHERE id = '${A}'`))[0];
  for (const [choice, name] of [
    [['take', place], kept?.lost],
    [['keep', place], kept?.kept],
    [['write', place, 'Acme Both'], 'Acme Both'],
  ] as const) {
    expect(await mine.run('conflicts', ...choice)).toMatchObject({ code: 0, err: '' });
    expect((await here['sync.conflicts']({})).count).toBe(0);
    expect(await nameOfA()).toEqual({ name });
    expect(await mine.run('undo')).toMatchObject({ code: 0 });
    expect((await here['sync.conflicts']({})).count).toBe(1);
  }
  for (const one of [here, there]) await one['sync.round']({ hub });

  writeFileSync(path.join(folder, 'mine.json'), JSON.stringify(await here['sync.hashes']({})));
  expect(await yours.run('verify', '--against', 'mine.json')).toMatchObject({ code: 0, out: 'The replicas are the same.\n' });
  const same = await yours.run('verify', '--hub', 'team');
  expect(same).toMatchObject({ code: 0, err: '' });
  expect(same.out).toMatch(/^This file and the hub are the same: [1-9][\d,]* rows of \d+ tables\.\n$/);
  await apply(there, update('accounts', B, { name: 'Bolt 2' }));
  const other = await yours.run('verify', '--hub', 'team');
  expect(other.code).toBe(1);
  expect(other.out).toMatch(new RegExp(`^accounts +2 +2 .*\\naccounts ${B}: not the same\\n`, 'sm'));
  expect(other.err).toContain('1 change of here the hub does not have yet');
  expect(other.err).toContain('This file and the hub differ in accounts.');
  await apply(here, insert('accounts', C, { name: 'Cord' }));
  expect(await here['sync.round']({ hub })).toMatchObject({ sent: 1 });
  expect(await there['sync.verify']({ hub })).toMatchObject({
    isSame: false,
    rows: [
      { table: 'accounts', row: B, where: 'both' },
      { table: 'accounts', row: C, where: 'there' },
    ],
    unsent: 1,
    unread: 1,
    lacking: 0,
    warnings: [],
  });
  expect(await yours.run('verify', '--hub', 'team', '--against', 'mine.json')).toMatchObject({ code: 1 });
  expect((await yours.run('verify', '--against', 'mine.json')).err).toContain('differ in accounts');
  expect(await there['sync.round']({ hub })).toMatchObject({ sent: 1, received: 1 });
  expect(await there['sync.verify']({ hub })).toMatchObject({ isSame: true, unsent: 0, unread: 0 });
  expect(await there['sync.round']({ hub })).toMatchObject({ sent: 0, received: 0 });
  for (const one of [here, there]) expect((await one['check.run']({ hash: false, full: true })).ok).toBe(true);
});

it('who is erased by one is erased in the file of the other and in the folder', { timeout: 600_000 }, async () => {
  const folder = makeTemp();
  const files = ['mine.db', 'yours.db'].map((name) => path.join(folder, name)) as [string, string];
  const [mine, yours] = files.map((file) => openWorkbench(file, folder)) as [Workbench, Workbench];
  const here = await attachTo(files[0]);
  await apply(here, insert('contacts', C, { name: 'Ann Quillfeather', role: 'Buyer' }));
  mkdirSync(path.join(folder, 'team'));
  expect(await mine.run('join', '--hub', 'team', '--team', 'team.key', '--new')).toMatchObject({ code: 0 });
  expect(await yours.run('join', '--hub', 'team', '--team', 'team.key')).toMatchObject({ code: 0 });
  const meet = async (...desks: readonly Workbench[]): Promise<void> => {
    for (const desk of desks) expect(await desk.run('sync', '--hub', 'team', '--once')).toMatchObject({ code: 0, err: '' });
  };
  const sheets = (): readonly string[] =>
    readdirSync(path.join(folder, 'team'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.keys'));
  await meet(mine, yours);
  const names = 'SELECT name, role FROM v_contacts';
  expect(await yours.query(names)).toEqual([{ name: 'Ann Quillfeather', role: 'Buyer' }]);
  expect(sheets()).toHaveLength(1);
  expect((await mine.run('erase', C)).err).toContain('the devices of colleagues');
  expect(await mine.run('erase', C, '--sure')).toMatchObject({ code: 0, err: '', out: 'Erased: Name, Role\n' });
  await meet(mine, yours);
  expect(await yours.query(names)).toEqual([{ name: null, role: null }]);
  expect(sheets()).toEqual([]);
  for (const desk of [mine, yours]) {
    expect((await desk.run('check', '--full')).out).toContain('The file is sound.');
    expect((await desk.run('verify', '--hub', 'team')).code).toBe(0);
  }
  for (const file of files) expect(readFileSync(file).toString('latin1').toLowerCase()).not.toContain('quillfeather');
});

/** Two desks of one team that begin with what the first has. */
const openDesks = async (...before: object[]) => {
  const folder = makeTemp();
  const files = ['mine.db', 'yours.db'].map((name) => path.join(folder, name)) as [string, string];
  const [mine, yours] = files.map((file) => openWorkbench(file, folder)) as [Workbench, Workbench];
  const [here, there] = [await attachTo(files[0]), await attachTo(files[1])];
  const hub = path.join(folder, 'team');
  mkdirSync(hub);
  await apply(here, ...before);
  expect(await mine.run('join', '--hub', 'team', '--team', 'team.key', '--new')).toMatchObject({ code: 0 });
  expect(await yours.run('join', '--hub', 'team', '--team', 'team.key')).toMatchObject({ code: 0 });
  const meet = async (): Promise<void> => {
    for (const one of [here, there, here]) await one['sync.round']({ hub });
  };
  await meet();
  return { mine, here, there, meet };
};

it('text that is no number stands among conflicts as it was typed', { timeout: 600_000 }, async () => {
  const { mine, here, there, meet } = await openDesks(insert('accounts', A, { name: 'Acme', credit_limit: 500 }));
  await apply(here, update('accounts', A, { credit_limit: { '?': 'about 5k' } }));
  await apply(there, update('accounts', A, { credit_limit: { '?': '6' } }));
  await meet();
  const told = await mine.run('conflicts');
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toMatch(/^Account Acme, Credit limit .*\n( .*(about 5k|6\.00) {2}\(.*\n){2}1 conflict\n$/);
  expect(told.out).toContain('about 5k');
});

it('text that two typed into a status is told as of the status, and taken or written over', { timeout: 600_000 }, async () => {
  const { mine, here, there, meet } = await openDesks(insert('tasks', A, { what: 'Call' }));
  await apply(here, update('tasks', A, { status: { '?': 'aaa' } }));
  await apply(there, update('tasks', A, { status: { '?': 'bbb' } }));
  await meet();
  const told = await mine.run('conflicts');
  expect(told.out).toMatch(/^Task Call, Status {2}tasks.*\n {2}stands {2}(aaa|bbb) .*\n {2}1 {7}(aaa|bbb) .*\n1 conflict\n$/);
  const place = `tasks/${A}/status!`;
  const [first] = (await here['sync.conflicts']({})).conflicts;
  const cell = async () => (await here['records.get']({ table: 'tasks', id: A }))?.i?.['status']?.raw;
  expect(await mine.run('conflicts', 'take', place)).toMatchObject({ code: 0, err: '' });
  expect(await cell()).toBe(first?.lost);
  expect(await mine.run('undo')).toMatchObject({ code: 0 });
  expect(await mine.run('conflicts', 'write', place, 'Done')).toMatchObject({ code: 0, err: '' });
  expect(await mine.query('SELECT status FROM v_tasks')).toEqual([{ status: 'Done' }]);
});
