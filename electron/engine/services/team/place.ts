/** The hub a file meets its team at by itself: what it was told last. A password is in a file of its own, named by its path. */
import { promises as fs } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import { hubPlace } from '../../../../shared/contract/hub.ts';
import type { LocalReader, LocalStore } from '../../store/api.ts';
import { isServer } from './hubs.ts';
import type { HubPlace } from './hubs.ts';

const KEY = 'sync.hub';

const kept = z.strictObject(hubPlace);

/** What was kept in a form this build does not have is none. */
export const readPlace = (local: Pick<LocalReader, 'get'>): HubPlace | null => {
  const parsed = kept.safeParse(local.get(KEY)[KEY]);
  return parsed.success ? parsed.data : null;
};

/** @param place one that was opened: an address with a password in it never is */
export const keepPlace = (local: Pick<LocalStore, 'set'>, { hub, password }: HubPlace): void =>
  local.set({ [KEY]: { hub, password } });

/**
 * A folder that is not there is no empty one: its drive is not connected, or its program does not run. Nothing may be made
 * in its place. A server says so itself. @throws AppError `io`
 */
export const meetsThere = async (place: HubPlace): Promise<void> => {
  if (isServer(place)) return;
  const about = await fs.stat(place.hub).catch(() => null);
  if (about?.isDirectory() !== true)
    throw new AppError('io', 'The shared folder is not there. What was done here is kept and tried again.', { path: place.hub });
};
