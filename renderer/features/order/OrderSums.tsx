/** What an order comes to, and what is left out of the figure. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';

export const useOrderTotals = (id: string, isEnabled = true) =>
  useEngine('orders.totals', { id }, { tables: [['orders', id], 'order_lines', 'schedule_lines'], isEnabled, isKept: true }).data;

type Props = { readonly id: string; readonly isEnabled?: boolean };

export const OrderSums = ({ id, isEnabled = true }: Props): ReactElement | null => {
  const totals = useOrderTotals(id, isEnabled);
  const { locale } = useSetting();
  if (!totals) return null;
  const { currency, net, freight, total, lines, counted } = totals;
  const left = lines - counted;
  return (
    <dl className="sums" data-testid="order-sums">
      {left > 0 && (
        <div>
          <dt className="warning-t">
            {left} {left === 1 ? 'line' : 'lines'} not counted
          </dt>
        </div>
      )}
      <div className="part">
        <dt>Net</dt>
        <dd>{formatMoney(net, currency, locale)}</dd>
      </div>
      {Number(freight) !== 0 && (
        <div className="part">
          <dt>Freight</dt>
          <dd>{formatMoney(freight, currency, locale)}</dd>
        </div>
      )}
      <div>
        <dt>Total {currency}</dt>
        <dd>
          <b>{formatMoney(total, currency, locale)}</b>
        </dd>
      </div>
    </dl>
  );
};
