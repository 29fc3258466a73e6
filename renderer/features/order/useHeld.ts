/**
 * What kept a document from moving on when that was last tried. It is looked at again with every change of the document: what
 * was put right leaves the list, and the walk through it.
 */
import { useState } from 'react';
import { client } from '../../client/client.ts';
import { useChanged, type Source } from '../../client/cache.ts';
import { papers, type PaperTable } from '../../../shared/model/documents.ts';
import type { Blocker } from './useDocument.ts';

export type Held = {
  /** What was not done: `Not confirmed.` */
  readonly what: string;
  readonly blockers: readonly Blocker[];
  /** A reason is enough to go on. */
  readonly canOverride: boolean;
};

/** Asks what is in the way of the one thing that was tried. */
type Look = () => Promise<Held>;

const nothing: Held = { what: '', blockers: [], canOverride: false };

/** What can put right, or wrong, what is in the way. */
const around: Readonly<Record<PaperTable, readonly Source[]>> = {
  orders: ['schedule_lines', 'order_holds', 'products', 'accounts'],
  quotes: ['approvals', 'approval_limits', 'products'],
  invoices: ['fulfilments', 'credit_lines'],
};

/** In the way of a PDF. */
const lookAtDocument = (table: PaperTable, id: string) => async (): Promise<Held> => {
  const { blockers } = await client[`${table}.blockers`]({ id });
  return { what: 'No document was made.', blockers, canOverride: false };
};

export const useHeld = (table: PaperTable, id: string) => {
  const [{ held, look }, set] = useState<{ readonly held: Held; readonly look: Look | null }>({ held: nothing, look: null });
  const fresh = async (): Promise<readonly Blocker[]> => {
    if (look === null) return [];
    const now = await look().catch(() => held);
    set((was) => (was.look === look ? { held: now, look: now.blockers.length === 0 ? null : look } : was));
    return now.blockers;
  };
  /** Lists what is in the way; false where nothing is. */
  const hold = async (next: Look): Promise<boolean> => {
    const found = await next();
    const isHeld = found.blockers.length > 0;
    set(isHeld ? { held: found, look: next } : { held: nothing, look: null });
    return isHeld;
  };
  useChanged([[table, id], papers[table].lines, ...around[table]], () => void fresh());
  return {
    held,
    /** What is still in the way, as of this moment. */
    fresh,
    hold,
    holdDocument: (): void => void hold(lookAtDocument(table, id)),
    dismiss: () => set({ held: nothing, look: null }),
  };
};
