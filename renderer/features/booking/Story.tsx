/** What happened to a booking and what hangs on it: what is late and what is lacking first, then events, charges, tenders. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { sayHold } from '../../../shared/domain/booking/hold-words.ts';
import { formatCell, formatMoney } from '../../../shared/domain/format.ts';
import { stateOf } from '../../../shared/domain/lifecycle.ts';
import { useEngine } from '../../client/cache.ts';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import '../record/form-page.css';
import './booking.css';

type BookingStory = OutputOf<WorkbenchContract['bookings.story']>;
type Event = BookingStory['events'][number];

const useStory = (id: string) =>
  useEngine(
    'bookings.story',
    { id },
    {
      tables: [
        ['bookings', id],
        'bookings',
        'tracking_events',
        'booking_charges',
        'booking_deliverables',
        'booking_stops',
        'tenders',
        'partner_papers',
        'required_papers',
        'slots',
      ],
      isKept: true,
    },
  );

const SOURCES: Readonly<Record<string, string>> = { person: 'You', carrier: 'Carrier', customer: 'Customer' };
const FAULTS = { no_charge: 'not charged', no_cost: 'no cost', loss: 'below cost' } as const;

/** What asks for something, in words; the most urgent first. */
const warnings = (
  story: BookingStory,
  day: (ms: number) => string,
): readonly { readonly text: string; readonly isDanger: boolean }[] => {
  const { late, lacks, papers, excursions, hold, short } = story;
  const said = hold === null ? null : sayHold(hold, story.unheard, day);
  return [
    ...(late === null ? [] : [{ text: late.reason, isDanger: late.kind === 'late' }]),
    ...(lacks === null ? [] : [{ text: lacks, isDanger: true }]),
    ...papers.map((text) => ({ text, isDanger: true })),
    ...(excursions.length === 0 ? [] : [{ text: `${excursions.length} temperature excursions`, isDanger: true }]),
    ...(said === null ? [] : [{ text: said, isDanger: hold === 'lost' || hold === 'expired' }]),
    ...(short === null ? [] : [{ text: `Fell short by ${Number(short).toLocaleString()}: make it good`, isDanger: false }]),
  ];
};

const useWords = () => {
  const setting = useSetting();
  const instant = (ms: number): string => formatCell({ kind: 'instant' }, ms, setting);
  return { instant, day: (day: string): string => formatCell({ kind: 'date' }, day, setting), locale: setting.locale };
};

const EventRow = ({ event }: { readonly event: Event }): ReactElement => {
  const { instant } = useWords();
  const {
    label,
    at,
    eta,
    eta_before: before,
    place,
    reason,
    note,
    source,
    recorded_at: recorded,
    is_corrected: isCorrected,
  } = event;
  const about = [reason, place, note, SOURCES[source] ?? source].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <li className={isCorrected ? 'tl-row is-corrected' : 'tl-row'}>
      <time className="tl-at" dateTime={new Date(at).toISOString()}>
        {instant(at)}
      </time>
      <span className="tl-mark" aria-hidden="true">
        {eta !== null && <Icon name="clock" size={14} />}
      </span>
      <span>
        {eta === null ? (
          <b>{label}</b>
        ) : (
          <>
            {label} {before !== null && <span className="muted">{instant(before)} to </span>}
            <b>{instant(eta)}</b>
          </>
        )}
        {isCorrected && <span className="muted"> corrected</span>}
        <span className="tl-about">
          {about}
          {Math.abs(recorded - at) > 60_000 && eta === null ? `, recorded ${instant(recorded)}` : ''}
        </span>
      </span>
    </li>
  );
};

const Charges = ({ story }: { readonly story: BookingStory }): ReactElement | null => {
  const { locale } = useWords();
  if (story.charges.length === 0) return null;
  const money = (amount: string | null): string => (amount === null ? '' : formatMoney(amount, story.currency, locale));
  return (
    <section className="sec" aria-label="Charges">
      <h3 className="h3">Cost and charge</h3>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col" className="num">
              Cost
            </th>
            <th scope="col" className="num">
              Charge
            </th>
            <th scope="col">
              <span className="vh">What is wrong</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {story.charges.map(({ id, code, cost, charge, fault }) => (
            <tr key={id}>
              <td>{code}</td>
              <td className="num">{money(cost)}</td>
              <td className="num">{money(charge)}</td>
              <td className="danger-t">{fault === null ? '' : FAULTS[fault]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Tenders = ({ story }: { readonly story: BookingStory }): ReactElement | null => {
  const { instant, locale } = useWords();
  if (story.tenders.length === 0) return null;
  return (
    <section className="sec" aria-label="Tenders">
      <h3 className="h3">Tenders</h3>
      <table className="mini">
        <tbody>
          {story.tenders.map(({ id, partner, cost, sent_at: sent, answer, reason }) => (
            <tr key={id}>
              <td>{partner}</td>
              <td className="nowrap">{sent === null ? '' : instant(sent)}</td>
              <td className="num">{cost === null ? '' : formatMoney(cost, story.currency, locale)}</td>
              <td>
                {answer === null ? 'Waiting' : (stateOf('booking', answer)?.label ?? 'Withdrawn')}
                {reason === null ? '' : `: ${reason}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Checklist = ({ story }: { readonly story: BookingStory }): ReactElement | null => {
  const { day } = useWords();
  if (story.deliverables.length === 0) return null;
  return (
    <section className="sec" aria-label="Deliverables">
      <h3 className="h3">Deliverables</h3>
      <ul className="checklist">
        {story.deliverables.map(({ id, name, due_on: due, is_done: isDone }) => (
          <li key={id}>
            <Icon name={(isDone ? 'tick' : 'draft') satisfies IconName} size={14} />
            {name}
            <span className="muted">{isDone ? 'done' : due === null ? '' : `due ${day(due)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const Story = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data: story, error, refetch } = useStory(id);
  const { day, instant } = useWords();
  if (error) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (story === undefined) return null;
  const said = warnings(story, instant);
  return (
    <div className="record-story" data-testid="booking-story">
      {said.length > 0 && (
        <section className="sec reason" aria-label="What is to do">
          {said.map(({ text, isDanger }) => (
            <p key={text} className={isDanger ? 'danger-t' : 'warning-t'}>
              <Icon name={isDanger ? 'alert' : 'clock'} size={14} /> {text}
            </p>
          ))}
          {story.alternatives.length > 0 && (
            <p>
              <Button command="booking.rebook" onClick={() => void runCommand('booking.rebook')}>
                Rebook
              </Button>
            </p>
          )}
          {story.alternatives.map(({ id: slot, name, starts_on: on }) => (
            <p key={slot} className="muted">
              Room in {name}, {day(on)}
            </p>
          ))}
        </section>
      )}
      {story.pacing !== null && (
        <section className="sec">
          <h3 className="h3">Pacing</h3>
          <p>{Math.round(Number(story.pacing) / 10_000)} % of what was expected by today</p>
        </section>
      )}
      <section className="sec" aria-label="Tracking">
        <h3 className="h3">
          Tracking <span className="muted">{story.events.length}</span>
        </h3>
        {story.events.length === 0 ? (
          <p className="muted">Nothing happened yet.</p>
        ) : (
          <ol className="tl">
            {story.events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ol>
        )}
      </section>
      <Charges story={story} />
      <Tenders story={story} />
      <Checklist story={story} />
    </div>
  );
};
