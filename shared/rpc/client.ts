/**
 * The caller's side. Every call ends: result, typed error, timeout, cancel, or `engine-gone` when the other side
 * dies. A new channel arms the client again; calls that were under way are rejected and never sent twice, since
 * nobody can know whether the first one was done.
 */
import { AppError, type CallOptions } from '../contract/define.ts';
import type { Events } from '../contract/events.ts';
import type { Client } from '../contract/index.ts';
import type { HostClient, HostEvents } from './host.ts';
import type { Channel } from './port.ts';
import { after } from './timing.ts';
import {
  createJoiner,
  decode,
  decodeJoined,
  encode,
  fromWire,
  WIRE_VERSION,
  type Call,
  type Failure,
  type HostCall,
  type Result,
  type Welcome,
} from './wire.ts';

/** A call that says nothing for this long is given up; progress starts the wait again. */
const TIMEOUT_MS = 30_000;
/** After a cancel the engine has this long to say how it ended (an import is taken back first). */
const CANCEL_MS = 5000;

export type Identity = {
  readonly token?: string | null;
  readonly client: 'page' | 'cli';
  /** The window or tab that a step of undo names. */
  readonly window: string;
  readonly as?: string;
};

type LocalEvents = {
  /** Armed: the engine answered. Come again after every restart, and then everything shown is to be read anew. */
  connected: Welcome;
  /** The engine is gone; calls are refused until `connected`. */
  gone: { readonly reason: string };
};
export type AllEvents = Events & HostEvents & LocalEvents;

export type Rpc = {
  /** The engine's methods by name: `await rpc.client['app.info']({})`. */
  readonly client: Client;
  readonly host: HostClient;
  /** Whether the engine has answered on the present channel. */
  readonly isConnected: () => boolean;
  /** Takes a (new) channel to the engine; resolves when the engine answers. */
  attach(channel: Channel, identity: Identity): Promise<Welcome>;
  /** Only where the host has a channel of its own (Electron); else host calls go the engine's way. */
  attachHost(channel: Channel): void;
  on<K extends keyof AllEvents>(name: K, listener: (payload: AllEvents[K]) => void): () => void;
  close(): void;
};

type Pending = {
  readonly kind: 'call' | 'host';
  readonly onProgress: CallOptions['onProgress'];
  readonly wait: (ms?: number) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
};

const gone = (reason: string): AppError =>
  new AppError(
    'engine-gone',
    'The workbench lost its engine while this was under way. It may or may not have been saved: look before you do it again.',
    {
      reason,
    },
  );

/** Methods by name without a list of them. Only names with a dot, so that it is never taken for a promise. */
const createMethods = <T>(call: (name: string, input: unknown, options?: CallOptions) => Promise<unknown>): T =>
  new Proxy(Object.create(null) as object, {
    get: (_, name) =>
      typeof name === 'string' && name.includes('.')
        ? (input: unknown, options?: CallOptions) => call(name, input, options)
        : undefined,
    // The types of the methods are those of the contract; the proxy only carries them.
  }) as T;

const createHub = (): {
  readonly on: Rpc['on'];
  readonly emit: (name: string, payload: unknown) => void;
} => {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  return {
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => void known.delete(listener);
    },
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
  };
};

const createCalls = () => {
  const pending = new Map<number, Pending>();
  let count = 0;

  const start = (
    kind: Pending['kind'],
    channel: Channel | undefined,
    name: string,
    input: unknown,
    { signal, timeoutMs = TIMEOUT_MS, onProgress }: CallOptions = {},
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new AppError('cancelled', 'Cancelled before it began.'));
      if (!channel) return reject(gone('not connected'));
      count += 1;
      const id = count;
      let stop = () => {};
      let patience = timeoutMs;
      const end = (): void => {
        stop();
        signal?.removeEventListener('abort', cancel);
        pending.delete(id);
      };
      const give = (): void => {
        const wasCancelled = signal?.aborted === true;
        end();
        if (!wasCancelled) channel.send(encode({ k: 'cancel', id }));
        reject(
          wasCancelled
            ? new AppError('cancelled', 'Cancelled.')
            : new AppError('timeout', 'The workbench did not answer in time. Try again.', { method: name, ms: timeoutMs }),
        );
      };
      const wait = (ms?: number): void => {
        patience = ms ?? patience;
        stop();
        stop = after(patience, give);
      };
      const cancel = (): void => {
        channel.send(encode({ k: 'cancel', id }));
        wait(CANCEL_MS);
      };
      try {
        const frame: Call | HostCall = { k: kind, id, m: name, a: input };
        const text = encode(frame);
        pending.set(id, {
          kind,
          onProgress,
          wait,
          resolve: (value) => (end(), resolve(value)),
          reject: (error) => (end(), reject(error)),
        });
        signal?.addEventListener('abort', cancel);
        wait();
        channel.send(text);
      } catch (error) {
        end();
        reject(error instanceof AppError ? error : new AppError('invalid', 'This cannot be sent: it is no JSON value.'));
      }
    });

  const settle = (frame: Result | Failure): void => {
    const call = frame.id === null ? undefined : pending.get(frame.id);
    if (frame.k === 'result') call?.resolve(frame.r);
    else call?.reject(fromWire(frame.e));
  };
  const drop = (kind: Pending['kind'] | 'all', reason: string): void => {
    for (const call of [...pending.values()]) if (kind === 'all' || call.kind === kind) call.reject(gone(reason));
  };
  return { pending, start, settle, drop };
};

