/** Key chords as text: how they are written down, read from a key press, and shown to a person. */

export type Platform = 'win' | 'mac';
export type Chords = Readonly<Record<Platform, readonly string[]>>;

/** The same chord on both platforms. */
export const both = (chord: string): Chords => ({ win: [chord], mac: [chord] });

/** Ctrl on Windows, Command on macOS. `rest` may hold `Shift+`. */
export const mod = (rest: string): Chords => ({
  win: [`Ctrl+${rest}`],
  mac: [rest.startsWith('Shift+') ? `Shift+Meta+${rest.slice(6)}` : `Meta+${rest}`],
});

/** What of a key press decides which chord it is: a DOM KeyboardEvent has this shape. */
export type Press = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** AltGr writes characters: never a chord. */
  readonly altGraph: boolean;
};

const codeKeys: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Space: 'Space',
  NumpadAdd: '+',
  NumpadSubtract: '-',
};

/** The key of a physical position on a US board; for layouts that put another character there. */
const keyOfCode = (code: string): string | undefined =>
  /^(?:Key|Digit|Numpad)[A-Z0-9]$/.test(code) ? code.slice(-1) : codeKeys[code];

const written = (press: Press, key: string, shift: boolean): string =>
  `${press.ctrlKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${press.metaKey ? 'Meta+' : ''}${key}`;

/**
 * The chords a press may stand for, best first: by the character, then by the position. A punctuation mark is
 * looked for without Shift as well, since which marks need Shift differs by layout (`/` is Shift+7 in German);
 * a position counts only where the key gives no Latin letter and no digit (`é` on the French 2).
 */
export const chordsOf = (press: Press): readonly string[] => {
  if (press.altGraph || press.key === 'Dead' || press.key === 'Unidentified') {
    const key = press.altGraph ? undefined : keyOfCode(press.code);
    return key === undefined ? [] : [written(press, key, press.shiftKey)];
  }
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const chords = [written(press, key, press.shiftKey)];
  const isPlain = /^[A-Z0-9]$/.test(key) || key.length > 1;
  if (!isPlain && press.shiftKey) chords.push(written(press, key, false));
  if (/^[0-9]$/.test(key) && press.shiftKey) chords.push(written(press, key, false));
  const place = keyOfCode(press.code);
  if (!isPlain && place !== undefined && place !== key) chords.push(written(press, place, press.shiftKey));
  return chords;
};

const macNames: Readonly<Record<string, string>> = {
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Meta: '⌘',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: '⇞',
  PageDown: '⇟',
  Home: '↖',
  End: '↘',
};
const winNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ContextMenu: 'Menu',
};

const parts = (chord: string): readonly string[] =>
  chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');

/** A chord as a person reads it: `Ctrl+Shift+F`, or `⇧⌘F` on macOS. */
export const showChord = (chord: string, platform: Platform): string =>
  platform === 'mac'
    ? parts(chord)
        .map((part) => macNames[part] ?? part)
        .join('')
    : parts(chord)
        .map((part) => winNames[part] ?? part)
        .join('+');

/** A chord as `aria-keyshortcuts` wants it. */
export const ariaChord = (chord: string): string => chord.replace('Ctrl+', 'Control+');
