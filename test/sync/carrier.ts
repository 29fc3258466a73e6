/** A team whose folders another program carries from one computer to another, when and as far as a test says. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import type { RoundResult } from '../../electron/engine/sync/round.ts';
import type { SnapshotLimits } from '../../electron/engine/sync/snapshots.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert } from './region.ts';
import type { Replica } from './replica.ts';
import { copyOf, createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

/** Each has a folder of its own, and what is carried from one to another is what a test says. */
export const createCarrier = () => {
  const root = makeTemp();
  const folderOf = ({ number }: Replica): string => path.join(root, String(number));
  const hubs = new Map<number, Hub>();
  const hubOf = (one: Replica): Hub => {
    const hub = hubs.get(one.number) ?? createFolderHub(folderOf(one), SIGNED_TEAM.org);
    hubs.set(one.number, hub);
    return hub;
  };
  const carry = (from: Replica, to: Replica, isCarried: (file: string) => boolean = () => true): void => {
    const filter = (file: string): boolean => fs.statSync(file).isDirectory() || isCarried(file);
    if (from !== to) fs.cpSync(folderOf(from), folderOf(to), { recursive: true, filter });
  };
  return {
    hubOf,
    carry,
    folderOf,
    /** The files of the stream of a device, as they lie in somebody's folder. */
    pieces: (at: Replica, dev: string): readonly string[] =>
      fs.globSync(path.join(folderOf(at), 'v1', '*', dev, '*.seg')).toSorted(),
    /** A file is not there for the next who looks. */
    hide(at: Replica, file: string): void {
      fs.rmSync(file);
      hubs.delete(at.number);
    },
    meet: (one: Replica, limits?: SnapshotLimits, now?: number): Promise<RoundResult> => round(hubOf(one), one, limits, now),
    carryAll: (all: readonly Replica[]): void => {
      for (const from of all) for (const to of all) carry(from, to);
    },
  };
};

export type Carrier = ReturnType<typeof createCarrier>;

/** Everybody meets everybody until nothing moves any more; who took another name is let in again. */
export const settle = async ({ hubOf, meet, carryAll }: Carrier, all: readonly Replica[]): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) {
    carryAll(all);
    for (const one of all) {
      const was = one.store.sync.device;
      await meet(one);
      if (one.store.sync.device !== was) await enrol(hubOf(one), one);
    }
  }
  for (const one of all) expect((await meet(one)).warnings).toEqual([]);
};

/** One who has given something, a copy of their file with its key, others who have read it, and some who are no members yet. */
export const openFork = async (readers: number, later = 0) => {
  const carrier = createCarrier();
  const everybody = createTeam(1 + readers + later);
  const team = everybody.slice(0, 1 + readers) as [Replica, ...Replica[]];
  const [mine, ...others] = team;
  for (const one of team) await enrol(carrier.hubOf(one), one);
  const account = insert(mine, 'accounts', { name: 'Before the copy' });
  await carrier.meet(mine);
  carrier.carryAll(team);
  for (const one of others) await carrier.meet(one);
  const copy = copyOf(mine, 7);
  carrier.carry(mine, copy);
  return { carrier, mine, copy, readers: others, late: everybody.slice(1 + readers), account };
};
