/** What the keeper of a team's key does in a shared folder. Nobody is there to be asked: who has the key enrols by joining. */
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { isCertified, orgOf } from './certificate.ts';
import { createFolderHub, folderOf } from './folder.ts';
import { listFolder, plainIo } from './folder-io.ts';
import { writeRevocation } from './folder-revocations.ts';
import { deviceNamed } from './hub.ts';
import type { Hub, HubAdmin, KnownDevice } from './hub.ts';
import { revoke } from './revocation.ts';

const MOST_SCOPES = 500;
const SEGMENTS_AT_ONCE = 100;

/** How far a hub has each stream of a device. */
const readCuts = async (hub: Hub, scopes: readonly string[], device: string): Promise<Record<string, number>> => {
  const cuts: Record<string, number> = {};
  for (const stream of (await hub.streams(scopes)).filter(({ dev }) => dev === device)) {
    let seq = 0;
    for (let more = true; more;) {
      const found = await hub.get(stream, seq, SEGMENTS_AT_ONCE);
      more = found.length > 0;
      seq = Math.max(seq, ...found.map(({ header }) => header.to));
    }
    cuts[stream.scope] = seq;
  }
  return cuts;
};

/** @param root the folder that is shared */
export const createFolderAdmin = (root: string): HubAdmin => {
  const { base, devices: folder } = folderOf(root);
  const list = async (hub: Hub): Promise<readonly KnownDevice[]> => {
    const revoked = new Set((await hub.revocations()).map(({ dev }) => dev));
    const known = await hub.certificates();
    return known.map(({ dev, code }) => ({ dev, code, role: '', state: revoked.has(dev) ? 'revoked' : 'enrolled' }));
  };
  // Whom a folder vouches for can be listed without knowing the team.
  const devices = (): Promise<readonly KnownDevice[]> => list(createFolderHub(root, ''));
  return {
    devices,
    enrol: async (_root, name) => deviceNamed(await devices(), name),
    async revoke(rootSeed, name) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      const device = deviceNamed(await list(hub), name);
      if (!(await hub.certificates()).some((one) => one.dev === device.dev && isCertified(org, one)))
        throw new AppError('conflict', 'The key is of another team than this device.');
      const { folders } = await listFolder(base, MOST_SCOPES);
      const cuts = await readCuts(
        hub,
        folders.filter((one) => join(base, one) !== folder),
        device.dev,
      );
      await writeRevocation(folder, revoke(rootSeed, { dev: device.dev, cuts }), plainIo);
      return { ...device, state: 'revoked' };
    },
    close: () => undefined,
  };
};
