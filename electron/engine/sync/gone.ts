/**
 * What devices gave that come no more: those the team took out, and what a file was before it became another device (SYNC.md 2.10). A
 * hub that the team moved to, or that was brought back from a backup, has it from nobody, and who joins later would lack it for ever.
 * Whoever has their pieces lays them there as they were signed; readers check them as those of everybody.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { scopesOf } from '../store/log/streams.ts';
import type { SignedPiece } from '../store/team/gone.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { encodeCertificate, isCertified, parseCertificate } from './certificate.ts';
import type { Team, Warn } from './checking.ts';
import type { Certificate, Hub, HubStream, StreamName } from './hub.ts';
import { isSigned, readPublicKey } from './keys.ts';
import { encodeSegment, parseSegment } from './segment-file.ts';
import { keptFrom, keptOf } from './snapshots.ts';
import type { SnapshotDeps } from './snapshots.ts';
import { giveKeys } from './subject-keys.ts';

/** A team enrols a few devices a year for each person. */
const MOST_KEPT = 10_000;
const PER_TURN = 50;

/** All whom the organisation is known to vouch for: what a file kept, and what a hub shows now. */
export const joinCertificates = (org: string, kept: readonly string[], shown: readonly Certificate[]) => {
  const known = new Map(kept.map((text) => [text, parseCertificate(Buffer.from(text))]));
  const before = known.size;
  for (const one of shown) {
    const text = encodeCertificate(one).toString();
    if (known.size < MOST_KEPT && !known.has(text) && isCertified(org, one)) known.set(text, one);
  }
  return {
    texts: [...known.keys()],
    all: [...known.values()].filter((one) => one !== null),
    added: known.size > before,
  };
};

export type GivingDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly team: Team;
  readonly snapshots: SnapshotDeps;
  readonly streams: readonly HubStream[];
  /** Whom the team is known to have vouched for, here or elsewhere. */
  readonly certificates: readonly Certificate[];
  readonly revoked: ReadonlySet<string>;
  readonly warn: Warn;
  readonly isCancelled?: () => boolean;
};

const signedBy =
  ({ hash, sig }: SignedPiece) =>
  ({ key }: Certificate): boolean => {
    const publicKey = readPublicKey(key);
    return publicKey !== null && isSigned(hash, sig, publicKey);
  };

/** The next pieces of a stream that a hub lacks. */
const lackedOf = async ({ store, hub, team, snapshots, streams }: GivingDeps, { scope, dev }: StreamName, given: number) => {
  const upTo = team.cutOf(dev, scope)?.seq ?? Number.MAX_SAFE_INTEGER;
  const kept = await keptOf(snapshots, scope, dev);
  const said = streams.find((stream) => stream.scope === scope && stream.dev === dev)?.upTo;
  const there = said ?? hub.endOf?.({ scope, dev }, await keptFrom(snapshots, scope, kept)) ?? 0;
  const after = Math.max(given, there, kept);
  return store.signedBehind({ scope, dev, after, upTo, limit: PER_TURN });
};

const lay = async (hub: Hub, piece: SignedPiece): Promise<boolean> => {
  const segment = parseSegment(encodeSegment(piece));
  if (typeof segment === 'string') throw new AppError('damaged-file', `A piece of the log is ${segment}.`);
  const put = await hub.tellSegment(segment);
  return put === 'ok' || put === 'dup';
};

/** @returns how many ops the hub took */
const giveStream = async (deps: GivingDeps, stream: StreamName): Promise<number> => {
  const { store, hub, team, certificates, isCancelled } = deps;
  let [ops, given] = [0, 0];
  for (;;) {
    const pieces = await lackedOf(deps, stream, given);
    const [first] = pieces;
    const certificate = first && certificates.filter(({ dev }) => dev === stream.dev).find(signedBy(first));
    if (certificate === undefined) return ops;
    if (given === 0) {
      store.giveKeysAgain(stream.scope);
      await giveKeys({ store, hub }, [stream.scope]);
      if (!team.members.has(stream.dev)) await hub.tellDevice(certificate);
    }
    for (const piece of pieces) {
      if (isCancelled?.() === true || !(await lay(hub, piece))) return ops;
      ops += piece.to - piece.from + 1;
      given = piece.to;
    }
  }
};

/** What its person may not write stays where it is: somebody else has it, too. @returns how many ops the hub took */
export const giveOfGone = async (deps: GivingDeps): Promise<number> => {
  const { store, certificates, revoked, warn } = deps;
  const known = new Set(certificates.map(({ dev }) => dev));
  const gone = [...new Set([...store.formerly(), ...revoked])].filter((dev) => known.has(dev) && dev !== store.device);
  let ops = 0;
  for (const dev of gone)
    for (const scope of scopesOf(store.membership())) {
      try {
        ops += await giveStream(deps, { scope, dev });
      } catch (error) {
        if (!(error instanceof AppError) || !['denied', 'blocked'].includes(error.code)) throw error;
        if (error.code === 'blocked') warn(`What devices gave that come no more is not given here. ${error.message}`, true);
      }
    }
  return ops;
};
