/**
 * The caller's side. Every call ends: result, typed error, timeout, cancel, or `engine-gone` when the other side
 * dies. A new channel arms the client again; calls that were under way are rejected and never sent twice, since
 * nobody can know whether the first one was done.
 */
import type { CallOptions } from '../contract/define.ts';
import type { Events } from '../contract/events.ts';
import type { Client } from '../contract/index.ts';
import { createCalls, gone, type Calls } from './calls.ts';
import type { HostClient, HostEvents } from './host.ts';
import type { Channel } from './port.ts';
import { createJoiner, decode, decodeJoined, encode, fromWire, WIRE_VERSION, type Failure, type Welcome } from './wire.ts';

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

/** Methods by name without a list of them. Only names with a dot, so that it is never taken for a promise. */
const createMethods = (call: (name: string, input: unknown, options?: CallOptions) => Promise<unknown>): unknown =>
  new Proxy(Object.create(null) as object, {
    get: (_, name) =>
      typeof name === 'string' && name.includes('.')
        ? (input: unknown, options?: CallOptions) => call(name, input, options)
        : undefined,
  });

type Hub = { readonly on: Rpc['on']; readonly emit: (name: string, payload: unknown) => void };

const createHub = (): Hub => {
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

const statesWithoutEngine: readonly string[] = ['starting', 'crashed', 'locked', 'repair', 'stopped'];

type Hooks = {
  readonly calls: Calls;
  readonly emit: Hub['emit'];
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onLost: (reason: string) => void;
  /** The other side refused a frame, or the connection itself. */
  readonly onRefused: (failure: Failure) => void;
};

/** Takes the texts of one channel for as long as that channel is the present one. */
const createReceiver = ({ calls, emit, onWelcome, onLost, onRefused }: Hooks, isStale: () => boolean) => {
  const join = createJoiner();
  return (text: unknown): void => {
    if (isStale()) return;
    const frame = decode(text, ['welcome', 'result', 'error', 'progress', 'event', 'part']);
    if (frame.k === 'welcome') onWelcome(frame);
    else if (frame.k === 'progress') calls.hear(frame);
    else if (frame.k === 'event') {
      const status = frame.n === 'host.status' ? (frame.d as HostEvents['host.status']) : undefined;
      if (status && statesWithoutEngine.includes(status.state)) onLost(status.reason ?? status.state);
      emit(frame.n, frame.d);
    } else if (frame.k === 'part') {
      calls.touch(frame.id);
      const whole = join(frame);
      if (whole !== undefined) calls.settle(decodeJoined(whole));
    } else {
      if (frame.k === 'error' && frame.id === null) onRefused(frame);
      calls.settle(frame);
    }
  };
};

type Link = {
  engine: Channel | undefined;
  host: Channel | undefined;
  isArmed: boolean;
  welcomed: { readonly resolve: (welcome: Welcome) => void; readonly reject: (error: Error) => void } | undefined;
};

const attachHost = (link: Link, hooks: Hooks, channel: Channel): void => {
  link.host = channel;
  const isStale = (): boolean => link.host !== channel;
  channel.listen(createReceiver(hooks, isStale), () => {
    if (isStale()) return;
    link.host = undefined;
    hooks.calls.drop('host', 'the host closed the connection');
  });
};

export const createRpc = (): Rpc => {
  const hub = createHub();
  const calls = createCalls();
  const link: Link = { engine: undefined, host: undefined, isArmed: false, welcomed: undefined };

  const lose = (reason: string): void => {
    const wasArmed = link.isArmed;
    link.isArmed = false;
    calls.drop('call', reason);
    if (wasArmed) hub.emit('gone', { reason });
  };
  const hooks: Hooks = {
    calls,
    emit: hub.emit,
    onLost: lose,
    onWelcome: (welcome) => {
      link.isArmed = true;
      link.welcomed?.resolve(welcome);
      hub.emit('connected', welcome);
    },
    onRefused: (failure) => {
      if (!link.isArmed) link.welcomed?.reject(fromWire(failure.e));
    },
  };

  const attach: Rpc['attach'] = (channel, { token = null, client, window, as = null }) => {
    const before = link.engine;
    link.engine = channel;
    lose('a new connection took its place');
    before?.close();
    link.welcomed?.reject(gone('a new connection took its place'));
    return new Promise((resolve, reject) => {
      link.welcomed = { resolve, reject };
      const isStale = (): boolean => link.engine !== channel;
      channel.listen(createReceiver(hooks, isStale), () => {
        if (isStale()) return;
        link.engine = undefined;
        lose('the connection was closed');
        if (!link.host) calls.drop('host', 'the connection was closed');
        reject(gone('the connection was closed'));
      });
      channel.send(encode({ k: 'hello', v: WIRE_VERSION, token, client, window, as }));
    });
  };
  return {
    // The types of the methods are those of the contracts; the proxies only carry them.
    client: createMethods((name, input, options) => calls.start('call', link.engine, name, input, options)) as Client,
    host: createMethods((name, input, options) =>
      calls.start('host', link.host ?? link.engine, name, input, options),
    ) as HostClient,
    isConnected: () => link.isArmed,
    attach,
    attachHost: (channel) => attachHost(link, hooks, channel),
    on: hub.on,
    close: () => {
      const channel = link.engine;
      link.engine = undefined;
      lose('closed');
      calls.drop('host', 'closed');
      channel?.close();
    },
  };
};
