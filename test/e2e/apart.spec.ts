/**
 * Two that are far apart meet in a shared folder: one was away for more than a year, and the log of that time is gone from the
 * folder; one works with an older version than the other.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { encodePayload } from '../../electron/engine/store/log/payload.ts';
import type { Op } from '../../electron/engine/store/log/payload.ts';
import { sealPayload } from '../../electron/engine/store/log/segments.ts';
import { certify, orgOf, readSeed } from '../../electron/engine/sync/certificate.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { keyPairOf } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell, goTo, openDesk } from './desk.ts';
import { command, foundTeam, meet, nameOf, SLOW, status } from './team.ts';

const DAY = 86_400_000;
const CLOCK = pathToFileURL(path.resolve(import.meta.dirname, '../setup/shifted-clock.ts')).href;

/** The command line on a file, as it was so many days ago. An engine stays on the day on which it was started. */
const daysAgo = (db: string) => {
  let last: number | null = null;
  return async (days: number, ...args: readonly string[]): Promise<string> => {
    if (last !== days) await expect.poll(() => fs.existsSync(`${db}.engine.json`), SLOW).toBe(false);
    last = days;
    return runCli(db, args, { NODE_OPTIONS: `--import ${CLOCK}`, WORKBENCH_TEST_CLOCK_SHIFT: String(-days * DAY) });
  };
};

const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };
const setup = (name: string): readonly string[] => [
  'call',
  'app.setup',
  JSON.stringify({ company, person: { name, email: null, claim: null } }),
];
const apply = (...patches: readonly object[]): readonly string[] => [
  'call',
  'records.apply',
  JSON.stringify({ label: 'Edit', patches }),
];
const account = (id: string, name: string): object => ({ kind: 'insert', table: 'accounts', id, values: { name } });
const rename = (id: string, name: string): object => ({ kind: 'update', table: 'accounts', id, values: { name } });
/** Enough accounts for a snapshot of what is there to pay. */
const YEARLY = 21_000;

test('a device that was away for more than a year has all of it, and what was done on it is everybody’s', async ({
  launch,
}, testInfo) => {
  test.setTimeout(600_000);
  const [folder, key, accounts] = ['shared', 'team.key', 'accounts.csv'].map((name) => testInfo.outputPath(name)) as [
    string,
    string,
    string,
  ];
  fs.mkdirSync(folder);
  const [here, there] = ['here.db', 'there.db'].map((name) => testInfo.outputPath(name)) as [string, string];
  const [office, field] = [daysAgo(here), daysAgo(there)];
  const [kestrel, doomed, afar] = [uuidv7(), uuidv7(), uuidv7()];
  const sync = ['sync', '--hub', folder, '--once'];

  await office(430, ...setup('Marta Ellery'));
  await office(430, ...apply(account(kestrel, 'Kestrel Parts'), account(doomed, 'Doomed Dairy')));
  await office(430, 'join', '--hub', folder, '--team', key, '--new');
  await office(430, ...sync);
  await field(430, ...setup('Tom Reed'));
  await field(430, 'join', '--hub', folder, '--team', key);
  await field(430, ...sync);
  // From here on this one is in a drawer, with work that was never given.
  await field(
    429,
    ...apply(rename(kestrel, 'Kestrel from afar'), rename(doomed, 'Doomed from afar'), account(afar, 'Made afar')),
  );

  await office(425, ...apply(rename(kestrel, 'Kestrel of the year'), { kind: 'delete', table: 'accounts', id: doomed }));
  await office(425, ...sync);
  for (const days of [200, 100]) {
    const rows = Array.from({ length: YEARLY }, (_, at) => `C${days}-${at},Customer ${days}-${at}`);
    fs.writeFileSync(accounts, ['code,name', ...rows].join('\n'));
    await office(days, 'import', accounts, '--propose', '--table', 'accounts');
    await office(days, ...sync);
  }
  const gone = await office(0, 'hub', 'compact', '--hub', folder, '--team', key);
  expect(gone).toMatch(/accounts +[1-9]/);

  const late = await launch({ db: there });
  await waitUntilOpen(late.page);
  await meet(late);
  await expect(status(late.page)).not.toContainText('to send', SLOW);
  await expect(late.page.getByRole('button', { name: '2 conflicts' })).toBeVisible(SLOW);
  expect(await nameOf(late, kestrel)).toBe('Kestrel of the year');
  // What was deleted meanwhile stays so, whatever was written of it.
  const count = `SELECT count(*) AS n, count(*) FILTER (WHERE id = '${doomed}') AS gone FROM v_accounts`;
  expect(JSON.parse(await late.cli('query', count, '--json'))).toEqual([{ n: 2 * YEARLY + 2, gone: 0 }]);

  const desk = await launch({ db: here });
  await waitUntilOpen(desk.page);
  await meet(desk);
  await expect.poll(() => nameOf(desk, afar), SLOW).toBe('Made afar');
  await command(desk.page, 'Review conflicts');
  const card = desk.page.locator(`[data-conflict="accounts/${kestrel}/name"]`);
  await expect(card).toContainText('Kestrel from afar');
  await checkAxe(desk.page, 'what somebody did a year ago');
  const hashes = await Promise.all([desk, late].map((one) => one.call('sync.hashes', {})));
  expect(hashes[0]).toEqual(hashes[1]);
  // Who deleted it is told what they had not seen, and can bring it back.
  const under = desk.page.locator(`[data-conflict="accounts/${doomed}/_st"]`);
  await expect(under).toContainText('Changed: Name');
  await under.getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => nameOf(desk, doomed), SLOW).toBe('Doomed from afar');
});

