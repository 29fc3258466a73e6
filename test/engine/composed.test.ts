/** The engine in one thread: every method of the contract is there, in its role, and a day's work goes through it. */
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeApart, composeReader, composeWriter } from '../../electron/engine/compose.ts';
import { openEngine, type LocalEngine } from '../../electron/engine/engine.ts';
import type { EngineEnv } from '../../electron/engine/env.ts';
import { contract } from '../../shared/contract/index.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';

const createEnv = (): EngineEnv => ({
  ...fakeEnv(),
  db: path.join(makeTemp(), 'a.db'),
  log: () => {},
  locale: 'en-GB',
  version: '1.2.3',
});

it('every method is answered by the role of its type, and by no other', () => {
  const env = createEnv();
  const roles = { command: composeWriter(env, () => {}), query: composeReader(env), apart: composeApart(env) };
  for (const [type, { handlers }] of Object.entries(roles)) {
    const declared = Object.entries(contract).filter(([, method]) => method.type === type);
    expect(Object.keys(handlers).toSorted()).toEqual(declared.map(([name]) => name).toSorted());
  }
  for (const role of [roles.apart, roles.query, roles.command]) role.close();
});

describe('a day', () => {
  let engine: LocalEngine;
  beforeEach(() => void (engine = openEngine(createEnv())));
  afterEach(() => engine.close());

  it('of one account: made, found, listed, taken back', async () => {
    const changed: unknown[] = [];
    engine.on('changed', ({ tables }) => changed.push(...Object.keys(tables)));
    const id = '01900000-0000-7000-8000-0000000000aa';
    await engine.call('records.apply', {
      patches: [{ kind: 'insert', table: 'accounts', id, values: { code: 'HARB', name: 'Harbour Foods' } }],
      label: 'New account',
    });
    expect(changed).toContain('accounts');
    expect((await engine.call('app.info', {})).counts['accounts']).toBe(1);
    expect((await engine.call('search.everywhere', { text: 'harb' })).hits.map((hit) => hit.id)).toEqual([id]);
    const { view, count } = await engine.call('view.open', { table: 'accounts' });
    expect(count).toBe(1);
    expect((await engine.call('view.rows', { view, from: 0, to: 10 })).rows.map((row) => row.v['name'])).toEqual([
      'Harbour Foods',
    ]);
    expect((await engine.call('undo.undo', {})).step?.label).toBe('New account');
    expect((await engine.call('view.refresh', { view })).count).toBe(0);
  });

  it('begins with what cannot be: typed errors', async () => {
    await expect(engine.call('view.rows', { view: 'nowhere', from: 0, to: 1 })).rejects.toMatchObject({ code: 'view-gone' });
    await expect(engine.call('records.apply', { patches: [], label: '' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(engine.call('query.run', { sql: 'DELETE FROM accounts' })).rejects.toMatchObject({ code: 'bad-query' });
  });
});
