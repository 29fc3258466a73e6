/** What is asked of a booking, each a command: what the questions are, and what is done with the answers. */
import type { CommandId } from '../../../shared/commands.ts';
import { bookingStates, faultParties } from '../../../shared/domain/booking/states.ts';
import { stepEvents } from '../../../shared/domain/tracking/codes.ts';
import { client } from '../../client/client.ts';
import type { Answers, Question } from '../invoice/AskDialog.tsx';

/** The booking that is asked about. */
export type Asked = {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly partner: string | null;
  readonly partnerName: string;
};

export type BookingAsk = {
  readonly command: CommandId;
  readonly title: string;
  readonly done: string;
  readonly states: readonly string[];
  /** Its partner was told or let go by it: undo leaves it. */
  readonly isFinal?: true;
  readonly questions: (asked: Asked) => readonly Question[];
  readonly run: (asked: Asked, answers: Answers) => Promise<unknown>;
};

const text = (value: Answers[string] | undefined): string => String(value ?? '');
const textOrNull = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));
const numberOrNull = (value: Answers[string] | undefined): number | null => (typeof value === 'number' ? value : null);
const screenOf = ({ id }: Asked): string => `bookings/${id}`;
const optional = (key: string, label: string, kind: Question['kind'] = 'text'): Question => ({
  key,
  label,
  kind,
  isOptional: true,
});

export const OVERRIDE: Question = optional('override', 'Why, if its papers do not hold');

const tender: BookingAsk = {
  command: 'booking.tender',
  title: 'Tender',
  done: 'Tendered.',
  isFinal: true,
  states: ['need', 'hold', 'tendered', 'declined'],
  questions: ({ partner, partnerName }) => [
    {
      key: 'partner',
      label: 'Carrier',
      kind: 'person',
      table: 'partners',
      ...(partner === null ? {} : { start: partner, startName: partnerName }),
    },
    optional('cost', 'Cost, if not its rate', 'money'),
    OVERRIDE,
  ],
  run: (asked, { partner, cost, override }) =>
    client['bookings.tender']({
      id: asked.id,
      partner: text(partner),
      cost: numberOrNull(cost),
      override: textOrNull(override),
      screen: screenOf(asked),
    }),
};

const answers = [
  { value: 'accepted', label: 'Accepted' },
  { value: 'accepted_exception', label: 'Accepted with exception' },
  { value: 'declined', label: 'Declined' },
] as const;

const answer: BookingAsk = {
  command: 'booking.answer',
  title: 'Record answer',
  done: 'Answer recorded.',
  states: ['tendered'],
  questions: () => [
    { key: 'answer', label: 'Answer', kind: 'choice', options: answers, start: 'accepted' },
    optional('tracking', 'Tracking no.'),
    optional('reason', 'Reason or exception'),
  ],
  run: (asked, { answer: said, tracking, reason, tender: of }) =>
    client['bookings.answer']({
      id: asked.id,
      answer: answers.find(({ value }) => value === said)?.value ?? 'accepted',
      tracking: textOrNull(tracking),
      reason: textOrNull(reason),
      tender: textOrNull(of),
      screen: screenOf(asked),
    }),
};

/** @param open tenders that nobody answered: where two partners were asked apart, whose answer it is is asked too */
export const answerTo = (open: readonly { readonly id: string; readonly partner: string }[]): BookingAsk => {
  const options = open.map(({ id, partner }) => ({ value: id, label: partner }));
  if (options.length < 2) return answer;
  const startOf = ({ partnerName }: Asked): string =>
    (options.findLast(({ label }) => label === partnerName) ?? options.at(-1))?.value ?? '';
  return {
    ...answer,
    questions: (asked) => [
      { key: 'tender', label: 'Whose answer', kind: 'choice', options, start: startOf(asked) },
      ...answer.questions(asked),
    ],
  };
};

const event: BookingAsk = {
  command: 'booking.event',
  title: 'Add event',
  done: 'Event added.',
  states: ['confirmed', 'in_progress', 'done', 'closed'],
  questions: ({ kind }) => {
    const options = stepEvents(kind).map(({ code, label }) => ({ value: code, label }));
    return [
      { key: 'code', label: 'What happened', kind: 'choice', options, start: options[0]?.value ?? 'NTE' },
      { key: 'at', label: 'When', kind: 'moment', isOptional: true },
      optional('eta', 'Expected now', 'moment'),
      optional('place', 'Where'),
      optional('note', 'Note'),
    ];
  },
  run: (asked, { code, at, eta, place, note }) =>
    client['bookings.event']({
      id: asked.id,
      code: text(code),
      at: numberOrNull(at),
      eta: numberOrNull(eta),
      place: textOrNull(place),
      note: textOrNull(note),
      screen: screenOf(asked),
    }),
};

const proof: BookingAsk = {
  command: 'booking.proof',
  title: 'Proof of delivery',
  done: 'Proof recorded.',
  states: ['in_progress', 'done', 'closed'],
  questions: () => [
    { key: 'name', label: 'Signed by', kind: 'text' },
    optional('at', 'When', 'moment'),
    optional('note', 'Exceptions noted'),
    optional('file', 'File'),
  ],
  run: (asked, { name, at, note, file }) =>
    client['bookings.proof']({
      id: asked.id,
      name: text(name),
      at: numberOrNull(at),
      note: textOrNull(note),
      file: textOrNull(file),
      screen: screenOf(asked),
    }),
};

