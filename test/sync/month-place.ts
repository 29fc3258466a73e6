/** Where the devices of a month meet, and how one of them is cut off: each has a way of its own to the hub. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { createPostgresAdmin } from '../../electron/engine/sync/postgres/admin.ts';
import { createPostgresHub } from '../../electron/engine/sync/postgres/hub.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { orgOf, readSeed } from '../../electron/engine/sync/certificate.ts';
import { openDoor } from '../setup/door.ts';
import { startPostgres } from '../setup/postgres.ts';

export type Way = {
  readonly hub: string;
  readonly password: string | null;
  readonly cut: () => void;
  readonly mend: () => void;
};
export type Place = {
  /** The file with the key of the team, made by the first device; null: the administrator vouches for each. */
  readonly team: string | null;
  readonly way: (device: number) => Promise<Way>;
  /** Vouches for a device that waits. */
  readonly enrol: (device: string, fingerprint: string) => Promise<void>;
  readonly hub: () => Hub;
  /** The name of the team; once the first device has joined. */
  readonly org: () => string;
  readonly end: () => Promise<void>;
};

export const TERRITORY = 'north';

export const openFolder = (folder: string): Place => {
  const shared = path.join(folder, 'shared');
  fs.mkdirSync(shared);
  const team = path.join(folder, 'team.key');
  const org = (): string => orgOf(readSeed(fs.readFileSync(team, 'utf8')));
  return {
    team,
    way: (device) => {
      // A share that is mounted: away, it is a path that leads nowhere.
      const hub = path.join(folder, `share-${device}`);
      const mend = (): void => {
        if (!fs.existsSync(hub)) fs.symlinkSync(shared, hub, 'junction');
      };
      mend();
      return Promise.resolve({ hub, password: null, mend, cut: () => fs.rmSync(hub, { force: true }) });
    },
    enrol: () => Promise.resolve(),
    org,
    hub: () => createFolderHub(shared, org()),
    end: () => Promise.resolve(),
  };
};

export const openServer = async (folder: string): Promise<Place> => {
  const server = await startPostgres();
  const seed = randomBytes(32);
  const org = orgOf(seed);
  await server.query('CREATE DATABASE month');
  const ca = () => fs.readFileSync(server.ca);
  const { user, password } = server.admin;
  const admin = createPostgresAdmin({ address: parseAddress(server.urlOf(user, 'month')), ca, password: () => password });
  await admin.init(org);
  const doors: { readonly end: () => void }[] = [];
  const hub = createPostgresHub({
    address: parseAddress(server.urlOf('p0', 'month')),
    ca,
    password: () => 'of-p0',
    clock: Date.now,
  });
  return {
    team: null,
    way: async (device) => {
      const role = `p${device}`;
      const member = { role, territories: [TERRITORY], mayWrite: true };
      await admin.member(member, { text: `of-${role}`, salt: randomBytes(16), hand: () => undefined });
      const door = await openDoor(server.port);
      doors.push(door);
      const url = server.urlOf(role, 'month').replace(`:${server.port}/`, `:${door.port}/`);
      const file = path.join(folder, `${role}.password`);
      fs.writeFileSync(file, `of-${role}\n`, { mode: 0o600 });
      return { hub: url, password: file, cut: () => door.shut(true), mend: () => door.shut(false) };
    },
    enrol: async (device, fingerprint) => void (await admin.enrol(seed, device, fingerprint)),
    org: () => org,
    hub: () => hub,
    end: async () => {
      hub.close();
      admin.close();
      for (const door of doors) door.end();
      await server.stop();
    },
  };
};
