/** How a payment goes over open invoices before anybody types: minor units, as decimal strings where they come from the engine. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';

export type Unset = OutputOf<WorkbenchContract['payments.unapplied']>;
export type Payment = Unset['payments'][number];
export type OpenInvoice = Unset['invoices'][number];

/** Those it may be set against: in its money, the one it is asked from first, else the oldest due. */
export const invoicesFor = ({ currency }: Payment, { invoices }: Unset, first: string | null): readonly OpenInvoice[] => {
  const own = invoices.filter((one) => one.currency === currency);
  return [...own.filter(({ id }) => id === first), ...own.filter(({ id }) => id !== first)];
};

/** What each takes of it: its undisputed part (K3), as far as the payment goes. */
export const proposed = ({ unapplied }: Payment, invoices: readonly OpenInvoice[]): readonly bigint[] => {
  let left = BigInt(unapplied);
  return invoices.map(({ open, disputed }) => {
    const due = BigInt(open) - BigInt(disputed);
    const part = due < left ? due : left;
    left -= part;
    return part;
  });
};
