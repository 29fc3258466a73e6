/** Devices of a team as their windows see them, and a team of two that meets through a folder. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { composeReader, composeWriter } from '../../electron/engine/compose.ts';
import type { EngineEnv } from '../../electron/engine/env.ts';
import { contract } from '../../shared/contract/index.ts';
import type { ArgsOf } from '../../shared/contract/define.ts';
import type { MethodName, WorkbenchContract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { fakeEnv } from '../fakes/env.ts';

type Handler = (input: unknown, about: typeof context) => unknown;
type Values = Readonly<Record<string, string | number | null>>;

export type Device = ReturnType<typeof openDevice>;

/** A device as its window sees it: every answer is checked by the contract. */
export const openDevice = (folder: string, seed: number, change: Partial<EngineEnv> = {}) => {
  const env = {
    ...fakeEnv(seed),
    db: path.join(folder, `${seed}.db`),
    locale: 'en-GB',
    version: 'test',
    log: () => undefined,
    ...change,
  };
  const events: string[] = [];
  const writer = composeWriter(env, (name) => void events.push(name));
  const reader = composeReader(env);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  const handlers = { ...writer.handlers, ...reader.handlers } as unknown as Record<string, Handler>;
  /** @param as somebody else than who sits there: `NAME <MAIL>`, or the id of a person */
  const ask = async <M extends MethodName>(method: M, args: ArgsOf<WorkbenchContract[M]>, as?: string) => {
    const { input, output } = contract[method];
    const answer = await handlers[method]?.(input.parse(args), as === undefined ? context : { ...context, as });
    return output.parse(answer) as Awaited<ReturnType<(typeof contract)[M]['output']['parse']>>;
  };
  const write = (label: string, kind: 'insert' | 'update', table: string, id: string, values: Values) =>
    ask('records.apply', { label, source: 'edit', screen: null, reason: null, patches: [{ kind, table, id, values }] });
  return {
    ask,
    events,
    file: env.db,
    tick: env.tick,
    edit: write,
    insert: async (table: string, values: Values): Promise<string> => {
      const id = env.ids();
      await write('New', 'insert', table, id, values);
      return id;
    },
    row: async (table: string, id: string) => (await ask('records.get', { table, id }))?.v,
  };
};

/** @param before what the first one does before there is a team */
export const openTeam = async (folder: string, before: (here: Device) => Promise<void>) => {
  const hub = path.join(folder, 'shared');
  mkdirSync(hub);
  const team = path.join(folder, 'team.key');
  const [here, there] = [openDevice(folder, 1), openDevice(folder, 2)] as const;
  await before(here);
  await here.ask('sync.join', { hub, team, isNew: true });
  await there.ask('sync.join', { hub, team });
  const meet = async (): Promise<void> => {
    for (const one of [here, there, here]) await one.ask('sync.round', { hub });
  };
  await meet();
  return { hub, team, here, there, meet };
};
