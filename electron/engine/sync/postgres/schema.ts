/**
 * A hub as a schema of PostgreSQL 13 or later (SYNC.md 2.6). Segments are only ever added; who sees and adds which is decided
 * by row-level security from the name a session logged in with, by territory. Kept to what relatives of PostgreSQL know;
 * what only some of them know stands apart and may fail.
 */

import { MOST_AHEAD, MOST_AHEAD_MS, MOST_LIFT_MS } from '../../../../shared/domain/hlc.ts';

export const FORMAT = 1;
export const OWNER = 'workbench_owner';
export const MEMBER = 'workbench_member';
export const CHANNEL = 'workbench';
/** The role of a device that others told of. Nobody logs in by it. */
export const NOBODY = '';
/** What the server answers to stamps that are too far ahead of its clock. */
export const AHEAD = 'WB024';

/**
 * Where functions of the owner look names up. A session's own temporary types would come before all others where they are
 * not named, and run what a member wrote with the owner's rights.
 */
const SAFE_PATH = 'SET search_path = pg_catalog, pg_temp';

const tables = [
  `CREATE TABLE workbench.team(org text PRIMARY KEY, format int NOT NULL)`,
  `CREATE TABLE workbench.scope(scope text PRIMARY KEY)`,
  `CREATE TABLE workbench.member(role text NOT NULL, scope text NOT NULL REFERENCES workbench.scope,
     can_write boolean NOT NULL DEFAULT true, PRIMARY KEY (role, scope))`,
  // A device without a signature asks to be enrolled. Only the team's key can sign, so readers need not trust this table.
  `CREATE TABLE workbench.device(dev uuid PRIMARY KEY, role text NOT NULL DEFAULT session_user, code text NOT NULL,
     key bytea NOT NULL, signature bytea, revoked boolean NOT NULL DEFAULT false, asked timestamptz NOT NULL DEFAULT clock_timestamp(),
     CHECK (octet_length(key) = 32 AND octet_length(signature) = 64 AND octet_length(code) <= 8))`,
  `CREATE TABLE workbench.revocation(dev uuid NOT NULL REFERENCES workbench.device, statement bytea NOT NULL)`,
  `CREATE TABLE workbench.head(scope text NOT NULL, dev uuid NOT NULL, to_seq bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY (scope, dev))`,
  `CREATE TABLE workbench.segment(
     scope text NOT NULL REFERENCES workbench.scope, dev uuid NOT NULL REFERENCES workbench.device,
     from_seq bigint NOT NULL, to_seq bigint NOT NULL, prev bytea, hash bytea NOT NULL,
     head bytea NOT NULL, body bytea NOT NULL, sig bytea NOT NULL,
     author text NOT NULL DEFAULT session_user, received timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (scope, dev, from_seq), UNIQUE (scope, dev, to_seq),
     CHECK ((prev IS NULL) = (from_seq = 1) AND from_seq >= 1 AND to_seq >= from_seq),
     CHECK (octet_length(head) <= 4096 AND octet_length(body) <= 8388608 AND octet_length(hash) = 32 AND octet_length(sig) = 64))`,
];

/** Lists about whoever is logged in; a policy asks for them once a statement. */
const mine = (name: string, type: string, list: string): string =>
  `CREATE FUNCTION workbench.${name}() RETURNS ${type}[] LANGUAGE sql STABLE SECURITY DEFINER ${SAFE_PATH}
   AS $$SELECT coalesce(array_agg(m.${list}), '{}') FROM workbench.member m WHERE m.role = session_user`;

const MILLISECONDS_2020 = Date.UTC(2020, 0, 1);
const COUNTER = MOST_AHEAD / MOST_AHEAD_MS;

/** The largest stamp that is taken now, unless those of others are as far ahead (SYNC.md invariant 27). */
const latest = `CREATE OR REPLACE FUNCTION workbench.latest_stamp() RETURNS pg_catalog.numeric LANGUAGE sql VOLATILE ${SAFE_PATH} AS $$
  SELECT (pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp())::pg_catalog.numeric * 1000)
    - ${MILLISECONDS_2020} + ${MOST_AHEAD_MS}) * ${COUNTER}$$`;

