/**
 * Which stream a change is logged in. Until the file joins a team there is one, `local`; from then on one for what all
 * share, one for the accounts, and `local` still for what never leaves this device (DECISIONS.md 4).
 */
import type { Scope } from '../../../../shared/model/table.ts';
import type { Db } from '../file/db.ts';
import { ensureScope, LOCAL_SCOPE, readMeta, writeMeta } from '../file/local.ts';

/** What a file belongs to: the organisation, and the names its scopes have there. */
export type Membership = {
  readonly org: string;
  /** `account`: the territory whose accounts are worked on, in which a new one begins. */
  readonly scopes: Readonly<Record<Exclude<Scope, 'private'>, string>>;
  /** Other territories whose accounts are worked on here too. */
  readonly more?: readonly string[];
};

/** The names of all scopes that a member reads and writes. */
export const scopesOf = (membership: Membership | null): readonly string[] =>
  membership === null ? [] : [...Object.values(membership.scopes), ...(membership.more ?? [])];

/**
 * A stream this device writes. Its transactions are numbered in a range of their own, so that they stand together in
 * segments however the scopes alternate.
 */
export type Stream = { readonly scope: number; readonly scopeId: string; readonly range: number };

/** Places of streams: by the rank of a table's scope, and behind those the other territories. */
export const ACCOUNTS = 1;
const PRIVATE = 2;

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
  /** Shared, account, private, and the other territories. */
  let places: readonly Stream[] = [];
  let needed: Needed = {};
  const load = (): void => {
    const known = readMeta(db, 'membership') as Membership | undefined;
    membership = known ?? null;
    needed = (readMeta(db, NEEDED) as Needed | undefined) ?? {};
    const { shared = LOCAL_SCOPE, account = LOCAL_SCOPE } = known?.scopes ?? {};
    const others = (known?.more ?? []).map((scope) => toStream(db, scope));
    places = [toStream(db, shared), toStream(db, account), local, ...others];
  };
  load();
  return {
    local,
    membership: (): Membership | null => membership,
    ofPlace: (place: number): Stream => places[place] ?? local,
    /** The stream of a scope that is worked on here, by its name. */
    byId: (id: string): Stream => places.find(({ scopeId }) => scopeId === id) ?? local,
    byScope: (scope: number): Stream => places.find((stream) => stream.scope === scope) ?? local,
    /** Whether a scope is one of those that are worked on here. */
    isWorkedOn: (scope: number): boolean => scope !== local.scope && places.some((stream) => stream.scope === scope),
    /** Whether accounts of several territories are here. */
    areSeveral: (): boolean => places.length > PRIVATE + 1,
    /** The place of the stream of rows that hang on an account, by the scope that they are in. */
    placeOf: (scope: number): number =>
      Math.max(
        ACCOUNTS,
        places.findIndex((stream, place) => place > PRIVATE && stream.scope === scope),
      ),
    /** The streams that other devices read, with the rank of their tables. */
    published: (): readonly (Stream & { readonly rank: number })[] =>
      membership === null
        ? []
        : places.flatMap((stream, place) => (place === PRIVATE ? [] : { ...stream, rank: Math.min(place, ACCOUNTS) })),
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
