/** What each key does in a grid, by platform and by what the person is doing. */
import { describe, expect, it } from 'vitest';
import type { GridAction, Mode } from '../../renderer/grid/keys.ts';
import { gridAction } from '../../renderer/grid/keys.ts';
import type { Platform, Press } from '../../shared/chords.ts';

/** `Ctrl+Shift+End` as a press; `AltGr+q` for the third level. */
const press = (chord: string): Press => {
  const parts = chord === '+' ? ['+'] : chord.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  const altGraph = has('AltGr');
  return {
    key: key === 'Space' ? ' ' : key,
    code: '',
    ctrlKey: has('Ctrl') || altGraph,
    altKey: has('Alt') || altGraph,
    shiftKey: has('Shift'),
    metaKey: has('Meta'),
    altGraph,
  };
};

type Case = readonly [chord: string, action: GridAction | null];

const check = (mode: Mode, platform: Platform, cases: readonly Case[]): void => {
  it.each(cases)(`${platform} ${mode}: %s`, (chord, action) => {
    expect(gridAction(press(chord), mode, platform)).toEqual(action);
  });
};

describe('with the focus on a cell', () => {
  check('nav', 'win', [
    ['a', { do: 'type' }],
    ['A', { do: 'type' }],
    ['7', { do: 'type' }],
    ['AltGr+q', { do: 'type' }],
    ['Dead', { do: 'type' }],
    ['Process', { do: 'type' }],
    ['Space', null],
    ['Tab', { do: 'tab', back: false }],
    ['Shift+Tab', { do: 'tab', back: true }],
    ['Ctrl+Tab', null],
    ['Enter', { do: 'enter', back: false }],
    ['Shift+Enter', { do: 'enter', back: true }],
    ['Ctrl+Enter', null],
    ['Alt+Enter', null],
    ['Home', null],
    ['End', null],
    ['Ctrl+Home', null],
    ['Ctrl+End', null],
    ['Ctrl+ArrowDown', null],
    ['Ctrl+ArrowLeft', null],
    ['Ctrl+Shift+ArrowLeft', null],
    ['Alt+PageDown', null],
    ['Alt+ArrowDown', { do: 'edit', from: 'list' }],
    ['F4', { do: 'edit', from: 'list' }],
    ['Backspace', { do: 'edit', from: 'empty' }],
    ['ArrowUp', null],
    ['PageDown', null],
    ['Delete', null],
    ['Escape', null],
    ['Ctrl+z', null],
    ['Alt+a', null],
    ['F2', null],
  ]);
  check('nav', 'mac', [
    ['Meta+ArrowUp', null],
    ['Meta+Home', null],
    ['Ctrl+ArrowUp', null],
    ['Alt+å', { do: 'type' }],
    ['Meta+a', null],
    ['Backspace', null],
  ]);
});

describe('in an editor that typing opened, arrows commit', () => {
  check('enter', 'win', [
    ['ArrowDown', { do: 'commit-move', dx: 0, dy: 1 }],
    ['ArrowLeft', { do: 'commit-move', dx: -1, dy: 0 }],
    ['Shift+ArrowLeft', null],
    ['Ctrl+ArrowLeft', null],
    ['Tab', { do: 'tab', back: false }],
    ['Enter', { do: 'enter', back: false }],
    ['Ctrl+Enter', null],
    ['Escape', { do: 'cancel' }],
    // A command of its own: it is heard in the editor too.
    ['F2', null],
    ['a', null],
    ['Home', null],
  ]);
});

describe('in an editor that F2 opened, arrows are the caret’s', () => {
  check('edit', 'win', [
    ['ArrowDown', null],
    ['ArrowLeft', null],
    ['Enter', { do: 'enter', back: false }],
    ['F2', null],
    ['Escape', { do: 'cancel' }],
  ]);
});