/** What lifted a device is believed so far, as others take nothing that is further ahead. */
const latestLift = `CREATE OR REPLACE FUNCTION workbench.latest_lift() RETURNS pg_catalog.numeric LANGUAGE sql VOLATILE ${SAFE_PATH} AS $$
  SELECT workbench.latest_stamp() + ${(MOST_LIFT_MS - MOST_AHEAD_MS) * COUNTER}$$`;

/** The latest stamp that the hub has, as the headers of the last pieces say. */
const latestGiven = `CREATE OR REPLACE FUNCTION workbench.latest_given() RETURNS pg_catalog.numeric LANGUAGE sql VOLATILE ${SAFE_PATH} AS $$
  SELECT coalesce(max((l.about ->> 'hlc')::pg_catalog.numeric), 0) FROM (
    SELECT pg_catalog.convert_from(s.head, 'UTF8')::pg_catalog.jsonb AS about FROM workbench.head h
    JOIN workbench.segment s ON s.scope = h.scope AND s.dev = h.dev AND s.to_seq = h.to_seq) l
  WHERE l.about ->> 'hlc' ~ '^[0-9]+$'$$`;

/**
 * Keeps every stream one chain: what is sent again is passed over, another successor is 23505, a gap is 23503. The row of the
 * device is locked first, so that two tries of one device, or a try and its revocation, stand one behind the other; nobody
 * locks the device of another. A device that is nobody's here (\`NOBODY\`) comes no more, and others bring what it gave. What a clock stamped that is more than a day ahead is ${AHEAD}: by the signed header, which says
 * the last stamp, and how far its device was lifted by others. Where the hub has stamps as far ahead, those who read them are lifted
 * all the same, and what was given elsewhere before need not wait. Readers hold the one against what is in it; an earlier build says
 * neither, and is let in.
 */
const chain = `CREATE OR REPLACE FUNCTION workbench.chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER ${SAFE_PATH} AS $$
DECLARE last_seq pg_catalog.int8; last_hash pg_catalog.bytea; known pg_catalog.bytea; about pg_catalog.jsonb; stamp pg_catalog.numeric;
  lift pg_catalog.numeric;
BEGIN
  PERFORM 1 FROM workbench.device d
    WHERE d.dev = NEW.dev AND d.role IN (session_user, '${NOBODY}') AND d.signature IS NOT NULL AND NOT d.revoked FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the device is not enrolled' USING ERRCODE = '42501'; END IF;
  SELECT s.hash INTO known FROM workbench.segment s WHERE s.scope = NEW.scope AND s.dev = NEW.dev AND s.from_seq = NEW.from_seq;
  IF known = NEW.hash THEN RETURN NULL; END IF;
  SELECT h.to_seq, h.hash INTO last_seq, last_hash FROM workbench.head h WHERE h.scope = NEW.scope AND h.dev = NEW.dev;
  IF NEW.from_seq > coalesce(last_seq, 0) + 1 THEN RAISE EXCEPTION 'a gap' USING ERRCODE = '23503'; END IF;
  IF NEW.from_seq <= coalesce(last_seq, 0) OR NEW.prev IS DISTINCT FROM last_hash THEN
    RAISE EXCEPTION 'a fork' USING ERRCODE = '23505';
  END IF;
  about := pg_catalog.convert_from(NEW.head, 'UTF8')::pg_catalog.jsonb;
  stamp := (about ->> 'hlc')::pg_catalog.numeric;
  lift := coalesce((about ->> 'lift')::pg_catalog.numeric, 0);
  IF stamp > workbench.latest_stamp() AND (stamp > lift + ${MOST_AHEAD} OR lift > workbench.latest_lift())
    AND stamp > least(workbench.latest_given(), workbench.latest_lift()) + ${MOST_AHEAD} THEN
    RAISE EXCEPTION 'stamps of a clock that is ahead' USING ERRCODE = '${AHEAD}';
  END IF;
  IF last_seq IS NULL THEN
    INSERT INTO workbench.head(scope, dev, to_seq, hash) VALUES(NEW.scope, NEW.dev, NEW.to_seq, NEW.hash);
  ELSE
    UPDATE workbench.head h SET to_seq = NEW.to_seq, hash = NEW.hash WHERE h.scope = NEW.scope AND h.dev = NEW.dev;
  END IF;
  RETURN NEW;
END$$`;

