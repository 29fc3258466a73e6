/** What stands beside each other, as it is listed, counted and decided: of fields of one's own, of unreadable text, of a status. */
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam, type Device } from './device.ts';

const ACCOUNT = '01900000-0000-7000-8000-0000000000c1';
const TASK = '01900000-0000-7000-8000-0000000000d1';
const OWN = 'x_aaaaaaaa';
type Typed = { readonly '?': string };

/** As a person types into a cell. */
const type = (one: Device, table: string, id: string, field: string, text: string) =>
  one.ask('records.apply', {
    label: 'Typed',
    source: 'edit',
    screen: null,
    reason: null,
    patches: [{ kind: 'update', table, id, values: { [field]: { '?': text } satisfies Typed } }],
  });

/** An account with a field of one's own, and a task, on both devices, which then type apart into one cell. */
const typedApart = async (table: 'accounts' | 'tasks', field: string, [mine, yours]: readonly [string, string]) => {
  const team = await openTeam(makeTemp(), async (first) => {
    await first.insert('field_defs', { table: 'accounts', key: OWN, kind: 'text', label: 'Shelf' });
    await first.edit('New', 'insert', 'accounts', ACCOUNT, { code: 'HARB', name: 'Harbour' });
    await first.edit('New', 'insert', 'tasks', TASK, { what: 'Call' });
  });
  const id = table === 'accounts' ? ACCOUNT : TASK;
  await type(team.here, table, id, field, mine);
  await type(team.there, table, id, field, yours);
  await team.meet();
  return { ...team, id };
};

/** How many there are to decide, wherever it is said. */
const said = async (one: Device, table: string, id: string, field: string) => {
  const [state, each, review, record] = await Promise.all([
    one.ask('sync.state', {}),
    one.ask('sync.conflicts', { limit: 10 }),
    one.ask('sync.review', { limit: 10 }),
    one.ask('records.get', { table, id }),
  ]);
  const isMarked = record?.i?.[field]?.code === 'SYNC_CONFLICT';
  return {
    ...{ state: state.conflicts, each: each.count, review: review.count },
    ...{ listed: each.conflicts.length, fields: review.fields.length, isMarked },
  };
};
const none = { state: 0, each: 0, review: 0, listed: 0, fields: 0, isMarked: false };
const single = { state: 1, each: 1, review: 1, listed: 1, fields: 1 };

test('what two wrote the same in a field of their own is nothing to decide, wherever it is counted', async () => {
  const { here, there, meet, id } = await typedApart('accounts', OWN, ['top', 'top']);
  for (const device of [here, there]) expect(await said(device, 'accounts', id, OWN)).toEqual(none);
  await type(here, 'accounts', id, OWN, 'left');
  await type(there, 'accounts', id, OWN, 'right');
  await meet();
  for (const device of [here, there]) expect(await said(device, 'accounts', id, OWN)).toEqual({ ...single, isMarked: true });
});

test.each([
  ['accounts', 'credit_limit', 'abc', 'about 5k'],
  ['accounts', OWN, 'top', 'left'],
  ['tasks', 'status', 'zzz', 'yyy'],
] as const)('what two typed the same in %s.%s, readable or not, is nothing to decide', async (table, field, same, other) => {
  const { here, there, meet, id } = await typedApart(table, field, [same, same]);
  for (const device of [here, there]) expect(await said(device, table, id, field)).toEqual(none);
  await type(here, table, id, field, other);
  await type(there, table, id, field, `${other}!`);
  await meet();
  // Unreadable text is marked as such, whatever stands beside it.
  for (const device of [here, there]) expect(await said(device, table, id, field)).toMatchObject(single);
});

test('unreadable text beside a value is a conflict, in whichever of them it stands', async () => {
  for (const pair of [
    ['abc', '500'],
    ['500', 'abc'],
  ] as const) {
    const { here, there, id } = await typedApart('accounts', 'credit_limit', pair);
    for (const device of [here, there]) expect(await said(device, 'accounts', id, 'credit_limit')).toMatchObject(single);
  }
});

/** What there is to decide, and the way a window decides it. */
const deciding = async (at: Device) => {
  const { fields } = await at.ask('sync.review', { limit: 10 });
  const [first] = fields;
  if (first === undefined) throw new Error('Nothing is listed');
  const { table, row, field, heads } = first;
  const decide = (choice: { how: 'keep' } | { how: 'take'; head: number } | { how: 'edit'; field: string; text: string }) =>
    at.ask('sync.resolve', {
      items: [{ ...{ table, row, field, choice }, heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })) }],
    });
  return { first, decide };
};

