/**
 * What this file has of devices that come no more: their pieces as they were signed, and what the team said of them. A place that the
 * team moved to has it from nobody else.
 */
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { formerDevices } from './rekey.ts';

const CERTIFICATES = 'certificates';

/** A piece as its device signed it. */
export type SignedPiece = {
  readonly from: number;
  readonly to: number;
  readonly head: string;
  readonly body: Buffer;
  readonly hash: Buffer;
  readonly sig: Buffer;
};

type Behind = {
  readonly scope: string;
  readonly dev: string;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
};

export const createGone = (db: Db, { streams, subjects }: WriteParts, transact: Transact) => {
  const signed = db.prepare<Behind, SignedPiece>(
    `SELECT from_seq AS "from", to_seq AS "to", head, body, hash, sig FROM segments
     WHERE scope = (SELECT idx FROM scopes WHERE id = :scope) AND dev = (SELECT idx FROM devices WHERE id = :dev)
       AND from_seq > :after AND to_seq <= :upTo AND sig IS NOT NULL ORDER BY from_seq LIMIT :limit`,
  );
  return {
    /** Devices that this file was before. */
    formerly: (): readonly string[] => formerDevices(db),
    /** What hubs showed of whom the team vouches for, as it was encoded there. */
    certificates: (): readonly string[] => (readMeta(db, CERTIFICATES) as readonly string[] | undefined) ?? [],
    keepCertificates: (texts: readonly string[]): void => transact.run(() => writeMeta(db, CERTIFICATES, texts)),
    /** Pieces of a stream that follow each other behind a sequence number, up to another. */
    signedBehind(behind: Behind): readonly SignedPiece[] {
      const found = signed.all(behind);
      const gap = found.findIndex(({ from }, at) => from !== (found[at - 1]?.to ?? behind.after) + 1);
      return gap < 0 ? found : found.slice(0, gap);
    },
    /** The hub lacks keys of people that it once had elsewhere: all that are here are given again. */
    giveKeysAgain: (scope: string): void =>
      transact.run(() => {
        const stream = streams.published().find(({ scopeId }) => scopeId === scope);
        if (stream !== undefined) subjects.giveAgain(stream.scope);
      }),
  };
};