const functions = [
  `${mine('my_read', 'text', 'scope')}$$`,
  `${mine('my_write', 'text', 'scope')} AND m.can_write$$`,
  `CREATE FUNCTION workbench.my_devices() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER ${SAFE_PATH}
   AS $$SELECT coalesce(array_agg(d.dev), '{}') FROM workbench.device d WHERE d.role = session_user AND NOT d.revoked$$`,
  latest,
  latestLift,
  latestGiven,
  chain,
  // A code that another device has is replaced; readers check who signed it, so that nobody else can.
  `CREATE FUNCTION workbench.certify(p_dev uuid, p_code text, p_signature bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
   ${SAFE_PATH} AS $$UPDATE workbench.device SET code = p_code, signature = p_signature
   WHERE dev = p_dev AND role = session_user AND NOT revoked$$`,
  // Stops a slip of the owner, too.
  `CREATE FUNCTION workbench.deny() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'workbench.% is only added to', TG_TABLE_NAME USING ERRCODE = '42501'; END$$`,
];

const guards = [
  `CREATE TRIGGER segment_chain BEFORE INSERT ON workbench.segment FOR EACH ROW EXECUTE FUNCTION workbench.chain()`,
  `CREATE TRIGGER segment_keep BEFORE UPDATE OR DELETE ON workbench.segment FOR EACH ROW EXECUTE FUNCTION workbench.deny()`,
  `ALTER TABLE workbench.segment ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY segment_read ON workbench.segment FOR SELECT TO ${MEMBER} USING (scope = ANY ((SELECT workbench.my_read())::text[]))`,
  `CREATE POLICY segment_add ON workbench.segment FOR INSERT TO ${MEMBER} WITH CHECK (author = session_user
     AND scope = ANY ((SELECT workbench.my_write())::text[]) AND dev = ANY ((SELECT workbench.my_devices())::uuid[]))`,
  `ALTER TABLE workbench.head ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY head_read ON workbench.head FOR SELECT TO ${MEMBER} USING (scope = ANY ((SELECT workbench.my_read())::text[]))`,
];

const rights = [
  `REVOKE ALL ON FUNCTION workbench.my_read(), workbench.my_write(), workbench.my_devices(), workbench.latest_stamp(), workbench.latest_lift(), workbench.latest_given(),
     workbench.chain(), workbench.deny(), workbench.certify(uuid, text, bytea) FROM PUBLIC`,
  `GRANT USAGE ON SCHEMA workbench TO ${MEMBER}`,
  `GRANT EXECUTE ON FUNCTION workbench.my_read(), workbench.my_write(), workbench.my_devices(),
     workbench.certify(uuid, text, bytea) TO ${MEMBER}`,
  `GRANT SELECT ON workbench.team, workbench.device, workbench.revocation, workbench.head, workbench.segment TO ${MEMBER}`,
  // Who added it, and when, nobody says of himself.
  `GRANT INSERT (dev, code, key, signature) ON workbench.device TO ${MEMBER}`,
  `GRANT INSERT (scope, dev, from_seq, to_seq, prev, hash, head, body, sig) ON workbench.segment TO ${MEMBER}`,
];

/** Pieces of a hub that came later: whether it has them is asked by a table, and one that lacks them gets them. */
const snapshotTables = [
  `CREATE TABLE workbench.snapshot(
     scope text NOT NULL REFERENCES workbench.scope, dev uuid NOT NULL REFERENCES workbench.device, hash bytea NOT NULL,
     head bytea NOT NULL, sig bytea NOT NULL, author text NOT NULL DEFAULT session_user,
     made timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (scope, dev, hash),
     CHECK (octet_length(hash) = 32 AND octet_length(head) <= 4194304 AND octet_length(sig) = 64))`,
  `CREATE TABLE workbench.page(
     scope text NOT NULL REFERENCES workbench.scope, dev uuid NOT NULL REFERENCES workbench.device, sha bytea NOT NULL,
     body bytea NOT NULL, author text NOT NULL DEFAULT session_user, PRIMARY KEY (scope, dev, sha),
     CHECK (octet_length(sha) = 32 AND octet_length(body) <= 8388608))`,
];

