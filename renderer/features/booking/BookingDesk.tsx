/** Answers the commands of the booking in focus, on its page, in the register or on the board; and asks what they need. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import { client } from '../../client/client.ts';
import { useCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { AskDialog } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { useSetting } from '../register/useSetting.ts';
import { answerTo, askOfNext, asks, override, rebook, type Asked, type BookingAsk } from './asks.ts';
import { Offers } from './Offers.tsx';

const askedOf = (row: GridRow): Asked => {
  const partner = row.v['partner_id'];
  return {
    id: row.id,
    status: String(row.v['status'] ?? ''),
    kind: String(row.v['kind'] ?? 'shipment'),
    partner: typeof partner === 'string' ? partner : null,
    partnerName: row.l?.['partner_id']?.title ?? '',
  };
};

/** States in which it may want a slot that it has not. */
const SLOTTED: readonly string[] = ['hold', 'tendered', 'accepted', 'accepted_exception', 'confirmed'];

const AskCommand = ({ ask, onAsk }: { readonly ask: BookingAsk; readonly onAsk: (ask: BookingAsk) => void }): null => {
  useCommand(ask.command, () => onAsk(ask));
  return null;
};

/** The step after this one, where it asks for nothing. */
const advance = async (asked: Asked, onPapers: () => void): Promise<void> => {
  try {
    await client['bookings.advance']({ id: asked.id, screen: `bookings/${asked.id}` });
    markSaved(Date.now());
    // Confirming binds its partner: undo leaves it.
    (asked.status.startsWith('accepted') ? say : sayUndoable)('Next step done.');
  } catch (error) {
    if (error instanceof AppError && error.code === 'blocked' && error.message.includes('reason')) onPapers();
    say(messageOf(error), { tone: 'danger' });
  }
};

const makeGood = async ({ id }: Asked): Promise<void> => {
  try {
    const made = await client['bookings.make-good']({ id, screen: `bookings/${id}` });
    openRecord('bookings', made.id, 'Booking');
    sayUndoable('Make-good booked.');
  } catch (error) {
    say(messageOf(error), { tone: 'danger' });
  }
};

/** The slots it may go to, the nearest first; says why where there is none. */
const askRebook = async ({ id }: Asked, format: (day: string) => string): Promise<BookingAsk | null> => {
  const { hold, alternatives } = await client['bookings.story']({ id });
  const isOff = hold === 'lost' || hold === 'expired';
  if (isOff && alternatives.length > 0) return rebook(alternatives.map((one) => ({ ...one, starts_on: format(one.starts_on) })));
  say(isOff ? 'No other slot of its kind has room.' : 'Nothing is to be rebooked: its slot is not lost.');
  return null;
};

const askAnswer = async ({ id }: Asked): Promise<BookingAsk> =>
  answerTo((await client['bookings.story']({ id })).tenders.filter(({ answer }) => answer === null));

type Props = {
  /** The booking in focus; undefined while there is none. */
  readonly row: GridRow | undefined;
  /** Waits for everything typed so far. */
  readonly settle?: () => Promise<void>;
};

export const BookingDesk = ({ row, settle }: Props): ReactElement | null => {
  const [asking, setAsking] = useState<BookingAsk | null>(null);
  const setting = useSetting();
  const { currency } = setting;
  const asked = row === undefined || row.gone ? null : askedOf(row);
  const isProved = row?.v['pod_at'] != null || row?.v['kind'] === 'campaign';
  const ask = async (one: BookingAsk): Promise<void> => {
    await settle?.();
    setAsking(one.command === 'booking.answer' && asked !== null ? await askAnswer(asked) : one);
  };
  const next = async (): Promise<void> => {
    if (asked === null) return;
    const first = askOfNext(asked, isProved);
    if (first !== null) return ask(first);
    await settle?.();
    await advance(asked, () => setAsking(override));
  };
  useCommand('booking.next', asked === null ? null : next);
  useCommand('booking.make-good', asked?.kind === 'campaign' ? () => makeGood(asked) : null);
  const day = (one: string): string => formatCell({ kind: 'date' }, one, setting);
  const again = async (of: Asked): Promise<void> => {
    await settle?.();
    setAsking(await askRebook(of, day));
  };
  useCommand('booking.rebook', asked !== null && SLOTTED.includes(asked.status) ? () => again(asked) : null);
  if (asked === null) return null;
  const own = row?.v['currency'];
  return (
    <>
      {asks.map((one) =>
        one.states.includes(asked.status) ? (
          <AskCommand key={one.command} ask={one} onAsk={(chosen) => void ask(chosen)} />
        ) : null,
      )}
      {asking !== null && (
        <AskDialog
          title={asking.title}
          questions={asking.questions(asked)}
          currency={typeof own === 'string' && own !== '' ? own : (currency ?? '')}
          onClose={() => setAsking(null)}
          onDone={async (answers) => {
            const tell = asking.isFinal === true ? say : sayUndoable;
            const refusal = await tryStep(asking.done, () => asking.run(asked, answers), tell);
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        >
          {asking.command === 'booking.tender' && <Offers of={{ id: asked.id }} />}
        </AskDialog>
      )}
    </>
  );
};
