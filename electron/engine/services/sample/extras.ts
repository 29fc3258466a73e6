/** The timeline of the sample's accounts, and the faults left in it for a newcomer to find. */
import { addDays, instantAt } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { StorePatch } from '../../store/api.ts';
import type { Making, Masters, SampleProduct } from './masters.ts';
import type { SampleOrder } from './documents.ts';
import * as words from './words.ts';

const MICRO = 1_000_000;
const KINDS = ['call', 'call', 'visit', 'mail', 'mail', 'note'] as const;

/** Calls, visits, mails and notes of the last four months. */
export function* makeActivities({ random: root, size, ids, today, zone }: Making, masters: Masters): Generator<StorePatch> {
  const random = root.fork('activities');
  for (let n = 0; n < size.activities; n += 1) {
    const account = random.pickEarly(masters.accounts);
    const kind = random.pick(KINDS);
    const day = addDays(today, -random.int(1, 120));
    const time = `${String(random.int(8, 17)).padStart(2, '0')}:${String(random.int(0, 11) * 5).padStart(2, '0')}`;
    yield {
      kind: 'insert',
      table: 'activities',
      id: ids(),
      values: {
        about: `accounts/${account.id}`,
        kind,
        at: instantAt(zone, day, time),
        summary: random.pick(words.activityTexts[kind]),
        person_id: account.owner,
      },
    };
  }
}

type Cells = Readonly<Record<string, CellInput>>;
type Told = {
  readonly making: Making;
  readonly masters: Masters;
  /** What the first account orders most, and next. */
  readonly usual: SampleProduct;
  readonly other: SampleProduct;
};

/** An order of the first account with its lines, in order. */
const tell = (
  { making, masters }: Told,
  values: Cells,
  lines: readonly Cells[],
): { order: SampleOrder; lineIds: readonly string[] } => {
  const [account] = masters.accounts;
  const id = making.ids();
  const common = { account_id: account.id, currency: account.currency, owner_id: account.owner, site_id: account.site };
  const rows = lines.map((line, at): StorePatch & { id: string } => ({
    kind: 'insert',
    table: 'order_lines',
    id: making.ids(),
    values: { order_id: id, position: at + 1, ...line },
  }));
  const order: StorePatch = {
    kind: 'insert',
    table: 'orders',
    id,
    values: { ...common, carrier_id: masters.carriers[0], ...values },
  };
  return { order: { patches: [order, ...rows], lines: [] }, lineIds: rows.map((row) => row.id) };
};

/** A draft whose second line has an unreadable quantity, and whose third names a product that is not known. */
const faultyDraft = (told: Told): SampleOrder => {
  const { usual, other, making } = told;
  const values = { status: 'draft', ordered_on: making.today, requested: addDays(making.today, 9), po_ref: 'PO 4471' };
  return tell(told, values, [
    { product_id: usual.id, qty: 120 * MICRO, price: usual.price },
    { product_id: other.id, qty: { '!': ['6o', 'NUM_PARSE'] }, price: other.price },
    { product_id: { '!': ['PLT-1208-X', 'LINK_NONE'] }, qty: 8 * MICRO, price: 46_200_000 },
  ]).order;
};

/** One that waits to be confirmed. */
const waitingOrder = (told: Told): SampleOrder => {
  const { today } = told.making;
  const days = { ordered_on: addDays(today, -1), requested: addDays(today, 12) };
  const values = { number: 'O-WAIT-1', status: 'submitted', po_ref: 'PO 4466', ...days };
  return tell(told, values, [{ product_id: told.usual.id, qty: 60 * MICRO, price: told.usual.price }]).order;
};

/** One that is overdue and went out in part. */
const lateOrder = (told: Told): SampleOrder => {
  const { today } = told.making;
  const days = { ordered_on: addDays(today, -20), requested: addDays(today, -4), promised: addDays(today, -4) };
  const qty = 24 * MICRO;
  const line = { product_id: told.other.id, qty, price: told.other.price };
  const { order, lineIds } = tell(told, { number: 'O-LATE-1', status: 'confirmed', po_ref: 'PO 4402', ...days }, [line]);
  const deliveries = [{ on: addDays(today, -5), share: 0.6 }];
  return { ...order, lines: lineIds.map((id) => ({ id, qty, deliveries, isDelivered: false })) };
};

/** Three orders of the first account with something to find in each. */
export const makeFaults = (making: Making, masters: Masters): readonly SampleOrder[] => {
  const [{ basket }] = masters.accounts;
  const [first, second = first] = basket;
  const told = { making, masters, usual: first.product, other: second.product };
  return [faultyDraft(told), waitingOrder(told), lateOrder(told)];
};
