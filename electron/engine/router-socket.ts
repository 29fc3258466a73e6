/** The door for command lines and second windows: a socket only this user can reach, and a token on top of it. */
import { createServer, type Server } from 'node:net';
import { clearSocket, protectSocket } from './address.ts';
import { lineChannel } from './lines.ts';
import type { Router } from './router.ts';

export const listenSocket = async (router: Router, path: string, token: string): Promise<Server> => {
  clearSocket(path);
  const server = createServer((socket) => router.accept(lineChannel(socket), 'any', token));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  protectSocket(path);
  return server;
};
