/** The one table of commands: complete, without doubles, and within what systems and guidelines allow. */
import { describe, expect, it } from 'vitest';
import { commandOf, commands, isCommandId, menus } from '../../shared/commands.ts';
import type { Place } from '../../renderer/app/keys.ts';
import { commandsFor } from '../../renderer/app/keys.ts';

const platforms = ['win', 'mac'] as const;

/** `twin` chords count beside the first ones: in a tab both are heard. */
const chordsOn = (platform: (typeof platforms)[number]) =>
  commands.flatMap((command) => [
    ...command.keys[platform].map((chord: string) => ({ command, chord })),
    ...('twin' in command && command.twin !== undefined
      ? command.twin[platform].map((chord: string) => ({ command, chord }))
      : []),
  ]);

describe('the table of commands', () => {
  it('names every command once, with a menu, a title and a sentence', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    for (const { menu, title, about } of commands) {
      expect(menus).toContain(menu);
      expect(title).not.toBe('');
      expect(about).toMatch(/\.$/);
    }
  });

  it.each(platforms)('has no chord twice in one place on %s', (platform) => {
    const places = chordsOn(platform).map(({ command, chord }) => `${command.where}: ${chord}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it.each(platforms)('takes no chord of an issue or a booking from the whole window on %s', (platform) => {
    const all = chordsOn(platform);
    const anywhere = all.flatMap(({ command, chord }) => (command.where === 'global' ? [chord] : []));
    const own = all.filter(({ command }) => command.where === 'issue' || command.where === 'booking');
    expect(own.filter(({ chord }) => anywhere.includes(chord)).map(({ command }) => command.id)).toEqual([]);
  });

  it.each(platforms)('uses no bare letter outside an open menu on %s', (platform) => {
    const bare = chordsOn(platform).filter(
      ({ command, chord }) => command.where !== 'create' && /^(?:Shift\+)?[A-Z0-9]$/.test(chord),
    );
    expect(bare).toEqual([]);
  });

  it('leaves alone what the systems keep', () => {
    const kept = { win: ['Alt+F4', 'Ctrl+Alt+Delete'], mac: ['Meta+H', 'Meta+M', 'Meta+Q', 'Meta+Space', 'Meta+Tab'] };
    for (const platform of platforms) {
      expect(chordsOn(platform).filter(({ chord }) => kept[platform].includes(chord))).toEqual([]);
      expect(chordsOn(platform).filter(({ chord }) => /^(?=.*Ctrl\+)(?=.*Alt\+)/.test(chord))).toEqual([]);
    }
  });

  it('writes modifiers in one order', () => {
    for (const platform of platforms) {
      for (const { chord } of chordsOn(platform))
        expect(chord).toMatch(/^(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:Meta\+)?[^+]+$|\+\+$/);
    }
  });

  it('is looked up by own names only', () => {
    expect(isCommandId('toString')).toBe(false);
    expect(commandOf('edit.undo').title).toBe('Undo');
  });
});

describe('which command a press means', () => {
  const ctrl = (key: string, code: string, shiftKey = false) => ({
    key,
    code,
    ctrlKey: true,
    altKey: false,
    shiftKey,
    metaKey: false,
    altGraph: false,
  });
  const bare = (key: string, code: string) => ({ ...ctrl(key, code), ctrlKey: false });
  const at = (place: Partial<Place>): Place => ({ scopes: ['global'], isText: false, isModal: false, ...place });
  const find = (press: ReturnType<typeof ctrl>, place: Partial<Place> = {}) =>
    commandsFor(press, at(place), (id) => commandOf(id).keys.win);

  it('hears global commands everywhere', () => {
    expect(find(ctrl('k', 'KeyK'))).toEqual(['palette.open']);
    expect(find(ctrl('k', 'KeyK'), { isText: true })).toEqual(['palette.open']);
  });

  it('hears the commands of a place only there', () => {
    expect(find(ctrl('i', 'KeyI'))).toEqual([]);
    expect(find(ctrl('i', 'KeyI'), { scopes: ['grid', 'global'] })).toEqual(['grid.insert-row']);
    expect(find(ctrl('Enter', 'Enter'), { scopes: ['editor', 'order', 'global'], isText: true })).toEqual([
      'grid.fill-selection',
      'order.confirm',
    ]);
  });

  it('hears in an open cell what puts text there, and leaves it the key of a line break', () => {
    const typing: Partial<Place> = { scopes: ['editor', 'global'], isText: true };
    expect(find(ctrl(';', 'Semicolon'), typing)).toEqual(['grid.today']);
    expect(find(ctrl("'", 'Quote'), typing)).toEqual(['grid.copy-above']);
    expect(find(bare('F2', 'F2'), typing)).toEqual(['grid.edit']);
    expect(find(ctrl('i', 'KeyI'), { scopes: ['editor', 'global'], isText: true })).toEqual([]);
    const altEnter = { ...bare('Enter', 'Enter'), altKey: true };
    expect(find(altEnter, { scopes: ['grid', 'global'] })).toEqual(['record.open']);
    expect(find(altEnter, { scopes: ['editor', 'global'], isText: true })).toEqual([]);
  });

  it('leaves undo, bare keys and Delete to a text field', () => {
    expect(find(ctrl('z', 'KeyZ'))).toEqual(['edit.undo']);
    expect(find(ctrl('z', 'KeyZ'), { isText: true })).toEqual([]);
    expect(find(bare(' ', 'Space'), { scopes: ['grid', 'global'] })).toEqual(['peek.toggle']);
    expect(find(bare(' ', 'Space'), { scopes: ['grid', 'global'], isText: true })).toEqual([]);
    expect(find(bare('F8', 'F8'), { isText: true })).toEqual(['problem.next']);
  });

  it('keeps the window still behind a dialog', () => {
    expect(find(ctrl('w', 'KeyW'), { isModal: true })).toEqual([]);
    expect(find(ctrl('k', 'KeyK'), { isModal: true })).toEqual(['palette.open']);
  });
});
