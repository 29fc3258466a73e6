/**
 * Sealed pieces of the log: a header line and a zstd payload, chained by sha256. Sealed bytes never change; until a
 * device is enrolled they are unsigned and serve history and undo only (DECISIONS.md 4).
 */
import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Payload } from './payload.ts';

/** The newest schema whose columns a payload may name, and the oldest build that can read it. */
export type SchemaRange = { readonly sv: number; readonly minsv: number };

export type Header = SchemaRange & {
  readonly f: 'SEG1';
  readonly org: string | null;
  readonly scope: string;
  readonly dev: string;
  /** Sequence numbers of the first and last op in the stream. */
  readonly from: number;
  readonly to: number;
  /** Hash of the segment before, in hex; null for the first. */
  readonly prev: string | null;
  /** Ops and bytes of the payload. */
  readonly n: number;
  readonly len: number;
  /** The last stamp in it; not in pieces of earlier builds. */
  readonly hlc?: number;
  /** The largest stamp that its device had from others, or had given to others, when it was sealed: its own go on behind that. */
  readonly lift?: number;
};

export type Sealed = { readonly head: string; readonly body: Buffer; readonly hash: Buffer };

/** A piece is made once, and kept and read on every device. */
const ZSTD_LEVEL = 9;

/** Bytes of a payload as it is sent, and inflated: more is no segment to anybody. */
export const MAX_BODY = 8 * 2 ** 20;
export const MAX_PAYLOAD = 128 * 2 ** 20;
/** Bytes of payload text at which a segment is cut, between transactions. */
export const CUT_BYTES = 4 * 2 ** 20;

export const hashSegment = (head: string, body: Uint8Array): Buffer => createHash('sha256').update(head).update(body).digest();

export const lastStampOf = (payload: Payload): number => payload.o.at(-1)?.[0] ?? 0;

/** @throws AppError `too-large` for what no hub would carry and nobody would take */
export const sealPayload = (payload: Payload, about: Omit<Header, 'f' | 'n' | 'len' | 'hlc'>): Sealed => {
  const text = Buffer.from(JSON.stringify(payload));
  const isText = text.length <= MAX_PAYLOAD;
  const body = isText ? zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }) : text;
  if (!isText || body.length > MAX_BODY)
    throw new AppError('too-large', 'The texts of one change come to more than can be sent to others. Nothing was changed.');
  const header: Header = { f: 'SEG1', ...about, n: payload.o.length, len: body.length, hlc: lastStampOf(payload) };
  const head = `${JSON.stringify(header)}\n`;
  return { head, body, hash: hashSegment(head, body) };
};

/** The payload of a sealed piece as the text it is. */
export const inflateSegment = (body: Uint8Array): string => zstdDecompressSync(body).toString();

export const openSegment = (body: Uint8Array): Payload => JSON.parse(inflateSegment(body)) as Payload;
