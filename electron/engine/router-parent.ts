/**
 * The line to the process that started this engine, in its three forms: Node's IPC with many connections on one
 * channel, Electron's parent port with one port per window, and a line that is cut after the start (detached).
 */
import { createEnd, emitterChannel, type Channel, type EmitterPort } from '../../shared/rpc/port.ts';
import type { WireError } from '../../shared/rpc/wire.ts';
import type { EngineOptions } from './options.ts';

/** From the host. `c` numbers a connection of the host's. */
export type FromHost =
  | { readonly k: 'open'; readonly c: number }
  | { readonly k: 'text'; readonly c: number; readonly t: string }
  | { readonly k: 'close'; readonly c: number }
  | { readonly k: 'end' };
export type ToHost =
  | { readonly k: 'ready'; readonly schema: number; readonly pid: number }
  | { readonly k: 'failed'; readonly error: WireError }
  | { readonly k: 'text'; readonly c: number; readonly t: string }
  | { readonly k: 'close'; readonly c: number }
  | { readonly k: 'focus' };

type ParentPort = {
  on(event: 'message', listener: (event: { data: FromHost; ports: EmitterPort[] }) => void): void;
  postMessage(message: ToHost): void;
};
type Listeners = { readonly onChannel: (channel: Channel) => void; readonly onEnd: () => void };
export type Parent = { readonly post: (message: ToHost) => void };

const listenIpc = ({ onChannel, onEnd }: Listeners, post: Parent['post']): void => {
  const ends = new Map<number, ReturnType<typeof createEnd>>();
  const open = (c: number): void => {
    const end = createEnd(
      (t) => post({ k: 'text', c, t }),
      () => {
        ends.delete(c);
        post({ k: 'close', c });
      },
    );
    ends.set(c, end);
    onChannel(end.channel);
  };
  process.on('message', (message: FromHost) => {
    if (message.k === 'open') open(message.c);
    else if (message.k === 'text') ends.get(message.c)?.feed(message.t);
    else if (message.k === 'close') {
      ends.get(message.c)?.end();
      ends.delete(message.c);
    } else onEnd();
  });
  process.on('disconnect', onEnd);
};

export const createParent = (mode: EngineOptions['mode'], listeners: Listeners): Parent => {
  if (mode === 'port') {
    // Electron adds it to the process of a utility; it is in no type of Node's.
    const { parentPort } = process as unknown as { parentPort: ParentPort };
    parentPort.on('message', ({ data, ports: [port] }) => {
      if (data.k === 'open' && port) listeners.onChannel(emitterChannel(port));
      else if (data.k === 'end') listeners.onEnd();
    });
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
    return { post: (message) => parentPort.postMessage(message) };
  }
  const post: Parent['post'] = (message) => {
    if (process.connected) process.send?.(message);
  };
  if (mode === 'child') listenIpc(listeners, post);
  return { post };
};