/** A colleague with a later version: it has a field and a table that this build has not. */
const createLater = async (folder: string, key: string) => {
  const seed = readSeed(fs.readFileSync(key, 'utf8').trim());
  const org = orgOf(seed);
  const hub = createFolderHub(folder, org);
  const pair = keyPairOf(createHash('sha256').update('a later version').digest());
  const dev = uuidv7();
  await hub.putCertificate(certify(seed, { dev, code: 'L8R', key: pair.publicKey }));
  let [seq, prev, h] = [0, null as string | null, (Date.now() - Date.UTC(2020, 0, 1)) * 4096];
  return async (minsv: number, ...ops: readonly Omit<Op, 'h'>[]): Promise<number> => {
    const stamped = ops.map((op) => ({ ...op, h: (h += 1) }));
    const about = {
      actor: dev,
      source: 'edit',
      batch: null,
      label: 'Edit',
      occurredAt: null,
      reason: null,
      undoOf: null,
    } as const;
    const place = { org, scope: 'accounts', dev, from: seq + 1, to: seq + ops.length, prev, sv: 99_990, minsv };
    const sealed = sealPayload(encodePayload([{ ...about, ops: stamped }]), place);
    const segment = parseSegment(encodeSegment({ ...sealed, sig: pair.sign(sealed.hash) }));
    if (typeof segment === 'string') throw new Error(segment);
    expect(await hub.put(segment)).toBe('ok');
    [seq, prev] = [place.to, sealed.hash.toString('hex')];
    return stamped[0]?.h ?? 0;
  };
};