const snapshotRights = ['snapshot', 'page'].flatMap((table) => [
  `ALTER TABLE workbench.${table} ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY ${table}_read ON workbench.${table} FOR SELECT TO ${MEMBER} USING (scope = ANY ((SELECT workbench.my_read())::text[]))`,
  `CREATE POLICY ${table}_add ON workbench.${table} FOR INSERT TO ${MEMBER} WITH CHECK (author = session_user
     AND scope = ANY ((SELECT workbench.my_write())::text[]) AND dev = ANY ((SELECT workbench.my_devices())::uuid[]))`,
  `GRANT SELECT ON workbench.${table} TO ${MEMBER}`,
]);

/**
 * Takes away what a snapshot holds and is old, as only the owner may: nobody else can delete at all. In order, so that what is
 * left of a stream has no hole.
 */
const compaction = [
  `CREATE TABLE IF NOT EXISTS workbench.audit(at timestamptz NOT NULL DEFAULT clock_timestamp(), who text NOT NULL DEFAULT session_user, what text NOT NULL)`,
  `CREATE OR REPLACE FUNCTION workbench.deny() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'DELETE' AND pg_catalog.current_setting('workbench.compacting', true) = 'on' THEN RETURN OLD; END IF;
     RAISE EXCEPTION 'workbench.% is only added to', TG_TABLE_NAME USING ERRCODE = '42501';
   END$$`,
  `CREATE OR REPLACE FUNCTION workbench.compact(p_scope text, p_cut jsonb, p_before timestamptz) RETURNS bigint LANGUAGE plpgsql ${SAFE_PATH} AS $$
   DECLARE gone pg_catalog.int8;
   BEGIN
     PERFORM pg_catalog.set_config('workbench.compacting', 'on', true);
     DELETE FROM workbench.segment s USING pg_catalog.jsonb_each_text(p_cut) c
       WHERE s.scope = p_scope AND s.dev = c.key::pg_catalog.uuid AND s.to_seq <= c.value::pg_catalog.int8 AND s.received < p_before;
     GET DIAGNOSTICS gone = ROW_COUNT;
     PERFORM pg_catalog.set_config('workbench.compacting', 'off', true);
     INSERT INTO workbench.audit(what) VALUES(pg_catalog.format('compact %s: %s segments before %s, up to %s', p_scope, gone, p_before, p_cut));
     RETURN gone;
   END$$`,
  `REVOKE ALL ON FUNCTION workbench.compact(text, jsonb, timestamptz) FROM PUBLIC`,
];

/** By the owner of the schema, where the hub has no snapshots yet. */
export const snapshotSchema: readonly string[] = [
  ...compaction,
  ...snapshotTables,
  ...snapshotRights,
  `GRANT INSERT (scope, dev, hash, head, sig) ON workbench.snapshot TO ${MEMBER}`,
  `GRANT INSERT (scope, dev, sha, body) ON workbench.page TO ${MEMBER}`,
];

/**
 * By the owner of the schema, where the hub has no keys of people yet. A member adds and reads those of a scope, and lets go of
 * one: its name stays, so that nobody brings it back.
 */
