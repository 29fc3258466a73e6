/**
 * The browser host's door: http and a WebSocket on 127.0.0.1 and nowhere else. Host and Origin must be exactly this
 * server's own (a name that resolves to 127.0.0.1 is somebody else's page), and nothing is answered over the socket
 * before the launch's token. No setting widens any of this.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError } from '../../shared/contract/define.ts';
import { guard, sendError, type Guest } from '../../shared/rpc/gate.ts';
import { createEnd, type Channel } from '../../shared/rpc/port.ts';
import { FRAME_CAP, type Hello } from '../../shared/rpc/wire.ts';
import type { Downloads } from './downloads.ts';
import { answerPage } from './page.ts';

const ADDRESS = '127.0.0.1';
const SOCKET_PATH = '/socket';
const PAGES_MAX = 64;
/** Frames a second of one page: many times what a held-down key makes. */
const RATE = 1000;
const BURST = 4000;
const REFUSAL = 1008;
/** A frame above the cap is told so; one far above it is not even taken in, and ends its connection. */
const LARGEST = 4 * FRAME_CAP;

export type WebOptions = {
  readonly folder: string;
  readonly token: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly downloads: Downloads;
  readonly admit: (channel: Channel, hello: Hello) => Guest;
  readonly clock: () => number;
};
export type Web = { readonly origin: string; readonly close: () => void };

/** A bucket that fills by time: false when it is empty. */
const createBucket = (clock: () => number): (() => boolean) => {
  let left = BURST;
  let at = clock();
  return () => {
    const now = clock();
    left = Math.min(BURST, left + ((now - at) * RATE) / 1000) - 1;
    at = now;
    return left >= 0;
  };
};

const pageChannel = (socket: WebSocket, clock: () => number): Channel => {
  const mayPass = createBucket(clock);
  const end = createEnd(
    (text) => socket.send(text),
    () => socket.close(REFUSAL),
  );
  socket.on('message', (data: Buffer, isBinary) => {
    if (mayPass()) return end.feed(isBinary ? data : data.toString('utf8'));
    sendError(end.channel, null, new AppError('busy', 'This window sent too much at once and was cut off. Load it again.'));
    end.channel.close();
  });
  // Too large a frame, a broken text: the library closes the socket by itself.
  socket.on('error', () => {});
  socket.on('close', () => end.end());
  return end.channel;
};

/** Whether a request names this server, once: of two names another program might take the other. */
const isFor = ({ headersDistinct: { host: named = [] } }: IncomingMessage, host: string): boolean =>
  named.length === 1 && named[0] === host;

const refuse = (socket: Duplex, line: string): void => {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

/** A file is read while it is sent; whoever goes away in the middle ends the reading. */
const sendFile = async (downloads: Downloads, pathname: string, response: ServerResponse): Promise<void> => {
  const download = await downloads.take(pathname);
  if (download === undefined) return void response.writeHead(404).end();
  response.writeHead(200, download.headers);
  await pipeline(download.file.createReadStream(), response).catch(() => response.destroy());
};

const answer = async (options: WebOptions, host: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  // A page of another origin that resolves its own name to this address still sends its own name.
  if (!isFor(request, host)) return void response.writeHead(421).end();
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  const pathname = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
  if (options.downloads.isAsked(pathname)) {
    return request.method === 'GET' ? sendFile(options.downloads, pathname, response) : void response.writeHead(405).end();
  }
  const { status, headers, body } = await answerPage(options.folder, pathname, `ws://${host}`);
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ADDRESS, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });

export const openWeb = async (options: WebOptions): Promise<Web> => {
  let host = '';
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => void answer(options, host, request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST, perMessageDeflate: false });
  /** Sockets that have not shown the token, the oldest first: they keep nobody out. */
  const unproven = new Set<WebSocket>();
  const makeRoom = (): boolean => {
    if (sockets.clients.size < PAGES_MAX) return true;
    const [oldest] = unproven;
    oldest?.terminate();
    return oldest !== undefined && unproven.delete(oldest);
  };
  server.on('upgrade', (request, socket, head) => {
    if (!isFor(request, host)) return refuse(socket, '421 Misdirected Request');
    if (request.headers.origin !== `http://${host}`) return refuse(socket, '403 Forbidden');
    if (request.url !== SOCKET_PATH) return refuse(socket, '404 Not Found');
    if (!makeRoom()) return refuse(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (page) => {
      unproven.add(page);
      page.on('close', () => unproven.delete(page));
      const channel = pageChannel(page, options.clock);
      guard(channel, options.token, (hello) => {
        unproven.delete(page);
        return options.admit(channel, hello);
      });
    });
  });
  server.on('clientError', (_, socket) => refuse(socket, '400 Bad Request'));
  host = `${ADDRESS}:${await listen(server, options.port)}`;
  return {
    origin: `http://${host}`,
    close: () => {
      for (const page of sockets.clients) page.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
};
