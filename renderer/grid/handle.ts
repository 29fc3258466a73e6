/** What a screen can do with its grid. */
import type { MountedGrid } from './ag/mount.ts';
import type { FocusedCell } from './ag/options.ts';

export type GridHandle = Pick<
  MountedGrid,
  'focus' | 'focused' | 'focusCell' | 'focusIndex' | 'commitOpen' | 'isEditing' | 'show' | 'move' | 'sortBy' | 'edit'
>;

export type { FocusedCell };
