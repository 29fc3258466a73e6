/** Revocations in a shared folder: beside the certificates, a file for each. */
import { join } from 'node:path';
import { listFolder, readBounded, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import type { Revocation } from './hub.ts';
import { encodeRevocation, MAX_REVOCATION_BYTES, parseRevocation, revocationName } from './revocation.ts';

const MOST = 10_000;
const IS_REVOCATION = /\.rev$/i;

/** One after another: as many as there are files must not be open at once. */
export const readRevocations = async (folder: string): Promise<readonly Revocation[]> => {
  const { files } = await listFolder(folder, 2 * MOST);
  const read: Revocation[] = [];
  for (const name of files.filter((one) => IS_REVOCATION.test(one)).slice(0, MOST)) {
    const bytes = await readBounded(join(folder, name), MAX_REVOCATION_BYTES);
    const revocation = bytes === null ? null : parseRevocation(bytes);
    if (revocation !== null) read.push(revocation);
  }
  return read;
};

export const writeRevocation = async (folder: string, revocation: Revocation, io: FolderIo): Promise<void> => {
  const path = join(folder, revocationName(revocation));
  const bytes = encodeRevocation(revocation);
  const had = await readBounded(path, MAX_REVOCATION_BYTES);
  if (had?.equals(bytes) !== true) await writeWhole(path, bytes, io);
};
