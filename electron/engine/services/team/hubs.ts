/**
 * The hubs a file meets others at, by what people call them: a folder or a database. A password comes in a file for its owner
 * alone; once it has opened the hub it is kept where this computer keeps secrets, and the file may go.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { EngineEnv } from '../../env.ts';
import { fullPath, readBytes } from '../../files/disk.ts';
import { createFolderAdmin } from '../../sync/folder-admin.ts';
import { createFolderHub } from '../../sync/folder.ts';
import type { Hub, HubAdmin } from '../../sync/hub.ts';
import { isPostgres, parseAddress } from '../../sync/postgres/address.ts';
import { createPostgresAdmin } from '../../sync/postgres/admin.ts';
import type { PostgresAdmin } from '../../sync/postgres/admin.ts';
import type { ConnectionOptions } from '../../sync/postgres/connection.ts';
import { createPostgresHub } from '../../sync/postgres/hub.ts';
import { createPasswords } from './passwords.ts';

const LARGEST_CERTIFICATE = 1024 * 1024;

export type HubPlace = {
  /** A full path, or `postgres://…`. */
  readonly hub: string;
  /** The file with the password; null: beside the database file, by its name and `.password`, else the one that is kept. */
  readonly password: string | null;
};

export const isServer = ({ hub }: HubPlace): boolean => isPostgres(hub);

export type Hubs = ReturnType<typeof createHubs>;

export const createHubs = (env: Pick<EngineEnv, 'db' | 'clock' | 'secrets' | 'log'>) => {
  /** What a hub was found to hold is kept, so that the next round reads only what is new. */
  const known = new Map<string, Hub>();
  const passwords = createPasswords(env);
  const optionsOf = ({ hub, password }: HubPlace): ConnectionOptions => {
    const address = parseAddress(hub);
    return {
      address,
      ca: () => (address.ca === null ? null : readBytes(fullPath(address.ca), LARGEST_CERTIFICATE)),
      password: () => passwords.read(password, address),
    };
  };
  const open = (place: HubPlace, org: string): Hub =>
    isServer(place) ? createPostgresHub({ ...optionsOf(place), clock: env.clock }) : createFolderHub(fullPath(place.hub), org);
  return {
    /** @param org whose a folder is; a server knows that by itself */
    at(place: HubPlace, org: string): Hub {
      const key = JSON.stringify([place.hub, place.password, isServer(place) ? '' : org]);
      const hub = known.get(key) ?? open(place, org);
      known.set(key, hub);
      return hub;
    },
    /** Keeps the password that opened a server: the file that is needed no more, or null. */
    keepPassword: ({ hub, password }: HubPlace): string | null =>
      isPostgres(hub) ? passwords.keep(password, parseAddress(hub)) : null,
    /** Opens a hub for its administrator, for one piece of work. */
    async administer<T>(place: HubPlace, work: (admin: HubAdmin) => Promise<T>): Promise<T> {
      const admin = isServer(place) ? createPostgresAdmin(optionsOf(place)) : createFolderAdmin(fullPath(place.hub));
      try {
        return await work(admin);
      } finally {
        admin.close();
      }
    },
    /** The same for what only a server knows: people and their rights. @throws AppError `invalid` for a folder */
    async administerServer<T>(place: HubPlace, work: (admin: PostgresAdmin) => Promise<T>): Promise<T> {
      if (!isServer(place))
        throw new AppError('invalid', 'Who may use a folder is set where it is shared; there is nothing to set up in it.');
      const admin = createPostgresAdmin(optionsOf(place));
      try {
        return await work(admin);
      } finally {
        admin.close();
      }
    },
    close: (): void => known.forEach((hub) => hub.close()),
  };
};
