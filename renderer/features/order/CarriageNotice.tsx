/** What the customer is charged on the bookings of an order is on no invoice while its freight is less: said, and taken in one step (B4). */
import type { ReactElement } from 'react';
import { editText, formatMoney } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { amendOrder } from './amendOrder.ts';

type Props = { readonly id: string; readonly status: string | null };

export const CarriageNotice = ({ id, status }: Props): ReactElement | null => {
  const isEnabled = status === 'confirmed' || status === 'closed';
  const { data } = useEngine(
    'orders.carriage',
    { id },
    { tables: ['bookings', 'booking_charges', ['orders', id]], isEnabled, isKept: true },
  );
  const setting = useSetting();
  const isLacking = isEnabled && data !== undefined && data.missing !== '0';
  const take = async (): Promise<void> => {
    if (data === undefined) return;
    const freight = editText({ kind: 'money' }, Number(data.charged), { ...setting, currency: data.currency });
    const reason = `Charged on ${data.bookings.join(', ')}`;
    const refusal = await amendOrder(id, 'Freight amended.', { header: { freight }, reason });
    if (refusal !== null) say(refusal, { tone: 'danger' });
  };
  const isOpen = status === 'confirmed';
  useCommand('order.carry', isLacking && isOpen ? take : null);
  if (!isLacking) return null;
  const money = (amount: string): string => `${formatMoney(amount, data.currency, setting.locale)} ${data.currency}`;
  return (
    <section className="bar quiet" aria-label="Charges of its bookings">
      <Icon name="note" />
      <span className="grow">
        {`${data.bookings.join(', ')}: the customer is charged ${money(data.charged)}, the freight of the order is ${money(data.freight)}. ` +
          (isOpen ? `${money(data.missing)} would be on no invoice.` : 'Open it again to bill the rest.')}
      </span>
      {isOpen && (
        <Button command="order.carry" onClick={() => void runCommand('order.carry')}>
          Take as freight
        </Button>
      )}
    </section>
  );
};
