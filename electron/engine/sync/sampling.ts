/**
 * A look at one page of a snapshot before it is taken (SYNC.md 2.8): what it says that a device wrote is compared with a piece
 * of that device's stream. A snapshot is signed by a colleague whose build may err; the streams are what counts. Where the hub
 * does not have the piece any more, there is nothing to compare with.
 */
import { baseOf, decodePayload } from '../store/log/payload.ts';
import type { Op, Payload } from '../store/log/payload.ts';
import type { Incoming } from '../store/merge/receive.ts';
import { decodePage, isHeads } from '../store/snapshot/pages.ts';
import { createCheck } from './checking.ts';
import type { Team } from './checking.ts';
import type { Hub, StreamName } from './hub.ts';
import type { SnapshotAbout } from './snapshot-file.ts';

export type SamplingDeps = {
  readonly hub: Pick<Hub, 'around' | 'branches'>;
  readonly org: string;
  readonly team: Team;
  /** `n` random bytes. */
  readonly random: (n: number) => Uint8Array;
};

const draw = (random: SamplingDeps['random'], below: number): number => Buffer.from(random(4)).readUInt32LE() % below;

type Written = { readonly actor: string; readonly op: Op };

const opsOf = (payload: Payload): ReadonlyMap<number, Written> =>
  new Map(decodePayload(payload).flatMap(({ actor, ops }) => ops.map((op) => [op.h, { actor, op }] as const)));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether an op is what was written, or what is left of it: columns that were replaced since are not in a snapshot. */
const isLeftOf = (left: Written, whole: Written | undefined): boolean => {
  if (whole === undefined || left.actor !== whole.actor) return false;
  const [part, op] = [left.op, whole.op];
  if (part.kind !== op.kind || part.table !== op.table || part.row !== op.row) return false;
  const places = part.cols.map((column) => op.cols.indexOf(column));
  if (!places.every((place, at) => place >= 0 && isSame(baseOf(part, at), baseOf(op, place)))) return false;
  const isByColumn = op.kind === 'i' || op.kind === 'u' || op.kind === 'r';
  return isByColumn ? places.every((place, at) => isSame(part.vals[at], op.vals[place])) : isSame(part.vals, op.vals);
};

type Found = Pick<SamplingDeps, 'hub'> & {
  readonly stream: StreamName;
  readonly check: ReturnType<typeof createCheck>;
};

/** The piece of a stream that holds a stamp, found by halving; null where it is not there or does not count. */
const pieceWith = async ({ hub, stream, check }: Found, stamp: number, last: number): Promise<Incoming | null> => {
  let [from, to] = [1, last];
  while (from <= to) {
    const segment = await hub.around(stream, Math.floor((from + to) / 2));
    const piece = segment === null ? null : check(segment, stream);
    const [first, end] = [piece?.payload.o.at(0)?.[0], piece?.payload.o.at(-1)?.[0]];
    if (piece === null || first === undefined || end === undefined) return null;
    if (stamp >= first && stamp <= end) return piece;
    if (stamp < first) to = piece.header.from - 1;
    else from = piece.header.to + 1;
  }
  return null;
};

/** @returns the device that wrote something else than a page says, by its uuid; null where what was looked at is as it was written */
export const whoseIsOtherwise = async (
  { hub, org, team, random }: SamplingDeps,
  { scope, cut, pages: names }: SnapshotAbout,
  pages: readonly Buffer[],
): Promise<string | null> => {
  const withOps = pages.filter((_, at) => (names[at]?.ops ?? 0) > 0);
  const bytes = withOps[draw(random, Math.max(1, withOps.length))];
  const page = bytes === undefined ? 'no page' : decodePage(bytes);
  // What is no page is refused by who takes it.
  if (typeof page === 'string' || isHeads(page)) return null;
  const { dev, payload } = page;
  const stamp = payload.o[draw(random, Math.max(1, payload.o.length))]?.[0];
  const [end, ...more] = cut.filter((one) => one.dev === dev);
  const stream = { scope, dev };
  // Of a stream that was written on twice, a place is no piece.
  if (stamp === undefined || end === undefined || more.length > 0 || (hub.branches?.(stream) ?? []).length > 0) return null;
  const check = createCheck({ org, scopes: [scope] }, team, () => undefined);
  const piece = await pieceWith({ hub, stream, check }, stamp, end.seq);
  if (piece === null) return null;
  const written = opsOf(piece.payload);
  const [first = 0, last = 0] = [piece.payload.o.at(0)?.[0], piece.payload.o.at(-1)?.[0]];
  const isOther = [...opsOf(payload)].some(([h, left]) => h >= first && h <= last && !isLeftOf(left, written.get(h)));
  return isOther ? dev : null;
};
