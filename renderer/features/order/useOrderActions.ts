/** What is done with an order as a whole: confirm it, record what happened to its lines, cancel it, copy it. */
import { useState } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import { client } from '../../client/client.ts';
import { runCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import type { Deed, Recorded } from './deeds.ts';
import type { Blocker } from './useDocument.ts';

/** What could not be done, and every cell that is in its way. */
type Held = { readonly what: 'Not confirmed.' | 'No document was made.'; readonly blockers: readonly Blocker[] };
const nothingHeld: Held = { what: 'Not confirmed.', blockers: [] };

export type OrderActions = {
  /** What was in the way when something was last tried. */
  readonly held: Held;
  readonly dismiss: () => void;
  readonly confirm: () => Promise<void>;
  /** Records what happened to lines; why it was refused, in words, or null. */
  readonly record: (deed: Deed, recorded: Recorded) => Promise<string | null>;
  readonly move: (to: string, why: string | null) => Promise<void>;
  readonly duplicate: () => Promise<void>;
  /** Makes it into a PDF. */
  readonly document: () => Promise<void>;
};

export const undoAction = { label: 'Undo', command: 'edit.undo' as const, run: () => void runCommand('edit.undo') };

/** `settle` waits for everything typed so far. */
export const useOrderActions = (id: string, settle: () => Promise<void>): OrderActions => {
  const [held, setHeld] = useState(nothingHeld);
  const screen = `orders/${id}`;
  const attempt = async (done: string, act: () => Promise<unknown>): Promise<void> => {
    await settle();
    try {
      await act();
      markSaved(Date.now());
      setHeld(nothingHeld);
      say(done, { action: undoAction });
    } catch (error) {
      const found = await client['orders.blockers']({ id }).catch(() => null);
      const isBlocked = error instanceof AppError && error.code === 'blocked' && found !== null && found.blockers.length > 0;
      if (isBlocked) setHeld({ what: 'Not confirmed.', blockers: found.blockers });
      else say(messageOf(error), { tone: 'danger' });
    }
  };
  return {
    held,
    dismiss: () => setHeld(nothingHeld),
    confirm: () => attempt('Order confirmed.', () => client['orders.confirm']({ id, screen })),
    record: async ({ done }, recorded) => {
      await settle();
      try {
        await client['orders.fulfil']({ id, ...recorded, screen });
      } catch (error) {
        return messageOf(error);
      }
      markSaved(Date.now());
      say(done, { action: undoAction });
      return null;
    },
    move: (to, why) =>
      attempt('Status changed.', () => client['records.transition']({ table: 'orders', id, field: 'status', to, why, screen })),
    document: async () => {
      await settle();
      try {
        await makeDocument('orders', id, (blockers) => setHeld({ what: 'No document was made.', blockers }));
      } catch (error) {
        say(messageOf(error), { tone: 'danger' });
      }
    },
    duplicate: async () => {
      await settle();
      try {
        const copy = await client['orders.duplicate']({ id, screen });
        openRecord('orders', copy.id, 'New order');
        say('Order duplicated.', { action: undoAction });
      } catch (error) {
        say(messageOf(error), { tone: 'danger' });
      }
    },
  };
};
