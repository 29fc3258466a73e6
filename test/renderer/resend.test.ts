/** A change whose engine ended under it: asked after, sent once more only where it did not arrive. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import type { Client } from '../../shared/contract/index.ts';
import type { Patch } from '../../shared/contract/shapes.ts';
import { applySurely, moveSurely } from '../../renderer/client/resend.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';

let engine: Engine;
let account: string;

beforeEach(async () => {
  engine = openEngine();
  account = engine.newId();
  await engine.client['records.apply']({
    label: 'Fill',
    patches: [{ kind: 'insert', table: 'accounts', id: account, values: { name: 'Harbour Foods' } }],
  });
});
afterEach(() => engine.close());

const gone = () => new AppError('engine-gone', 'Gone.');

/** The engine ends before or after each of the first tries, in turn; then it stays. */
const dying = <T>(run: () => Promise<T>, ends: readonly ('before' | 'after')[]) => {
  let tries = 0;
  const call = async (): Promise<T> => {
    const end = ends[tries];
    tries += 1;
    if (end === 'before') throw gone();
    const answer = await run();
    if (end === 'after') throw gone();
    return answer;
  };
  return { call, tries: () => tries };
};

const host = () => ({ port: engine.client, whenBack: () => Promise.resolve(), now: () => 0 });
const steps = async (): Promise<number> =>
  (await engine.client['records.history']({ table: 'accounts', id: account })).entries.length;

const apply = (patch: Patch, ends: readonly ('before' | 'after')[]) => {
  const args: Parameters<Client['records.apply']>[0] = { patches: [patch], label: 'Account: Next step' };
  const { call, tries } = dying(() => engine.client['records.apply'](args), ends);
  return { done: applySurely(host(), args, call), tries };
};

const patches = (): readonly (readonly [string, Patch])[] => [
  ['update', { kind: 'update', table: 'accounts', id: account, values: { next_step: { '?': 'Call Jonas' } } }],
  ['insert', { kind: 'insert', table: 'accounts', id: engine.newId(), values: { name: 'Kestrel' } }],
  ['delete', { kind: 'delete', table: 'accounts', id: account }],
];

describe('a change under way when the engine ends', () => {
  it.each(['update', 'insert', 'delete'])('%s: what arrived is not sent again', async (kind) => {
    const patch = patches().find(([name]) => name === kind)?.[1];
    if (!patch) throw new Error(kind);
    const { done, tries } = apply(patch, ['after']);
    await done;
    expect(tries()).toBe(1);
    expect(await engine.client['records.get']({ table: 'accounts', id: patch.id })).not.toBeNull();
  });

  it.each(['update', 'insert', 'delete'])('%s: what did not is sent once more', async (kind) => {
    const patch = patches().find(([name]) => name === kind)?.[1];
    if (!patch) throw new Error(kind);
    const { done, tries } = apply(patch, ['before']);
    await done;
    expect(tries()).toBe(2);
    const { undo } = await engine.client['undo.state']({});
    expect(undo?.label).toBe('Account: Next step');
  });

  it('is one step of history and one of undo', async () => {
    const before = await steps();
    const [, patch] = patches()[0] ?? [];
    if (!patch) throw new Error('no patch');
    await apply(patch, ['after']).done;
    expect(await steps()).toBe(before + 1);
    await engine.client['undo.undo']({});
    expect((await engine.client['records.get']({ table: 'accounts', id: account }))?.v['next_step'] ?? null).toBeNull();
  });

  it('is refused when the engine ends at it twice', async () => {
    const [, patch] = patches()[0] ?? [];
    if (!patch) throw new Error('no patch');
    const { done, tries } = apply(patch, ['before', 'before']);
    await expect(done).rejects.toMatchObject({ code: 'engine-gone' });
    expect(tries()).toBe(2);
  });

  it('what the engine refuses is not sent again', async () => {
    const patch: Patch = { kind: 'update', table: 'accounts', id: engine.newId(), values: { name: 'Nobody' } };
    const { done, tries } = apply(patch, []);
    await expect(done).rejects.toMatchObject({ code: 'not-found' });
    expect(tries()).toBe(1);
  });

  it.each(['before', 'after'] as const)('a move to another state is made once (%s)', async (end) => {
    const order = engine.newId();
    await engine.client['records.apply']({
      label: 'Fill',
      patches: [{ kind: 'insert', table: 'orders', id: order, values: { account_id: account } }],
    });
    const args = { table: 'orders', id: order, field: 'status', to: 'cancelled', why: 'No need' };
    const { call, tries } = dying(() => engine.client['records.transition'](args), [end]);
    await moveSurely(host(), args, call);
    expect(tries()).toBe(end === 'after' ? 1 : 2);
    const row = await engine.client['records.get']({ table: 'orders', id: order });
    expect(row?.v['status']).toBe('cancelled');
  });
});
