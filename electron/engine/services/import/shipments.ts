/**
 * The day an order went out, as a file tells it once per order, to one `shipped` event per schedule line
 * (DECISIONS.md 3). Asked when the order and its lines are in the store. Events are never updated: a day that changed
 * deletes its own event and makes another; an event that a person deleted is not made again.
 */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { Reader, StoredRow, StorePatch } from '../../store/api.ts';
import { refPatch } from './rows.ts';

export type Shipment = {
  readonly orderId: string;
  readonly orderKey: string;
  readonly system: string;
  /** The ISO day; null takes the events of this source back. */
  readonly day: Scalar;
  readonly isNewOrder: boolean;
  /** Keys of lines by their id, as far as this run holds them. */
  readonly lineKeys: ReadonlyMap<string, string>;
};

const KIND = 'shipped';

/** What has become of a promise leaves nothing of it to ship. */
const DONE: ReadonlySet<unknown> = new Set([KIND, 'cancelled', 'short_closed']);

/**
 * What is still to ship, by the events of anybody else: what went out once never goes out again. A fulfilment must have
 * a quantity; a line whose own cannot be read ships none. Null: nothing is left.
 */
const openOf = (schedule: StoredRow, others: readonly StoredRow[]): number | null => {
  const done = others.filter((event) => DONE.has(event['kind'])).reduce((sum, event) => sum + Number(event['qty'] ?? 0), 0);
  const { qty } = schedule;
  if (typeof qty !== 'number') return others.some((event) => DONE.has(event['kind'])) ? null : 0;
  return done > 0 && done >= qty ? null : qty - done;
};

export const createShipments = (store: Reader, ids: () => string) => {
  const keyOf = (line: StoredRow, { lineKeys, orderKey }: Shipment): string => {
    const known = lineKeys.get(line.id);
    const [ref] = known === undefined ? store.match('external_refs', 'row', line.id) : [];
    const stored = ref === undefined ? undefined : store.get('external_refs', ref)?.['key'];
    const key = known ?? (typeof stored === 'string' ? stored : line.id);
    return key.startsWith(`${orderKey}/`) ? key : `${orderKey}/${key}`;
  };

  const shipSchedule = (schedule: StoredRow, key: string, shipment: Shipment): readonly StorePatch[] => {
    const { system, day, isNewOrder } = shipment;
    const events = isNewOrder ? [] : store.children('fulfilments', schedule.id);
    const made = events.find((event) => event['kind'] === KIND && event['source'] === system);
    if (made && made['happened_on'] === day) return [];
    const known = isNewOrder ? [] : store.external(system, key, 'fulfilments');
    if (!made && known.length > 0) return [];
    const gone: StorePatch[] = made
      ? [
          { kind: 'delete', table: 'fulfilments', id: made.id },
          ...known.map(({ ref }): StorePatch => ({ kind: 'delete', table: 'external_refs', id: ref })),
        ]
      : [];
    const qty = openOf(
      schedule,
      events.filter((event) => event.id !== made?.id),
    );
    if (day === null || qty === null) return gone;
    const id = ids();
    const values = {
      schedule_id: schedule.id,
      kind: KIND,
      qty,
      happened_on: day,
      done_by: 'us',
      source: system,
    };
    return [...gone, { kind: 'insert', table: 'fulfilments', id, values }, refPatch(ids(), 'fulfilments', id, system, key, {})];
  };

  return {
    /** The patches that bring the events of an order to the day its source tells. */
    patches: (shipment: Shipment): readonly StorePatch[] =>
      store.children('order_lines', shipment.orderId).flatMap((line) => {
        const key = keyOf(line, shipment);
        return store
          .children('schedule_lines', line.id)
          .flatMap((schedule, at) => shipSchedule(schedule, `${key}/${KIND}${at === 0 ? '' : `/${at + 1}`}`, shipment));
      }),
  };
};

export type Shipments = ReturnType<typeof createShipments>;
