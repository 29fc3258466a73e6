/** What a screen can do with its grid. */
import type { MountedGrid } from './ag/mount.ts';

export type GridHandle = Pick<
  MountedGrid,
  | 'focus'
  | 'focused'
  | 'focusCell'
  | 'focusIndex'
  | 'commitOpen'
  | 'isEditing'
  | 'show'
  | 'move'
  | 'sortBy'
  | 'edit'
  | 'focusFilter'
>;
