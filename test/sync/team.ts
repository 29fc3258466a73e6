/** A team that meets through a hub: its root key, its devices, their certificates. */
import fs from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { certify, orgOf } from '../../electron/engine/sync/certificate.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { runRound } from '../../electron/engine/sync/round.ts';
import type { RoundDeps, RoundResult } from '../../electron/engine/sync/round.ts';
import type { SnapshotLimits } from '../../electron/engine/sync/snapshots.ts';
import { makeTemp } from '../setup/temp.ts';
import { openReplica } from './replica.ts';
import type { Replica } from './replica.ts';

const START = Date.UTC(2026, 0, 15, 9);
export const ROOT = Buffer.alloc(32, 7);
export const SIGNED_TEAM = { org: orgOf(ROOT), scopes: { shared: 'shared', account: 'north' } };

export const createTeam = (count: number, adaptMerge?: AdaptMerge): readonly Replica[] => {
  let now = START;
  const folder = makeTemp();
  const team = Array.from({ length: count }, (_, number) => openReplica({ number, folder, clock: () => (now += 7), adaptMerge }));
  onTestFinished(() => team.forEach((one) => one.close()));
  return team;
};

/** A second computer with a copy of the file of a device, and its key. Its clock never says what the team's says. */
export const copyOf = (one: Replica, number: number): Replica => {
  let now = START + number * 1_000_003;
  const folder = makeTemp();
  one.keep(one.known);
  fs.copyFileSync(`${one.file}.kept`, path.join(folder, `${number}.db`));
  const copy = openReplica({ number, folder, clock: () => (now += 14), keyOf: one.number });
  copy.known.push(...one.known);
  onTestFinished(() => copy.close());
  return copy;
};

export const enrol = async (
  hub: Hub,
  { store, pair }: Replica,
  scopes = SIGNED_TEAM.scopes,
  more: readonly string[] = [],
): Promise<void> => {
  const { id: dev, code } = store.device;
  await hub.putCertificate(certify(ROOT, { dev, code, key: pair.publicKey }));
  store.sync.join({ ...SIGNED_TEAM, scopes, more });
};

/** The hub as a device sees it that has a certificate elsewhere: it sends what nobody here vouches for. */
export const takenForKnown = (hub: Hub, { store, pair }: Replica): Hub => {
  const { id: dev, code } = store.device;
  return { ...hub, certificates: () => Promise.resolve([certify(ROOT, { dev, code, key: pair.publicKey })]) };
};

export const round = (
  hub: Hub,
  one: Replica,
  limits?: SnapshotLimits,
  now = START,
  wanted?: RoundDeps['wanted'],
): Promise<RoundResult> =>
  runRound({
    wanted,
    store: one.store.sync,
    hub,
    sign: one.pair.sign,
    publicKey: () => one.pair.publicKey,
    renew: (code) => one.renew(code),
    random: one.bytes,
    clock: () => now,
    limits,
  });
