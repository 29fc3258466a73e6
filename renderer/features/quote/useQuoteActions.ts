/** What is done with a quote as a whole. Each is one call; what stands in the way is said where it is. */
import { useState } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import { client } from '../../client/client.ts';
import { runCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import { newName } from '../record/names.ts';
import type { Blocker } from '../order/useDocument.ts';

/** What could not be done, and every cell that is in its way. */
type Held = { readonly what: string; readonly blockers: readonly Blocker[] };
const nothingHeld: Held = { what: '', blockers: [] };

export type QuoteActions = {
  /** What was in the way when something was last tried. */
  readonly held: Held;
  readonly dismiss: () => void;
  readonly send: () => Promise<void>;
  readonly revise: () => Promise<void>;
  readonly makeCurrent: () => Promise<void>;
  readonly withdraw: () => Promise<void>;
  readonly reject: (reason: string, competitor: string | null) => Promise<void>;
  readonly accept: (lines: readonly string[] | null) => Promise<void>;
  readonly order: (lines: readonly string[] | null) => Promise<void>;
  readonly duplicate: () => Promise<void>;
  /** Makes it into a PDF. */
  readonly document: () => Promise<void>;
};

const undoAction = { label: 'Undo', command: 'edit.undo' as const, run: () => void runCommand('edit.undo') };

/** `settle` waits for everything typed so far. */
export const useQuoteActions = (id: string, settle: () => Promise<void>): QuoteActions => {
  const [held, setHeld] = useState(nothingHeld);
  const screen = `quotes/${id}`;
  const attempt = async (done: string, act: () => Promise<unknown>, canUndo = false): Promise<void> => {
    await settle();
    try {
      await act();
      markSaved(Date.now());
      setHeld(nothingHeld);
      say(done, canUndo ? { action: undoAction } : {});
    } catch (error) {
      const found = await client['quotes.blockers']({ id }).catch(() => null);
      const isHeld = error instanceof AppError && error.code === 'blocked' && found !== null && found.blockers.length > 0;
      if (isHeld) setHeld({ what: 'Not sent.', blockers: found.blockers });
      else say(messageOf(error), { tone: 'danger' });
    }
  };
  const made = (table: 'quotes' | 'orders', done: string, act: () => Promise<{ readonly id: string }>): Promise<void> =>
    attempt(done, async () => openRecord(table, (await act()).id, newName(table)), true);
  return {
    held,
    dismiss: () => setHeld(nothingHeld),
    send: () => attempt('Quote sent. It is fixed from now on.', () => client['quotes.send']({ id, screen })),
    revise: () => made('quotes', 'The next revision is a draft.', () => client['quotes.revise']({ id, screen })),
    makeCurrent: () => attempt('This revision is the current one.', () => client['quotes.current']({ id, screen })),
    withdraw: () =>
      attempt('Quote withdrawn.', () =>
        client['records.transition']({ table: 'quotes', id, field: 'status', to: 'withdrawn', why: null, screen }),
      ),
    reject: (reason, competitor) => attempt('Quote rejected.', () => client['quotes.reject']({ id, reason, competitor, screen })),
    accept: (lines) =>
      attempt('Quote accepted.', () => client['quotes.accept']({ id, lines: lines === null ? null : [...lines], screen })),
    order: (lines) =>
      made('orders', 'Draft order made.', () =>
        client['quotes.order']({ id, lines: lines === null ? null : [...lines], screen }),
      ),
    duplicate: () => made('quotes', 'Quote duplicated.', () => client['quotes.duplicate']({ id, screen })),
    document: async () => {
      await settle();
      try {
        await makeDocument('quotes', id, (blockers) => setHeld({ what: 'No document was made.', blockers }));
      } catch (error) {
        say(messageOf(error), { tone: 'danger' });
      }
    },
  };
};
