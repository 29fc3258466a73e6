/** What is done with an order as a whole: confirm it, record what happened to its lines, cancel it, copy it. */
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
import { useHeld, type Held } from './useHeld.ts';
import { sayUndoable } from '../../state/undoable.ts';

export type OrderActions = {
  /** What was in the way when something was last tried. */
  readonly held: ReturnType<typeof useHeld>;
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

/** Makes another document of an order and opens that. */
const makeAnother = async <T extends { readonly id: string }>(
  table: 'orders' | 'invoices',
  make: () => Promise<T>,
  sayDone: (document: T) => void,
): Promise<void> => {
  try {
    const document = await make();
    openRecord(table, document.id, newName(table));
    sayDone(document);
  } catch (error) {
    say(messageOf(error), { tone: 'danger' });
  }
};

const sayBilled = ({ credited, uncarried }: OutputOf<WorkbenchContract['orders.bill']>): void => {
  const lacks = uncarried === null ? '' : ` ${uncarried} charged on its bookings is not on it: amend its freight.`;
  if (credited === null) sayUndoable(`Draft invoice made.${lacks === '' ? ' Issue it when it is right.' : lacks}`);
  else say(`More was billed than the order comes to by now: credited with ${credited}.${lacks}`);
};

/** `settle` waits for everything typed so far. */
export const useOrderActions = (id: string, settle: () => Promise<void>): OrderActions => {
  const held = useHeld('orders', id);
  const screen = `orders/${id}`;
  const lookAtConfirming = async (): Promise<Held> => {
    const { blockers, can_override: canOverride } = await client['orders.checks']({ id });
    return { what: 'Not confirmed.', blockers, canOverride };
  };
  const attempt = async <D>(done: (did: D) => string, act: () => Promise<D>): Promise<void> => {
    await settle();
    try {
      const did = await act();
      markSaved(Date.now());
      held.dismiss();
      sayUndoable(done(did));
    } catch (error) {
      const isBlocked = error instanceof AppError && error.code === 'blocked';
      const isListed = isBlocked && (await held.hold(lookAtConfirming).catch(() => false));
      if (!isListed) say(messageOf(error), { tone: 'danger' });
    }
  };
  return {
    held,
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
        await makeDocument('orders', id, held.holdDocument);
      } catch (error) {
        say(messageOf(error), { tone: 'danger' });
      }
    },
    bill: async () => {
      await settle();
      await makeAnother('invoices', () => client['orders.bill']({ id, screen }), sayBilled);
    },
    duplicate: async () => {
      await settle();
      const sayDone = (): void => sayUndoable('Order duplicated.');
      await makeAnother('orders', () => client['orders.duplicate']({ id, screen }), sayDone);
    },
  };
};
