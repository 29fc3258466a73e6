/**
 * A whole engine in one thread, for tests and measurements: the same composition, the same parsing of what goes in
 * and, here, of what comes out; no process, no frames.
 */
import type { ArgsOf, CallContext, CallOptions, OutputOf } from '../../shared/contract/define.ts';
import type { Events } from '../../shared/contract/events.ts';
import { contract, type MethodName, type WorkbenchContract } from '../../shared/contract/index.ts';
import { createServer } from '../../shared/rpc/server.ts';
import { createCancel } from '../../shared/rpc/timing.ts';
import { composeApart, composeReader, composeWriter } from './compose.ts';
import type { EngineEnv } from './env.ts';
import { explain } from './explain.ts';

type EventPayload<K extends keyof Events> = K extends 'changed' ? Omit<Events['changed'], 'seq'> : Events[K];

export type LocalEngine = {
  /** @param as `NAME <MAIL>`: who does it, as on the command line */
  readonly call: <M extends MethodName>(
    method: M,
    args: ArgsOf<WorkbenchContract[M]>,
    as?: string,
    options?: CallOptions,
  ) => Promise<OutputOf<WorkbenchContract[M]>>;
  /** Hears what services say, unnumbered and unspaced. */
  readonly on: <K extends keyof Events>(name: K, listener: (payload: EventPayload<K>) => void) => () => void;
  readonly close: () => void;
};

const quiet: CallContext['progress'] = () => {};

/** @param who the window and connection of every call */
export const openEngine = (
  env: EngineEnv,
  who: Pick<CallContext, 'connection' | 'window'> = { connection: 'test', window: 'test' },
): LocalEngine => {
  const listeners = new Map<keyof Events, Set<(payload: never) => void>>();
  const writer = composeWriter(env, (name, payload) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  });
  const reader = composeReader(env);
  const apart = composeApart(env);
  const server = createServer({
    contract,
    handlers: { ...writer.handlers, ...reader.handlers, ...apart.handlers },
    log: env.log,
    newId: env.ids,
    clock: env.clock,
    explain,
    checkOutput: true,
  });
  return {
    call: async (method, args, as, options = {}) => {
      const { signal = createCancel().signal, onProgress = quiet } = options;
      const context: CallContext = { ...who, client: 'cli', signal, progress: onProgress, ...(as === undefined ? {} : { as }) };
      // The output was parsed by the schema its type comes from.
      return (await server.invoke(method, args, context)) as OutputOf<WorkbenchContract[typeof method]>;
    },
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => void known.delete(listener);
    },
    close: () => {
      reader.close();
      apart.close();
      writer.close();
    },
  };
};
