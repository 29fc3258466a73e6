/** A new claim of the booking, order, issue or account in view: asked on the screen of claims, which is opened for it. */
import { create } from 'zustand';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { client } from '../../client/client.ts';
import { recordInView } from '../../state/inView.ts';
import { openScreen } from '../../state/tabs.ts';

type Named = { readonly id: string; readonly name: string } | null;

type Wanted = {
  readonly booking: string | null;
  readonly order: string | null;
  readonly issue: string | null;
  readonly account: Named;
  readonly partner: Named;
  readonly currency: string | null;
};

export const useNewClaim = create<{ readonly wanted: Wanted | null }>(() => ({ wanted: null }));

export const dropNewClaim = (): void => useNewClaim.setState({ wanted: null });

const named = (row: GridRow | null, field: string): Named => {
  const id = row?.v[field];
  return typeof id === 'string' ? { id, name: row?.l?.[field]?.title ?? row?.l?.[field]?.code ?? '' } : null;
};

export const openNewClaim = async (): Promise<void> => {
  const target = recordInView();
  const of = (table: string): string | null => (target?.table === table ? target.id : null);
  const known = ['bookings', 'orders', 'cases', 'accounts'].some((table) => of(table) !== null);
  const row = known && target !== null ? await client['records.get']({ table: target.table, id: target.id }) : null;
  const currency = row?.v['currency'];
  useNewClaim.setState({
    wanted: {
      booking: of('bookings'),
      order: of('orders'),
      issue: of('cases'),
      account: of('accounts') === null ? named(row, 'account_id') : { id: target?.id ?? '', name: String(row?.v['name'] ?? '') },
      partner: named(row, 'partner_id') ?? named(row, 'carrier_id'),
      currency: typeof currency === 'string' ? currency : null,
    },
  });
  openScreen('claims');
};
