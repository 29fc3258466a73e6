/** Checks that the log is whole: the chain of segments unbroken, every op of the history where it says it is. */
import type { Db } from '../file/db.ts';
import type { Payload } from './payload.ts';
import type { Header } from './segments.ts';
import { hashSegment, openSegment } from './segments.ts';
import { readAnchors } from './anchors.ts';

type Segment = {
  readonly scope: number;
  readonly dev: number;
  readonly from_seq: number;
  readonly to_seq: number;
  readonly first_n: number;
  readonly last_n: number;
  readonly prev: Buffer | null;
  readonly hash: Buffer;
  readonly head: string;
  readonly body: Buffer;
  readonly state: number;
};

/** What a piece must follow: the one before it, where a snapshot left the stream, or where a branch began. */
type Before = { readonly to_seq: number; readonly hash: Buffer };

const sameBytes = (a: Buffer | null, b: Buffer | null): boolean => (a === null || b === null ? a === b : a.equals(b));

const checkPayload = (payload: Payload, transactions: number, ops: number): string | null => {
  const counted = payload.x.reduce((sum, [count]) => sum + count, 0);
  if (payload.v !== 1) return `unknown payload version ${String(payload.v)}`;
  if (payload.x.length !== transactions || counted !== ops || payload.o.length !== ops) return 'counts do not match';
  const isRising = payload.o.every(([h], at) => h > (payload.o[at - 1]?.[0] ?? 0));
  return isRising ? null : 'stamps do not rise';
};

const follows = ({ prev, from_seq: from }: Segment, before: Before | undefined): boolean =>
  sameBytes(prev, before?.hash ?? null) && from === (before?.to_seq ?? 0) + 1;

const checkSegment = (segment: Segment, before: readonly (Before | undefined)[]): string | null => {
  const { head, body, hash, prev, from_seq: from, to_seq: to } = segment;
  if (!hashSegment(head, body).equals(hash)) return 'altered bytes';
  // What a snapshot kept of a stream is no piece of its chain.
  if (segment.state !== 3 && !before.some((one) => follows(segment, one))) return 'chain is broken';
  const header = JSON.parse(head) as Header;
  if (header.from !== from || header.to !== to || header.len !== body.length || header.prev !== (prev?.toString('hex') ?? null))
    return 'header does not match';
  return checkPayload(openSegment(body), segment.last_n - segment.first_n + 1, to - from + 1);
};

/** Checks segment by segment: after each its fault, or null. Each is read alone, so that others can read in between. */
function* segmentFaults(db: Db): Generator<string | null> {
  const keys = db
    .prepare<[], [scope: number, dev: number, from: number]>('SELECT scope, dev, from_seq FROM segments ORDER BY 1, 2, 3')
    .raw()
    .all();
  const read = db.prepare<[number, number, number], Segment>(
    `SELECT scope, dev, from_seq, to_seq, first_n, last_n, prev, hash, head, body, state FROM segments
     WHERE scope = ? AND dev = ? AND from_seq = ?`,
  );
  const anchors = readAnchors(db);
  let before: Segment | undefined;
  for (const key of keys) {
    const segment = read.get(...key);
    if (segment === undefined) continue;
    const isOfStream = (one: { readonly scope: number; readonly dev: number } | undefined): boolean =>
      one?.scope === segment.scope && one.dev === segment.dev;
    const left = anchors.filter(isOfStream).map(({ seq, hash }) => ({ to_seq: seq, hash: Buffer.from(hash, 'hex') }));
    const fault = checkSegment(segment, [isOfStream(before) ? before : undefined, ...left]);
    yield fault === null ? null : `log segment ${segment.from_seq}-${segment.to_seq}: ${fault}`;
    if (segment.state !== 3) before = segment;
  }
}

const outboxFaults = (db: Db): readonly string[] =>
  db
    .prepare<[], { n: number; ops: number; payload: string }>('SELECT n, ops, payload FROM outbox ORDER BY n')
    .all()
    .flatMap(({ n, ops, payload }) => {
      const fault = checkPayload(JSON.parse(payload) as Payload, 1, ops);
      return fault === null ? [] : [`log transaction ${n}: ${fault}`];
    });

const historyFaults = (db: Db): readonly string[] => {
  const counts = db
    .prepare<[], { indexed: number; logged: number }>(
      `SELECT (SELECT count(*) FROM history) AS indexed,
        (SELECT coalesce(sum(coalesce(indexed, to_seq - from_seq + 1)), 0) FROM segments) + (SELECT coalesce(sum(ops), 0) FROM outbox) AS logged`,
    )
    .get();
  return counts === undefined || counts.indexed === counts.logged
    ? []
    : [`history: ${counts.indexed} of ${counts.logged} changes can be found`];
};

/** What is wrong with the log, piece by piece: a fault in words, or null. The whole of it is checked when it ends. */
export function* checkLog(db: Db): Generator<string | null> {
  yield* segmentFaults(db);
  yield* outboxFaults(db);
  yield* historyFaults(db);
}

/** What is wrong with the log, in words; empty when it is whole. */
export const verifyLog = (db: Db): readonly string[] => [...checkLog(db)].filter((fault) => fault !== null);
