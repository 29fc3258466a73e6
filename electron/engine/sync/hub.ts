/**
 * What a hub is to sync: a place that keeps segments and gives them back (SYNC.md 2.2). It decides nothing and is trusted
 * with nothing: whoever reads from it checks every byte.
 */
import type { SealedSegment } from './segment-file.ts';

/** What one device wrote in one scope. */
export type StreamName = { readonly scope: string; readonly dev: string };

/** Who a device is, as the organisation's root key says. */
export type Certificate = { readonly dev: string; readonly code: string; readonly key: Buffer; readonly signature: Buffer };

/** `dup`: it was there already. `fork`: another segment stands in its place. */
export type Put = 'ok' | 'dup' | 'fork';

/** Something a hub holds that is no whole segment: half arrived, or not ours. */
export type HubProblem = { readonly where: string; readonly what: string };

/** The most that one asking brings: bytes of bodies, and ops as headers say. One segment comes whatever it holds. */
export const GET_BYTES = 32 * 2 ** 20;
export const GET_OPS = 10_000;

/** A hub of one organisation. A segment takes a place in it only where the organisation vouches for who signed it. */
export type Hub = {
  /** The streams of scopes, as far as the hub knows any. */
  streams(scopes: readonly string[]): Promise<readonly StreamName[]>;
  /**
   * Segments behind a sequence number, in order without a gap; where a stream was forked, each branch. At most `limit`, and
   * none more once `GET_BYTES` or `GET_OPS` are reached.
   */
  get(stream: StreamName, after: number, limit: number): Promise<readonly SealedSegment[]>;
  /** @throws AppError `locked` or `io`: it stays to be sent */
  put(segment: SealedSegment): Promise<Put>;
  /** As they are kept, in any order: who signed them is for the reader to check. */
  certificates(): Promise<readonly Certificate[]>;
  /** @throws AppError `blocked` when the device is there with another key, `locked` or `io` */
  putCertificate(certificate: Certificate): Promise<void>;
  /** What was found since the last asking and could not be read. */
  problems(): readonly HubProblem[];
};
