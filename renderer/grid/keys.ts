/**
 * The keys that type in a grid and go on from there (UX.md 2.3), as a pure table over what the keyboard said: no DOM,
 * no grid. Plain arrows and page keys are `null`, the grid engine has them right. Everything with a name of its own
 * (select, clear, insert row, undo …) is a command of shared/commands.ts and comes through the one dispatcher.
 */
import type { Platform, Press } from '../../shared/chords.ts';

/** `nav`: a cell has the focus. `enter`: typing began the edit, arrows commit. `edit`: F2 began it, arrows move the caret. */
export type Mode = 'nav' | 'enter' | 'edit';

type Step = -1 | 0 | 1;

export type GridAction =
  | { readonly do: 'tab'; readonly back: boolean }
  | { readonly do: 'enter'; readonly back: boolean }
  | { readonly do: 'commit-move'; readonly dx: Step; readonly dy: Step }
  | { readonly do: 'type' }
  | { readonly do: 'edit'; readonly from: 'empty' | 'list' }
  | { readonly do: 'cancel' };

const arrows: Readonly<Record<string, { readonly dx: Step; readonly dy: Step }>> = {
  ArrowLeft: { dx: -1, dy: 0 },
  ArrowRight: { dx: 1, dy: 0 },
  ArrowUp: { dx: 0, dy: -1 },
  ArrowDown: { dx: 0, dy: 1 },
};

/** Whether the key would put text into an input: one character, a dead key, or an input method at work. */
const isTyping = (press: Press, platform: Platform): boolean => {
  if (press.metaKey || (press.ctrlKey && !press.altGraph)) return false;
  if (press.altKey && !press.altGraph && platform === 'win') return false;
  return [...press.key].length === 1 || press.key === 'Dead' || press.key === 'Process';
};

const isPlain = (press: Press): boolean => !press.ctrlKey && !press.metaKey && !press.altKey;

const plainAction = (press: Press, platform: Platform): GridAction | null => {
  switch (press.key) {
    case 'Tab':
      return { do: 'tab', back: press.shiftKey };
    case 'Enter':
      return { do: 'enter', back: press.shiftKey };
    case 'F4':
      return { do: 'edit', from: 'list' };
    case 'Backspace':
      return platform === 'win' ? { do: 'edit', from: 'empty' } : null;
    default:
      return null;
  }
};

const navAction = (press: Press, platform: Platform): GridAction | null => {
  const chord = platform === 'mac' ? press.metaKey : press.ctrlKey && !press.altGraph;
  if (chord) return null;
  if (press.altKey && !press.altGraph && press.key === 'ArrowDown') return { do: 'edit', from: 'list' };
  if (isPlain(press)) {
    const plain = plainAction(press, platform);
    if (plain) return plain;
  }
  return press.key !== ' ' && isTyping(press, platform) ? { do: 'type' } : null;
};

const editAction = (press: Press, mode: 'enter' | 'edit'): GridAction | null => {
  if (press.key === 'Escape') return { do: 'cancel' };
  if (!isPlain(press)) return null;
  if (press.key === 'Tab') return { do: 'tab', back: press.shiftKey };
  if (press.key === 'Enter') return { do: 'enter', back: press.shiftKey };
  const arrow = arrows[press.key];
  return arrow && mode === 'enter' && !press.shiftKey ? { do: 'commit-move', ...arrow } : null;
};

/** What the grid does with a key; null = not the grid's, it goes on its way. */
export const gridAction = (press: Press, mode: Mode, platform: Platform): GridAction | null =>
  mode === 'nav' ? navAction(press, platform) : editAction(press, mode);
