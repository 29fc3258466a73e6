/** Where the devices of the bench meet: a folder, or a server that is asked over TLS on this computer. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { certify, fingerprintOf, orgOf } from '../../electron/engine/sync/certificate.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { createPostgresAdmin } from '../../electron/engine/sync/postgres/admin.ts';
import { createPostgresHub } from '../../electron/engine/sync/postgres/hub.ts';
import { startPostgres } from '../setup/postgres.ts';
import type { Replica } from '../sync/replica.ts';
import type { Job } from './job.ts';

export const ROOT = Buffer.alloc(32, 7);
export const TEAM = { org: orgOf(ROOT), scopes: { shared: 'shared', account: 'north' } };

/** A hub for each of two devices, and who vouches for them. */
export type Place = {
  readonly hubs: readonly [Hub, Hub];
  readonly enrol: (hub: Hub, one: Replica) => Promise<void>;
  readonly end: () => Promise<void>;
};

export const known = ({ store, pair }: Replica) => ({
  dev: store.device.id,
  code: store.device.code,
  key: pair.publicKey,
});

export const inFolder = ({ path }: Job): Place => {
  const folder = path('shared');
  fs.mkdirSync(folder);
  const open = (): Hub => createFolderHub(folder, TEAM.org);
  return {
    hubs: [open(), open()],
    enrol: (hub, one) => hub.putCertificate(certify(ROOT, known(one))),
    end: () => Promise.resolve(),
  };
};

export const atServer = async (): Promise<Place> => {
  const server = await startPostgres();
  await server.query('CREATE DATABASE bench');
  const ca = () => fs.readFileSync(server.ca);
  const { user, password } = server.admin;
  const admin = createPostgresAdmin({
    address: parseAddress(server.urlOf(user, 'bench')),
    ca,
    password: () => password,
  });
  await admin.init(TEAM.org);
  const open = async (role: string): Promise<Hub> => {
    const given = { text: `of-${role}`, salt: randomBytes(16), hand: () => undefined };
    await admin.member({ role, territories: [TEAM.scopes.account], mayWrite: true }, given);
    return createPostgresHub({
      address: parseAddress(server.urlOf(role, 'bench')),
      ca,
      password: () => given.text,
      clock: Date.now,
    });
  };
  const hubs = [await open('ann'), await open('bob')] as const;
  return {
    hubs,
    enrol: async (hub, one) => {
      await hub.ask?.(known(one));
      await admin.enrol(ROOT, known(one).code, fingerprintOf(TEAM.org, known(one)));
    },
    end: async () => {
      for (const one of [...hubs, admin]) one.close();
      await server.stop();
    },
  };
};
