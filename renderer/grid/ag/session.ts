/** How the person is editing in one grid just now: what the keys, the editors and the moves share. */
import type { Entry } from '../edit/commit.ts';
import type { Mode } from '../keys.ts';
import type { TabRun } from '../moves.ts';

export type Session = {
  mode: Mode;
  /** How the next editor opens: empty, because a key or Backspace began it; with its list; or with the caret at the end. */
  opening: 'type' | 'empty' | 'caret' | 'list';
  run: TabRun;
};

export const newSession = (): Session => ({ mode: 'nav', opening: 'caret', run: null });

/** An open editor, as the keyboard talks to it. */
export type OpenEditor = {
  /** The record it was opened on: its row may stand elsewhere by now. */
  readonly row: string;
  /** Whether the editor used the key itself: a list moves its highlight. */
  takesKey(event: KeyboardEvent): boolean;
  /** Puts text where the caret is, as if it had been typed. */
  insert(text: string): void;
  getValue(): Entry;
  /** Nothing was changed. */
  isCancelAfterEnd(): boolean;
};

export const isOpenEditor = (editor: unknown): editor is OpenEditor =>
  typeof editor === 'object' && editor !== null && 'takesKey' in editor;
