/** Trying something with a quote: what was typed is handed over first, and what stands in the way is said where it is. */
import { AppError, type OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { client } from '../../client/client.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import { useHeld, type Held } from '../order/useHeld.ts';
import { sayUndoable } from '../../state/undoable.ts';

/** Whether a refusal names cells; any other is said in its own words. */
const namesCells = (error: unknown): boolean =>
  error instanceof AppError && typeof error.details === 'object' && error.details !== null && 'blockers' in error.details;

const sayError = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

/** `settle` waits for everything typed so far. */
export const useAttempts = (id: string, settle: () => Promise<void>) => {
  const held = useHeld('quotes', id);
  const lookAtSending = async (): Promise<Held> => {
    const { missing, blockers } = await client['quotes.sending']({ id });
    return { what: missing ?? 'Not sent.', blockers, canOverride: false };
  };
  /** What is in the way of sending is listed; null where something is. */
  const look = async (): Promise<OutputOf<WorkbenchContract['quotes.sending']> | null> =>
    (await held.hold(lookAtSending)) ? null : client['quotes.sending']({ id });
  const attempt = async (done: string, act: () => Promise<unknown>, canUndo = false): Promise<void> => {
    await settle();
    try {
      await act();
      markSaved(Date.now());
      held.dismiss();
      (canUndo ? sayUndoable : say)(done);
    } catch (error) {
      const isListed = namesCells(error) && (await look().catch(() => undefined)) === null;
      if (!isListed) sayError(error);
    }
  };
  return {
    held,
    attempt,
    sending: async () => {
      await settle();
      return look().catch((error: unknown) => {
        sayError(error);
        return null;
      });
    },
    document: async () => {
      await settle();
      await makeDocument('quotes', id, held.holdDocument).catch(sayError);
    },
  };
};
