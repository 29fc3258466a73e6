/** What an amendment changes of an order as a whole (O5): its discount, its freight, its terms of payment. */
import { formatMoney } from '../../../../shared/domain/format.ts';
import type { StoredRow } from '../../store/api.ts';
import { billedFreight } from '../billing/billing.ts';
import { textOf } from '../billing/receivables.ts';
import { currencyOf } from '../records/fields.ts';
import { changeRow, nothing, readCell, refused, type Part, type Work } from './amend-part.ts';

type Header = { readonly header_discount: number | null; readonly header_percent: number | null };

const headerOf = ({ header_discount: amount, header_percent: percent }: StoredRow): Header => ({
  header_discount: typeof amount === 'number' ? amount : null,
  header_percent: typeof percent === 'number' ? percent : null,
});

/** The discount of the whole order (M5): typed as an amount or as a percent, it takes the place of the other. */
const amendHeader = (work: Work): Part => {
  const { order, input } = work;
  const { header_discount: typedAmount, header_percent: typedPercent } = input.header;
  if (typedAmount !== undefined && typedPercent !== undefined)
    return refused('Type the header discount as an amount or as a percent, not both.');
  const amount = readCell('header_discount', typedAmount, order, work, 'orders');
  const percent = readCell('header_percent', typedPercent, order, work, 'orders');
  if (amount === undefined && percent === undefined) return nothing;
  const before = headerOf(order);
  const after: Header = {
    header_discount: typeof amount === 'number' ? amount : null,
    header_percent: typeof percent === 'number' ? percent : null,
  };
  if ((after.header_percent ?? 0) < 0 || (after.header_percent ?? 0) > 1_000_000)
    return refused('Header discount: a discount is from 0 to 100 %.');
  if ((after.header_discount ?? 0) < 0) return refused('Header discount: an amount is never below zero.');
  if (before.header_discount === after.header_discount && before.header_percent === after.header_percent) return nothing;
  const said = (key: string, { header_discount: of, header_percent: part }: Header) => ({
    [`header_discount_${key}`]: of,
    [`header_percent_${key}`]: part,
  });
  return {
    patches: [
      { kind: 'update', table: 'orders', id: order.id, values: after },
      changeRow(work, 'changed', null, { ...said('before', before), ...said('after', after) }),
    ],
    refusal: null,
  };
};

/** What is charged for carriage: billed beside the goods, so its change is a record of its own. */
const amendFreight = (work: Work): Part => {
  const { order, input } = work;
  const typed = readCell('freight', input.header.freight, order, work, 'orders');
  if (typed === undefined) return nothing;
  const before = typeof order['freight'] === 'number' ? order['freight'] : null;
  const after = typeof typed === 'number' ? typed : null;
  if ((after ?? 0) < 0) return refused('Freight is never below zero.');
  const billed = billedFreight(order.id, work.read);
  if ((after ?? 0) < billed)
    return refused(
      `Freight: ${formatMoney(String(billed), currencyOf('orders', order, work.read) ?? '', work.env.locale)} of it is billed. Credit it on its invoice.`,
    );
  if (before === after) return nothing;
  return {
    patches: [
      { kind: 'update', table: 'orders', id: order.id, values: { freight: after } },
      changeRow(work, 'changed', null, { freight_before: before, freight_after: after }),
    ],
    refusal: null,
  };
};

/** When the customer is to pay: longer than somebody may give, it is agreed to by another (A2). */
const amendTerms = (work: Work): Part => {
  const { order, input } = work;
  const typed = readCell('terms', input.header.terms, order, work, 'orders');
  if (typed === undefined) return nothing;
  const before = textOf(order['terms']);
  const after = textOf(typed);
  if (before === after) return nothing;
  return {
    patches: [
      { kind: 'update', table: 'orders', id: order.id, values: { terms: after } },
      changeRow(work, 'changed', null, { terms_before: before, terms_after: after }),
    ],
    refusal: null,
  };
};

export const amendWhole = (work: Work): readonly Part[] => [amendHeader(work), amendFreight(work), amendTerms(work)];
