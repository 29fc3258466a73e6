/**
 * What travels between a window or a command line and the engine, on every transport: one frame = one JSON text.
 *
 * Everything that comes in is untrusted. A frame is refused unless it is a text of at most 8 MiB, nested no
 * deeper than 64 levels, with exactly the keys of its kind as own properties. Answers above the cap travel as
 * parts and are put together again by the reader.
 */
import { AppError, errorCodes, type ErrorCode } from '../contract/define.ts';

export const WIRE_VERSION = 1;
/** Largest frame, in UTF-8 bytes. */
export const FRAME_CAP = 8 * 1024 * 1024;
/** Largest answer put together from parts, in UTF-16 units: half of what a JavaScript string can hold. */
const ANSWER_CAP = 256 * 1024 * 1024;
/** Units of text in one part: at three bytes a unit and every quote escaped it stays below the frame cap. */
const PART_UNITS = 2 * 1024 * 1024;
/** The contract's own trees (filters, JSON settings) stay far below; a deeper text is an attack on a recursive reader. */
const NESTING_CAP = 64;

export type WireError = { readonly code: ErrorCode; readonly message: string; readonly details?: unknown };

/** First frame of a connection. `token` is null where the transport itself is proof (a port handed over by the host). */
export type Hello = {
  readonly k: 'hello';
  readonly v: number;
  readonly token: string | null;
  readonly client: 'page' | 'cli';
  readonly window: string;
  readonly as: string | null;
};
/** The engine's answer to it; comes again when a restarted engine stands behind the same connection. */
export type Welcome = { readonly k: 'welcome'; readonly v: number; readonly schema: number; readonly connection: string };
export type Call = { readonly k: 'call'; readonly id: number; readonly m: string; readonly a: unknown };
/** As a call, but for the host (shared/rpc/host.ts). */
export type HostCall = { readonly k: 'host'; readonly id: number; readonly m: string; readonly a: unknown };
export type Cancel = { readonly k: 'cancel'; readonly id: number };
export type Result = { readonly k: 'result'; readonly id: number; readonly r: unknown };
/** `id` is null when the frame that was refused had none that could be read. */
export type Failure = { readonly k: 'error'; readonly id: number | null; readonly e: WireError };
export type Progress = {
  readonly k: 'progress';
  readonly id: number;
  readonly done: number;
  readonly total: number | null;
  readonly what: string;
};
export type EventFrame = { readonly k: 'event'; readonly n: string; readonly d: unknown };
/** Piece `i` of `n` of the text of one answer. */
export type Part = { readonly k: 'part'; readonly id: number; readonly i: number; readonly n: number; readonly t: string };

export type ClientFrame = Hello | Call | HostCall | Cancel;
export type ServerFrame = Welcome | Result | Failure | Progress | EventFrame | Part;
type Frame = ClientFrame | ServerFrame;
export type FrameKind = Frame['k'];

type Check = (value: unknown) => boolean;
const anything: Check = () => true;
const isText: Check = (value) => typeof value === 'string';
const isShort: Check = (value) => typeof value === 'string' && value.length <= 300;
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isAmount: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWireError: Check = (value) =>
  isPlain(value) && errorCodes.some((code) => code === value['code']) && typeof value['message'] === 'string';

/** The kinds of frames and the check of each of their keys, beside `k` itself. */
const shapes: { readonly [K in FrameKind]: Readonly<Record<Exclude<keyof Extract<Frame, { k: K }>, 'k'>, Check>> } = {
  hello: {
    v: isCount,
    token: orNull(isShort),
    client: (value) => value === 'page' || value === 'cli',
    window: isShort,
    as: orNull(isShort),
  },
  welcome: { v: isCount, schema: isCount, connection: isShort },
  call: { id: isCount, m: isShort, a: anything },
  host: { id: isCount, m: isShort, a: anything },
  cancel: { id: isCount },
  result: { id: isCount, r: anything },
  error: { id: orNull(isCount), e: isWireError },
  progress: { id: isCount, done: isAmount, total: orNull(isAmount), what: isText },
  event: { n: isShort, d: anything },
  part: { id: isCount, i: isCount, n: isCount, t: isText },
};

/** UTF-8 length of a text, counted only when it could exceed the limit. */
const isLonger = (text: string, limit: number): boolean => {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is 4 bytes in 2 units, so each half adds one.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes > limit;
};

