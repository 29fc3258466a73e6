/** What the keeper of a team's key does in a shared folder. Nobody is there to be asked: who has the key enrols by joining. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { isCertified, membersOf, orgOf } from './certificate.ts';
import { compactable } from './compaction.ts';
import { createFolderHub, folderOf } from './folder.ts';
import { compactFolder, noteCompaction } from './folder-compact.ts';
import { readCuts } from './folder-ends.ts';
import { listFolder, plainIo } from './folder-io.ts';
import { writeRevocation } from './folder-revocations.ts';
import { deviceNamed, isNamed } from './hub.ts';
import type { Certificate, Hub, HubAdmin, KnownDevice } from './hub.ts';
import { cutsOf, revoke } from './revocation.ts';

const MOST_SCOPES = 500;
const WHICH_FOLDER = 'Name the folder that the team shares, the one that v1 is in.';

/** A folder with a slip in its name is empty, and of no team. @throws AppError `not-found` */
const membersIn = async (root: string, hub: Hub): Promise<readonly Certificate[]> => {
  const about = await fs.stat(root).catch(() => null);
  if (about?.isDirectory() !== true)
    throw new AppError('not-found', `There is no such folder: ${root}. ${WHICH_FOLDER}`, { path: root });
  const certificates = await hub.certificates();
  if (certificates.length === 0)
    throw new AppError('not-found', `No team has met in this folder: ${root}. ${WHICH_FOLDER}`, { path: root });
  return certificates;
};

/** @param root the folder that is shared */
export const createFolderAdmin = (root: string): HubAdmin => {
  const { base, devices: folder } = folderOf(root);
  /** Copies of a certificate, as programs that share folders make them, are one device. */
  const list = async (hub: Hub, certificates: readonly Certificate[]): Promise<readonly KnownDevice[]> => {
    const revoked = new Set((await hub.revocations()).map(({ dev }) => dev));
    const byName = new Map(certificates.map(({ dev, code }) => [`${dev} ${code}`, { dev, code }]));
    return [...byName.values()].map((one) => ({ ...one, role: '', state: revoked.has(one.dev) ? 'revoked' : 'enrolled' }));
  };
  // Whom a folder vouches for can be listed without knowing the team.
  const devices = async (): Promise<readonly KnownDevice[]> => {
    const hub = createFolderHub(root, '');
    return list(hub, await membersIn(root, hub));
  };
  return {
    devices,
    // Whoever is here has been vouched for with the key of the team at hand.
    enrol: async (_root, name) => deviceNamed(await devices(), name),
    async revoke(rootSeed, name, read = []) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      const certificates = await membersIn(root, hub);
      // What anybody laid beside them hides no device of the team.
      const ours = certificates.filter((one) => isCertified(org, one));
      const isElsewhere = certificates.some((one) => isNamed(one, name)) && !ours.some((one) => isNamed(one, name));
      if (isElsewhere) throw new AppError('conflict', 'The key is of another team than this device.');
      const device = deviceNamed(await list(hub, ours), name);
      const { folders, isCut } = await listFolder(base, MOST_SCOPES);
      // Of a territory that is not named nothing would count.
      if (isCut)
        throw new AppError(
          'blocked',
          `The shared folder holds more than territories: remove what does not belong in ${base}, then take the device out.`,
        );
      const team = { ...membersOf(org, certificates), cutOf: cutsOf(org, await hub.revocations()) };
      // Whichever version made it: what it holds counts.
      const believing = { hub, org, team, schema: Number.MAX_SAFE_INTEGER, pieces: () => [], warn: () => undefined };
      const scopes = folders.filter((one) => join(base, one) !== folder);
      const here = new Set(read.flatMap(({ dev, hash }) => (dev === device.dev && hash !== null ? hash.toString('hex') : [])));
      const ended = await readCuts(hub, believing, { scopes, dev: device.dev, read: here });
      await writeRevocation(folder, revoke(rootSeed, { dev: device.dev, ...ended }), plainIo);
      return { ...device, state: 'revoked' };
    },
    async compact(rootSeed, { now, before, schema }) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      if (!(await membersIn(root, hub)).some((one) => isCertified(org, one)))
        throw new AppError('conflict', 'The key is of another team than this folder. Nothing was changed.');
      const { folders } = await listFolder(base, MOST_SCOPES);
      const scopes = folders.filter((one) => join(base, one) !== folder);
      // Whether a snapshot counts is read in them.
      await hub.streams(scopes);
      const gone: Record<string, number> = {};
      for (const scope of scopes) {
        const what = await compactable(hub, org, scope, schema);
        if (what !== null) gone[scope] = await compactFolder(base, what, before);
      }
      if (Object.values(gone).some((count) => count > 0)) await noteCompaction(folder, { at: now, gone });
      return gone;
    },
    close: () => undefined,
  };
};
