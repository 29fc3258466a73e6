/** What is done with an order as a whole: confirm it, record what happened to its lines, cancel it, copy it. */
import { useState } from 'react';
import { AppError, type OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { client } from '../../client/client.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import { newName } from '../record/names.ts';
import type { Deed, Recorded } from './deeds.ts';
import { tryStep } from './tryStep.ts';
import type { Blocker } from './useDocument.ts';
import { sayUndoable } from '../../state/undoable.ts';

/** What could not be done, and every cell that is in its way. */
type Held = {
  readonly what: 'Not confirmed.' | 'No document was made.';
  readonly blockers: readonly Blocker[];
  /** A reason is enough to go on. */
  readonly canOverride: boolean;
};
const nothingHeld: Held = { what: 'Not confirmed.', blockers: [], canOverride: false };

export type OrderActions = {
  /** What was in the way when something was last tried. */
  readonly held: Held;
  readonly dismiss: () => void;
  /** @param why to go on in spite of what gives way to a reason */
  readonly confirm: (why?: string | null) => Promise<void>;
  /** Records what happened to lines; why it was refused, in words, or null. */
  readonly record: (deed: Deed, recorded: Recorded) => Promise<string | null>;
  readonly move: (to: string, why: string | null) => Promise<void>;
  /** A draft invoice of what was delivered. */
  readonly bill: () => Promise<void>;
  readonly duplicate: () => Promise<void>;
  /** Makes it into a PDF. */
  readonly document: () => Promise<void>;
};

type Confirmed = OutputOf<WorkbenchContract['orders.confirm']>;

/** What is found and stops nothing is said with it; credit alone keeps it on hold. */
const sayConfirmed = ({ warnings, held }: Confirmed): string =>
  held === null
    ? ['Order confirmed.', ...warnings.map((one) => `${one}.`)].join(' ')
    : `Not confirmed: submitted, on hold until that is released. ${held}.`;

/** `settle` waits for everything typed so far. */
export const useOrderActions = (id: string, settle: () => Promise<void>): OrderActions => {
  const [held, setHeld] = useState(nothingHeld);
  const screen = `orders/${id}`;
  const attempt = async <D>(done: (did: D) => string, act: () => Promise<D>): Promise<void> => {
    await settle();
    try {
      const did = await act();
      markSaved(Date.now());
      setHeld(nothingHeld);
      sayUndoable(done(did));
    } catch (error) {
      const found = await client['orders.checks']({ id }).catch(() => null);
      const isBlocked = error instanceof AppError && error.code === 'blocked' && found !== null && found.blockers.length > 0;
      if (isBlocked) setHeld({ what: 'Not confirmed.', blockers: found.blockers, canOverride: found.can_override });
      else say(messageOf(error), { tone: 'danger' });
    }
  };
  /** Makes another document of it and opens that. */
  const made = async (
    table: 'orders' | 'invoices',
    done: string,
    make: () => Promise<{ readonly id: string }>,
  ): Promise<void> => {
    await settle();
    try {
      openRecord(table, (await make()).id, newName(table));
      sayUndoable(done);
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  };
  return {
    held,
    dismiss: () => setHeld(nothingHeld),
    confirm: (why = null) => attempt(sayConfirmed, () => client['orders.confirm']({ id, why, screen })),
    record: async ({ done }, recorded) => {
      await settle();
      return tryStep(done, () => client['orders.fulfil']({ id, ...recorded, screen }));
    },
    move: (to, why) =>
      attempt(
        () => 'Status changed.',
        () => client['records.transition']({ table: 'orders', id, field: 'status', to, why, screen }),
      ),
    document: async () => {
      await settle();
      try {
        await makeDocument('orders', id, (blockers) => setHeld({ what: 'No document was made.', blockers, canOverride: false }));
      } catch (error) {
        say(messageOf(error), { tone: 'danger' });
      }
    },
    bill: () => made('invoices', 'Draft invoice made. Issue it when it is right.', () => client['orders.bill']({ id, screen })),
    duplicate: () => made('orders', 'Order duplicated.', () => client['orders.duplicate']({ id, screen })),
  };
};