/** Refuses before parsing: recursive readers (schemas, structured clone) would run out of stack. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (quoted) {
      if (unit === 0x5c) i += 1;
      else if (unit === 0x22) quoted = false;
    } else if (unit === 0x22) quoted = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > NESTING_CAP) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
};

const badFrame = (message: string): AppError => new AppError('bad-frame', message);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw badFrame('This message is not JSON.');
  }
};

const fits = (value: Readonly<Record<string, unknown>>, kind: FrameKind): boolean => {
  const shape: Readonly<Record<string, Check>> = shapes[kind];
  const keys = Object.keys(shape);
  return (
    Object.keys(value).length === keys.length + 1 && keys.every((key) => Object.hasOwn(value, key) && shape[key]?.(value[key]))
  );
};

/**
 * Reads one incoming frame.
 * @param allowed the kinds this side takes from that side
 * @throws AppError `bad-frame` or `too-large`
 */
export const decode = <K extends FrameKind>(text: unknown, allowed: readonly K[]): Extract<Frame, { k: K }> => {
  if (typeof text !== 'string') throw badFrame('A message must be a text.');
  if (isLonger(text, FRAME_CAP)) throw new AppError('too-large', 'This message is larger than 8 MiB. Send it in smaller parts.');
  if (isTooDeep(text)) throw badFrame('This message is nested too deeply.');
  const value = parse(text);
  const kind = isPlain(value) && Object.hasOwn(value, 'k') ? allowed.find((name) => name === value['k']) : undefined;
  if (!isPlain(value) || kind === undefined || !fits(value, kind)) throw badFrame('This message has an unknown shape.');
  // Every key was checked against the shape of this kind.
  return value as unknown as Extract<Frame, { k: K }>;
};

/** The text of a frame a client sends. @throws AppError `too-large` above the cap */
export const encode = (frame: ClientFrame): string => {
  const text = JSON.stringify(frame);
  if (isLonger(text, FRAME_CAP))
    throw new AppError('too-large', 'This is more than can be sent at once. Do it in smaller parts.');
  return text;
};

/** The texts of a frame a server sends: one, or the parts of an answer above `cap` bytes. */
export const pack = (frame: ServerFrame, cap = FRAME_CAP, units = PART_UNITS): readonly string[] => {
  const text = JSON.stringify(frame);
  if (!isLonger(text, cap)) return [text];
  if (text.length > ANSWER_CAP) throw new AppError('too-large', 'The answer is too large. Ask for less at once.');
  const id = 'id' in frame && frame.id !== null ? frame.id : 0;
  const count = Math.ceil(text.length / units);
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({ k: 'part', id, i, n: count, t: text.slice(i * units, (i + 1) * units) } satisfies Part),
  );
};

/** Puts the parts of answers together; parts of different answers may come in between each other. */
export const createJoiner = (): ((part: Part) => string | undefined) => {
  const open = new Map<number, { readonly texts: string[]; units: number }>();
  return ({ id, i, n, t }) => {
    const known = open.get(id) ?? { texts: [], units: 0 };
    known.units += t.length;
    if (i !== known.texts.length || i >= n || known.units > ANSWER_CAP) {
      open.delete(id);
      throw badFrame('The parts of an answer do not fit together.');
    }
    known.texts.push(t);
    open.set(id, known);
    if (known.texts.length < n) return undefined;
    open.delete(id);
    return known.texts.join('');
  };
};

/** Reads the text of an answer that came in parts: the frame cap does not apply, the shape does. */
export const decodeJoined = (text: string): Result | Failure => {
  const value = parse(text);
  if (isPlain(value) && value['k'] === 'result' && fits(value, 'result')) return value as unknown as Result;
  if (isPlain(value) && value['k'] === 'error' && fits(value, 'error')) return value as unknown as Failure;
  throw badFrame('The parts of an answer do not make a message.');
};

/** An error as it travels. Details that are no JSON value are left out rather than losing the error. */
export const toWire = (error: AppError): WireError => {
  const plain = { code: error.code, message: error.message };
  if (error.details === undefined) return plain;
  try {
    return { ...plain, details: JSON.parse(JSON.stringify(error.details)) };
  } catch {
    return plain;
  }
};

export const fromWire = (error: WireError): AppError => new AppError(error.code, error.message, error.details);
