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

export type Hub = {
  /** The streams of scopes, as far as the hub knows any. */
  streams(scopes: readonly string[]): Promise<readonly StreamName[]>;
  /** Segments behind a sequence number, in order without a gap, at most `limit`; where a stream was forked, each branch. */
  get(stream: StreamName, after: number, limit: number): Promise<readonly SealedSegment[]>;
  /** @throws AppError `locked` or `io`: it stays to be sent */
  put(segment: SealedSegment): Promise<Put>;
  certificates(): Promise<readonly Certificate[]>;
  putCertificate(certificate: Certificate): Promise<void>;
  /** What was found since the last asking and could not be read. */
  problems(): readonly HubProblem[];
};
