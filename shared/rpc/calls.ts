/**
 * Calls under way, on the caller's side. Each ends exactly once: with its answer, a timeout, a cancel, or when the
 * other side is gone.
 */
import { AppError, type CallOptions } from '../contract/define.ts';
import type { Channel } from './port.ts';
import { after } from './timing.ts';
import { encode, fromWire, type Call, type Failure, type HostCall, type Progress, type Result } from './wire.ts';

/** A call that says nothing for this long is given up; progress starts the wait again. */
const TIMEOUT_MS = 30_000;
/** After a cancel the engine has this long to say how it ended (an import is taken back first). */
const CANCEL_MS = 5000;

type Kind = 'call' | 'host';
type Pending = {
  readonly kind: Kind;
  readonly hear: (progress: Progress) => void;
  /** Something came: the wait starts again. */
  readonly wait: () => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
};

export const gone = (reason: string): AppError =>
  new AppError(
    'engine-gone',
    'The workbench lost its engine while this was under way. It may or may not have been saved: look before you do it again.',
    { reason },
  );

type Ends = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly forget: () => void;
};

/** Sends the call and watches over it until one of its ends is reached. */
const openCall = (
  channel: Channel,
  frame: Call | HostCall,
  { signal, timeoutMs = TIMEOUT_MS, onProgress }: CallOptions,
  { resolve, reject, forget }: Ends,
): Pending => {
  const text = encode(frame);
  const { id, m: method } = frame;
  let stop = (): void => {};
  let patience = timeoutMs;
  const end = (): void => {
    stop();
    signal?.removeEventListener('abort', cancel);
    forget();
  };
  const fail = (error: AppError): void => {
    end();
    reject(error);
  };
  const giveUp = (): void => {
    if (signal?.aborted) return fail(new AppError('cancelled', 'Cancelled.'));
    channel.send(encode({ k: 'cancel', id }));
    fail(new AppError('timeout', 'The workbench did not answer in time. Try again.', { method, ms: timeoutMs }));
  };
  const wait = (): void => {
    stop();
    stop = after(patience, giveUp);
  };
  const cancel = (): void => {
    channel.send(encode({ k: 'cancel', id }));
    patience = CANCEL_MS;
    wait();
  };
  signal?.addEventListener('abort', cancel);
  wait();
  channel.send(text);
  return {
    kind: frame.k,
    wait,
    hear: ({ done, total, what }) => onProgress?.(done, total, what),
    resolve: (value) => {
      end();
      resolve(value);
    },
    reject: fail,
  };
};

export type Calls = {
  readonly start: (
    kind: Kind,
    channel: Channel | undefined,
    name: string,
    input: unknown,
    options?: CallOptions,
  ) => Promise<unknown>;
  readonly settle: (answer: Result | Failure) => void;
  readonly hear: (progress: Progress) => void;
  /** A part of an answer came. */
  readonly touch: (id: number) => void;
  readonly drop: (kind: Kind, reason: string) => void;
};

export const createCalls = (): Calls => {
  const pending = new Map<number, Pending>();
  let count = 0;
  return {
    start: (kind, channel, name, input, options = {}) =>
      new Promise((resolve, reject) => {
        if (options.signal?.aborted) return reject(new AppError('cancelled', 'Cancelled before it began.'));
        if (!channel) return reject(gone('not connected'));
        count += 1;
        const id = count;
        try {
          const ends: Ends = { resolve, reject, forget: () => void pending.delete(id) };
          pending.set(id, openCall(channel, { k: kind, id, m: name, a: input }, options, ends));
        } catch (error) {
          reject(error instanceof AppError ? error : new AppError('invalid', 'This cannot be sent: it is no JSON value.'));
        }
      }),
    settle: (answer) => {
      const call = answer.id === null ? undefined : pending.get(answer.id);
      if (answer.k === 'result') call?.resolve(answer.r);
      else call?.reject(fromWire(answer.e));
    },
    hear: (progress) => {
      const call = pending.get(progress.id);
      call?.wait();
      call?.hear(progress);
    },
    touch: (id) => pending.get(id)?.wait(),
    drop: (kind, reason) => {
      for (const call of [...pending.values()]) if (call.kind === kind) call.reject(gone(reason));
    },
  };
};
