/** A client and a server of a small contract, joined in one process: the real code of both, and a clock by hand. */
import { z } from 'zod';
import { command, job, none, query, type CallContext, type ClientOf, type ServiceOf } from '../../shared/contract/define.ts';
import { createRpc, type Identity, type Rpc } from '../../shared/rpc/client.ts';
import { guard } from '../../shared/rpc/gate.ts';
import { createEnd, createPair, type Channel } from '../../shared/rpc/port.ts';
import { createServer, type Server, type ServerOptions } from '../../shared/rpc/server.ts';
import { pack, WIRE_VERSION } from '../../shared/rpc/wire.ts';

export const smallContract = {
  'small.echo': query('The same again', z.strictObject({ value: z.json() }), z.object({ value: z.json() })),
  'small.add': query('A sum', z.strictObject({ a: z.int(), b: z.int().default(1) }), z.object({ sum: z.int() })),
  'small.write': command('A short command', z.strictObject({ name: z.string() }), none),
  'small.long': job('A long command', z.strictObject({ name: z.string() }), none),
  'small.admin': query('For administrators', none, none, 'cli'),
  'small.broken': query('Throws what it is told', z.strictObject({ how: z.string() }), z.object({ n: z.int() })),
};
export type SmallContract = typeof smallContract;
export type SmallHandlers = ServiceOf<SmallContract, 'query' | 'command' | 'apart'>;

/** A handler that runs until its test says how it ends. */
export type Gate = { readonly started: Promise<CallContext>; readonly finish: () => void };
export const createGate = (): Gate & { readonly run: (context: CallContext) => Promise<Record<string, never>> } => {
  let finish = (): void => {};
  let begin = (_context: CallContext): void => {};
  const started = new Promise<CallContext>((resolve) => (begin = resolve));
  const finished = new Promise<void>((resolve) => (finish = resolve));
  return {
    started,
    finish: () => finish(),
    run: async (context) => {
      begin(context);
      await finished;
      return {};
    },
  };
};

export type Logged = { readonly level: string; readonly text: string; readonly details?: unknown };

export const createSmallServer = (handlers: Partial<SmallHandlers>, more: Partial<ServerOptions<SmallContract>> = {}) => {
  const logged: Logged[] = [];
  let count = 0;
  const server: Server = createServer({
    contract: smallContract,
    handlers: {
      'small.echo': ({ value }) => ({ value }),
      'small.add': ({ a, b }) => ({ sum: a + b }),
      'small.admin': () => ({}),
      ...handlers,
    },
    log: (level, text, details) => void logged.push({ level, text, details }),
    newId: () => `ref-${(count += 1)}`,
    clock: () => 0,
    ...more,
  });
  return { server, logged };
};

/** Lets a channel in as an engine does. */
const serveChannel = (server: Server, channel: Channel, connection = 'c1', token: string | null = null): void =>
  guard(channel, token, (hello) => {
    const end = createEnd(
      (text) => channel.send(text),
      () => {},
    );
    for (const text of pack({ k: 'welcome', v: WIRE_VERSION, schema: 10, connection })) channel.send(text);
    server.connect(end.channel, { connection, client: hello.client, window: hello.window }, 'call');
    return { onText: end.feed, onClose: end.end };
  });

const identity: Identity = { client: 'page', window: 'w1' };

/** A client that is connected; `cut` ends the connection from the other side. */
export const connectSmall = async (
  server: Server,
  rpc: Rpc = createRpc(),
  who: Identity = identity,
): Promise<{ readonly rpc: Rpc; readonly client: ClientOf<SmallContract>; readonly cut: () => void }> => {
  const [mine, theirs] = createPair();
  serveChannel(server, theirs);
  await rpc.attach(mine, who);
  // The client is a proxy that sends whatever name it is asked for; here the names are those of the small contract.
  return { rpc, client: rpc.client as unknown as ClientOf<SmallContract>, cut: () => theirs.close() };
};
