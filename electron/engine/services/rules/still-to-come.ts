/** Days that cannot be: what is recorded as done or received on a day to come, or long before its order. */
import { judgeFar, judgeHappenedOn } from '../../../../shared/domain/plausible.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';

type Asked = { readonly read: Reader; readonly today: string };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The day of the order that something happened to a schedule line of. */
const orderedOn = (schedule: unknown, read: Reader): string | null => {
  const line = read.get('order_lines', text(read.get('schedule_lines', text(schedule))?.['line_id']));
  const day = read.get('orders', text(line?.['order_id']))?.['ordered_on'];
  return typeof day === 'string' ? day : null;
};

/** Fields that say on which day something was. */
const DAYS: Partial<Record<TableName, string>> = { fulfilments: 'happened_on', payments: 'received_on' };

/** What somebody did; cancelling and closing short are decisions, of whatever day. */
const DONE: readonly unknown[] = ['shipped', 'delivered', 'accepted', 'returned'];

/** Why a day that is written cannot be, in words; null where it can. */
export const refuseUnlikelyDay = (
  patch: StorePatch & { readonly table: TableName },
  before: StoredRow | undefined,
  { read, today }: Asked,
): string | null => {
  const name = DAYS[patch.table];
  if (name === undefined || (patch.kind !== 'insert' && patch.kind !== 'update')) return null;
  const day = patch.values[name];
  if (typeof day !== 'string' || day === before?.[name]) return null;
  const { kind = before?.['kind'], schedule_id: schedule = before?.['schedule_id'] } = patch.values;
  const isGoods = patch.table === 'fulfilments';
  if (isGoods && !DONE.includes(kind)) return null;
  const since = isGoods ? orderedOn(schedule, read) : null;
  const doubt = judgeHappenedOn(day, { today, since }) ?? judgeFar(day, today);
  return doubt === null ? null : `${fieldOf(patch.table, name)?.label ?? name}: ${day} ${doubt}. Nothing was changed.`;
};
