/** How a payment goes over open invoices before anybody types: minor units, as decimal strings where they come from the engine. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';

export type Unset = OutputOf<WorkbenchContract['payments.unapplied']>;
export type Payment = Unset['payments'][number];
export type OpenInvoice = Unset['invoices'][number];

/**
 * Those it may be set against, the one it is asked from first, else the oldest due: in its money, then those in other money
 * that there is a rate for, with what is open of them in the payment's (M6).
 */
export const invoicesFor = (
  { currency, elsewhere }: Payment,
  { invoices }: Unset,
  first: string | null,
): readonly OpenInvoice[] => {
  const inOther = invoices.flatMap((one): readonly OpenInvoice[] => {
    const converted = elsewhere.find(({ invoice }) => invoice === one.id);
    return converted === undefined ? [] : [{ ...one, open: converted.open, disputed: converted.disputed }];
  });
  const own = [...invoices.filter((one) => one.currency === currency), ...inOther];
  return [...own.filter(({ id }) => id === first), ...own.filter(({ id }) => id !== first)];
};

/** What each takes of it: its undisputed part (K3), as far as the payment goes; what is in other money nothing, until somebody says so. */
export const proposed = ({ unapplied, currency }: Payment, invoices: readonly OpenInvoice[]): readonly bigint[] => {
  let left = BigInt(unapplied);
  return invoices.map(({ open, disputed, currency: own }) => {
    if (own !== currency) return 0n;
    const due = BigInt(open) - BigInt(disputed);
    const part = due < left ? due : left;
    left -= part;
    return part;
  });
};
