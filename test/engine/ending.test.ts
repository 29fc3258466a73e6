/** An engine that ends lets nobody in any more: who was at its door finds the one that is started next. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { socketPath } from '../../electron/engine/address.ts';
import { lineChannel } from '../../electron/engine/lines.ts';
import { createRouter } from '../../electron/engine/router.ts';
import { listenSocket } from '../../electron/engine/router-socket.ts';
import { createRpc } from '../../shared/rpc/client.ts';
import { makeTemp } from '../setup/temp.ts';

const TOKEN = 'token';
const nothing = (): void => undefined;

it('refuses a hello that comes while it ends, though its socket was open before', async () => {
  const counts: number[] = [];
  let made = 0;
  const router = createRouter({
    schema: 1,
    newId: () => `c${(made += 1)}`,
    writer: nothing,
    reader: nothing,
    apart: { ask: nothing, cancel: nothing, forget: nothing, end: nothing },
    onFocus: nothing,
    onCount: (count) => counts.push(count),
  });
  const path = socketPath(`${makeTemp()}/a.db`);
  const server = await listenSocket(router, path, TOKEN);
  onTestFinished(() => void server.close());
  const open = async (): Promise<Socket> => {
    const socket = connect(path);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  const enter = (socket: Socket): Promise<unknown> =>
    createRpc().attach(lineChannel(socket), { token: TOKEN, client: 'cli', window: 'test' });
  const [first, late] = [await open(), await open()];
  await enter(first);
  expect(counts).toEqual([1]);
  router.stop();
  await expect(enter(late)).rejects.toMatchObject({ code: 'engine-gone' });
  expect(counts).toEqual([1]);
});
