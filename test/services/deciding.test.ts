/** Who may decide a conflict: who could write what is decided (A2). */
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam, type Device } from './device.ts';

const MIA = 'Mia <mia@harbour.example>';
const MAX = 'Max <max@harbour.example>';

/** Two devices, apart, write one thing each their own way. */
const apart = async (
  write: (one: Device, at: number) => Promise<unknown>,
  before: (first: Device) => Promise<void> = async () => undefined,
) => {
  const { here, there, meet } = await openTeam(makeTemp(), async (first) => {
    await first.insert('people', { name: 'Mia', email: 'mia@harbour.example', role: 'member' });
    await write(first, 0);
    await before(first);
  });
  await write(here, 1);
  await write(there, 2);
  await meet();
  const { fields } = await here.ask('sync.review', { limit: 10 });
  expect(fields).toHaveLength(1);
  const items = fields.map(({ table, row, field, heads }) => ({
    ...{ table, row, field },
    heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
  }));
  const decide = (
    choice: { how: 'keep' } | { how: 'take'; head: number } | { how: 'edit'; field: string; text: string },
    as?: string,
  ) => here.ask('sync.resolve', { items: items.map((item) => ({ ...item, choice })) }, as);
  return { here, there, meet, decide };
};

test('A2: what holds for the whole company is decided by an owner, whichever way', async () => {
  const { here, decide } = await apart((one, at) =>
    one.ask('numbers.set', { table: 'orders', format: '{letter}{yy}-{device}-{counter}', start: at + 1 }),
  );
  for (const choice of [
    { how: 'keep' },
    { how: 'take', head: 0 },
    { how: 'edit', field: 'value', text: '{"format":"{letter}{yy}-{device}-{counter}","start":7}' },
  ] as const)
    await expect(decide(choice, MIA)).rejects.toThrow(/Your role does not set what holds for the whole company/);
  expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
  await decide({ how: 'take', head: 0 });
  expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
});

test('A2: a setting is no more written past its command; how files are read a manager may keep', async () => {
  const { here } = await openTeam(makeTemp(), async () => undefined);
  await here.insert('people', { name: 'Mia', email: 'mia@harbour.example', role: 'member' });
  await here.insert('people', { name: 'Max', email: 'max@harbour.example', role: 'manager' });
  const write = (key: string, id: string, as: string) =>
    here.ask(
      'records.apply',
      { label: 'Past', patches: [{ kind: 'insert', table: 'settings', id, values: { key, value: '{}' } }] },
      as,
    );
  const [one, other] = ['0195f000-0000-7000-8000-00000000beef', '0195f000-0000-7000-8000-00000000beee'] as const;
  for (const who of [MIA, MAX]) await expect(write('numbers.invoices', one, who)).rejects.toThrow(/ask an owner/);
  await expect(write('import.recipe', one, MIA)).rejects.toThrow(/ask an owner/);
  await write('import.recipe', other, MAX);
  const rename = { kind: 'update', table: 'settings', id: other, values: { key: 'numbers.invoices' } } as const;
  await expect(here.ask('records.apply', { label: 'Past', patches: [rename] }, MAX)).rejects.toThrow(/ask an owner/);
});

test('A2, K2: how far an account is trusted is decided by nobody else, by whatever is written instead', async () => {
  const account = '01900000-0000-7000-8000-0000000000c1';
  const { here, decide } = await apart((one, at) =>
    one.edit('Limit', at === 0 ? 'insert' : 'update', 'accounts', account, { code: 'HARB', credit_limit: 1000 * (at + 1) }),
  );
  const stands = (await here.row('accounts', account))?.['credit_limit'];
  for (const [field, text] of [
    ['city', 'Hull'],
    ['credit_limit', String(Number(stands) / 100)],
  ] as const)
    await expect(decide({ how: 'edit', field, text }, MIA)).rejects.toThrow(/how far an account is trusted/);
  expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
  expect((await here.row('accounts', account))?.['city']).toBeNull();
});

test('what anybody writes, anybody decides', async () => {
  const account = '01900000-0000-7000-8000-0000000000c1';
  const { here, decide } = await apart((one, at) =>
    one.edit('City', at === 0 ? 'insert' : 'update', 'accounts', account, { code: 'HARB', city: `City ${at}` }),
  );
  await decide({ how: 'keep' }, MIA);
  expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
});

