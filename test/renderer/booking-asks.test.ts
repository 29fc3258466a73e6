/** B1: what is asked with the answer of a partner. */
import { expect, test } from 'vitest';
import { answerTo } from '../../renderer/features/booking/asks.ts';

const asked = { id: 'b', status: 'tendered', kind: 'shipment', partner: 'p1', partnerName: 'Northline' };
const northline = { id: 't1', partner: 'Northline' };
const coastway = { id: 't2', partner: 'Coastway' };

test('B1: whose answer it is is asked where two partners were asked apart, and starts with the one it shows', () => {
  const first = (open: readonly (typeof northline)[]) => answerTo(open).questions(asked)[0];
  expect(first([])).toMatchObject({ key: 'answer' });
  expect(first([northline])).toMatchObject({ key: 'answer' });
  expect(first([northline, coastway])).toMatchObject({
    key: 'tender',
    options: [
      { value: 't1', label: 'Northline' },
      { value: 't2', label: 'Coastway' },
    ],
    start: 't1',
  });
});
