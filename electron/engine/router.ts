/**
 * The engine's main thread: takes connections in, sends each call to the writer, the reader or the process apart,
 * and passes their texts on. It runs no service and reads no answer, so that it can always hear a cancel.
 */
import { AppError } from '../../shared/contract/define.ts';
import type { Events } from '../../shared/contract/events.ts';
import { contract } from '../../shared/contract/index.ts';
import { guard, sendError, type Guest } from '../../shared/rpc/gate.ts';
import type { Channel } from '../../shared/rpc/port.ts';
import type { Caller } from '../../shared/rpc/server.ts';
import { decode, pack, WIRE_VERSION, type Call, type Hello, type HostCall } from '../../shared/rpc/wire.ts';
import type { ApartBackend } from './router-apart.ts';
import { createChangeStream } from './router-events.ts';
import type { FromRole, ToRole } from './role.ts';

/** Calls of one connection that may be under way; the next are refused as `busy` until some end. */
const CALLS_MAX = 256;
/** A connection that sends this much that cannot be read is not ours. */
const BAD_FRAMES_MAX = 20;

type Backend = 'writer' | 'reader' | 'apart';
type Connection = {
  readonly channel: Channel;
  readonly caller: Caller;
  readonly calls: Map<number, Backend>;
  badFrames: number;
};
type Post = (message: ToRole) => void;

export type RouterOptions = {
  readonly schema: number;
  readonly newId: () => string;
  readonly writer: Post;
  readonly reader: Post;
  readonly apart: ApartBackend;
  /** What a window asks of the host over this connection; only raising the window is passed on. */
  readonly onFocus: () => void;
  /** Called with the number of connections whenever it changes. */
  readonly onCount: (connections: number) => void;
};

export type Router = {
  /**
   * @param door what the transport may be: a page's port never becomes a command line by saying so
   * @param token asked of the hello; null where the transport is proof
   */
  readonly accept: (channel: Channel, door: 'page' | 'any', token: string | null) => void;
  readonly fromRole: (message: FromRole) => void;
  readonly count: () => number;
  readonly stop: () => void;
};

const backendOf = (method: string): Backend => {
  const type = Object.hasOwn(contract, method) ? contract[method as keyof typeof contract].type : undefined;
  // The reader's own look-up is the one that refuses an unknown method.
  return type === 'command' ? 'writer' : type === 'apart' ? 'apart' : 'reader';
};

const call = (options: RouterOptions, c: string, connection: Connection, { id, m }: Call, text: string): void => {
  const { calls, caller, channel } = connection;
  if (calls.size >= CALLS_MAX) return sendError(channel, id, new AppError('busy', 'Too much was asked at once. Try again.'));
  if (calls.has(id)) return sendError(channel, null, new AppError('bad-frame', 'A call with this number is still running.'));
  const wanted = backendOf(m);
  // A page's free query is refused by the reader, before a process is started for it.
  const backend = wanted === 'apart' && caller.client !== 'cli' ? 'reader' : wanted;
  calls.set(id, backend);
  if (backend === 'apart') options.apart.ask({ c, id, text, caller });
  else options[backend]({ k: 'text', c, t: text });
};

const cancel = (options: RouterOptions, c: string, { calls }: Connection, id: number, text: string): void => {
  const backend = calls.get(id);
  if (backend === 'apart') options.apart.cancel(c, id);
  else if (backend) options[backend]({ k: 'text', c, t: text });
};

/** Over the engine's own connections a host is asked for one thing only. */
const askHost = (options: RouterOptions, { channel }: Connection, { id, m }: HostCall): void => {
  if (m !== 'host.focus') return sendError(channel, id, new AppError('denied', 'Only the host itself can do this.'));
  options.onFocus();
  for (const text of pack({ k: 'result', id, r: {} })) channel.send(text);
};

const receive = (options: RouterOptions, c: string, connection: Connection, text: unknown): void => {
  try {
    const frame = decode(text, ['call', 'cancel', 'host']);
    if (frame.k === 'host') askHost(options, connection, frame);
    else if (frame.k === 'call') call(options, c, connection, frame, String(text));
    else cancel(options, c, connection, frame.id, String(text));
  } catch (error) {
    connection.badFrames += 1;
    const known = error instanceof AppError ? error : new AppError('bad-frame', 'This message cannot be read.');
    sendError(connection.channel, null, known);
    if (connection.badFrames >= BAD_FRAMES_MAX) connection.channel.close();
  }
};

const createCaller = (c: string, door: 'page' | 'any', hello: Hello): Caller => {
  const client = door === 'any' ? hello.client : 'page';
  const isNamed = hello.as !== null && client === 'cli';
  return { connection: c, client, window: hello.window, ...(isNamed ? { as: hello.as ?? '' } : {}) };
};

export const createRouter = (options: RouterOptions): Router => {
  const connections = new Map<string, Connection>();
  const broadcast = (n: string, d: unknown): void => {
    for (const text of pack({ k: 'event', n, d })) for (const { channel } of connections.values()) channel.send(text);
  };
  const changes = createChangeStream((payload) => broadcast('changed', payload));

  const leave = (c: string): void => {
    if (!connections.delete(c)) return;
    for (const post of [options.writer, options.reader]) post({ k: 'close', c });
    options.apart.forget(c);
    options.onCount(connections.size);
  };
  let isEnding = false;
  const enter = (channel: Channel, door: 'page' | 'any', hello: Hello): Guest => {
    // Whoever was at the door already is not let into what ends: they find the engine that is started next.
    if (isEnding) {
      channel.close();
      return { onText: () => undefined, onClose: () => undefined };
    }
    const c = options.newId();
    const caller = createCaller(c, door, hello);
    const connection: Connection = { channel, caller, calls: new Map(), badFrames: 0 };
    connections.set(c, connection);
    options.onCount(connections.size);
    for (const post of [options.writer, options.reader]) post({ k: 'open', c, caller });
    for (const text of pack({ k: 'welcome', v: WIRE_VERSION, schema: options.schema, connection: c })) channel.send(text);
    return { onText: (text) => receive(options, c, connection, text), onClose: () => leave(c) };
  };

  return {
    accept: (channel, door, token) => guard(channel, token, (hello) => enter(channel, door, hello)),
    fromRole: (message) => {
      if (message.k === 'text') connections.get(message.c)?.channel.send(message.t);
      else if (message.k === 'done') connections.get(message.c)?.calls.delete(message.id);
      // A worker's events are typed where they are made (env.ts `Emit`).
      else if (message.k === 'event' && message.n === 'changed')
        changes.add((message.d as Pick<Events['changed'], 'tables'>).tables);
      else if (message.k === 'event') broadcast(message.n, message.d);
    },
    count: () => connections.size,
    stop: () => {
      isEnding = true;
      changes.stop();
    },
  };
};