const cost: BookingAsk = {
  command: 'booking.cost',
  title: 'Add cost',
  done: 'Cost added.',
  // Carriers bill late: what comes after the end is taken too, and stands under “Unbilled cost”.
  states: bookingStates.map(({ key }) => key),
  questions: () => [
    { key: 'code', label: 'Charge code', kind: 'text', start: 'FRT' },
    optional('cost', 'Cost', 'money'),
    optional('charge', 'Charge, if not by contract', 'money'),
    optional('note', 'Note'),
  ],
  run: (asked, { code, cost: amount, charge, note }) =>
    client['bookings.cost']({
      id: asked.id,
      code: text(code),
      cost: numberOrNull(amount),
      charge: numberOrNull(charge),
      note: textOrNull(note),
      screen: screenOf(asked),
    }),
};

const charge: BookingAsk = {
  command: 'booking.charge',
  title: 'Charge costs',
  done: 'Charged.',
  states: bookingStates.map(({ key }) => key),
  questions: () => [
    { key: 'charge', label: 'Charge for all that nobody is charged for', kind: 'money' },
    optional('note', 'Note; where 0 is charged, why we bear it'),
  ],
  run: (asked, { charge: amount, note }) =>
    client['bookings.charge']({
      id: asked.id,
      charge: numberOrNull(amount) ?? 0,
      note: textOrNull(note),
      screen: screenOf(asked),
    }),
};

/** @param slots those with room, the nearest first */
export const rebook = (
  slots: readonly { readonly id: string; readonly name: string; readonly starts_on: string }[],
): BookingAsk => {
  const options = slots.map(({ id, name, starts_on: on }) => ({ value: id, label: `${name}, ${on}` }));
  return {
    command: 'booking.rebook',
    title: 'Rebook',
    done: 'Held in another slot.',
    isFinal: true,
    states: [],
    questions: () => [{ key: 'slot', label: 'Slot', kind: 'choice', options, start: options[0]?.value ?? '' }],
    run: (asked, { slot }) => client['bookings.rebook']({ id: asked.id, slot: text(slot), screen: screenOf(asked) }),
  };
};

const ends = [
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'no_show', label: 'No show' },
  { value: 'failed', label: 'Failed' },
] as const;

const endsIn = (status: string): readonly (typeof ends)[number][] =>
  ends.filter(({ value }) =>
    status === 'in_progress' ? value === 'failed' : value !== 'failed' && (value !== 'no_show' || status === 'confirmed'),
  );

const end: BookingAsk = {
  command: 'booking.end',
  title: 'Cancel booking',
  done: 'Booking ended.',
  isFinal: true,
  states: ['need', 'hold', 'tendered', 'accepted', 'accepted_exception', 'declined', 'confirmed', 'in_progress'],
  questions: ({ status }) => [
    { key: 'to', label: 'How it ended', kind: 'choice', options: endsIn(status), start: endsIn(status)[0]?.value ?? 'cancelled' },
    { key: 'reason', label: 'Why', kind: 'text' },
    {
      key: 'fault',
      label: 'Whose fault',
      kind: 'choice',
      options: faultParties.map(({ key, label }) => ({ value: key, label })),
      start: 'customer',
    },
  ],
  run: (asked, { to, reason, fault }) =>
    client['bookings.end']({
      id: asked.id,
      to: ends.find(({ value }) => value === to)?.value ?? 'cancelled',
      reason: text(reason),
      fault: faultParties.find(({ key }) => key === fault)?.key ?? 'nobody',
      screen: screenOf(asked),
    }),
};

/** Its partner has to be told, so it is asked for and not undone. */
const back: BookingAsk = {
  command: 'booking.back',
  title: 'Back to need',
  done: 'Back to need. Its partner is not told by this.',
  isFinal: true,
  states: ['tendered', 'accepted', 'accepted_exception', 'declined', 'confirmed'],
  questions: () => [{ key: 'why', label: 'Why', kind: 'text' }],
  run: (asked, { why }) =>
    client['records.transition']({
      table: 'bookings',
      id: asked.id,
      field: 'status',
      to: 'need',
      why: text(why),
      screen: screenOf(asked),
    }),
};

/** Going on in spite of papers that do not hold. */
export const override: BookingAsk = {
  command: 'booking.next',
  title: 'Go on all the same',
  done: 'Done, with the reason on record.',
  states: [],
  questions: () => [{ key: 'override', label: 'Why', kind: 'text' }],
  run: (asked, { override: why }) => client['bookings.advance']({ id: asked.id, override: text(why), screen: screenOf(asked) }),
};

export const asks: readonly BookingAsk[] = [tender, answer, event, proof, cost, charge, back, end];

/** The question the next step of a booking begins with; null where it needs none. */
export const askOfNext = ({ status }: Asked, isProved: boolean): BookingAsk | null => {
  if (status === 'need' || status === 'hold' || status === 'declined') return tender;
  if (status === 'tendered') return answer;
  return status === 'done' && !isProved ? proof : null;
};
