/**
 * Sealed pieces of the log: a header line and a zstd payload, chained by sha256. Sealed bytes never change; until a
 * device is enrolled they are unsigned and serve history and undo only (DECISIONS.md 4).
 */
import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
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
};

export type Sealed = { readonly head: string; readonly body: Buffer; readonly hash: Buffer };

const ZSTD_LEVEL = 3;

export const hashSegment = (head: string, body: Uint8Array): Buffer => createHash('sha256').update(head).update(body).digest();

export const sealPayload = (payload: Payload, about: Omit<Header, 'f' | 'n' | 'len'>): Sealed => {
  const body = zstdCompressSync(JSON.stringify(payload), { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });
  const header: Header = { f: 'SEG1', ...about, n: payload.o.length, len: body.length };
  const head = `${JSON.stringify(header)}\n`;
  return { head, body, hash: hashSegment(head, body) };
};

export const openSegment = (body: Uint8Array): Payload => JSON.parse(zstdDecompressSync(body).toString()) as Payload;