const statesWithoutEngine: readonly string[] = ['starting', 'crashed', 'locked', 'repair', 'stopped'];

export const createRpc = (): Rpc => {
  const hub = createHub();
  const calls = createCalls();
  let engine: Channel | undefined;
  let host: Channel | undefined;
  let isArmed = false;
  let welcomed: { readonly resolve: (welcome: Welcome) => void; readonly reject: (error: AppError) => void } | undefined;

  const lose = (reason: string): void => {
    const wasArmed = isArmed;
    isArmed = false;
    calls.drop('call', reason);
    if (wasArmed) hub.emit('gone', { reason });
  };
  const receiver = (isStale: () => boolean): ((text: unknown) => void) => {
    const join = createJoiner();
    return (text) => {
      if (isStale()) return;
      const frame = decode(text, ['welcome', 'result', 'error', 'progress', 'event', 'part']);
      if (frame.k === 'welcome') {
        isArmed = true;
        welcomed?.resolve(frame);
        hub.emit('connected', frame);
      } else if (frame.k === 'event') {
        const status = frame.n === 'host.status' ? (frame.d as HostEvents['host.status']) : undefined;
        if (status && statesWithoutEngine.includes(status.state)) lose(status.reason ?? status.state);
        hub.emit(frame.n, frame.d);
      } else if (frame.k === 'progress') {
        const call = calls.pending.get(frame.id);
        call?.wait();
        call?.onProgress?.(frame.done, frame.total, frame.what);
      } else if (frame.k === 'part') {
        const whole = join(frame);
        calls.pending.get(frame.id)?.wait();
        if (whole !== undefined) calls.settle(decodeJoined(whole));
      } else {
        if (frame.k === 'error' && frame.id === null && !isArmed) welcomed?.reject(fromWire(frame.e));
        calls.settle(frame);
      }
    };
  };

  const attach: Rpc['attach'] = (channel, identity) => {
    const before = engine;
    engine = channel;
    lose('a new connection took its place');
    before?.close();
    welcomed?.reject(gone('a new connection took its place'));
    return new Promise((resolve, reject) => {
      welcomed = { resolve, reject };
      const isStale = (): boolean => engine !== channel;
      channel.listen(receiver(isStale), () => {
        if (isStale()) return;
        engine = undefined;
        lose('the connection was closed');
        if (!host) calls.drop('host', 'the connection was closed');
        reject(gone('the connection was closed'));
      });
      const { token = null, client, window, as = null } = identity;
      channel.send(encode({ k: 'hello', v: WIRE_VERSION, token, client, window, as }));
    });
  };
  return {
    client: createMethods<Client>((name, input, options) => calls.start('call', engine, name, input, options)),
    host: createMethods<HostClient>((name, input, options) => calls.start('host', host ?? engine, name, input, options)),
    isConnected: () => isArmed,
    attach,
    attachHost: (channel) => {
      host = channel;
      channel.listen(
        receiver(() => host !== channel),
        () => {
          if (host !== channel) return;
          host = undefined;
          calls.drop('host', 'the host closed the connection');
        },
      );
    },
    on: hub.on,
    close: () => {
      const channel = engine;
      engine = undefined;
      lose('closed');
      calls.drop('all', 'closed');
      channel?.close();
    },
  };
};
