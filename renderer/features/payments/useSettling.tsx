/** Setting a payment against invoices, offered where an account has something left to set and something open. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useEngine } from '../../client/cache.ts';
import { useCommand } from '../../state/commands.ts';
import { SettleDialog } from './SettleDialog.tsx';
import type { Unset } from './parts.ts';

const tables = [
  'payments',
  'allocations',
  'invoices',
  'invoice_lines',
  'credit_notes',
  'credit_lines',
  'disputes',
  'exchange_rates',
] as const;

type Settling = {
  /** Null where there is nothing to set, or nothing to set it against. */
  readonly settle: ((payment: string | null) => void) | null;
  readonly box: ReactElement | null;
};

/** @param invoice it is asked from, which takes of the payment first */
export const useSettling = (account: string | null, invoice: string | null, screen: string): Settling => {
  const isEnabled = account !== null;
  const { data } = useEngine('payments.unapplied', { account: account ?? '' }, { tables, isEnabled, isKept: true });
  const [asked, setAsked] = useState<{ readonly unset: Unset; readonly payment: string | null } | null>(null);
  const isOffered = data !== undefined && isEnabled && data.payments.length > 0 && data.invoices.length > 0;
  const settle = isOffered ? (payment: string | null) => setAsked({ unset: data, payment }) : null;
  useCommand('payment.settle', settle === null ? null : () => settle(null));
  const box = asked && (
    <SettleDialog unset={asked.unset} from={{ payment: asked.payment, invoice }} screen={screen} onClose={() => setAsked(null)} />
  );
  return { settle, box };
};
