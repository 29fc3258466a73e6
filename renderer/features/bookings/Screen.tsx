/** The bookings as a register or as a board: the same rows, the same commands. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useEngine } from '../../client/cache.ts';
import { canPick } from '../../client/pick.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { usePeek } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { BookOrderDialog, NewBookingDialog } from '../booking/BookDialog.tsx';
import { BookingDesk } from '../booking/BookingDesk.tsx';
import { AskDialog } from '../invoice/AskDialog.tsx';
import { nameOfRow } from '../record/names.ts';
import { useRow } from '../record/useRow.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { Board } from './Board.tsx';
import { dropNewBooking, useNewBooking } from './newBooking.ts';
import { pickStatusFile, readStatusFile } from './readFile.ts';
import '../booking/booking.css';
import '../record/form-page.css';

const views: readonly RegisterView[] = [
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'exceptions', label: 'Exceptions', filter: { any: [{ chip: 'exception' }, { flag: 'late' }] } },
  { key: 'proof', label: 'POD missing', filter: { chip: 'unproved' } },
  { key: 'unbilled', label: 'Unbilled cost', filter: { field: 'unbilled', is: 'gt', value: 0 } },
  { key: 'all', label: 'All', filter: null },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
  { key: 'slots', label: 'Slots', filter: null, table: 'slots', sort: [{ field: 'starts_on', dir: 'asc' }] },
  { key: 'charges', label: 'Charge rules', filter: null, table: 'charge_rules', sort: [{ field: 'code', dir: 'asc' }] },
  { key: 'rest', label: 'No booking', filter: null, table: 'tracking_rest', sort: [{ field: 'recorded_at', dir: 'desc' }] },
];

const order = [
  'number',
  'order_id',
  'account_id',
  'partner_id',
  'service',
  'status',
  'pickup_from',
  'eta',
  'slip_days',
  'tracking',
  'weight',
  'pieces',
  'cost',
  'last_event',
];

/** The booking in focus, in the register or on the board. */
const useFocused = () => {
  const target = usePeek((state) => (state.target?.table === 'bookings' ? state.target.id : null));
  const { data } = useRow('bookings', target ?? '');
  return target === null ? undefined : (data ?? undefined);
};

const NewBooking = (): ReactElement | null => {
  const wanted = useNewBooking((state) => state.wanted);
  const account = wanted?.account ?? null;
  const names = useEngine(
    'records.labels',
    { table: 'accounts', ids: account === null ? [] : [account] },
    { tables: ['accounts'], isEnabled: account !== null },
  ).data;
  if (wanted !== null && wanted.order !== null) return <BookOrderDialog order={wanted.order} onClose={dropNewBooking} />;
  if (wanted === null || (account !== null && names === undefined)) return null;
  const name = account === null ? '' : (names?.labels[account]?.title ?? '');
  return <NewBookingDialog account={account} name={name} onClose={dropNewBooking} />;
};

const FileDialog = ({ onClose }: { readonly onClose: () => void }): ReactElement => (
  <AskDialog
    title="Read status file"
    note="X12 214, or a list with columns for the booking or its reference, the status and the time."
    questions={[{ key: 'path', label: 'Path', kind: 'text' }]}
    currency=""
    onClose={onClose}
    onDone={async ({ path }) => {
      const refusal = await readStatusFile(String(path));
      if (refusal === null) onClose();
      return refusal;
    }}
  />
);

export const BookingsScreen = (): ReactElement => {
  const [isBoard, setIsBoard] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const row = useFocused();
  useCommand('booking.board', () => setIsBoard((now) => !now));
  useCommand('booking.read-file', () => (canPick() ? pickStatusFile() : setIsReading(true)));
  const toggle = (
    <>
      <Button icon="import" onClick={() => void runCommand('booking.read-file')}>
        Status file
      </Button>
      <Button icon={isBoard ? 'rail' : 'columns'} command="booking.board" onClick={() => void runCommand('booking.board')}>
        {isBoard ? 'Grid' : 'Board'}
      </Button>
    </>
  );
  return (
    <div className="form-page" data-where="booking">
      {isBoard ? (
        <Board acts={toggle} />
      ) : (
        <RegisterScreen
          screen="bookings"
          table="bookings"
          views={views}
          sort={[{ field: 'pickup_from', dir: 'asc' }]}
          columns={{ order, frozenTo: 'account_id' }}
          create="new.booking"
          onOpen={(opened) => openRecord('bookings', opened.id, nameOfRow('bookings', opened))}
          acts={toggle}
        />
      )}
      <BookingDesk row={row} />
      <NewBooking />
      {isReading && <FileDialog onClose={() => setIsReading(false)} />}
    </div>
  );
};
