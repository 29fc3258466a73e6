/**
 * Documents as they were issued (SYNC.md 2.4, invariant 18): bytes that never change, whatever becomes of the row they were made
 * of. Of several for one row the first is the one that stands, by stamp and then by device, so on every device alike; the others
 * are kept beside it and listed.
 */
import { createHash } from 'node:crypto';
import type { Db } from '../file/db.ts';
import type { Op } from '../log/payload.ts';
import type { Stamp } from './rows.ts';

/** Bytes of a document: more is neither written nor taken, so that one op stays far below what a piece of the log may hold. */
export const MAX_ISSUED = 2 * 2 ** 20;
const MAX_NUMBER = 200;

export type IssuedDocument = { readonly number: string | null; readonly body: Buffer };

type Place = { readonly table: string; readonly row: string };

const digest = (of: Uint8Array | string): Buffer => createHash('sha256').update(of).digest();

/** By what it says: no other document passes for it, and the same one twice is one. */
const nameOf = ({ table, row }: Place, number: string | null, sha: Buffer): string =>
  digest(JSON.stringify([table, row, number, sha.toString('hex')]))
    .toString('hex')
    .slice(0, 32);

/** What an op of kind `n` says. The first value is a name for builds that kept documents by it; the last lets a torn one be told. */
export const issuedVals = (place: Place, { number, body }: IssuedDocument): Op['vals'] => {
  const sha = digest(body);
  return [nameOf(place, number, sha), number, body.toString('base64'), sha.toString('hex')];
};

/** The document in an op; `unsound` for one that cannot be what was issued; null where it is of a shape that this build does not know. */
export const readIssuedOp = ({ vals }: Pick<Op, 'vals'>): IssuedDocument | 'unsound' | null => {
  const [, number = null, bytes, sha = null] = vals;
  if (typeof bytes !== 'string' || bytes === '' || (number !== null && typeof number !== 'string')) return null;
  if (bytes.length > (MAX_ISSUED * 4) / 3 + 4 || (number ?? '').length > MAX_NUMBER) return 'unsound';
  const body = Buffer.from(bytes, 'base64');
  return sha === null || digest(body).toString('hex') === sha ? { number, body } : 'unsound';
};

type Stored = { readonly number: string | null; readonly body: Buffer; readonly h: number };

export type IssuedDocuments = ReturnType<typeof createIssuedDocuments>;

export const createIssuedDocuments = (db: Db) => {
  const put = db.prepare(
    `INSERT INTO issued(id, tbl, "row", num, sha, body, h, d, canon) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT DO UPDATE SET h = excluded.h, d = excluded.d
       WHERE (excluded.h, (SELECT id FROM devices WHERE idx = excluded.d)) < (h, (SELECT id FROM devices WHERE idx = issued.d))`,
  );
  const choose = db.prepare<{ row: string }>(
    `UPDATE issued SET canon = (id = (SELECT i.id FROM issued i WHERE i."row" = :row
       ORDER BY i.h, (SELECT v.id FROM devices v WHERE v.idx = i.d), i.id LIMIT 1)) WHERE "row" = :row`,
  );
  const of = db.prepare<[string, string], Stored>(
    'SELECT num AS number, body, h FROM issued WHERE tbl = ? AND "row" = ? ORDER BY canon DESC, h, id',
  );
  return {
    /** @returns whether anything of it is new here */
    keep(place: Place, { number, body }: IssuedDocument, stamp: Stamp): boolean {
      const sha = digest(body);
      const { changes } = put.run(nameOf(place, number, sha), place.table, place.row, number, sha, body, ...stamp);
      if (changes > 0) choose.run({ row: place.row });
      return changes > 0;
    },
    /** Those of a row, the one that stands first. */
    of: ({ table, row }: Place): readonly Stored[] => of.all(table, row),
  };
};
