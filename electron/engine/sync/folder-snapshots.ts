/** Snapshots in a shared folder: beside the segments of the device that made them, a file for each and one for each page. */
import { join } from 'node:path';
import { fileStamp, listFolder, readBounded, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import type { StreamName } from './hub.ts';
import { encodeSnapshot, MAX_PAGE_BYTES, MAX_SNAPSHOT_BYTES, parseSnapshot, shaOf, snapshotHash } from './snapshot-file.ts';
import type { SealedSnapshot } from './snapshot-file.ts';

const MOST = 50_000;
/** Snapshots of a device that are looked at: the newest by name. */
const MOST_OF_DEVICE = 20;
const IS_SNAPSHOT = /\.snap$/i;

const pagePath = (base: string, { scope, dev }: StreamName, sha: string): string => join(base, scope, dev, `${sha}.page`);

/** The later it was made the later its name, so that a look at the end of the list finds the newest. */
const snapshotName = (snapshot: SealedSnapshot): string =>
  `${String(snapshot.about.at).padStart(15, '0')}-${snapshotHash(snapshot).slice(0, 12)}.snap`;

type Known = Map<string, { readonly stamp: string; readonly snapshot: SealedSnapshot }>;

const readOne = async (path: string, known: Known): Promise<SealedSnapshot | null> => {
  const stamp = await fileStamp(path);
  if (stamp === null) return null;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.snapshot;
  const bytes = await readBounded(path, MAX_SNAPSHOT_BYTES);
  if (bytes === null) return null;
  const snapshot = parseSnapshot(bytes);
  // One that is not whole yet is looked at again.
  if (snapshot !== null) known.set(path, { stamp, snapshot });
  return snapshot;
};

/** Copies under other names are the same. What lies in the folder of another scope or device is not of it. */
const readSnapshotFiles = async (base: string, scope: string, known: Known): Promise<readonly SealedSnapshot[]> => {
  const found = new Map<string, SealedSnapshot>();
  const { folders } = await listFolder(join(base, scope), MOST);
  for (const dev of folders) {
    const { files } = await listFolder(join(base, scope, dev), MOST);
    for (const name of files.filter((one) => IS_SNAPSHOT.test(one)).slice(-MOST_OF_DEVICE)) {
      const snapshot = await readOne(join(base, scope, dev, name), known);
      if (snapshot?.about.scope === scope && snapshot.about.dev === dev) found.set(snapshotHash(snapshot), snapshot);
    }
  }
  return [...found.values()];
};

export const folderSnapshots = (base: string, io: FolderIo, known: Known = new Map()) => ({
  snapshots: (scope: string): Promise<readonly SealedSnapshot[]> => readSnapshotFiles(base, scope, known),
  getPage: (stream: StreamName, sha: string): Promise<Buffer | null> => readBounded(pagePath(base, stream, sha), MAX_PAGE_BYTES),
  async putPage(stream: StreamName, sha: string, bytes: Buffer): Promise<void> {
    const path = pagePath(base, stream, sha);
    const had = await readBounded(path, MAX_PAGE_BYTES);
    if (had === null || shaOf(had) !== sha) await writeWhole(path, bytes, io);
  },
  putSnapshot: (snapshot: SealedSnapshot): Promise<void> =>
    writeWhole(join(base, snapshot.about.scope, snapshot.about.dev, snapshotName(snapshot)), encodeSnapshot(snapshot), io),
});
