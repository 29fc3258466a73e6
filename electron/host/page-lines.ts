/**
 * Windows of the browser host: what a page sends goes to the engine as it is, except what it asks of the host.
 * A page keeps its connection while the engine is started again; it is then introduced to the new one.
 */
import { AppError } from '../../shared/contract/define.ts';
import type { EngineStatus } from '../../shared/rpc/host.ts';
import { sendError, type Guest } from '../../shared/rpc/gate.ts';
import { createEnd, type Channel } from '../../shared/rpc/port.ts';
import type { Server } from '../../shared/rpc/server.ts';
import { decode, encode, pack, type Hello } from '../../shared/rpc/wire.ts';
import type { ChildEngine } from './child.ts';

/** Frames are made by JSON.stringify with `k` first; anything else is for the engine to refuse. */
const HOST_START = '{"k":"host"';

const GONE = 'The engine is not running, so this was not done. Text that was typed is kept and is saved when it runs again.';

type Line = { readonly channel: Channel; readonly connect: (engine: ChildEngine) => void };

export type PageLines = {
  readonly admit: (channel: Channel, hello: Hello) => Guest;
  /** A new engine is ready: every page is connected to it. */
  readonly connect: (engine: ChildEngine) => void;
  readonly tell: (status: EngineStatus) => void;
  readonly close: () => void;
};

const createLine = (
  page: Channel,
  hello: Hello,
  host: Server,
  running: () => ChildEngine | undefined,
): { line: Line; guest: Guest } => {
  let engine: Channel | undefined;
  const hostEnd = createEnd(
    (text) => page.send(text),
    () => {},
  );
  host.connect(hostEnd.channel, { connection: hello.window, client: 'page', window: hello.window }, 'host');

  /** Without an engine nothing is kept for later: the caller decides whether to ask again. */
  const refuse = (text: unknown): void => {
    try {
      const frame = decode(text, ['call', 'cancel']);
      if (frame.k === 'call') sendError(page, frame.id, new AppError('engine-gone', GONE));
    } catch (error) {
      sendError(page, null, error instanceof AppError ? error : new AppError('bad-frame', 'This message cannot be read.'));
    }
  };
  const connect = (next: ChildEngine): void => {
    const channel = next.connect();
    engine = channel;
    channel.listen(
      (text) => page.send(String(text)),
      () => {
        if (engine !== channel) return;
        engine = undefined;
        // The engine lives and does not want this page.
        if (running() === next) page.close();
      },
    );
    // The page's proof was for this host; over the engine's own channel none is needed.
    channel.send(encode({ ...hello, token: null, client: 'page', as: null }));
  };
  const guest: Guest = {
    onText: (text) => {
      if (typeof text === 'string' && text.startsWith(HOST_START)) hostEnd.feed(text);
      else if (engine && typeof text === 'string') engine.send(text);
      else refuse(text);
    },
    onClose: () => {
      hostEnd.end();
      engine?.close();
    },
  };
  return { line: { channel: page, connect }, guest };
};

export const createPageLines = (host: Server, engine: () => ChildEngine | undefined, status: () => EngineStatus): PageLines => {
  const lines = new Set<Line>();
  const send = (channel: Channel, state: EngineStatus): void => {
    for (const text of pack({ k: 'event', n: 'host.status', d: state })) channel.send(text);
  };
  return {
    admit: (channel, hello) => {
      const { line, guest } = createLine(channel, hello, host, engine);
      lines.add(line);
      send(channel, status());
      const running = engine();
      if (running) line.connect(running);
      return {
        onText: guest.onText,
        onClose: () => {
          lines.delete(line);
          guest.onClose();
        },
      };
    },
    connect: (running) => {
      for (const line of lines) line.connect(running);
    },
    tell: (state) => {
      for (const { channel } of lines) send(channel, state);
    },
    close: () => {
      for (const { channel } of lines) channel.close();
    },
  };
};
