/** The history of a team through a folder that fails (SYNC.md part 4), and that the check of it sees what it is for. */
import { expect, it } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { makeTemp } from '../setup/temp.ts';
import { checkHistory, runHistory, TERRITORIES } from './history.ts';
import { dice } from './program.ts';
import { insert } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

const broken = (): never => {
  throw new AppError('io', 'The share is not there.');
};

/** A folder whose answers fail: not reached, or reached and never answered, or with some of it not there yet. */
const failing = (hub: Hub, roll: (below: number) => number): Hub => {
  const often = 2 + roll(10);
  const before = (): void => void (roll(often) === 0 && broken());
  return {
    ...hub,
    streams: async (scopes) => (await hub.streams(scopes)).filter(() => roll(6) > 0),
    async get(...what) {
      before();
      const found = await hub.get(...what);
      return found.slice(0, Math.max(1, roll(found.length + 2)));
    },
    async put(segment) {
      before();
      const put = await hub.put(segment);
      before();
      return put;
    },
  };
};

const openSite = async () => {
  const team = createTeam(TERRITORIES.length);
  const folder = makeTemp();
  const whole = team.map(() => createFolderHub(folder, SIGNED_TEAM.org));
  for (const [at, one] of team.entries())
    await enrol(whole[at] as Hub, one, { shared: 'shared', account: TERRITORIES[at] ?? '' });
  return { team, whole };
};

it.each([1, 2, 3, 4])(
  'through a folder that fails, acknowledged is applied wherever it may be, and nowhere else (seed %i)',
  async (seed) => {
    const { team, whole } = await openSite();
    const hubs = [...whole];
    const { failed, kinds } = await runHistory(
      {
        team,
        round: (at) => round(hubs[at] as Hub, team[at] as Replica),
        disturb: (at, roll) => {
          if (roll(3) > 0) hubs[at] = failing(whole[at] as Hub, dice(roll(2 ** 30)));
          return Promise.resolve(() => void (hubs[at] = whole[at] as Hub));
        },
      },
      seed,
      60,
    );
    expect(failed).toBeGreaterThan(5);
    for (const kind of ['i', 'u', 'd']) expect(kinds[kind]).toBeGreaterThan(5);
  },
);

it('the check sees what is lost, what comes too early, and what is where it may not be', async () => {
  const { team, whole } = await openSite();
  const [mine, yours, south] = team as [Replica, Replica, Replica];
  insert(mine, 'accounts', { name: 'Acme' });
  await round({ ...(whole[0] as Hub), put: () => Promise.resolve('ok') }, mine);
  await round(whole[1] as Hub, yours);
  expect(checkHistory(team, true).join()).toMatch(/i of accounts .* in north was acknowledged, and is lost to device 1/);
  const theirs = insert(yours, 'accounts', { name: 'Bolt' });
  expect(checkHistory(team, false)).toEqual([]);
  expect(checkHistory(team, true).join()).not.toContain(theirs);
  const [bytes] = yours.send();
  if (bytes === undefined) throw new Error('Nothing to send');
  south.take([yours.read(bytes)]);
  expect(checkHistory(team, false).join()).toMatch(/in north was applied by device 2, which has no right to it/);
  mine.take([yours.read(bytes)]);
  expect(checkHistory(team, false).join()).toMatch(/in north was applied by device 0 before it was sent/);
  expect(checkHistory(team, true).join()).toMatch(/in north was applied by device 0 before it was sent/);
});
