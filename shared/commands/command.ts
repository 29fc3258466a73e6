/** What a command is, and how a menu's list of them is written. */
import type { Chords } from '../chords.ts';

export const menus = ['file', 'edit', 'view', 'go', 'record', 'window', 'help'] as const;
export type Menu = (typeof menus)[number];

/** Where a chord is heard: everywhere, or only with the focus inside such a place. An open `editor` hears none of the grid's. */
export type Where =
  | 'global'
  | 'grid'
  | 'header'
  | 'editor'
  | 'today'
  | 'order'
  | 'quote'
  | 'invoice'
  | 'issue'
  | 'booking'
  | 'board'
  | 'claim'
  | 'return'
  | 'import'
  | 'review'
  | 'start'
  | 'create';

export type Command = {
  readonly id: string;
  readonly title: string;
  readonly menu: Menu;
  readonly keys: Chords;
  /** A chord for browser tabs: the browser keeps the first for itself and no page can have it. */
  readonly twin?: Chords;
  readonly where: Where;
  /** One sentence for the shortcut sheet and the menu's help. */
  readonly about: string;
  /** Left out of the palette: it is a movement of the cursor, not an action. */
  readonly quiet?: true;
  /** Of a grid's command: heard also while a cell of it is typed into. */
  readonly inEditor?: true;
};

/** Only in menus and in the palette. */
export const none: Chords = { win: [], mac: [] };

export const inMenu =
  <const M extends Menu>(menu: M) =>
  <const I extends string>(
    id: I,
    title: string,
    where: Where,
    keys: Chords,
    about: string,
    more: { twin?: Chords; quiet?: true; inEditor?: true } = {},
  ) => ({ id, title, menu, where, keys, about, ...more });
