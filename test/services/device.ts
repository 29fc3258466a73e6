/** A device of a team as its window sees it. */
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

/** Every answer is checked by the contract. */
export const openDevice = (folder: string, seed: number, change: Partial<EngineEnv> = {}) => {
  const fake = fakeEnv(seed);
  const env: EngineEnv = {
    ...fake,
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
  const ask = async <M extends MethodName>(method: M, args: ArgsOf<WorkbenchContract[M]>) => {
    const { input, output } = contract[method];
    const answer = await handlers[method]?.(input.parse(args), context);
    return output.parse(answer) as Awaited<ReturnType<(typeof contract)[M]['output']['parse']>>;
  };
  return { ask, events, tick: fake.tick };
};
