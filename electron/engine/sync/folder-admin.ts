/** What the keeper of a team's key does in a shared folder. Nobody is there to be asked: who has the key enrols by joining. */
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { isCertified, orgOf } from './certificate.ts';
import { compactable } from './compaction.ts';
import { createFolderHub, folderOf } from './folder.ts';
import { compactFolder, noteCompaction } from './folder-compact.ts';
import { listFolder, plainIo } from './folder-io.ts';
import { writeRevocation } from './folder-revocations.ts';
import { deviceNamed, isNamed } from './hub.ts';
import type { Certificate, Hub, HubAdmin, KnownDevice } from './hub.ts';
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
  /** Copies of a certificate, as programs that share folders make them, are one device. */
  const list = async (hub: Hub, certificates: readonly Certificate[]): Promise<readonly KnownDevice[]> => {
    const revoked = new Set((await hub.revocations()).map(({ dev }) => dev));
    const byName = new Map(certificates.map(({ dev, code }) => [`${dev} ${code}`, { dev, code }]));
    return [...byName.values()].map((one) => ({ ...one, role: '', state: revoked.has(one.dev) ? 'revoked' : 'enrolled' }));
  };
  // Whom a folder vouches for can be listed without knowing the team.
  const devices = async (): Promise<readonly KnownDevice[]> => {
    const hub = createFolderHub(root, '');
    return list(hub, await hub.certificates());
  };
  return {
    devices,
    // Whoever is here has been vouched for with the key of the team at hand.
    enrol: async (_root, name) => deviceNamed(await devices(), name),
    async revoke(rootSeed, name) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      const certificates = await hub.certificates();
      // What anybody laid beside them hides no device of the team.
      const ours = certificates.filter((one) => isCertified(org, one));
      const isElsewhere = certificates.some((one) => isNamed(one, name)) && !ours.some((one) => isNamed(one, name));
      if (isElsewhere) throw new AppError('conflict', 'The key is of another team than this device.');
      const device = deviceNamed(await list(hub, ours), name);
      const { folders } = await listFolder(base, MOST_SCOPES);
      const cuts = await readCuts(
        hub,
        folders.filter((one) => join(base, one) !== folder),
        device.dev,
      );
      await writeRevocation(folder, revoke(rootSeed, { dev: device.dev, cuts }), plainIo);
      return { ...device, state: 'revoked' };
    },
    async compact(rootSeed, { now, before, schema }) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      if (!(await hub.certificates()).some((one) => isCertified(org, one)))
        throw new AppError('conflict', 'The key is of another team than this folder. Nothing was changed.');
      const { folders } = await listFolder(base, MOST_SCOPES);
      const gone: Record<string, number> = {};
      for (const scope of folders.filter((one) => join(base, one) !== folder)) {
        const what = await compactable(hub, org, scope, schema);
        if (what !== null) gone[scope] = await compactFolder(base, what, before);
      }
      if (Object.values(gone).some((count) => count > 0)) await noteCompaction(folder, { at: now, gone });
      return gone;
    },
    close: () => undefined,
  };
};
