/** The WebSocket-shaped transport: the page's own WebSocket and the one of the `ws` package have this shape. */
import { createEnd, type Channel } from './port.ts';

export type SocketLike = {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
};

const CONNECTING = 0;
const OPEN = 1;

/** Texts sent while the socket is still connecting wait for it. */
export const socketChannel = (socket: SocketLike): Channel => {
  const waiting: string[] = [];
  const end = createEnd(
    (text) => {
      if (socket.readyState === OPEN) socket.send(text);
      else if (socket.readyState === CONNECTING) waiting.push(text);
    },
    () => socket.close(1000),
  );
  socket.onopen = () => {
    for (const text of waiting.splice(0)) socket.send(text);
  };
  socket.onmessage = (event: { readonly data: unknown }) => end.feed(event.data);
  socket.onclose = () => end.end();
  return end.channel;
};
