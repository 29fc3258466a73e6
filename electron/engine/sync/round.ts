/**
 * One round with a hub (SYNC.md 2.3): own streams first, then what others wrote, checked and merged, then what is to be
 * sent. Whatever stops it, nothing is lost: what was taken is in the file, what was not sent stays to be sent.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/contract/define.ts';
import type { Incoming } from '../store/merge/receive.ts';
import type { Membership } from '../store/streams.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { isCertified } from './certificate.ts';
import type { Hub, StreamName } from './hub.ts';
import { readPublicKey } from './keys.ts';
import { openSealed, parseSegment, encodeSegment } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';

/** Segments that are merged in one transaction, and ops at which no more are added to it. */
const PER_TURN = 50;
const OPS_PER_TURN = 10_000;
const SENT_PER_TURN = 100;

export type RoundResult = {
  readonly received: number;
  readonly sent: number;
  /** What was found and not taken, in words: forged, forked, altered or of devices nobody vouches for. */
  readonly warnings: readonly string[];
};

export type RoundDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly sign: (bytes: Uint8Array) => Buffer;
  readonly progress?: (done: number, what: string) => void;
  readonly isCancelled?: () => boolean;
};

type Keys = ReadonlyMap<string, KeyObject>;

const readKeys = async (hub: Hub, org: string): Promise<Keys> => {
  const keys = new Map<string, KeyObject>();
  for (const certificate of await hub.certificates()) {
    const key = isCertified(org, certificate) ? readPublicKey(certificate.key) : null;
    if (key !== null) keys.set(certificate.dev, key);
  }
  return keys;
};

const createReading = ({ store, hub }: RoundDeps, { org }: Membership, keys: Keys, warn: (text: string) => void) => {
  const check = (segment: SealedSegment): Incoming | null => {
    const { header } = segment;
    const where = `${header.scope}/${header.dev} ${header.from}-${header.to}`;
    const key = keys.get(header.dev);
    if (header.org !== org) warn(`${where}: of another organisation`);
    else if (key === undefined) warn(`${where}: nobody vouches for this device`);
    else {
      const opened = openSealed(segment, key);
      if (typeof opened !== 'string') return opened;
      warn(`${where}: refused, ${opened}`);
    }
    return null;
  };
  /** Takes segments until a turn is full; returns how many ops were merged and whether the stream has more. */
  const takeSome = async (stream: StreamName): Promise<{ readonly ops: number; readonly isMore: boolean }> => {
    const head = store.heads().find(({ scope, dev }) => scope === stream.scope && dev === stream.dev);
    const found = await hub.get(stream, head?.seq ?? 0, PER_TURN);
    const batch: Incoming[] = [];
    let ops = 0;
    for (const segment of found) {
      const opened = ops < OPS_PER_TURN ? check(segment) : null;
      if (opened === null) break;
      batch.push(opened);
      ops += opened.header.n;
    }
    if (batch.length === 0) return { ops: 0, isMore: false };
    const verdicts = store.take(batch);
    let merged = 0;
    verdicts.forEach((verdict, at) => {
      const header = batch[at]?.header;
      if (header === undefined) return;
      if (verdict === 'ok') merged += header.n;
      if (verdict === 'fork') warn(`${header.scope}/${header.dev}: this stream was written twice; a copied or restored file?`);
    });
    return { ops: merged, isMore: merged > 0 };
  };
  return takeSome;
};

const sendAll = async ({ store, hub, sign, isCancelled }: RoundDeps, warn: (text: string) => void): Promise<number> => {
  store.seal();
  let ops = 0;
  for (let waiting = store.unsent(SENT_PER_TURN); waiting.length > 0; waiting = store.unsent(SENT_PER_TURN)) {
    for (const one of waiting) {
      if (isCancelled?.()) return ops;
      const sig = one.sig ?? sign(one.hash);
      // Kept before it is sent: what is sent again is the same bytes.
      if (one.sig === null) store.sign(one.hash, sig);
      const segment = parseSegment(encodeSegment({ ...one, sig }));
      if (typeof segment === 'string') throw new AppError('damaged-file', `A sealed piece of the log is ${segment}.`);
      const put = await hub.put(segment);
      if (put === 'fork') {
        warn(`${one.scope}/${store.device}: the hub holds other work under the name of this device; nothing more is sent.`);
        return ops;
      }
      store.sent(one.hash);
      ops += one.to - one.from + 1;
    }
  }
  return ops;
};

/** @throws AppError `blocked` before the file has joined, `busy` while an import runs, `locked` and `io` of the hub */
export const runRound = async (deps: RoundDeps): Promise<RoundResult> => {
  const { store, hub, progress, isCancelled } = deps;
  const membership = store.membership();
  if (membership === null) throw new AppError('blocked', 'This file has not joined a team. Try workbench join.');
  const warnings = new Set<string>();
  const warn = (text: string): void => void warnings.add(text);
  const streams = await hub.streams(Object.values(membership.scopes));
  const takeSome = createReading(deps, membership, await readKeys(hub, membership.org), warn);
  const ownFirst = streams.toSorted((a, b) => Number(b.dev === store.device) - Number(a.dev === store.device));
  let received = 0;
  for (const stream of ownFirst) {
    for (let isMore = true; isMore && isCancelled?.() !== true;) {
      const taken = await takeSome(stream);
      received += taken.ops;
      ({ isMore } = taken);
      progress?.(received, 'Taking what others did');
      await nextTurn();
    }
  }
  const sent = isCancelled?.() === true ? 0 : await sendAll(deps, warn);
  for (const { where, what } of hub.problems()) warn(`${where}: ${what}`);
  return { received, sent, warnings: [...warnings] };
};
