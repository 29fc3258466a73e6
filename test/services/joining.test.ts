/** Who sits at a file that joins a team: nobody comes into being a second time. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openDevice } from './device.ts';
import type { Device } from './device.ts';

const COMPANY = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };

const sit = (one: Device, name: string, email: string | null): Promise<unknown> =>
  one.ask('app.setup', { company: COMPANY, person: { name, email, claim: null } });

const people = async (one: Device): Promise<readonly string[]> =>
  (await one.ask('app.people', {})).people.map(({ name, email }) => `${name} ${email ?? '-'}`).toSorted();

/** Marta has a team in which Tom is known, and may no more than a member may; another device joins it. */
const setUp = async (name: string, email: string | null, before: (there: Device) => Promise<void> = async () => undefined) => {
  const folder = makeTemp();
  const [hub, team] = [path.join(folder, 'shared'), path.join(folder, 'team.key')];
  mkdirSync(hub);
  const [here, there] = [openDevice(folder, 1), openDevice(folder, 2)] as const;
  await sit(here, 'Marta Ellery', 'marta@desk.example');
  const tom = await here.insert('people', { name: 'Tom Reed', email: 'Tom@Desk.example', role: 'member' });
  await here.ask('sync.join', { hub, team, isNew: true });
  await here.ask('sync.round', { hub });
  await sit(there, name, email);
  await before(there);
  await there.ask('sync.join', { hub, team });
  const meet = async (): Promise<void> => {
    for (const one of [there, here]) await one.ask('sync.round', { hub });
  };
  await meet();
  return { here, there, tom, meet };
};

const TEAM = ['Marta Ellery marta@desk.example', 'Tom Reed Tom@Desk.example'];

test('who joins with the address of one of the team is that one, with what was theirs before', async () => {
  let account = '';
  const { here, there, tom, meet } = await setUp('T. Reed', 'tom@desk.EXAMPLE', async (one) => {
    const me = (await one.ask('app.info', {})).person?.id ?? '';
    account = await one.insert('accounts', { name: 'Kestrel Parts', owner_id: me });
    await one.insert('approval_limits', { person_id: me, approves: 'both' });
  });
  for (const one of [here, there]) expect(await people(one)).toEqual(TEAM);
  expect((await there.ask('app.info', {})).person).toMatchObject({ id: tom, name: 'Tom Reed' });
  for (const one of [here, there]) expect(await one.row('accounts', account)).toMatchObject({ owner_id: tom });
  // What Tom may is what the team says of Tom, whatever this file said before.
  await expect(there.ask('app.company', { company: { ...COMPANY, name: 'Mine' } })).rejects.toThrow(/role/);
  await meet();
  for (const one of [here, there]) expect(await people(one)).toEqual(TEAM);
});

test('who joins by name alone is the one of that name', async () => {
  const { here, there, tom } = await setUp('tom reed', null);
  for (const one of [here, there]) expect(await people(one)).toEqual(TEAM);
  expect((await there.ask('app.info', {})).person).toMatchObject({ id: tom });
});

test('somebody else of the same name with an address of their own stays somebody else', async () => {
  const { here, there, tom } = await setUp('Tom Reed', 'tom.reed@other.example');
  for (const one of [here, there]) expect(await people(one)).toEqual([...TEAM, 'Tom Reed tom.reed@other.example']);
  expect((await there.ask('app.info', {})).person?.id).not.toBe(tom);
});

test('who takes the address of another later stays who they are', async () => {
  const { here, there, meet } = await setUp('Ida Moss', 'ida@desk.example');
  const before = (await there.ask('app.info', {})).person;
  await there.edit('Change E-mail', 'update', 'people', before?.id ?? '', { email: 'marta@desk.example' });
  await meet();
  await meet();
  expect((await there.ask('app.info', {})).person?.id).toBe(before?.id);
  expect(await people(here)).toHaveLength(3);
});

test('at the first run whose address is known already is the one who has it', async () => {
  const one = openDevice(makeTemp(), 1);
  const tom = await one.insert('people', { name: 'Tom Reed', email: 'Tom@Desk.example' });
  await sit(one, 'T. Reed', ' tom@desk.example');
  expect((await one.ask('app.info', {})).person).toEqual({ id: tom, name: 'Tom Reed', email: 'Tom@Desk.example' });
  expect(await people(one)).toEqual(['Tom Reed Tom@Desk.example']);
});
