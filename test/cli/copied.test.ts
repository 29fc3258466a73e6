/** Two engine processes on copies of one file, with the key of its device in both: they become two devices, and nobody loses. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { attach, type Attached } from '../../electron/host/attach.ts';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

type Client = Attached['client'];
type Patches = Parameters<Client['records.apply']>[0]['patches'];

const addAccount = (client: Client, name: string, at: number): Promise<unknown> =>
  client['records.apply']({
    label: 'Edit',
    source: 'edit',
    screen: null,
    reason: null,
    patches: [
      { kind: 'insert', table: 'accounts', id: `01900000-0000-7000-8000-0000000000${at}`, values: { name } },
    ] as unknown as Patches,
  });

const attachTo = async (db: string): Promise<Client> => {
  const { client, close } = await attach(db);
  onTestFinished(close);
  return client;
};

it('a file and a copy of it with its key meet as two devices, and say so', { timeout: 300_000 }, async () => {
  const folder = makeTemp();
  const [db, copy] = ['mine.db', 'copy.db'].map((name) => path.join(folder, name)) as [string, string];
  const hub = path.join(folder, 'team');
  const [mine, second] = [db, copy].map((file) => openWorkbench(file, folder)) as [Workbench, Workbench];
  const here = await attachTo(db);
  mkdirSync(hub);
  await addAccount(here, 'Acme', 10);
  expect(await mine.run('join', '--hub', 'team', '--team', 'team.key', '--new')).toMatchObject({ code: 0, err: '' });
  expect(await here['sync.round']({ hub })).toMatchObject({ unsent: 0, warnings: [] });
  await here['backup.make']({ to: copy });
  copyFileSync(`${db}.key`, `${copy}.key`);
  const there = await attachTo(copy);

  const was = (await there['sync.state']({})).device;
  await addAccount(here, 'Bolt', 11);
  await addAccount(there, 'Cord', 12);
  expect(await here['sync.round']({ hub })).toMatchObject({ sent: 1, warnings: [] });
  const found = await there['sync.round']({ hub });
  expect(found).toMatchObject({ sent: 0, unsent: 1 });
  expect(found.warnings.join()).toContain('copied or brought back from a backup');
  const { device, met } = await there['sync.state']({});
  expect(device).not.toBe(was);
  // The screen says it as the round did, and goes on saying it.
  expect(met?.warnings).toEqual(found.warnings);
  expect((await there['sync.round']({ hub })).warnings).toEqual(found.warnings);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy.db.') && name.endsWith('.key'))).toHaveLength(2);

  expect(await second.run('join', '--hub', 'team', '--team', 'team.key')).toMatchObject({ code: 0, err: '' });
  for (const one of [there, here]) expect(await one['sync.round']({ hub })).toMatchObject({ unsent: 0, warnings: [] });
  for (const one of [mine, second])
    expect(await one.query('SELECT name FROM v_accounts ORDER BY name')).toEqual(
      ['Acme', 'Bolt', 'Cord'].map((name) => ({ name })),
    );
  expect(await here['sync.hashes']({})).toEqual(await there['sync.hashes']({}));
  for (const one of [here, there]) expect((await one['check.run']({ hash: false, full: true })).ok).toBe(true);
});
