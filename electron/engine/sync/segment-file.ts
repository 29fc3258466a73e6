/**
 * A segment as one piece of bytes, the same on every hub: a header line, the payload, the hash of both, the signature of the
 * hash (SYNC.md 2.7). Whatever is read is data of a stranger until length, hash, signature and payload were checked, in
 * this order and each within bounds.
 */
import type { KeyObject } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { isStamp } from '../../../shared/domain/hlc.ts';
import { hashSegment, lastStampOf, MAX_BODY, MAX_PAYLOAD } from '../store/log/segments.ts';
import type { Header } from '../store/log/segments.ts';
import { checkPayload } from '../store/log/payload-check.ts';
import type { Incoming } from '../store/merge/receive.ts';
import { isSigned, SIGNATURE_BYTES } from './keys.ts';

const HASH_BYTES = 32;
const MAX_HEAD = 4096;

/** The longest file that can be a segment. */
export const MAX_SEGMENT_BYTES = MAX_HEAD + MAX_BODY + HASH_BYTES + SIGNATURE_BYTES;
/** The longest file that can be a bundle of them. */
export const MAX_BUNDLE_BYTES = 2 * MAX_SEGMENT_BYTES;

const NEWLINE = 10;
const HEX_HASH = /^[0-9a-f]{64}$/;
const NAME = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** A segment whose bytes are whole: by whom it really is, only its signature can say. */
export type SealedSegment = {
  readonly header: Header;
  readonly head: string;
  readonly body: Buffer;
  readonly hash: Buffer;
  readonly sig: Buffer;
};

export const encodeSegment = ({ head, body, hash, sig }: Omit<SealedSegment, 'header'>): Buffer =>
  Buffer.concat([Buffer.from(head), body, hash, sig]);

const isSequence = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const isStampOrNone = (value: unknown): boolean => value === undefined || isStamp(value);
const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);

const readHeader = (line: string): Header | null => {
  let header: Partial<Record<keyof Header, unknown>>;
  try {
    header = JSON.parse(line) as typeof header;
  } catch {
    return null;
  }
  if (typeof header !== 'object' || header === null) return null;
  const { f, org, scope, dev, from, to, prev, n, len, sv, minsv, hlc, lift } = header;
  const isWhole =
    [f === 'SEG1', isName(org), isName(scope), isName(dev), isSequence(from), isSequence(to)].every(Boolean) &&
    (prev === null ? from === 1 : typeof prev === 'string' && HEX_HASH.test(prev)) &&
    [isSequence(n), isSequence(len), isSequence(sv), isSequence(minsv), isStampOrNone(hlc), isStampOrNone(lift)].every(Boolean);
  return isWhole && n === Number(to) - Number(from) + 1 && Number(len) <= MAX_BODY ? (header as Header) : null;
};

/** The segment in some bytes; else what is wrong with them. */
export const parseSegment = (bytes: Buffer): SealedSegment | string => {
  const end = bytes.subarray(0, MAX_HEAD).indexOf(NEWLINE);
  if (end < 0) return 'no header';
  const head = bytes.toString('utf8', 0, end + 1);
  const header = readHeader(head);
  if (header === null) return 'no header';
  const size = end + 1 + header.len + HASH_BYTES + SIGNATURE_BYTES;
  if (bytes.length !== size) return bytes.length < size ? 'too short' : 'too long';
  const body = bytes.subarray(end + 1, end + 1 + header.len);
  const hash = bytes.subarray(end + 1 + header.len, size - SIGNATURE_BYTES);
  // Over the bytes as they are: a header that decodes to other bytes is no header of ours.
  if (!hashSegment(head, body).equals(hash)) return 'altered';
  return { header, head, body, hash, sig: bytes.subarray(size - SIGNATURE_BYTES) };
};

/** A segment in a file of one or several, and where in it its bytes are. */
export type Placed = { readonly segment: SealedSegment; readonly at: number; readonly length: number };

/** Where a segment that begins at a place ends, by its own header; null where none begins. */
const endOf = (bytes: Buffer, at: number): number | null => {
  const end = bytes.subarray(at, at + MAX_HEAD).indexOf(NEWLINE);
  const header = end < 0 ? null : readHeader(bytes.toString('utf8', at, at + end + 1));
  return header === null ? null : at + end + 1 + header.len + HASH_BYTES + SIGNATURE_BYTES;
};

/** Segments one behind the other, each whole; else what is wrong with the bytes. */
export const parseBundle = (bytes: Buffer): readonly Placed[] | string => {
  const found: Placed[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = endOf(bytes, at);
    if (end === null) return 'no header';
    const segment = parseSegment(bytes.subarray(at, end));
    if (typeof segment === 'string') return segment;
    found.push({ segment, at, length: end - at });
    at = end;
  }
  return found.length === 0 ? 'no header' : found;
};

/** Checks who wrote a segment and what is in it; else says why it is refused. */
export const openSealed = (segment: SealedSegment, key: KeyObject): Incoming | string => {
  if (!isSigned(segment.hash, segment.sig, key)) return 'signature';
  let payload: unknown;
  try {
    payload = JSON.parse(zstdDecompressSync(segment.body, { maxOutputLength: MAX_PAYLOAD }).toString());
  } catch {
    return 'payload';
  }
  const checked = checkPayload(payload, segment.header.n, 0);
  if (typeof checked === 'string') return checked;
  // By what the header says a hub has let it in.
  const { hlc } = segment.header;
  return hlc !== undefined && hlc !== lastStampOf(checked)
    ? 'stamps that its header does not say'
    : { ...segment, payload: checked };
};
