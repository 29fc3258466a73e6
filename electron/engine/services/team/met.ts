/** What the file keeps of its rounds with the hub: the last that met, and since when they fail. */
import { z } from 'zod';
import type { LocalReader } from '../../store/api.ts';
import { readPlace } from './place.ts';

export const MET = 'sync.met';
export const FAILED = 'sync.failed';

const kept = z.object({ at: z.number() });

/**
 * Up to when the file knows what the team did, as milliseconds UTC; null where it meets no team, so that what is here is all there is.
 * A team that was never met knows nothing yet: 0.
 */
export const knownUpTo = (local: Pick<LocalReader, 'get'>): number | null => {
  if (readPlace(local) === null) return null;
  const { data } = kept.safeParse(local.get(MET)[MET]);
  return data?.at ?? 0;
};