test('a window of an older version goes on beside a later one, and only reads where that says it must', async ({
  launch,
}, testInfo) => {
  test.setTimeout(300_000);
  const { folder, key, mine } = await foundTeam(launch, testInfo);
  const write = await createLater(folder, key);
  const row = uuidv7();
  const insert = (table: string, id: string, values: Readonly<Record<string, string>>) =>
    ({ kind: 'i', table, row: id, base: null, cols: Object.keys(values), vals: Object.values(values) }) as const;

  const made = await write(
    10,
    insert('accounts', row, { name: 'Later Ltd', next_step: 'Call Hull', later_field: 'kept' }),
    insert('later_things', uuidv7(), { name: 'Thing' }),
  );
  await meet(mine);
  await mine.page.reload();
  await waitUntilOpen(mine.page);
  await mine.page.keyboard.press('Control+2');
  await expect(cell(mine.page, row, 'next_step')).toHaveText('Call Hull', SLOW);
  await goTo(mine.page, row, 'name');
  await mine.page.keyboard.type('Later North');
  await mine.page.keyboard.press('Enter');
  await expect(cell(mine.page, row, 'name')).toHaveText('Later North');
  await meet(mine);
  await expect(status(mine.page)).not.toContainText('to send', SLOW);

  await write(99_990, { kind: 'u', table: 'accounts', row, base: made, cols: ['next_step'], vals: ['Call York'] });
  await meet(mine);
  await expect(cell(mine.page, row, 'next_step')).toHaveText('Call York', SLOW);
  await goTo(mine.page, row, 'name');
  await mine.page.keyboard.type('Later South');
  await mine.page.keyboard.press('Enter');
  await expect(mine.page.getByText('A colleague works with a newer version').first()).toBeVisible(SLOW);
  expect(await nameOf(mine, row)).toBe('Later North');
  await mine.page.keyboard.press('Escape');
  await command(mine.page, 'Sync');
  await expect(mine.page.getByText('Update this one').first()).toBeVisible(SLOW);
  await checkAxe(mine.page, 'a colleague with a later version');
});

test('an account is given to another territory: who works only in the old one loses it, who works in the new one has it', async ({
  launch,
}, testInfo) => {
  test.setTimeout(420_000);
  const [hub, team] = ['shared', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string];
  fs.mkdirSync(hub);
  const boss = await launch({ db: testInfo.outputPath('boss.db') });
  await waitUntilOpen(boss.page);
  const [, kestrel = ''] = (await openDesk(boss)).accounts;
  await boss.call('sync.join', { hub, team, isNew: true, territory: 'north', also: ['south'] });
  await meet(boss);
  const colleague = async (name: string, territory: string) => {
    const one = await launch({ db: testInfo.outputPath(`${territory}.db`) });
    await waitUntilOpen(one.page);
    await one.call('app.setup', { company, person: { name, email: null, claim: null } });
    await one.call('sync.join', { hub, team, territory });
    await one.page.reload();
    await waitUntilOpen(one.page);
    await meet(one);
    await one.page.keyboard.press('Control+2');
    return one;
  };
  const north = await colleague('Tom Reed', 'north');
  const south = await colleague('Ida Moss', 'south');
  await expect(cell(north.page, kestrel, 'name')).toHaveText('Kestrel Parts', SLOW);
  await expect(south.page.getByText('Kestrel Parts')).toHaveCount(0);

  await boss.page.keyboard.press('Control+2');
  await goTo(boss.page, kestrel, 'name');
  await command(boss.page, 'Give account to another territory');
  const dialog = boss.page.getByRole('dialog', { name: 'Give Kestrel Parts to another territory' });
  await expect(dialog).toBeVisible();
  await checkAxe(boss.page, 'giving an account');
  await dialog.getByLabel('Territory').selectOption('south');
  await dialog.getByRole('button', { name: 'Give the account' }).press('Enter');
  await expect(boss.page.getByText('Kestrel Parts is in south now')).toBeVisible(SLOW);
  await expect(dialog).toHaveCount(0);
  await boss.page.reload();
  await waitUntilOpen(boss.page);
  await boss.page.keyboard.press('Control+2');
  await expect(boss.page.getByText('Kestrel Parts', { exact: true }).first()).toBeVisible(SLOW);
  await expect(cell(boss.page, kestrel, 'name')).toHaveCount(0);

  for (const one of [boss, north, south]) await meet(one);
  await expect(north.page.getByText('Kestrel Parts')).toHaveCount(0, SLOW);
  await south.page.reload();
  await waitUntilOpen(south.page);
  await south.page.keyboard.press('Control+2');
  await expect(south.page.getByText('Kestrel Parts', { exact: true }).first()).toBeVisible(SLOW);
  expect(JSON.stringify(await north.call('records.get', { table: 'accounts', id: kestrel }))).not.toContain('Kestrel');
});
