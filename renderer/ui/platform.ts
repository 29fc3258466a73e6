/** Which keyboard the person has, and whether a browser tab keeps some of its keys for itself. */
import type { Platform } from '../../shared/chords.ts';
import { showChord } from '../../shared/chords.ts';
import type { CommandId } from '../../shared/commands.ts';
import { commandOf } from '../../shared/commands.ts';

export const platform: Platform = /^Mac|iP(?:hone|ad)/.test(navigator.platform) ? 'mac' : 'win';

/** In a desktop or app window every chord reaches the page; in a tab the browser takes some. */
const isBrowserTab = (): boolean => !('workbenchShell' in window) && !window.matchMedia('(display-mode: standalone)').matches;

/** The chords of a command here, the one to show first. */
export const chordsFor = (id: CommandId): readonly string[] => {
  const { keys, twin } = commandOf(id);
  const own = keys[platform];
  return isBrowserTab() && twin !== undefined ? [...twin[platform], ...own] : own;
};

/** The first chord of a command as text, or undefined when it has none. */
export const showKeys = (id: CommandId): string | undefined => {
  const first = chordsFor(id)[0];
  return first === undefined ? undefined : showChord(first, platform);
};
