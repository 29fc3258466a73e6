/**
 * Bookings of the sample: what carriers offer and show, and the latest confirmed orders in every state of a booking, with
 * the events that led there. They draw nothing by chance, so that nothing else moves.
 */
import { addDays, instantAt } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { DEVICE, type SampleOrder } from './documents.ts';
import type { Making, Masters } from './masters.ts';

type Cells = Record<string, CellInput>;
type Booking = Pick<Making, 'ids' | 'today' | 'zone' | 'currency' | 'size'>;

const MICRO = 1_000_000;
const HOUR = 3_600_000;

const insert = (table: string, id: string, values: Cells): StorePatch => ({ kind: 'insert', table, id, values });

/** What a sample booking came to: its state, its pickup in days from today, events in hours from pickup. */
type Story = {
  readonly status: string;
  readonly pickup: number;
  readonly events: readonly (readonly [code: string, hours: number, more?: Cells])[];
  /** Hours from pickup to the end of its window. */
  readonly window: number;
  readonly head?: Cells;
  readonly isProved?: true;
  readonly answer?: string;
};

const picked: Story['events'] = [
  ['X3', -1],
  ['AF', 0],
];

const stories: readonly Story[] = [
  { status: 'need', pickup: 4, events: [], window: 32 },
  { status: 'tendered', pickup: 4, events: [], window: 32 },
  { status: 'tendered', pickup: 1, events: [], window: 32 },
  { status: 'declined', pickup: 2, events: [], window: 32, head: { reason: 'No truck on that day' }, answer: 'declined' },
  {
    status: 'accepted_exception',
    pickup: 3,
    events: [],
    window: 56,
    head: { reason: 'A day later' },
    answer: 'accepted_exception',
  },
  { status: 'confirmed', pickup: 0, events: [], window: 30, answer: 'accepted' },
  { status: 'confirmed', pickup: 1, events: [['XA', -24]], window: 30, answer: 'accepted' },
  { status: 'confirmed', pickup: 2, events: [], window: 30, answer: 'accepted' },
  { status: 'in_progress', pickup: 0, events: [['CP', -2]], window: 54, answer: 'accepted' },
  {
    status: 'in_progress',
    pickup: -1,
    events: [...picked, ['X4', 6, { place: 'Carlisle' }], ['AG', 7, { eta: 48 }]],
    window: 50,
    answer: 'accepted',
  },
  {
    status: 'in_progress',
    pickup: -1,
    events: [
      ...picked,
      ['AG', 1, { eta: 47 }],
      ['AG', 5, { eta: 49, reason_code: 'BE' }],
      ['AG', 9, { eta: 51, reason_code: 'AH' }],
    ],
    window: 50,
    answer: 'accepted',
  },
  { status: 'in_progress', pickup: -2, events: [...picked, ['X6', 8]], window: 60, answer: 'accepted' },
  {
    status: 'in_progress',
    pickup: -2,
    events: [...picked, ['X1', 28, { place: 'Leith' }], ['A7', 29, { reason_code: 'B1', place: 'Leith' }]],
    window: 30,
    answer: 'accepted',
  },
  {
    status: 'in_progress',
    pickup: -3,
    events: [...picked, ['AH', 30, { reason_code: 'AQ' }]],
    window: 80,
    head: { next_action: 'Agree a new slot' },
    answer: 'accepted',
  },
  { status: 'done', pickup: -8, events: [...picked, ['D1', 27]], window: 30, head: { pod_due_on: -5 }, answer: 'accepted' },
  { status: 'done', pickup: -7, events: [...picked, ['D1', 29]], window: 30, head: { pod_due_on: -4 }, answer: 'accepted' },
  { status: 'done', pickup: -2, events: [...picked, ['D1', 26]], window: 30, head: { pod_due_on: 2 }, answer: 'accepted' },
  { status: 'done', pickup: -5, events: [...picked, ['D1', 34]], window: 30, isProved: true, answer: 'accepted' },
  { status: 'closed', pickup: -14, events: [...picked, ['D1', 25]], window: 30, isProved: true, answer: 'accepted' },
  { status: 'closed', pickup: -16, events: [...picked, ['D1', 28]], window: 30, isProved: true, answer: 'accepted' },
  { status: 'closed', pickup: -20, events: [...picked, ['D1', 33]], window: 30, isProved: true, answer: 'accepted' },
  { status: 'cancelled', pickup: -6, events: [], window: 30, head: { reason: 'Order moved', fault: 'customer' } },
];

/** What each carrier offers and shows. One has a paper that ends soon. */
const offers = ({ ids, today, currency }: Booking, { carriers }: Masters): readonly StorePatch[] =>
  carriers.flatMap((partner, at) => [
    insert('partner_services', ids(), {
      partner_id: partner,
      name: 'Economy',
      kind: 'shipment',
      cutoff: '16:00',
      transit_days: 2,
      active: 1,
    }),
    insert('partner_services', ids(), {
      partner_id: partner,
      name: 'Express',
      kind: 'shipment',
      cutoff: '14:30',
      transit_days: 1,
      active: 1,
    }),
    ...[0, 500].map((from) =>
      insert('partner_rates', ids(), {
        partner_id: partner,
        kind: at % 3 === 2 ? 'spot' : 'contract',
        code: 'FRT',
        basis: 'kg',
        from_weight: from * MICRO,
        to_weight: from === 0 ? 500 * MICRO : null,
        price: (from === 0 ? 240_000 : 180_000) + at * 15_000,
        minimum: 4_500,
        fuel: 120_000,
        currency,
        valid_from: addDays(today, -200),
        valid_to: addDays(today, 165),
      }),
    ),
    insert('partner_papers', ids(), {
      partner_id: partner,
      type: 'goods',
      number: `GIT-${1000 + at}`,
      cover: 25_000_000,
      currency,
      valid_from: addDays(today, -300),
      valid_to: addDays(today, at === 0 ? 12 : 120 + at * 10),
    }),
  ]);