export const keySchema: readonly string[] = [
  `CREATE TABLE workbench.subject_key(
     scope text NOT NULL REFERENCES workbench.scope, id text NOT NULL, key bytea, author text NOT NULL DEFAULT session_user,
     PRIMARY KEY (scope, id), CHECK (octet_length(id) <= 64 AND octet_length(key) = 32))`,
  `ALTER TABLE workbench.subject_key ENABLE ROW LEVEL SECURITY`,
  // Whoever logs in can ask for any device to be let in: that alone gives no right.
  `CREATE FUNCTION workbench.is_let_in() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER ${SAFE_PATH}
   AS $$SELECT EXISTS (SELECT 1 FROM workbench.device d
     WHERE d.role = session_user AND d.signature IS NOT NULL AND NOT d.revoked)$$`,
  `REVOKE ALL ON FUNCTION workbench.is_let_in() FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION workbench.is_let_in() TO ${MEMBER}`,
  `CREATE POLICY subject_key_read ON workbench.subject_key FOR SELECT TO ${MEMBER} USING (scope = ANY ((SELECT workbench.my_read())::text[]))`,
  `CREATE POLICY subject_key_add ON workbench.subject_key FOR INSERT TO ${MEMBER} WITH CHECK (author = session_user AND key IS NOT NULL
     AND scope = ANY ((SELECT workbench.my_write())::text[]) AND (SELECT workbench.is_let_in()))`,
  `GRANT SELECT ON workbench.subject_key TO ${MEMBER}`,
  `GRANT INSERT (scope, id, key) ON workbench.subject_key TO ${MEMBER}`,
  `CREATE FUNCTION workbench.drop_keys(p_scope text, p_ids text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER ${SAFE_PATH} AS $$
   BEGIN
     IF NOT p_scope = ANY (workbench.my_write()) OR NOT workbench.is_let_in() OR pg_catalog.cardinality(p_ids) > 10000 THEN
       RAISE EXCEPTION 'denied' USING ERRCODE = '42501';
     END IF;
     INSERT INTO workbench.subject_key AS k(scope, id) SELECT p_scope, pg_catalog.unnest(p_ids)
       ON CONFLICT (scope, id) DO UPDATE SET key = NULL WHERE k.key IS NOT NULL;
     IF FOUND THEN
       INSERT INTO workbench.audit(what) VALUES(pg_catalog.format('drop keys of %s: %s', p_scope, pg_catalog.array_to_string(p_ids, ' ')));
     END IF;
   END$$`,
  `REVOKE ALL ON FUNCTION workbench.drop_keys(text, text[]) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION workbench.drop_keys(text, text[]) TO ${MEMBER}`,
];

/** By the owner of the schema, where the hub does not look at clocks yet, or believes whatever a device says that it was lifted by. */
export const clockSchema: readonly string[] = [
  ...[latest, latestLift, latestGiven],
  `REVOKE ALL ON FUNCTION workbench.latest_stamp(), workbench.latest_lift(), workbench.latest_given() FROM PUBLIC`,
  chain,
];

/** What one person may tell of what the team said, in bytes: a team takes out a few devices a year, and everybody reads all of it. */
const MOST_TOLD = 4 * 2 ** 20;
/** No statement with a signature is shorter than this, in bytes. */
const LEAST_TOLD = 200;
/** What a statement counts for at least, in bytes: it bounds how many there are, too. */
const LEAST_COUNTED = 1024;

const tellRevocation = `CREATE OR REPLACE FUNCTION workbench.tell_revocation(p_dev uuid, p_statement bytea) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER ${SAFE_PATH} AS $$
   BEGIN
     IF NOT EXISTS (SELECT 1 FROM workbench.member m WHERE m.role = session_user)
       OR pg_catalog.octet_length(p_statement) < ${LEAST_TOLD}
       OR greatest(pg_catalog.octet_length(p_statement), ${LEAST_COUNTED})
         + coalesce((SELECT sum(greatest(pg_catalog.octet_length(r.statement), ${LEAST_COUNTED}))
           FROM workbench.revocation r WHERE r.teller = session_user), 0) > ${MOST_TOLD} THEN
       RAISE EXCEPTION 'denied' USING ERRCODE = '42501';
     END IF;
     INSERT INTO workbench.revocation(dev, statement, teller) VALUES(p_dev, p_statement, session_user) ON CONFLICT DO NOTHING;
   END$$`;

/**
 * By the owner of the schema, where members cannot tell yet what the team said of devices that it took out: also of those that this
 * hub has never met. Whether the team said so is for the reader to check; no device is shut out by what a member tells.
 */
export const toldSchema: readonly string[] = [
  `ALTER TABLE workbench.revocation DROP CONSTRAINT IF EXISTS revocation_dev_fkey`,
  `ALTER TABLE workbench.revocation ADD COLUMN teller text`,
  tellRevocation,
  `REVOKE ALL ON FUNCTION workbench.tell_revocation(uuid, bytea) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION workbench.tell_revocation(uuid, bytea) TO ${MEMBER}`,
];

/** Each statement about a device is kept once. */
export const ONCE = 'revocation_once';

/**
 * By the owner of the schema, where a statement is itself part of a key. It names all streams of a device: of one that works in
 * dozens of territories it is longer than a key may be, and that device could not be taken out. Such a hub counted what a member tells
 * by its bytes alone.
 */
