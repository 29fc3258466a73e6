/** A caller that does as it likes: raw texts on a WebSocket or a socket, and what came back. */
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';

export type Answer = {
  readonly k: string;
  readonly id?: number | null;
  readonly r?: unknown;
  readonly e?: { readonly code: string; readonly message: string };
};

export type Raw = {
  readonly send: (text: string | Buffer) => void;
  /** Resolves with the next answer that fits. */
  readonly next: (fits: (answer: Answer) => boolean) => Promise<Answer>;
  readonly closed: Promise<void>;
  readonly isOpen: () => boolean;
  readonly end: () => void;
};

type Waiting = { readonly fits: (answer: Answer) => boolean; readonly resolve: (answer: Answer) => void };

const createInbox = () => {
  const seen: Answer[] = [];
  const waiting: Waiting[] = [];
  return {
    take: (text: string): void => {
      const answer = JSON.parse(text) as Answer;
      const at = waiting.findIndex(({ fits }) => fits(answer));
      if (at === -1) seen.push(answer);
      else waiting.splice(at, 1)[0]?.resolve(answer);
    },
    next: (fits: (answer: Answer) => boolean): Promise<Answer> => {
      const at = seen.findIndex(fits);
      const [found] = at === -1 ? [] : seen.splice(at, 1);
      return found ? Promise.resolve(found) : new Promise((resolve) => waiting.push({ fits, resolve }));
    },
  };
};

export const hello = (token: string | null, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ k: 'hello', v: 1, token, client: 'page', window: 'hostile', as: null, ...more });

export const call = (id: number, m: string, a: unknown = {}): string => JSON.stringify({ k: 'call', id, m, a });

/** Opens a WebSocket with any headers. @throws with the status when it is refused */
export const openSocket = async (url: string, headers: Readonly<Record<string, string>>): Promise<Raw> => {
  const { origin, ...others } = headers;
  const socket = new WebSocket(url, { headers: others, ...(origin === undefined ? {} : { origin }), perMessageDeflate: false });
  const inbox = createInbox();
  const closed = new Promise<void>((done) => socket.on('close', () => done()));
  socket.on('message', (data: Buffer) => inbox.take(data.toString()));
  await new Promise<void>((done, fail) => {
    socket.on('open', done);
    socket.on('error', fail);
  });
  return {
    send: (text) => socket.send(text),
    next: inbox.next,
    closed,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    end: () => socket.close(),
  };
};

/** Opens the engine's own socket. */
export const openPipe = async (path: string): Promise<Raw> => {
  const socket: Socket = connect(path);
  const inbox = createInbox();
  let rest = '';
  const closed = new Promise<void>((done) => socket.on('close', () => done()));
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) inbox.take(line);
  });
  await new Promise<void>((done, fail) => {
    socket.on('connect', done);
    socket.on('error', fail);
  });
  return {
    send: (text) => void socket.write(text),
    next: inbox.next,
    closed,
    isOpen: () => !socket.destroyed && socket.writable,
    end: () => socket.destroy(),
  };
};
