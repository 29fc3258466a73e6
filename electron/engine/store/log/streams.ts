/**
 * Which stream a change is logged in. Until the file joins a team there is one, `local`; from then on one for what all
 * share, one for the accounts, and `local` still for what never leaves this device (DECISIONS.md 4).
 */
import type { Scope } from '../../../../shared/model/table.ts';
import type { Db } from '../file/db.ts';
import { ensureScope, LOCAL_SCOPE, readMeta, writeMeta } from '../file/local.ts';

/** What a file belongs to: the organisation, and the names its scopes have there. */
export type Membership = { readonly org: string; readonly scopes: Readonly<Record<Exclude<Scope, 'private'>, string>> };

/**
 * A stream this device writes. Its transactions are numbered in a range of their own, so that they stand together in
 * segments however the scopes alternate.
 */
export type Stream = { readonly scope: number; readonly scopeId: string; readonly range: number };

const RANGE = 2 ** 40;
/** The range of transactions that came from elsewhere. */
const RECEIVED = 4095;

/** The numbers of a range: `from` is none of them, `to` is the first behind. */
export const rangeBounds = (range: number): { readonly from: number; readonly to: number } => ({
  from: range * RANGE,
  to: (range + 1) * RANGE,
});

export const receivedBounds = rangeBounds(RECEIVED);

const toStream = (db: Db, scopeId: string): Stream => {
  const scope = ensureScope(db, scopeId);
  return { scope, scopeId, range: scope - 1 };
};

/** The oldest schema that may write in scopes, by their ids, as others said. */
const NEEDED = 'needed_schema';
type Needed = Readonly<Record<string, number>>;

export type Streams = ReturnType<typeof createStreams>;

export const createStreams = (db: Db) => {
  const local = toStream(db, LOCAL_SCOPE);
  let membership: Membership | null = null;
  /** By the rank of a table's scope: shared, account, private. */
  let ranks: readonly Stream[] = [];
  let needed: Needed = {};
  const load = (): void => {
    const known = readMeta(db, 'membership') as Membership | undefined;
    membership = known ?? null;
    needed = (readMeta(db, NEEDED) as Needed | undefined) ?? {};
    const { shared = LOCAL_SCOPE, account = LOCAL_SCOPE } = known?.scopes ?? {};
    ranks = [toStream(db, shared), toStream(db, account), local];
  };
  load();
  return {
    local,
    membership: (): Membership | null => membership,
    ofRank: (rank: number): Stream => ranks[rank] ?? local,
    byScope: (scope: number): Stream => ranks.find((stream) => stream.scope === scope) ?? local,
    /** The streams that other devices read, with the rank of their tables. */
    published: (): readonly (Stream & { readonly rank: number })[] =>
      membership === null ? [] : ranks.slice(0, 2).map((stream, rank) => ({ ...stream, rank })),
    /** The oldest schema that may write in a scope. */
    neededIn: (scopeId: string): number => needed[scopeId] ?? 0,
    /** Somebody writes in a scope what only builds of a schema may write beside. Call inside a transaction. */
    need(scopeId: string, schema: number): void {
      if (schema <= (needed[scopeId] ?? 0)) return;
      needed = { ...needed, [scopeId]: schema };
      writeMeta(db, NEEDED, needed);
    },
    join(joined: Membership): void {
      writeMeta(db, 'membership', joined);
      load();
    },
    /** After a rollback. */
    load,
  };
};
