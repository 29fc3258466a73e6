/**
 * How a method is declared. One declaration gives the engine its handler types, the client its call types
 * and the wire its parser; there is no other list of method names.
 */
import { z } from 'zod';

/** Every way a call can fail. A code is stable and for programs; the message is for people. */
export const errorCodes = [
  'invalid',
  'unknown-method',
  'bad-frame',
  'too-large',
  'denied',
  'not-found',
  'conflict',
  'blocked',
  'illegal-transition',
  'importing',
  'view-gone',
  'bad-query',
  'bad-file',
  'bad-recipe',
  'ambiguous',
  'io',
  'locked',
  'newer-file',
  'damaged-file',
  'read-only',
  'busy',
  'cancelled',
  'timeout',
  'engine-gone',
  'usage',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What happened, in plain words, with what a program needs in `details` (JSON values only). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Who may call: pages and the command line, or the command line alone (`query`). */
type Door = 'any' | 'cli';

export type Query<I extends z.ZodType, O extends z.ZodType> = {
  readonly type: 'query';
  readonly input: I;
  readonly output: O;
  readonly door: Door;
  readonly about: string;
};
export type Command<I extends z.ZodType, O extends z.ZodType> = {
  readonly type: 'command';
  /** Works in slices and may take minutes: short commands run between its slices, other long ones wait. */
  readonly long: boolean;
  readonly input: I;
  readonly output: O;
  readonly door: Door;
  readonly about: string;
};
/** Read by a child process of its own that can be killed: a worker cannot be stopped inside SQLite. */
export type Apart<I extends z.ZodType, O extends z.ZodType> = {
  readonly type: 'apart';
  readonly input: I;
  readonly output: O;
  readonly door: Door;
  readonly about: string;
};
export type Method = Query<z.ZodType, z.ZodType> | Command<z.ZodType, z.ZodType> | Apart<z.ZodType, z.ZodType>;
export type Contract = Readonly<Record<string, Method>>;

/** Runs on a reader, with a read-only handle. */
export const query = <I extends z.ZodType, O extends z.ZodType>(
  about: string,
  input: I,
  output: O,
  door: Door = 'any',
): Query<I, O> => ({ type: 'query', about, input, output, door });
/** Runs on the writer, one at a time. */
export const command = <I extends z.ZodType, O extends z.ZodType>(
  about: string,
  input: I,
  output: O,
  door: Door = 'any',
): Command<I, O> => ({ type: 'command', long: false, about, input, output, door });
/** A command that works in slices: it must yield to the event loop between them, and heed its signal. */
export const job = <I extends z.ZodType, O extends z.ZodType>(
  about: string,
  input: I,
  output: O,
  door: Door = 'any',
): Command<I, O> => ({ type: 'command', long: true, about, input, output, door });
export const apart = <I extends z.ZodType, O extends z.ZodType>(
  about: string,
  input: I,
  output: O,
  door: Door = 'any',
): Apart<I, O> => ({ type: 'apart', about, input, output, door });

export type InputOf<M extends Method> = z.output<M['input']>;
/** What a caller writes: defaults may be left out. */
export type ArgsOf<M extends Method> = z.input<M['input']>;
export type OutputOf<M extends Method> = z.output<M['output']>;

/** What an AbortSignal is to us: `shared` knows neither Node nor the DOM. */
export type CancelSignal = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** Who is calling, and how to stop or report on a long job. */
export type CallContext = {
  /** The connection, stable while it lives: views hang on it. */
  readonly connection: string;
  readonly client: 'page' | 'cli';
  /** The window or tab a step of undo names. */
  readonly window: string;
  /** `NAME <MAIL>` given by `--as` on the command line. */
  readonly as?: string;
  readonly signal: CancelSignal;
  readonly progress: (done: number, total: number | null, what: string) => void;
};

/** The handlers of all methods of one type: what a composed service provides. */
export type ServiceOf<C extends Contract, T extends Method['type']> = {
  [K in keyof C as C[K]['type'] extends T ? K : never]: (
    input: InputOf<C[K]>,
    context: CallContext,
  ) => OutputOf<C[K]> | Promise<OutputOf<C[K]>>;
};

/** What a caller sees. */
export type ClientOf<C extends Contract> = {
  [K in keyof C]: (input: ArgsOf<C[K]>, options?: CallOptions) => Promise<OutputOf<C[K]>>;
};
export type CallOptions = {
  readonly signal?: CancelSignal;
  readonly timeoutMs?: number;
  readonly onProgress?: (done: number, total: number | null, what: string) => void;
};

export const none = z.strictObject({});
