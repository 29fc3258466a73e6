import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { guardCommands } from '../../electron/engine/services/access/permissions.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { pageContext } from '../fakes/context.ts';
import { makeTemp } from '../setup/temp.ts';
import { openTeam } from './device.ts';
import { asOne, edit, openDesk } from './open.ts';

const context = { ...pageContext, window: 'w1' };

test('a command is asked about at every call, and refused in words', () => {
  let role: Role = 'owner';
  const ran: string[] = [];
  const handlers = guardCommands(
    {
      'app.company': (input: { name: string }, { window }: CallContext) => ran.push(input.name + window),
      'local.set': (input: { name: string }, { window }: CallContext) => ran.push(input.name + window),
    },
    () => role,
  );
  handlers['app.company']({ name: 'a' }, context);
  role = 'viewer';
  expect(() => handlers['app.company']({ name: 'b' }, context)).toThrow(/role does not allow/);
  handlers['local.set']({ name: 'c' }, context);
  expect(ran).toEqual(['aw1', 'cw1']);
});

test('in a team a name that nobody has may only look, as an address that nobody has; where nobody is yet, somebody begins', async () => {
  const { here, meet } = await openTeam(makeTemp(), async (first) => {
    await first.insert('accounts', { name: 'Acme' });
  });
  const write = (as: string) =>
    here.ask(
      'records.apply',
      {
        ...{ label: 'New', source: 'edit', screen: null, reason: null },
        patches: [{ kind: 'insert', table: 'accounts', id: randomUUID(), values: { name: 'Bolt' } }],
      },
      as,
    );
  await write('Xx');
  await here.insert('people', { name: 'Ann Lee', email: 'ann@example.com', role: 'owner' });
  await meet();
  for (const as of ['Xx', 'Ann Lee', 'Xx <xx@example.com>']) await expect(write(as)).rejects.toThrow(/role does not allow/);
  await write('Ann Lee <ann@example.com>');
});

test('who may not join again is told who can, and before that whether the device was taken out', async () => {
  const { hub, team, here, there, meet } = await openTeam(makeTemp(), async (first) => {
    await first.insert('people', { name: 'Ann Lee', email: 'ann@example.com', role: 'owner' });
    await first.insert('people', { name: 'Bo Berg', email: 'bo@example.com', role: 'member' });
  });
  await meet();
  const [bo, ann] = ['Bo <bo@example.com>', 'Ann <ann@example.com>'];
  await expect(there.ask('sync.join', { hub, team }, bo)).rejects.toThrow(/is for an owner.*--as "NAME <MAIL>" join/);
  await there.ask('sync.join', { hub, team }, ann);
  const { device } = await there.ask('app.info', {});
  await here.ask('hub.revoke', { hub, team, device: device.code }, ann);
  for (const as of [bo, ann])
    await expect(there.ask('sync.join', { hub, team }, as)).rejects.toThrow(/was taken out of the team/);
});

describe('A2: roles and limits', () => {
  const REFUSED = /Your role does not set what people may do/;

  test("are an owner's to give", () => {
    const desk = openDesk();
    const member = { ...edit, actor: asOne(desk, 'member') };
    const [id = ''] = desk.store.match('people', 'email', 'member@example.com');
    expect(() => desk.update('people', id, { role: 'owner' }, member)).toThrow(REFUSED);
    expect(() => desk.insert('people', { name: 'Another', role: 'owner' }, member)).toThrow(REFUSED);
    expect(() => desk.insert('approval_limits', { role: 'member', floor: 0 }, member)).toThrow(REFUSED);
    desk.update('people', id, { first_name: 'Ann' }, member);
    desk.update('people', id, { role: 'manager' });
    expect(desk.row('people', id)['role']).toBe('manager');
  });

  test('are not given away by the last one who could give them back', () => {
    const desk = openDesk();
    const owner = { ...edit, actor: asOne(desk, 'owner') };
    const [id = ''] = desk.store.match('people', 'email', 'owner@example.com');
    expect(() => desk.update('people', id, { role: 'viewer' }, owner)).toThrow(/make somebody else an owner first/);
    desk.insert('people', { name: 'Another' }, owner);
    desk.update('people', id, { role: 'viewer' }, owner);
    expect(desk.row('people', id)['role']).toBe('viewer');
    expect(() => desk.update('people', id, { role: 'owner' }, owner)).toThrow(REFUSED);
  });

  test('stay with whoever leaves: a person with a role is not done away with by themselves', () => {
    const desk = openDesk();
    const member = { ...edit, actor: asOne(desk, 'member') };
    const [id = ''] = desk.store.match('people', 'email', 'member@example.com');
    expect(() => desk.store.apply([{ kind: 'delete', table: 'people', id }], member)).toThrow(REFUSED);
  });
});
