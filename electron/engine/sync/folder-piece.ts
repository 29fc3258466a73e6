/** A file of a shared folder that holds pieces of a stream: a segment, or a bundle of several. */
import { stampTime } from '../../../shared/domain/hlc.ts';
import { openSegment } from '../store/log/segments.ts';
import { readBounded } from './folder-io.ts';
import { MAX_BUNDLE_BYTES, MAX_SEGMENT_BYTES, parseBundle, parseSegment } from './segment-file.ts';
import type { Placed, SealedSegment } from './segment-file.ts';

export const isBundle = (name: string): boolean => /\.bundle$/i.test(name);
export const isPiece = (name: string): boolean => isBundle(name) || /\.seg$/i.test(name);

/** The segments of a file; else what is wrong with it. Null where it cannot be read now. */
export const readPiece = async (path: string): Promise<readonly Placed[] | string | null> => {
  const bytes = await readBounded(path, isBundle(path) ? MAX_BUNDLE_BYTES : MAX_SEGMENT_BYTES);
  if (bytes === null) return null;
  if (isBundle(path)) return parseBundle(bytes);
  const segment = parseSegment(bytes);
  return typeof segment === 'string' ? segment : [{ segment, at: 0, length: bytes.length }];
};

/** When the last op of a segment was made, in UTC milliseconds; null where that cannot be read. */
export const madeAt = ({ body }: Pick<SealedSegment, 'body'>): number | null => {
  try {
    return stampTime(openSegment(body).o.at(-1)?.[0] ?? 0);
  } catch {
    return null;
  }
};
