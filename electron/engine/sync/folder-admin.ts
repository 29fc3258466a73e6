/** What the keeper of a team's key does in a shared folder. Nobody is there to be asked: who has the key enrols by joining. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { isCertified, orgOf } from './certificate.ts';
import { compactable } from './compaction.ts';
import { createFolderHub, folderOf } from './folder.ts';
import { compactFolder, noteCompaction } from './folder-compact.ts';
import { listFolder, plainIo } from './folder-io.ts';
import { writeRevocation } from './folder-revocations.ts';
import { deviceNamed, isNamed } from './hub.ts';
import type { Certificate, Hub, HubAdmin, HubStream, KnownDevice } from './hub.ts';
import { MOST_ENDS, MOST_ENDS_IN_ALL, revoke } from './revocation.ts';

const MOST_SCOPES = 500;
const WHICH_FOLDER = 'Name the folder that the team shares, the one that v1 is in.';

/**
 * How far a hub has a stream, and the pieces that it ends with: several where it was written on twice. Whoever has the key of the
 * device can lay any number beside each other: the furthest count.
 */
const readEnd = async (
  hub: Hub,
  stream: HubStream,
  most: number,
): Promise<{ readonly seq: number; readonly ends: readonly string[] }> => {
  const pieces = hub.branches?.(stream) ?? [];
  if (pieces.length > 0) {
    const followed = new Set(pieces.map(({ prev }) => prev));
    const last = pieces.filter(({ hash }) => !followed.has(hash)).toSorted((one, other) => other.to - one.to);
    const ends = last.slice(0, most).map(({ hash }) => hash);
    return { seq: Math.max(...pieces.map(({ to }) => to)), ends: ends.toSorted() };
  }
  // What came first may have gone: it is in snapshots.
  const seq = hub.endOf?.(stream) ?? 0;
  const last = seq === 0 ? null : await hub.around(stream, seq);
  if (seq > 0 && last?.header.to !== seq)
    throw new AppError('io', 'The last of what the device gave cannot be read now. Nothing was changed: try again.');
  return { seq, ends: last === null ? [] : [last.hash.toString('hex')] };
};

const readCuts = async (
  hub: Hub,
  scopes: readonly string[],
  device: string,
): Promise<Pick<Parameters<typeof revoke>[1], 'cuts' | 'at'>> => {
  const [cuts, at]: [Record<string, number>, Record<string, readonly string[]>] = [{}, {}];
  const streams = (await hub.streams(scopes)).filter(({ dev }) => dev === device);
  const most = Math.min(MOST_ENDS, Math.floor(MOST_ENDS_IN_ALL / streams.length));
  for (const stream of streams) {
    const { seq, ends } = await readEnd(hub, stream, most);
    [cuts[stream.scope], at[stream.scope]] = [seq, ends];
  }
  return { cuts, at };
};

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
    async revoke(rootSeed, name) {
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
      const ended = await readCuts(
        hub,
        folders.filter((one) => join(base, one) !== folder),
        device.dev,
      );
      await writeRevocation(folder, revoke(rootSeed, { dev: device.dev, ...ended }), plainIo);
      return { ...device, state: 'revoked' };
    },
    async compact(rootSeed, { now, before, schema }) {
      const org = orgOf(rootSeed);
      const hub = createFolderHub(root, org);
      if (!(await membersIn(root, hub)).some((one) => isCertified(org, one)))
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
