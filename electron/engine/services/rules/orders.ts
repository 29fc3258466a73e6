/** What a change of an order or its lines brings with it: a line's promise, days on the schedule lines of the whole order. */
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { agreedFx } from '../money/fx.ts';
import { agreedTax } from '../money/tax.ts';
import { oneDiscount } from './header-discount.ts';
import { changedLine, changedPrices, chosenAccount, documentOf, filledLine } from './lines.ts';
import { datesOnLine, datesOnOrder, newSchedule, quantityOnLine } from './schedules.ts';
import { heldAgain } from './reopened.ts';
import { moveOf, typedState } from './states.ts';
import type { Settled, Work, Write } from './work.ts';

/** Splits days written on a line from what is stored on the line itself. */
const splitDates = ({ requested, promised, ...own }: Settled) => ({
  own,
  dates: { ...(requested === undefined ? {} : { requested }), ...(promised === undefined ? {} : { promised }) },
});

export const newOrderLine = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const order = documentOf('orders', values, work.read);
  const { own, dates } = splitDates(values);
  const filled = filledLine('orders', own, work);
  const due = {
    requested: dates.requested ?? order?.['requested'] ?? null,
    promised: dates.promised ?? order?.['promised'] ?? null,
  };
  return [{ ...patch, values: filled }, newSchedule(work.deps.env.ids(), patch.id, filled['qty'], due)];
};

export const updateOrderLine = (
  patch: Write,
  before: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] => {
  const { own, dates } = splitDates(values);
  const filled = changedLine('orders', before, own, work);
  const { qty } = filled;
  return [
    ...(Object.keys(filled).length > 0 ? [{ ...patch, values: filled }] : []),
    ...(qty === undefined ? [] : quantityOnLine(patch.id, qty, work.read)),
    ...(Object.keys(dates).length > 0 ? datesOnLine(patch.id, dates, work.read, work.deps.env.ids) : []),
  ];
};

/** A move of an order with all it brings: the tax and the rate it is agreed with. */
export const orderMove = (id: string, to: string, why: string | null, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const move = moveOf('orders', id, to, why);
  if (to !== 'confirmed') return [move];
  const today = companyToday(read, deps.env);
  return [...agreedTax('orders', id, read), ...agreedFx('orders', id, today, read), move, ...heldAgain(id, work)];
};

export const updateOrder = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { status, ...rest } = values;
  const own = oneDiscount(before, chosenAccount('orders', before, rest, work));
  const { dates } = splitDates(own);
  const withMove = (to: string): readonly StorePatch[] => orderMove(patch.id, to, null, work);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...changedPrices('orders', before, own, work),
    ...(Object.keys(dates).length > 0 ? datesOnOrder(patch.id, dates, work.read, work.deps.env.ids) : []),
    ...(status === undefined ? [] : typedState('orders', patch, before, status, work, withMove)),
  ];
};
