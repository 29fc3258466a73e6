/** The page of a claim: what it says as a form, its deadlines and evidence beside it, its next step as the one primary button. */
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
import { useFieldFlash } from '../record/useFieldFlash.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { ClaimDesk } from './ClaimDesk.tsx';
import { ClaimStoryView } from './Story.tsx';
import '../record/record.css';
import '../booking/booking.css';

const fields: readonly string[] = [
  'account_id',
  'partner_id',
  'booking_id',
  'shipment',
  'cause',
  'amount',
  'delivered_on',
  'is_concealed',
  'told_on',
  'is_liable',
  'owner_id',
  'order_id',
  'case_id',
  'credit_note_id',
  'offered',
  'paid',
  'reason',
  'description',
];

const offered: readonly CommandId[] = [
  'claim.next',
  'claim.file',
  'claim.answer',
  'claim.evidence',
  'claim.withdraw',
  'record.history',
];

const OVER: readonly string[] = ['paid', 'withdrawn'];

export const ClaimPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'claims', id, screen: `claims/${id}`, setting });
  const form = useRef<HTMLDivElement>(null);
  useFieldFlash(record, form);
  const { row } = record;
  const name = nameOfRow('claims', row);
  const isLoaded = row !== undefined;
  useEffect(() => {
    if (isLoaded) titleTab('claims', id, name);
  }, [id, name, isLoaded]);
  useEffect(() => setPeekTarget({ table: 'claims', id }), [id]);
  // Its keys are heard where the focus is: it begins in the form.
  useEffect(() => {
    if (isLoaded) form.current?.querySelector('input')?.focus();
  }, [isLoaded]);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.isNew || row?.gone) return <EmptyState text="This claim was deleted. Undo brings it back." />;
  const column = record.columns.get('status');
  const chip = column && row ? chipOf(column.field, row, 'status') : null;
  const booking = row?.v['booking_id'];
  const settle = async (): Promise<void> => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && activeElement.closest('.docform')) activeElement.blur();
    await record.settled();
  };
  return (
    <div className="booking-page" data-where="claim" data-testid="claim-page">
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        {chip && (
          <Chip tone={chip.tone} icon={chip.icon} isQuiet={chip.isQuiet}>
            {chip.label}
          </Chip>
        )}
        <span className="t2 head-sub">{row?.l?.['account_id']?.title ?? ''}</span>
        <span className="grow" />
        <div className="acts">
          {typeof booking === 'string' && <Button onClick={() => openRecord('bookings', booking, 'Booking')}>Booking</Button>}
          <ActionMenu offered={offered} next={OVER.includes(String(row?.v['status'])) ? null : 'claim.next'} blocked={null} />
        </div>
      </div>
      <div className="booking-body" data-region="head">
        <fieldset className="docform-box" aria-label="Claim details">
          <div className="docform" ref={form}>
            {fields.map((field) => (
              <div key={field} data-field={field}>
                <FieldControl record={record} field={field} />
              </div>
            ))}
          </div>
        </fieldset>
        <ClaimStoryView id={id} />
      </div>
      <ClaimDesk id={id} settle={settle} />
    </div>
  );
};
