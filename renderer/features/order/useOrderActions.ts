/** What is done with an order as a whole: confirm it, record that it went out, cancel it, copy it. */
import { useState } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import { client } from '../../client/client.ts';
import { runCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import type { Blocker } from './useDocument.ts';

export type OrderActions = {
  /** What kept it from being confirmed when that was last tried. */
  readonly blockers: readonly Blocker[];
  readonly dismiss: () => void;
  readonly confirm: () => Promise<void>;
  readonly ship: (on: string) => Promise<void>;
  readonly move: (to: string, why: string | null) => Promise<void>;
  readonly duplicate: () => Promise<void>;
};

const undoAction = { label: 'Undo', command: 'edit.undo' as const, run: () => void runCommand('edit.undo') };

/** `settle` waits for everything typed so far. */
export const useOrderActions = (id: string, settle: () => Promise<void>): OrderActions => {
  const [blockers, setBlockers] = useState<readonly Blocker[]>([]);
  const screen = `orders/${id}`;
  const attempt = async (done: string, act: () => Promise<unknown>): Promise<void> => {
    await settle();
    try {
      await act();
      markSaved(Date.now());
      setBlockers([]);
      say(done, { action: undoAction });
    } catch (error) {
      const found = await client['orders.blockers']({ id }).catch(() => null);
      const isBlocked = error instanceof AppError && error.code === 'blocked' && found !== null && found.blockers.length > 0;
      if (isBlocked) setBlockers(found.blockers);
      else say(messageOf(error), { tone: 'danger' });
    }
  };
  return {
    blockers,
    dismiss: () => setBlockers([]),
    confirm: () => attempt('Order confirmed.', () => client['orders.confirm']({ id, screen })),
    ship: (on) => attempt('Shipment recorded.', () => client['orders.fulfil']({ id, kind: 'shipped', on, screen })),
    move: (to, why) =>
      attempt('Status changed.', () => client['records.transition']({ table: 'orders', id, field: 'status', to, why, screen })),
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
