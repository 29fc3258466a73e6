/** What a key press stands for on the boards people have. Presses are what browsers report for each layout. */
import { describe, expect, it } from 'vitest';
import type { Press } from '../../shared/chords.ts';
import { chordsOf, mod, showChord } from '../../shared/chords.ts';

const press = (key: string, code: string, held = '', altGraph = false): Press => ({
  key,
  code,
  ctrlKey: held.includes('C'),
  altKey: held.includes('A'),
  shiftKey: held.includes('S'),
  metaKey: held.includes('M'),
  altGraph,
});

describe('chords by character, with the position as a second chance', () => {
  it.each([
    ['us: Ctrl+K', press('k', 'KeyK', 'C'), 'Ctrl+K'],
    ['us: Ctrl+Shift+F', press('F', 'KeyF', 'CS'), 'Ctrl+Shift+F'],
    ['us: Ctrl+/', press('/', 'Slash', 'C'), 'Ctrl+/'],
    ['us: Space', press(' ', 'Space'), 'Space'],
    ['us: Ctrl++ is Shift and =', press('+', 'Equal', 'CS'), 'Ctrl++'],
    ['gb: Ctrl+2', press('2', 'Digit2', 'C'), 'Ctrl+2'],
    ["gb: Ctrl+'", press("'", 'Quote', 'C'), "Ctrl+'"],
    ['de: Ctrl+Z stands where us has Y', press('z', 'KeyY', 'C'), 'Ctrl+Z'],
    ['de: Ctrl+/ is Shift+7', press('/', 'Digit7', 'CS'), 'Ctrl+/'],
    ['de: Ctrl+; is Shift+,', press(';', 'Comma', 'CS'), 'Ctrl+;'],
    ['de: Ctrl+- has its own key', press('-', 'Slash', 'C'), 'Ctrl+-'],
    ['fr: Ctrl+2 gives é', press('é', 'Digit2', 'C'), 'Ctrl+2'],
    ['fr: Ctrl+2 with Shift gives 2', press('2', 'Digit2', 'CS'), 'Ctrl+2'],
    ['fr: Ctrl+A stands where us has Q', press('a', 'KeyQ', 'C'), 'Ctrl+A'],
    ['fr: Ctrl+W stands where us has Z', press('w', 'KeyZ', 'C'), 'Ctrl+W'],
    ['mac: Option+2 gives ™', press('™', 'Digit2', 'A'), 'Alt+2'],
    ['mac: Option+N is dead', press('Dead', 'KeyN', 'A'), 'Alt+N'],
    ['mac: Command+[', press('[', 'BracketLeft', 'M'), 'Meta+['],
    ['ru: Ctrl+K gives л', press('л', 'KeyK', 'C'), 'Ctrl+K'],
  ])('%s', (_, pressed, chord) => {
    expect(chordsOf(pressed)).toContain(chord);
  });

  it('a letter is never taken for the one at its place: Ctrl+Y on a German board is not Ctrl+Z', () => {
    expect(chordsOf(press('y', 'KeyZ', 'C'))).toEqual(['Ctrl+Y']);
  });

  it('AltGr writes characters and is no chord', () => {
    expect(chordsOf(press('€', 'KeyE', 'CA', true))).toEqual([]);
  });

  it('Shift counts with letters', () => {
    expect(chordsOf(press('Z', 'KeyZ', 'CS'))).toEqual(['Ctrl+Shift+Z']);
  });
});

describe('chords as text', () => {
  it('puts the modifiers of macOS in their own order', () => {
    expect(mod('Shift+N')).toEqual({ win: ['Ctrl+Shift+N'], mac: ['Shift+Meta+N'] });
  });

  it.each([
    ['Ctrl+Shift+F', 'win', 'Ctrl+Shift+F'],
    ['Shift+Meta+F', 'mac', '⇧⌘F'],
    ['Ctrl++', 'win', 'Ctrl++'],
    ['Meta++', 'mac', '⌘+'],
    ['Alt+ArrowLeft', 'win', 'Alt+←'],
  ] as const)('%s on %s reads %s', (chord, platform, shown) => {
    expect(showChord(chord, platform)).toBe(shown);
  });
});
