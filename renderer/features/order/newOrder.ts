/**
 * New orders. The page opens at once; the record is made by the first thing typed into it, so that an order nobody
 * wrote anything into leaves nothing behind.
 */
import { uuidv7 } from 'uuidv7';
import { openRecord } from '../../state/tabs.ts';
import { accountInView } from '../register/wanted.ts';

/** Orders that were not records when they were opened here, and the account each starts with. */
const starts = new Map<string, string | null>();

export const isOpenedNew = (id: string): boolean => starts.has(id);

/** A page whose order was never written, come back after a restart, is a new order too. */
export const noteNew = (id: string): void => {
  if (!starts.has(id)) starts.set(id, null);
};

export const accountOfNew = (id: string): string | null => starts.get(id) ?? null;

export const openNewOrder = (): void => {
  const id = uuidv7();
  starts.set(id, accountInView());
  openRecord('orders', id, 'New order');
};