const shared = ({ ids, today, currency }: Booking): readonly StorePatch[] => [
  insert('charge_rules', ids(), { code: 'FRT', markup: 120_000, currency }),
  insert('required_papers', ids(), { kind: 'visit', type: 'liability', cover: 100_000_000, currency }),
  ...[7, 14, 21].map((days) =>
    insert('slots', ids(), {
      name: `Home page banner, week ${days / 7}`,
      kind: 'campaign',
      starts_on: addDays(today, days),
      ends_on: addDays(today, days + 6),
      capacity: 3,
    }),
  ),
];

const eventPatches = (booking: string, story: Story, pickup: number, ids: () => string): readonly StorePatch[] => {
  const proof: Story['events'] = story.isProved === true ? [['POD', (story.events.at(-1)?.[1] ?? 0) + 2]] : [];
  return [...story.events, ...proof].map(([code, hours, more = {}]) => {
    const { eta, ...rest } = more;
    const at = pickup + hours * HOUR;
    return insert('tracking_events', ids(), {
      booking_id: booking,
      code,
      happened_at: at,
      recorded_at: at + HOUR / 6,
      source: 'carrier_file',
      source_name: 'northline-0312.edi',
      ...rest,
      ...(typeof eta === 'number' ? { eta: pickup + eta * HOUR } : {}),
    });
  });
};

type At = { readonly story: Story; readonly at: number; readonly partner: string };

const bookingPatches = (order: StoredRow, { story, at, partner }: At, making: Booking, read: Reader): readonly StorePatch[] => {
  const { ids, today, zone, currency } = making;
  const id = ids();
  const pickup = instantAt(zone, addDays(today, story.pickup), `${String(9 + (at % 6)).padStart(2, '0')}:30`);
  const { pod_due_on: due, ...head } = story.head ?? {};
  const cost = 4_500 + at * 1_350;
  const tender = ids();
  return [
    insert('bookings', id, {
      number: renderNumber(numberPrefix('B', today, DEVICE), at + 1),
      order_id: order.id,
      account_id: order['account_id'] ?? null,
      partner_id: partner,
      service: at % 3 === 0 ? 'Express' : 'Economy',
      status: story.status,
      kind: 'shipment',
      pickup_from: pickup,
      deliver_to: pickup + story.window * HOUR,
      zone,
      tracking: story.answer === 'accepted' ? `NLF-55209${String(at).padStart(2, '0')}` : null,
      weight: (120 + at * 37) * MICRO,
      pieces: 2 + (at % 9),
      to_city: order['ship_city'] ?? null,
      to_country: order['ship_country'] ?? null,
      currency: order['currency'] ?? currency,
      owner_id: order['owner_id'] ?? null,
      ...head,
      ...(typeof due === 'number' ? { pod_due_on: addDays(today, due) } : {}),
      ...(story.isProved === true ? { pod_name: 'M. Rook', pod_at: pickup + 30 * HOUR } : {}),
    }),
    ...read
      .children('order_lines', order.id)
      .map((line) => insert('booking_lines', ids(), { booking_id: id, order_line_id: line.id, qty: line['qty'] ?? null })),
    ...(story.status === 'need'
      ? []
      : [
          insert('tenders', tender, {
            booking_id: id,
            partner_id: partner,
            cost,
            sent_at: pickup - 50 * HOUR,
            answer: story.answer ?? null,
            answered_at: story.answer === undefined ? null : pickup - 44 * HOUR,
            reason: head['reason'] ?? null,
          }),
          insert('booking_charges', ids(), {
            booking_id: id,
            code: 'FRT',
            cost,
            charge: Math.round(cost * 1.12),
            source: 'contract',
            tender_id: tender,
          }),
          ...(at % 4 === 1
            ? [insert('booking_charges', ids(), { booking_id: id, code: 'DET', cost: 3_500, source: 'unbilled' })]
            : []),
        ]),
    ...eventPatches(id, story, pickup, ids),
  ];
};

/** What carriers offer, then the bookings. @param read of a file that has the orders already */
export function* makeBookings(making: Booking, masters: Masters, read: Reader): Generator<SampleOrder> {
  yield { patches: [...offers(making, masters), ...shared(making)], lines: [] };
  const orders = read
    .match('orders', 'status', 'confirmed')
    .flatMap((id) => read.get('orders', id) ?? [])
    .toSorted((a, b) => (String(a['ordered_on']) < String(b['ordered_on']) ? -1 : 1))
    .slice(-stories.length);
  for (const [at, order] of orders.entries()) {
    const story = stories[at];
    const partner = masters.carriers[at % masters.carriers.length] ?? masters.carriers[0];
    if (story !== undefined) yield { patches: bookingPatches(order, { story, at, partner }, making, read), lines: [] };
  }
}
