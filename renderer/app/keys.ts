/**
 * The one dispatcher of keys. It hears a press before anything else does, looks it up in the table of commands
 * by where the focus is, and leaves it alone when nobody answers.
 *
 * Text fields keep what is theirs: typing, their own undo, and every key without Ctrl, Alt or Command but the
 * function keys. An open dialog keeps the rest of the window still.
 */
import type { Press } from '../../shared/chords.ts';
import { chordsOf } from '../../shared/chords.ts';
import type { Command, CommandId, Where } from '../../shared/commands.ts';
import { commandOf, commands } from '../../shared/commands.ts';
import { isAvailable, runCommand } from '../state/commands.ts';
import { noteKey, notePointer } from '../state/gestures.ts';
import { lastPlace } from '../ui/lastPlace.ts';
import { chordsFor } from '../ui/platform.ts';

const isWhere = (text: string): text is Where => commands.some(({ where }) => where === text);

const isTextEntry = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)));

/** Commands that work while a dialog is open. */
const inDialogs: ReadonlySet<CommandId> = new Set(['palette.open', 'zoom.in', 'zoom.out', 'zoom.reset', 'help.shortcuts']);
const ownOfText: ReadonlySet<CommandId> = new Set(['edit.undo', 'edit.redo']);

export type Place = { readonly scopes: readonly Where[]; readonly isText: boolean; readonly isModal: boolean };

/** Where a press was made, innermost first. In a text field inside a grid the grid's keys are the editor's. */
const placeOf = (target: EventTarget | null): Place => {
  const isText = isTextEntry(target);
  const scopes: Where[] = [];
  let element = target instanceof Element ? target : null;
  let isModal = false;
  for (; element !== null && !isModal; element = element.parentElement) {
    const where = element.getAttribute('data-where') ?? '';
    if (isWhere(where)) scopes.push(where === 'grid' && isText ? 'editor' : where);
    isModal = element.getAttribute('role') === 'dialog' || element.getAttribute('role') === 'alertdialog';
  }
  return { scopes: [...scopes, 'global'], isText, isModal };
};

/** Whether a chord is left to a text field. Alt and Enter is a line break in the cells that have lines. */
const isTyping = (chord: string): boolean =>
  chord === 'Alt+Enter' || (!/(?:Ctrl|Alt|Meta)\+/.test(chord) && !/^(?:Shift\+)?F\d+$/.test(chord));

const isHeardIn = (scope: Where, { where, inEditor }: Command): boolean =>
  where === scope || (scope === 'editor' && where === 'grid' && inEditor === true);

/** The commands a press stands for in a place, best first. */
export const commandsFor = (
  press: Press,
  { scopes, isText, isModal }: Place,
  chordsOfCommand: (id: CommandId) => readonly string[] = chordsFor,
): readonly CommandId[] => {
  const found: CommandId[] = [];
  for (const chord of chordsOf(press)) {
    if (isText && isTyping(chord)) continue;
    for (const scope of scopes) {
      for (const command of commands) {
        const { id, where } = command;
        if (!isHeardIn(scope, command) || !chordsOfCommand(id).includes(chord)) continue;
        if (isText && ownOfText.has(id)) continue;
        if (isModal && where === 'global' && !inDialogs.has(id)) continue;
        found.push(id);
      }
    }
  }
  return found;
};

const pressOf = (event: KeyboardEvent): Press => ({
  key: event.key,
  code: event.code,
  ctrlKey: event.ctrlKey,
  altKey: event.altKey,
  shiftKey: event.shiftKey,
  metaKey: event.metaKey,
  altGraph: event.getModifierState('AltGraph'),
});

/**
 * Where a press is for. For a moment after a box has closed the focus is nowhere: keys with Ctrl, Alt or Command are for where
 * it was last, as nobody waits for it to come back.
 */
const placeFor = (event: KeyboardEvent): Place => {
  const place = placeOf(event.target);
  const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
  if (event.target !== document.body || !hasModifier || document.querySelector('.dialog') !== null) return place;
  return { ...placeOf(lastPlace()), isText: false };
};

const onKeyDown = (event: KeyboardEvent): void => {
  // First of all: what the key asks for takes note of it.
  noteKey(event.key);
  if (event.isComposing) return;
  for (const id of commandsFor(pressOf(event), placeFor(event))) {
    if (!isAvailable(id) || !runCommand(id, 'key')) continue;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
};

/** Starts listening; returns how to stop. */
export const followKeys = (): (() => void) => {
  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('pointerdown', notePointer, { capture: true });
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.removeEventListener('pointerdown', notePointer, { capture: true });
  };
};

/** Runs a command chosen in the menu bar. Undo in a text field is the field's. */
export const runFromMenu = (id: CommandId): void => {
  if (ownOfText.has(id) && isTextEntry(document.activeElement)) {
    // The only way to reach a field's own undo from outside a key press.
    // oxlint-disable-next-line typescript/no-deprecated -- there is no other way, and no plan to remove it
    document.execCommand(commandOf(id).id === 'edit.undo' ? 'undo' : 'redo');
    return;
  }
  runCommand(id);
};