export const onceSchema: readonly string[] = [
  `ALTER TABLE workbench.revocation DROP CONSTRAINT IF EXISTS revocation_pkey`,
  `CREATE UNIQUE INDEX ${ONCE} ON workbench.revocation(dev, sha256(statement))`,
  tellRevocation,
];

/** What is told of devices that come no more, in a team of any size: so that a hostile member ends. */
const MOST_GONE = 5000;

/**
 * By the owner of the schema, where members cannot bring yet what devices gave that come no more. Such a device is nobody's, and
 * becomes its person's again when it comes after all. Whether the team vouches for it, and who signed a piece, is for readers to check.
 */
export const goneSchema: readonly string[] = [
  chain,
  `CREATE FUNCTION workbench.tell_device(p_dev uuid, p_code text, p_key bytea, p_signature bytea) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER ${SAFE_PATH} AS $$
   BEGIN
     IF NOT EXISTS (SELECT 1 FROM workbench.member m WHERE m.role = session_user AND m.can_write)
       OR (SELECT count(*) FROM workbench.device d WHERE d.role = '${NOBODY}') >= ${MOST_GONE} THEN
       RAISE EXCEPTION 'denied' USING ERRCODE = '42501';
     END IF;
     INSERT INTO workbench.device(dev, role, code, key, signature) VALUES(p_dev, '${NOBODY}', p_code, p_key, p_signature)
       ON CONFLICT DO NOTHING;
   END$$`,
  `CREATE FUNCTION workbench.tell_segment(p_scope text, p_dev uuid, p_from bigint, p_to bigint, p_prev bytea, p_hash bytea, p_head bytea,
     p_body bytea, p_sig bytea) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER ${SAFE_PATH} AS $$
   BEGIN
     IF NOT coalesce(p_scope = ANY (workbench.my_write()), false)
       OR NOT EXISTS (SELECT 1 FROM workbench.device d WHERE d.dev = p_dev AND d.role IN (session_user, '${NOBODY}')) THEN
       RAISE EXCEPTION 'denied' USING ERRCODE = '42501';
     END IF;
     INSERT INTO workbench.segment(scope, dev, from_seq, to_seq, prev, hash, head, body, sig)
       VALUES(p_scope, p_dev, p_from, p_to, p_prev, p_hash, p_head, p_body, p_sig);
     RETURN FOUND;
   END$$`,
  `CREATE FUNCTION workbench.claim_device(p_dev uuid) RETURNS void LANGUAGE sql SECURITY DEFINER ${SAFE_PATH}
   AS $$UPDATE workbench.device SET role = session_user WHERE dev = p_dev AND role = '${NOBODY}' AND NOT revoked
     AND EXISTS (SELECT 1 FROM workbench.member m WHERE m.role = session_user)$$`,
  `REVOKE ALL ON FUNCTION workbench.tell_device(uuid, text, bytea, bytea), workbench.claim_device(uuid),
     workbench.tell_segment(text, uuid, bigint, bigint, bytea, bytea, bytea, bytea, bytea) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION workbench.tell_device(uuid, text, bytea, bytea), workbench.claim_device(uuid),
     workbench.tell_segment(text, uuid, bigint, bigint, bytea, bytea, bytea, bytea, bytea) TO ${MEMBER}`,
];

/** In this order, by the owner of the schema, in one transaction. */
export const schema: readonly string[] = [...tables, ...functions, ...guards, ...rights];

/** What makes a hub stricter or quicker; readers check everything and ask by themselves, so that it works without. */
export const extras: readonly (readonly [statement: string, without: string])[] = [
  [`ALTER TABLE workbench.segment ADD CHECK (hash = sha256(head || body))`, 'altered segments are refused by readers only'],
  [
    `CREATE TRIGGER segment_whole BEFORE TRUNCATE ON workbench.segment FOR EACH STATEMENT EXECUTE FUNCTION workbench.deny()`,
    'nothing keeps its owner from emptying the table',
  ],
  [
    `CREATE FUNCTION workbench.poke() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM pg_catalog.pg_notify('${CHANNEL}', NEW.dev::text); RETURN NULL; END$$`,
    'devices hear of news when they next ask',
  ],
  [
    `CREATE TRIGGER segment_poke AFTER INSERT ON workbench.segment FOR EACH ROW EXECUTE FUNCTION workbench.poke()`,
    'devices hear of news when they next ask',
  ],
];
