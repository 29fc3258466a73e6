import { expect, test } from 'vitest';
import { guardCommands } from '../../electron/engine/services/access/permissions.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { pageContext } from '../fakes/context.ts';

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
