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
  return { id, here, there, meet, write, remove, city, open, swap };
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
