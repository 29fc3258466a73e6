/**
 * A transport as the rest of rpc sees it: texts in, texts out, an end. Adapters for MessagePort-shaped things
 * and a pair inside one process (tests, one-thread engines). Nothing here reads a frame.
 */
export type Channel = {
  /** Sends one text; quietly nothing after the end. */
  send(text: string): void;
  /** Called once. What came in before is delivered then. */
  listen(onText: (text: unknown) => void, onClose: () => void): void;
  close(): void;
};

/** A DOM MessagePort. It cannot tell that the other side died: the host says so (`host.status`). */
export type PagePort = {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  onmessage: ((event: never) => unknown) | null;
};

export const portChannel = (port: PagePort): Channel => {
  let ended = () => {};
  return {
    send: (text) => port.postMessage(text),
    listen: (onText, onClose) => {
      ended = onClose;
      port.onmessage = (event: { readonly data: unknown }) => onText(event.data);
      port.start();
    },
    close: () => {
      port.onmessage = null;
      port.close();
      ended();
    },
  };
};

/** A port with Node's event names, as Electron's main and utility processes have them. */
export type EmitterPort = {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};

export const emitterChannel = (port: EmitterPort): Channel => ({
  send: (text) => port.postMessage(text),
  listen: (onText, onClose) => {
    port.on('message', (event) => onText(event.data));
    port.on('close', onClose);
    port.start();
  },
  close: () => port.close(),
});

/** One side of something that is fed by hand: a multiplexed line, a test. */
export const createEnd = (
  send: (text: string) => void,
  close: () => void,
): { readonly channel: Channel; readonly feed: (text: unknown) => void; readonly end: () => void } => {
  let early: unknown[] | undefined = [];
  let receive = (text: unknown): void => void early?.push(text);
  let finish = () => {};
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    finish();
  };
  return {
    channel: {
      send: (text) => void (ended || send(text)),
      listen: (onText, onClose) => {
        const waiting = early ?? [];
        early = undefined;
        receive = onText;
        finish = onClose;
        for (const text of waiting) onText(text);
        if (ended) onClose();
      },
      close: () => {
        if (ended) return;
        close();
        end();
      },
    },
    feed: (text) => void (ended || receive(text)),
    end,
  };
};

/** Two connected channels in one process. Texts arrive in order and never within the call that sends them. */
export const createPair = (): readonly [Channel, Channel] => {
  const later = (run: () => void): void => void Promise.resolve().then(run);
  const left = createEnd(
    (text) => later(() => right.feed(text)),
    () => later(() => right.end()),
  );
  const right: ReturnType<typeof createEnd> = createEnd(
    (text) => later(() => left.feed(text)),
    () => later(() => left.end()),
  );
  return [left.channel, right.channel];
};
