/**
 * What lifts the stamps of this device: each is larger than all it has from others, and than all it has given them. A stamp
 * far ahead of a hub's clock is no fault of this device where it follows one that is (SYNC.md invariant 27).
 */
import type { Db } from '../file/db.ts';
import type { Device } from '../file/local.ts';
import type { Header } from './segments.ts';
import { lastStampOf, openSegment } from './segments.ts';

type Piece = { readonly idx: number; readonly head: string };

export const prepareLift = (db: Db): ((device: Device) => number) => {
  const others = db.prepare<[number], number | null>('SELECT max(hlc) FROM cursor WHERE dev <> ?').pluck();
  const scopes = db.prepare<[number], number>('SELECT scope FROM cursor WHERE dev = ? AND seq > 0').pluck();
  // The first that was not given is found by its index, and the bytes of none are read.
  const given = db.prepare<{ scope: number; dev: number }, Piece>(
    `SELECT idx, head FROM segments WHERE scope = :scope AND dev = :dev AND from_seq > 0 AND from_seq <
       coalesce((SELECT min(from_seq) FROM segments WHERE scope = :scope AND state = 0), ${Number.MAX_SAFE_INTEGER})
     ORDER BY from_seq DESC LIMIT 1`,
  );
  const body = db.prepare<[number], Buffer>('SELECT body FROM segments WHERE idx = ?').pluck();
  const endOf = ({ idx, head }: Piece): number => {
    const { hlc } = JSON.parse(head) as Header;
    if (hlc !== undefined) return hlc;
    const bytes = body.get(idx);
    return bytes === undefined ? 0 : lastStampOf(openSegment(bytes));
  };
  return ({ idx: dev }) => {
    const ends = scopes.all(dev).map((scope) => {
      const last = given.get({ scope, dev });
      return last === undefined ? 0 : endOf(last);
    });
    return Math.max(others.get(dev) ?? 0, ...ends);
  };
};
