/** The engine behind a grid, without a process between them: the composed writer and reader on a file of their own. */
import path from 'node:path';
import { composeReader, composeWriter } from '../../electron/engine/compose.ts';
import type { EngineEnv } from '../../electron/engine/env.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import type { Client, MethodName } from '../../shared/contract/index.ts';
import { contract } from '../../shared/contract/index.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';
import { pageContext as context } from '../fakes/context.ts';

export type Engine = {
  /** The file it is on, to be looked at by a connection of one's own. */
  readonly file: string;
  readonly client: Client;
  readonly newId: () => string;
  /** Methods called, in order. */
  readonly calls: readonly MethodName[];
  /** Runs before every call: where a test makes the engine slow or lets it fail. */
  onCall: (method: MethodName, args: unknown) => Promise<void> | void;
  /** What reads is started again, as after a crash: no open view is known any more. */
  readonly restart: () => void;
  readonly close: () => void;
};

export const openEngine = (): Engine => {
  const env: EngineEnv = {
    ...fakeEnv(),
    db: emptyFile(path.join(makeTemp(), 'grid.db')),
    locale: 'en-GB',
    version: '0.0.0',
    log: () => undefined,
  };
  const writer = composeWriter(env, () => undefined);
  let reader = composeReader(env);
  const calls: MethodName[] = [];
  const client = new Proxy({} as Client, {
    get: (_, name: MethodName) => async (args: unknown) => {
      calls.push(name);
      await engine.onCall(name, args);
      const handlers = { ...writer.handlers, ...reader.handlers } as Readonly<Record<string, unknown>>;
      const handler = handlers[name] as (input: unknown, context: CallContext) => unknown;
      const answer: unknown = await handler(contract[name].input.parse(args), context);
      return contract[name].output.parse(JSON.parse(JSON.stringify(answer)));
    },
  });
  const engine: Engine = {
    file: env.db,
    client,
    newId: env.ids,
    calls,
    onCall: () => undefined,
    restart: () => {
      reader.close();
      reader = composeReader(env);
    },
    close: () => {
      reader.close();
      writer.close();
    },
  };
  return engine;
};

/** Lets everything that is under way come to its end. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
};