test.each([1, 2])(
  'a deletion that was decided is decided again on every device when that is taken back (%i)',
  async (deletes) => {
    const account = '01900000-0000-7000-8000-0000000000c1';
    const { here, there, meet, decide } = await apart(
      (one, at) =>
        at === deletes
          ? one.ask('records.apply', { label: 'Delete', patches: [{ kind: 'delete', table: 'accounts', id: account }] })
          : one.edit('City', at === 0 ? 'insert' : 'update', 'accounts', account, {
              ...(at === 0 && { code: 'OLD' }),
              city: `City ${at}`,
            }),
      async (first) => void (await first.edit('Code', 'update', 'accounts', account, { code: 'HARB' })),
    );
    // What whoever deleted it had seen is nothing to decide, before and after.
    const open = async () =>
      Promise.all(
        [here, there].map(async (one) =>
          (await one.ask('sync.review', { limit: 10 })).fields.map(({ field, heads }) => `${field}: ${heads[0]?.label ?? ''}`),
        ),
      );
    expect(await open()).toEqual([['_st: Changed: City'], ['_st: Changed: City']]);
    for (const _ of [1, 2]) {
      await decide({ how: 'take', head: 0 });
      await meet();
      expect(await open()).toEqual([[], []]);
      expect((await there.row('accounts', account))?.['code']).toBe('HARB');
      await here.ask('undo.undo', {});
      await meet();
      expect(await open()).toEqual([['_st: Changed: City'], ['_st: Changed: City']]);
    }
    await decide({ how: 'keep' });
    await meet();
    expect(await open()).toEqual([[], []]);
  },
);

test('two who decide one conflict apart, each their own way, have a conflict again', async () => {
  const { here, there, meet } = await openTeam(makeTemp(), async () => undefined);
  const id = await here.insert('accounts', { name: 'Acme', city: 'Leeds' });
  await meet();
  await here.edit('Edit', 'update', 'accounts', id, { city: 'York' });
  await there.edit('Edit', 'update', 'accounts', id, { city: 'Hull' });
  await meet();
  const decide = async (one: Device, choice: { how: 'keep' } | { how: 'edit'; field: string; text: string }) => {
    const { fields } = await one.ask('sync.review', { limit: 10 });
    const items = fields.map(({ table, row, field, heads }) => ({
      ...{ table, row, field, choice },
      heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
    }));
    await one.ask('sync.resolve', { items });
    return fields[0]?.now.value;
  };
  await decide(here, { how: 'edit', field: 'city', text: 'Bath' });
  const kept = await decide(there, { how: 'keep' });
  await meet();
  for (const one of [here, there]) {
    expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
    const { fields } = await one.ask('sync.review', { limit: 10 });
    expect(new Set([fields[0]?.now.value, ...(fields[0]?.heads.map(({ value }) => value) ?? [])])).toEqual(
      new Set(['Bath', kept]),
    );
  }
  // Of one mind, they have nothing more to decide.
  for (const one of [here, there]) await decide(one, { how: 'keep' });
  await meet();
  for (const one of [here, there]) expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
  await there.ask('undo.undo', {});
  expect(await there.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
  await there.ask('undo.redo', {});
  await meet();
  // Nor when one of them goes on with it, nor when that is taken back.
  await here.edit('Edit', 'update', 'accounts', id, { city: 'Wells' });
  await meet();
  for (const one of [here, there]) expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
  await here.ask('undo.undo', {});
  await meet();
  for (const one of [here, there]) expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
  const [mine, yours] = await Promise.all([here, there].map((one) => one.ask('sync.hashes', {})));
  expect(mine).toEqual(yours);
});

test('what three wrote in one field is one thing to decide, wherever it is counted', async () => {
  const folder = makeTemp();
  const { here, there, hub, team, meet } = await openTeam(folder, async () => undefined);
  const third = openDevice(folder, 3);
  await third.ask('sync.join', { hub, team });
  const id = await here.insert('accounts', { name: 'Acme', city: 'Leeds' });
  const all = [here, there, third];
  await meet();
  await third.ask('sync.round', { hub });
  for (const [at, one] of all.entries()) await one.edit('Edit', 'update', 'accounts', id, { city: `Town ${at}` });
  for (const one of [...all, ...all]) await one.ask('sync.round', { hub });
  for (const one of all) {
    const { count, fields } = await one.ask('sync.review', { limit: 10 });
    expect(fields.map(({ heads }) => heads.length)).toEqual([2]);
    expect(count).toBe(1);
    expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
    expect(await one.ask('sync.conflicts', { limit: 10 })).toMatchObject({ count: 2 });
  }
});
