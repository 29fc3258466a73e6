/** A slot beside its row: who wants it, first come first, and how each of them stands (B2). */
import type { ReactElement } from 'react';
import { sayHold } from '../../../shared/domain/booking/hold-words.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { useSetting } from '../register/useSetting.ts';

const facts = ['name', 'partner_id', 'kind', 'starts_on', 'ends_on', 'capacity', 'taken'];

const Wants = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data } = useEngine('bookings.slot', { id }, { tables: ['slots', 'bookings'], isKept: true });
  const setting = useSetting();
  if (data === undefined || data.wants.length === 0) return null;
  const moment = (ms: number): string => formatCell({ kind: 'instant' }, ms, setting);
  return (
    <section className="sec" aria-label="Who wants it">
      <h3 className="h3">Who wants it</h3>
      {data.wants.map(({ id: booking, number, amount, hold, unheard }) => (
        <p key={booking} className={hold === 'lost' || hold === 'expired' ? 'danger-t' : undefined}>
          <Button onClick={() => openRecord('bookings', booking, number === '' ? 'Booking' : number)}>
            {number === '' ? 'Booking' : number}
          </Button>{' '}
          {amount} · {sayHold(hold, unheard, moment)}
        </p>
      ))}
    </section>
  );
};

export const SlotPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('slots', id, 'screen:bookings');
  return (
    <>
      <Wants id={id} />
      <Facts record={record} fields={facts} />
    </>
  );
};
