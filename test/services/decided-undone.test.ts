/** A decision that is taken back, or made again, after somebody came between: nothing of it is changed, and it says so. */
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openTeam, type Device } from './device.ts';

type Choice = { how: 'keep' } | { how: 'take'; head: number };

/** Two devices with an account in Leeds. */
const openAccount = async () => {
  const { here, there, meet } = await openTeam(makeTemp(), async () => undefined);
  const id = await here.insert('accounts', { name: 'Acme', city: 'Leeds' });
  await meet();
  const write = async (one: Device, city: string) => void (await one.edit('Edit', 'update', 'accounts', id, { city }));
  const remove = (one: Device) =>
    one.ask('records.apply', { label: 'Delete', patches: [{ kind: 'delete', table: 'accounts', id }] });
  const city = async (one: Device) => (await one.row('accounts', id))?.['city'];
  const isThere = async (one: Device) => (await one.ask('records.get', { table: 'accounts', id }))?.gone === undefined;
  /** What there is to decide, the same on both. */
  const open = async (): Promise<readonly string[]> => {
    const [mine = [], yours = []] = await Promise.all(
      [here, there].map(async (one) =>
        (await one.ask('sync.review', { limit: 10 })).fields.map(
          ({ now, heads }) => `${now.value} vs ${heads.map(({ value }) => value).join()}`,
        ),
      ),
    );
    expect(yours).toEqual(mine);
    return mine;
  };
  const swap = async (one: Device, way: 'undo.undo' | 'undo.redo'): Promise<readonly string[]> => {
    const { refused } = await one.ask(way, {});
    return refused.map(({ field, now, why }) => `${field} ${now} ${why}`);
  };
  return { here, there, meet, write, remove, city, isThere, open, swap };
};

const decide = async (one: Device, choice: Choice): Promise<void> => {
  const { fields } = await one.ask('sync.review', { limit: 10 });
  const items = fields.map(({ table, row, field, heads }) => ({
    ...{ table, row, field, choice },
    heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
  }));
  expect(items).toHaveLength(1);
  await one.ask('sync.resolve', { items });
};

test.each<Choice>([{ how: 'keep' }, { how: 'take', head: 0 }])(
  'a decision ($how) that cannot be made again closes nothing',
  async (choice) => {
    const { here, there, meet, write, city, open, swap } = await openAccount();
    await write(here, 'York');
    await write(there, 'Hull');
    await meet();
    expect(await open()).toEqual(['Hull vs York']);
    await decide(here, choice);
    expect(await swap(here, 'undo.undo')).toEqual([]);
    await meet();
    await write(there, 'Bath');
    await meet();
    expect(await open()).toEqual(['Bath vs York']);
    expect(await swap(here, 'undo.redo')).toEqual(['city Bath changed']);
    await meet();
    expect(await open()).toEqual(['Bath vs York']);
    expect([await city(here), await city(there)]).toEqual(['Bath', 'Bath']);
  },
);

test('a decision that somebody went on from cannot be taken back, and opens nothing', async () => {
  const { here, there, meet, write, city, open, swap } = await openAccount();
  await write(here, 'York');
  await write(there, 'Hull');
  await meet();
  await decide(here, { how: 'take', head: 0 });
  await meet();
  await write(there, 'Bath');
  await meet();
  expect(await open()).toEqual([]);
  expect(await swap(here, 'undo.undo')).toEqual(['city Bath changed']);
  await meet();
  expect(await open()).toEqual([]);
  expect([await city(here), await city(there)]).toEqual(['Bath', 'Bath']);
});

test('a record that was brought back by one, and left deleted by another, stays when the one takes that back', async () => {
  const { here, there, meet, write, remove, isThere, open, swap } = await openAccount();
  await remove(here);
  await write(there, 'Hull');
  await meet();
  expect(await open()).toEqual(['2 vs 1']);
  await decide(here, { how: 'take', head: 0 });
  there.tick(60_000);
  await decide(there, { how: 'keep' });
  await meet();
  const before = await Promise.all([here, there].map(isThere));
  expect(before[0]).toBe(before[1]);
  expect(await swap(here, 'undo.undo')).toEqual([expect.stringMatching(/^_st [12] changed$/)]);
  await meet();
  expect(await Promise.all([here, there].map(isThere))).toEqual(before);
});

test('a record that another has left deleted since is not brought back again', async () => {
  const { here, there, meet, write, remove, isThere, open, swap } = await openAccount();
  await remove(here);
  await write(there, 'Hull');
  await meet();
  await decide(here, { how: 'take', head: 0 });
  expect(await swap(here, 'undo.undo')).toEqual([]);
  await meet();
  expect(await open()).toEqual(['2 vs 1']);
  await decide(there, { how: 'keep' });
  await meet();
  expect(await open()).toEqual([]);
  expect(await swap(here, 'undo.redo')).toEqual(['_st 2 changed']);
  await meet();
  expect(await open()).toEqual([]);
  expect(await Promise.all([here, there].map(isThere))).toEqual([false, false]);
});

test.each([false, true])(
  'a deletion that is taken back as often as it is decided is decided again (changed later: %s)',
  async (isLater) => {
    const { here, there, meet, write, remove, open, swap } = await openAccount();
    (isLater ? there : here).tick(60_000);
    await remove(here);
    await write(there, 'Hull');
    await meet();
    await decide(here, { how: 'take', head: 0 });
    for (const way of ['undo.undo', 'undo.redo', 'undo.undo'] as const) {
      expect(await swap(here, way)).toEqual([]);
      await meet();
      expect(await open()).toEqual(way === 'undo.undo' ? ['2 vs 1'] : []);
    }
  },
);
