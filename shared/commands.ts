/**
 * Every user command, once: the menu bar, the palette, the shortcut sheet, the dispatcher and the tests read
 * this list. A key that is not here does nothing; a command that is here is answered somewhere and reachable without it.
 *
 * Chords are written `Ctrl+Alt+Shift+Meta+Key` in that order; `Key` is a character or a DOM key name. No bare
 * letters (WCAG 2.1.4) and nothing the systems keep for themselves.
 */
import { booking } from './commands/booking.ts';
import { claim } from './commands/claim.ts';
import type { Command } from './commands/command.ts';
import { edit } from './commands/edit.ts';
import { file } from './commands/file.ts';
import { help, window } from './commands/frame.ts';
import { go } from './commands/go.ts';
import { moving } from './commands/moving.ts';
import { returned } from './commands/return.ts';
import { record } from './commands/record.ts';
import { sync } from './commands/sync.ts';
import { view } from './commands/view.ts';

export { menus, type Command, type Where } from './commands/command.ts';

export const commands = [
  ...file,
  ...sync,
  ...edit,
  ...moving,
  ...view,
  ...go,
  ...record,
  ...booking,
  ...claim,
  ...returned,
  ...window,
  ...help,
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((c) => [c.id, c]));

export const isCommandId = (id: string): id is CommandId => byId.has(id);

export const commandOf = (id: CommandId): Command => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
};
