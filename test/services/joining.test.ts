/** The first run of a file that has joined a team: what the team has said of the company stands. */
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openTeam } from './device.ts';
import type { Device } from './device.ts';

const OURS = { zone: 'Europe/Berlin', currency: 'EUR', weekStart: 1, fiscalMonth: 4, name: 'Harbour Ltd' };
const GUESSED = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: '' };

const sit = (one: Device, company: typeof OURS, name: string): Promise<unknown> =>
  one.ask('app.setup', { company, person: { name, email: null, claim: null } });

test('what was guessed of the company while the team was on its way overwrites nothing of it', async () => {
  const { here, there, meet } = await openTeam(makeTemp(), async (first) => void (await sit(first, OURS, 'Ann Lee')));
  expect((await there.ask('app.info', {})).company).toEqual(OURS);
  await sit(there, GUESSED, 'Bo Berg');
  await meet();
  for (const one of [here, there]) {
    expect((await one.ask('app.info', {})).company).toEqual(OURS);
    expect((await one.ask('app.people', {})).people.map(({ name }) => name).toSorted()).toEqual(['Ann Lee', 'Bo Berg']);
  }
  // Who sits where it was set up may say it again, as ever.
  await sit(here, { ...OURS, name: 'Harbour & Co' }, 'Ann Lee');
  expect((await here.ask('app.info', {})).company?.name).toBe('Harbour & Co');
});
