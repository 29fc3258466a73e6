/** The one primary button of an invoice, and what is said of those that could not be posted. */
import { expect, test } from 'vitest';
import { nextOf } from '../../renderer/features/invoice/InvoiceMenu.tsx';
import { stillRefused } from '../../renderer/features/invoices/PostingNotice.tsx';

test('N1: a draft that waits on another device has no next step here, and one that does not is made ready', () => {
  const draft = { status: 'draft', isPostedElsewhere: true };
  expect(nextOf({ ...draft, isReady: false })).toBe('invoice.ready');
  expect(nextOf({ ...draft, isReady: true })).toBeNull();
});

test('where the numbers are given it is issued, ready or not; what was issued is paid', () => {
  const here = { isPostedElsewhere: false };
  for (const isReady of [true, false]) expect(nextOf({ ...here, status: 'draft', isReady })).toBe('invoice.issue');
  expect(nextOf({ ...here, status: 'issued', isReady: false })).toBe('invoice.pay');
  expect(nextOf({ ...here, status: 'void', isReady: false })).toBeNull();
});

test('what was not posted is said while it waits, and no more once it does not', () => {
  const refused = ['a', 'b'].map((id) => ({ table: 'invoices', id, name: id, why: 'It has no address.' }));
  expect(stillRefused(refused, [{ id: 'b' }, { id: 'c' }]).map(({ id }) => id)).toEqual(['b']);
  expect(stillRefused(refused, [])).toEqual([]);
});
