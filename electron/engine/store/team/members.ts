/** Whom the team vouches for, and what its devices are called here. */
import type { Db } from '../file/db.ts';
import { readMeta } from '../file/local.ts';

export const MEMBERS = 'members';

/** A device that the team vouches for, with the scopes it was not taken out of. */
export type TeamMember = { readonly dev: string; readonly code: string; readonly scopes: readonly string[] };

/** Whom the team vouches for, as the last round told; null before the first. */
export const readMembers = (db: Db): readonly TeamMember[] | null =>
  (readMeta(db, MEMBERS) as readonly TeamMember[] | undefined) ?? null;

export const memberOf = (db: Db, id: string): TeamMember | undefined => readMembers(db)?.find(({ dev }) => dev === id);

/** What a device is called by its id: by its code, and by the beginning of its id while nobody told that. */
export const createDeviceNames = (db: Db) => {
  const met = db.prepare<[string], { readonly code: string | null }>('SELECT code FROM devices WHERE id = ?');
  const beginning = (id: string): string => id.slice(0, 8);
  /** Null where it is none that this file knows: one of another territory may be known by the team alone. */
  const known = (id: string): string | null => {
    const here = met.get(id);
    return here?.code ?? memberOf(db, id)?.code ?? (here === undefined ? null : beginning(id));
  };
  return { known, of: (id: string): string => known(id) ?? beginning(id) };
};
