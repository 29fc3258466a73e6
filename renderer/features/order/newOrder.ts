/**
 * New documents. The page opens at once; the record is made by the first thing typed into it, so that one nobody wrote
 * anything into leaves nothing behind.
 */
import { uuidv7 } from 'uuidv7';
import type { DocumentTable } from '../../../shared/model/documents.ts';
import { openRecord } from '../../state/tabs.ts';
import { newName } from '../record/names.ts';
import { accountInView } from '../register/wanted.ts';

/** Documents that were not records when they were opened here, and the account each starts with. */
const starts = new Map<string, string | null>();

export const isOpenedNew = (id: string): boolean => starts.has(id);

/** A page whose document was never written, come back after a restart, is a new one too. */
export const noteNew = (id: string): void => {
  if (!starts.has(id)) starts.set(id, null);
};

export const accountOfNew = (id: string): string | null => starts.get(id) ?? null;

const openNew = (table: DocumentTable): void => {
  const id = uuidv7();
  starts.set(id, accountInView());
  openRecord(table, id, newName(table));
};

export const openNewOrder = (): void => openNew('orders');
export const openNewQuote = (): void => openNew('quotes');