const cell = async (at: Device, id: string) => {
  const record = await at.ask('records.get', { table: 'tasks', id });
  const { raw, code } = record?.i?.['status'] ?? {};
  return { status: record?.v['status'], raw: code === 'SYNC_CONFLICT' ? undefined : raw };
};

test('text that two typed into a status is kept, taken or written over as the cell does it, and undo takes each back', async () => {
  const { here, there, meet, id } = await typedApart('tasks', 'status', ['aaa', 'bbb']);
  const { first, decide } = await deciding(here);
  const [stands, beside] = [first.now.value, first.heads[0]?.value];
  expect(new Set([stands, beside])).toEqual(new Set(['aaa', 'bbb']));
  const edit = (text: string) => ({ how: 'edit', field: 'status', text }) as const;
  for (const [choice, wanted] of [
    [{ how: 'keep' }, { status: 'open', raw: stands }],
    [
      { how: 'take', head: 0 },
      { status: 'open', raw: beside },
    ],
    [edit('ccc'), { status: 'open', raw: 'ccc' }],
    [edit('Done'), { status: 'done', raw: undefined }],
    [edit('Open'), { status: 'open', raw: undefined }],
  ] as const) {
    await decide(choice);
    await meet();
    for (const device of [here, there]) {
      expect(await cell(device, id)).toEqual(wanted);
      expect(await said(device, 'tasks', id, 'status')).toEqual(none);
    }
    await here.ask('undo.undo', {});
    expect(await cell(here, id)).toEqual({ status: 'open', raw: stands });
    expect(await said(here, 'tasks', id, 'status')).toMatchObject(single);
  }
  await meet();
  expect(await said(there, 'tasks', id, 'status')).toMatchObject(single);
  const [mine, yours] = await Promise.all([here, there].map((device) => device.ask('sync.hashes', {})));
  expect(mine).toEqual(yours);
});

test('of what was deleted only what stands is kept, until it is restored: that is said, and nothing is changed', async () => {
  const { here, id } = await typedApart('accounts', 'city', ['Hull', 'York']);
  await here.ask('records.apply', { label: 'Delete', patches: [{ kind: 'delete', table: 'accounts', id }] });
  const { first, decide } = await deciding(here);
  expect(first).toMatchObject({ field: 'city', isGone: true });
  for (const choice of [
    { how: 'take', head: 0 },
    { how: 'edit', field: 'city', text: 'Bath' },
  ] as const)
    await expect(decide(choice)).rejects.toThrow('This account was deleted: keep what stands, or restore it first.');
  await decide({ how: 'keep' });
  expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
  await here.ask('undo.undo', {});
  await here.ask('records.apply', { label: 'Restore', patches: [{ kind: 'undelete', table: 'accounts', id }] });
  await decide({ how: 'take', head: 0 });
  expect((await here.row('accounts', id))?.['city']).toBe(first.heads[0]?.value);
});

test.each([
  ['a value', 'York', 'York', { how: 'take', head: 0 }],
  ['nothing', '', null, { how: 'keep' }],
] as const)(
  '%s that two wrote beside another is one choice, and whoever takes or leaves it has decided both',
  async (_, typed, same, choice) => {
    const folder = makeTemp();
    const { here, there, hub, team } = await openTeam(folder, async (first) => {
      await first.edit('New', 'insert', 'accounts', ACCOUNT, { code: 'HARB', city: 'Leeds' });
    });
    const third = openDevice(folder, 3);
    await third.ask('sync.join', { hub, team });
    const meet = async (...devices: readonly Device[]): Promise<void> => {
      for (const device of devices) await device.ask('sync.round', { hub });
    };
    await meet(third);
    for (const [at, device] of [third, there, here].entries()) {
      device.tick(1000 * at);
      await type(device, 'accounts', ACCOUNT, 'city', device === here ? 'Hull' : typed);
    }
    await meet(third, there, here, there, third);
    const { first, decide } = await deciding(here);
    expect([first.now.value, first.heads.map(({ value }) => value)]).toEqual(['Hull', [same]]);
    await decide(choice);
    await meet(here, there, third);
    for (const device of [here, there, third]) {
      expect(await said(device, 'accounts', ACCOUNT, 'city')).toEqual(none);
      expect((await device.row('accounts', ACCOUNT))?.['city']).toBe(choice.how === 'keep' ? 'Hull' : same);
    }
    await here.ask('undo.undo', {});
    expect((await deciding(here)).first.heads.map(({ value }) => value)).toEqual([same]);
  },
);
