/** Says what was done, with the way back beside it. */
import { runCommand } from './commands.ts';
import { say } from './toasts.ts';

export const sayUndoable = (text: string): void =>
  say(text, { action: { label: 'Undo', command: 'edit.undo', run: () => void runCommand('edit.undo') } });
