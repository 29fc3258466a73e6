/** The page of a booking: what was agreed as a form, what happened beside it, its next step as the one primary button. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { chipOf } from '../../grid/chips.ts';
import { setPeekTarget } from '../../state/peek.ts';
import { openRecord, titleTab } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';
import { FieldControl } from '../record/FieldControl.tsx';
import { nameOfRow } from '../record/names.ts';
import { settleForm } from '../record/settleForm.ts';
import { useFieldFlash } from '../record/useFieldFlash.ts';
import type { RecordHandle } from '../record/useRecord.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { BookingDesk } from './BookingDesk.tsx';
import { Story } from './Story.tsx';
import '../record/record.css';
import './booking.css';

const common: readonly string[] = [
  'account_id',
  'order_id',
  'partner_id',
  'service',
  'tracking',
  'owner_id',
  'pickup_from',
  'pickup_to',
  'deliver_from',
  'deliver_to',
  'cutoff_at',
  'zone',
];
const exception: readonly string[] = ['problem_owner_id', 'next_action', 'next_action_at', 'told_at'];
const proof: readonly string[] = ['pod_name', 'pod_at', 'pod_note'];

/** What is asked of each kind beside what all have. */
const own: Readonly<Record<string, readonly string[]>> = {
  shipment: [
    'to_name',
    'to_city',
    'to_postcode',
    'to_country',
    'from_city',
    'from_postcode',
    'pieces',
    'weight',
    'volume',
    'chargeable',
    'mode',
    'equipment',
    'temp_min',
    'temp_max',
    'hazard',
    'seal',
    'appointment',
    'appointment_no',
  ],
  visit: ['site_id', 'scope', 'permit', 'drawing', 'result', 'parts_used'],
  campaign: ['slot_id', 'slot_amount', 'live_from', 'live_to', 'units_booked', 'units_delivered', 'make_good_of'],
};

const offered: readonly CommandId[] = [
  'booking.next',
  'booking.tender',
  'booking.answer',
  'booking.event',
  'booking.proof',
  'booking.cost',
  'booking.make-good',
  'booking.end',
  'record.history',
];

const Status = ({ record }: { readonly record: RecordHandle }): ReactElement | null => {
  const column = record.columns.get('status');
  const chip = column && record.row ? chipOf(column.field, record.row, 'status') : null;
  return chip ? (
    <Chip tone={chip.tone} icon={chip.icon} isQuiet={chip.isQuiet}>
      {chip.label}
    </Chip>
  ) : null;
};

const OVER: readonly string[] = ['closed', 'cancelled', 'no_show', 'failed'];

export const BookingPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'bookings', id, screen: `bookings/${id}`, setting });
  const form = useRef<HTMLDivElement>(null);
  useFieldFlash(record, form);
  const { row } = record;
  const name = nameOfRow('bookings', row);
  const isLoaded = row !== undefined;
  useEffect(() => {
    if (isLoaded) titleTab('bookings', id, name);
  }, [id, name, isLoaded]);
  useEffect(() => setPeekTarget({ table: 'bookings', id }), [id]);
  // Its keys are heard where the focus is: it begins in the form.
  useEffect(() => {
    if (isLoaded) form.current?.querySelector('input')?.focus();
  }, [isLoaded]);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.isNew || row?.gone) return <EmptyState text="This booking was deleted. Undo brings it back." />;
  const order = row?.v['order_id'];
  const fields = [...common, ...(own[String(row?.v['kind'] ?? 'shipment')] ?? []), ...exception, ...proof, 'notes'];
  const isOver = OVER.includes(String(row?.v['status']));
  return (
    <div className="booking-page" data-where="booking" data-testid="booking-page">
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <Status record={record} />
        <span className="t2 head-sub">{row?.l?.['account_id']?.title ?? ''}</span>
        <span className="grow" />
        <div className="acts">
          {typeof order === 'string' && <Button onClick={() => openRecord('orders', order, 'Order')}>Order</Button>}
          <ActionMenu offered={offered} next={isOver ? null : 'booking.next'} blocked={null} />
        </div>
      </div>
      <div className="booking-body" data-region="head">
        <fieldset className="docform-box" aria-label="Booking details">
          <div className="docform" ref={form}>
            {fields.map((field) => (
              <div key={field} data-field={field}>
                <FieldControl record={record} field={field} />
              </div>
            ))}
          </div>
        </fieldset>
        <Story id={id} />
      </div>
      <BookingDesk row={row} settle={async () => settleForm(record)} />
    </div>
  );
};
