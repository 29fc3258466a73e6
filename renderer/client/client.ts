/**
 * The engine and the host as this window sees them. `client` can be called at once: calls made before the first
 * connection wait for it; after that, a call without an engine fails like any other, and says so.
 */
import { create } from 'zustand';
import type { Client, MethodName } from '../../shared/contract/index.ts';
import { contract } from '../../shared/contract/index.ts';
import { createRpc } from '../../shared/rpc/client.ts';
import type { AllEvents } from '../../shared/rpc/client.ts';
import type { EngineStatus, HostClient } from '../../shared/rpc/host.ts';
import { markSaved, markWriting } from '../state/status.ts';
import type { ResendHost } from './resend.ts';
import { applySurely, moveSurely } from './resend.ts';

export const rpc = createRpc();

export type Connection = {
  readonly status: 'connecting' | 'ready' | 'down' | 'repair';
  /** In words: how the engine ended, or who holds the file. */
  readonly reason: string | null;
  readonly engine: EngineStatus | null;
};

const useStore = create<Connection>(() => ({ status: 'connecting', reason: null, engine: null }));

export const useConnection = (): Connection => useStore();

const firstConnection = new Promise<void>((resolve) => {
  const stop = rpc.on('connected', () => {
    stop();
    resolve();
  });
});

rpc.on('connected', () => useStore.setState({ status: 'ready', reason: null }));
rpc.on('gone', ({ reason }) =>
  useStore.setState(({ status }) => (status === 'repair' ? {} : { status: 'down' as const, reason })),
);
rpc.on('host.status', (engine) =>
  useStore.setState(() => {
    if (engine.state === 'repair') return { status: 'repair', reason: engine.reason, engine };
    return engine.state === 'ready' && rpc.isConnected() ? { engine } : { status: 'down', reason: engine.reason, engine };
  }),
);

/** Whether an answer means that something was written to the file, durably. */
const isChange = (name: MethodName): boolean => contract[name].type === 'command' && !name.startsWith('local.');

/** Edits under way. Imports and copies are none: they take minutes and are batches of their own. */
const edits = new Set<Promise<unknown>>();

/** What is asked of the engine as an edit of the person's own: typed, pasted, undone. */
const isEdit = (name: MethodName): boolean => /^(?:records|orders|undo)\./.test(name) && isChange(name);

const editListeners = new Set<(source: string) => void>();

/** Hears of each edit of this window as it is sent, by where it comes from (`paste`, `fill`, …). Returns how to stop. */
export const onEdit = (listener: (source: string) => void): (() => void) => {
  editListeners.add(listener);
  return () => void editListeners.delete(listener);
};

const tellEdit = (name: MethodName, [first]: readonly unknown[]): void => {
  if (!isEdit(name)) return;
  const source = name === 'records.apply' ? (first as ApplyArgs[0]).source : undefined;
  for (const listener of editListeners) listener(source ?? 'edit');
};

const track = async (name: MethodName, call: () => Promise<unknown>): Promise<unknown> => {
  const answer = call();
  if (!isChange(name)) return answer;
  if (/^(?:records|orders|quotes)\./.test(name)) edits.add(answer);
  markWriting(edits.size > 0);
  try {
    await answer;
    markSaved(Date.now());
    return answer;
  } finally {
    edits.delete(answer);
    markWriting(edits.size > 0);
  }
};

/** Resolves when every edit is written; one that waited for the one before it is sent in the turn that answers that. */
export const whenWritten = async (): Promise<void> => {
  while (edits.size > 0) {
    await Promise.allSettled(edits);
    await new Promise((resolve) => setTimeout(resolve));
  }
};

/** Resolves when the engine answers: at once, or after its next start. */
const whenConnected = async (): Promise<void> => {
  if (rpc.isConnected()) return;
  await new Promise<void>((resolve) => {
    const stop = rpc.on('connected', () => {
      stop();
      resolve();
    });
  });
};

const surely: ResendHost = { port: rpc.client, whenBack: whenConnected, now: () => Date.now() };

type ApplyArgs = Parameters<Client['records.apply']>;
type MoveArgs = Parameters<Client['records.transition']>;

/** Text must not be lost with the engine: the calls that carry it look after themselves. */
const callOf = (name: MethodName, call: (...args: unknown[]) => Promise<unknown>, args: unknown[]) => (): Promise<unknown> => {
  // The proxy hands every method's own arguments on; the name says which they are.
  if (name === 'records.apply')
    return applySurely(surely, (args as ApplyArgs)[0], () => call(...args) as ReturnType<Client['records.apply']>);
  if (name === 'records.transition')
    return moveSurely(surely, (args as MoveArgs)[0], () => call(...args) as ReturnType<Client['records.transition']>);
  return call(...args);
};

/** A call by name that waits for the first connection. */
const waiting = (): Client =>
  new Proxy(rpc.client, {
    get: (target, name: MethodName) => {
      const call = target[name] as ((...args: unknown[]) => Promise<unknown>) | undefined;
      return call === undefined
        ? undefined
        : async (...args: unknown[]) => {
            await firstConnection;
            tellEdit(name, args);
            return track(name, callOf(name, call, args));
          };
    },
  });

/** The host does not let this window in; in words. */
export const refuseConnection = (reason: string): void => useStore.setState({ reason });

export const client: Client = waiting();
export const host: HostClient = rpc.host;

/** Hears an event of the engine or the host; returns how to stop. */
export const onEvent = <K extends keyof AllEvents>(name: K, listener: (payload: AllEvents[K]) => void): (() => void) =>
  rpc.on(name, listener);
