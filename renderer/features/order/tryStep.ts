/** One step done from a box: said when it is done, else why it was refused, in words, for the box that stays open. */
import { runCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

export const undoAction = { label: 'Undo', command: 'edit.undo' as const, run: () => void runCommand('edit.undo') };

/** Why it was refused, or null. */
export const tryStep = async (done: string, act: () => Promise<unknown>): Promise<string | null> => {
  try {
    await act();
  } catch (error) {
    return messageOf(error);
  }
  markSaved(Date.now());
  say(done, { action: undoAction });
  return null;
};
