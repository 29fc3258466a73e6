/** Where streams go on that were not read from their beginning: behind a snapshot, or behind the piece they branched off. */
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';

/** `hash`: of the piece that the next one follows, in hex. */
export type Anchor = { readonly scope: number; readonly dev: number; readonly seq: number; readonly hash: string };

const ANCHORS = 'anchors';

export const readAnchors = (db: Db): readonly Anchor[] => (readMeta(db, ANCHORS) as readonly Anchor[] | undefined) ?? [];
export const addAnchors = (db: Db, added: readonly Anchor[]): void => {
  if (added.length > 0) writeMeta(db, ANCHORS, [...readAnchors(db), ...added]);
};
