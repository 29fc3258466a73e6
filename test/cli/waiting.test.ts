/** A round that came to its end is not all well: what waits for somebody is told by device, in words, and by the exit status. */
import { mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const P = '01900000-0000-7000-8000-0000000000b1';

const editOf = (...patches: object[]): string =>
  JSON.stringify({ label: 'Edit', source: 'edit', screen: null, reason: null, patches });

/** Two of a team in a folder: Ann on the one has given three pieces. */
const openTwo = async () => {
  const folder = makeTemp();
  const [mine, yours] = ['mine.db', 'yours.db'].map((name) => openWorkbench(path.join(folder, name), folder)) as [
    Workbench,
    Workbench,
  ];
  mkdirSync(path.join(folder, 'team'));
  const place = ['--hub', 'team', '--team', 'team.key'];
  const joined = await mine.run('join', ...place, '--new');
  const code = /device (\w{3}) of/.exec(joined.out)?.[1] ?? '';
  expect(await yours.run('join', ...place)).toMatchObject({ code: 0 });
  const ann = { name: 'Ann Lee', email: 'ann@example.com', role: 'owner' };
  expect((await mine.run('call', 'records.apply', editOf({ kind: 'insert', table: 'people', id: P, values: ann }))).code).toBe(0);
  const meet = (one: Workbench) => one.run('sync', '--hub', 'team', '--once');
  for (const name of ['Ann L', 'Ann B', 'Ann C']) {
    expect(await meet(mine)).toMatchObject({ code: 0, err: '' });
    if (name === 'Ann B') expect(await meet(yours)).toMatchObject({ code: 0, err: '' });
    const change = { kind: 'update', table: 'people', id: P, values: { name } };
    const asAnn = ['--as', 'Ann <ann@example.com>', 'call', 'records.apply', editOf(change)];
    expect((await mine.run(...asAnn)).code).toBe(0);
  }
  expect(await meet(mine)).toMatchObject({ code: 0, err: '' });
  const base = path.join(folder, 'team', 'v1');
  const stream = readdirSync(path.join(base, 'shared'), { withFileTypes: true }).find((one) => one.isDirectory())?.name ?? '';
  const pieces = readdirSync(path.join(base, 'shared', stream))
    .toSorted()
    .map((name) => path.join(base, 'shared', stream, name));
  return { folder, mine, yours, meet, code, base, stream, pieces };
};

const lines = (text: string): readonly string[] => text.trim().split('\n');

it(
  'work of a device that is damaged, missing or vouched for by nobody is told in a line, and nothing says that all is well',
  {
    timeout: 600_000,
  },
  async () => {
    const { mine, yours, meet, code, base, stream, pieces, folder } = await openTwo();
    const place = ['--hub', 'team'];
    const expectTold = async (...says: readonly RegExp[]): Promise<void> => {
      const [met, compared] = [await meet(yours), await yours.run('verify', ...place)];
      for (const { code: status, err } of [met, compared]) {
        expect(status).toBe(1);
        expect(lines(err).filter((line) => line.startsWith('workbench: Device'))).toHaveLength(1);
        for (const one of says) expect(err).toMatch(one);
        expect(err).not.toContain(folder);
      }
      expect(met.err).toContain('blocked: Not all was taken and given');
      expect(compared.err).toMatch(/something waits there|This file and the hub differ in people/);
      const state = await yours.json<{ met: { waiting: string[] } }>('call', 'sync.state');
      expect(state.met.waiting).toHaveLength(1);
      expect(met.err).toContain(state.met.waiting[0] ?? '?');
    };
    const who = String.raw`workbench: Device ${code} \(Ann.*\): `;
    renameSync(pieces.at(-2) ?? '', path.join(folder, 'away'));
    await expectTold(new RegExp(`^${who}its work in shared waits for what is missing at \\d+`, 'm'));
    // Whoever wrote it gives it again.
    expect(await meet(mine)).toMatchObject({ code: 0, err: '' });
    const last = pieces.at(-1) ?? '';
    const kept = readFileSync(last);
    truncateSync(last, 40);
    await expectTold(
      new RegExp(`^${who}a piece of its work in shared is damaged or not whole yet \\(no header\\)`, 'm'),
      /Wait until/,
    );
    writeFileSync(last, kept);
    const word = path.join(base, 'devices', `${stream}.cert`);
    renameSync(word, path.join(folder, 'word'));
    await expectTold(new RegExp(`^${who}nobody vouches for this device`, 'm'), /joins again.*workbench join/);
    renameSync(path.join(folder, 'word'), word);
    expect(await meet(yours)).toMatchObject({ code: 0, err: '' });
    expect(await yours.run('verify', ...place)).toMatchObject({ code: 0, err: '' });
  },
);

it('a damaged copy of what is here already holds nobody up', { timeout: 600_000 }, async () => {
  const { yours, meet, pieces } = await openTwo();
  expect(await meet(yours)).toMatchObject({ code: 0, err: '' });
  writeFileSync((pieces[0] ?? '').replace('.seg', '-LAPTOP.seg'), 'half');
  const { code, err } = await meet(yours);
  expect([code, lines(err)]).toEqual([0, [expect.stringContaining('What it holds is in this file already.') as string]]);
});
