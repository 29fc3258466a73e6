/** One step done from a box: said when it is done, else why it was refused, in words, for the box that stays open. */
import { markSaved } from '../../state/status.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

/** Why it was refused, or null. @param tell says what was done; of what undo leaves alone, without offering it */
export const tryStep = async (done: string, act: () => Promise<unknown>, tell = sayUndoable): Promise<string | null> => {
  try {
    await act();
  } catch (error) {
    return messageOf(error);
  }
  markSaved(Date.now());
  tell(done);
  return null;
};
