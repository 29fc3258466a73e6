/** What the review says of a move that came too late. */
import { expect, test } from 'vitest';
import { isOfMoves, sayChoices, sayMove, whyNotTake } from '../../renderer/features/sync/reviewWords.ts';
import { showReview, takeAsked } from '../../renderer/features/sync/team.ts';
import { sayRecorded } from '../../renderer/features/quote/ApprovalBar.tsx';

const format = { locale: 'en-GB', zone: 'UTC', today: '2026-03-12', currency: 'GBP' };
const state = (value: string) => ({ value, label: null });
const move = { meanwhile: 'cancelled', why: 'In stock', blocked: null };

test('a move that came too late says where it began, what it was by then, and why it was wanted', () => {
  expect(sayMove('orders', 'status', { base: state('submitted'), move }, format)).toBe(
    'from Submitted, but it was Cancelled by then: In stock',
  );
  expect(sayMove('orders', 'status', { base: null, move: { ...move, why: null } }, format)).toBe('it was Cancelled by then');
  expect(sayMove('accounts', 'city', { base: state('Leeds'), move: null }, format)).toBe('was Leeds');
  expect(sayMove('accounts', 'city', { base: null, move: null }, format)).toBe('');
});

test('it is done now where nothing keeps it from that; a value that stands beside may always be taken', () => {
  expect(whyNotTake({ move })).toBeUndefined();
  expect(whyNotTake({ move: { ...move, blocked: 'On hold. Credit' } })).toBe('On hold. Credit');
  expect(whyNotTake({ move: null })).toBeUndefined();
  expect(whyNotTake(undefined)).toBeUndefined();
});

test('a conflict is of moves, or of values', () => {
  const head = { ...state('confirmed'), who: 'Bo', device: 'K7M', at: 0, stamp: 1, deviceId: 'd', base: null };
  expect(isOfMoves({ heads: [{ ...head, move }] })).toBe(true);
  expect(isOfMoves({ heads: [{ ...head, move: null }] })).toBe(false);
});

test('the choices are called by what they do', () => {
  const by = { who: 'Bo', device: 'K7M', at: 0 };
  const head = { ...state('x'), ...by, stamp: 1, deviceId: 'd', base: null, move: null as typeof move | null };
  const choices = (field: string, value: string | number, heads = [head]) =>
    sayChoices('orders', { field, now: { value, label: null, ...by }, heads });
  expect(choices('po_ref', 'A')).toEqual({ what: 'PO ref', beside: 'Beside it', keep: 'Keep', take: 'Take' });
  // Text that is no status is of the status.
  expect(choices('status!', 'aaa')).toMatchObject({ what: 'Status', keep: 'Keep', take: 'Take' });
  expect(choices('_st', 2)).toMatchObject({ what: 'deleted while it was changed', keep: 'Leave deleted', take: 'Restore' });
  expect(choices('_st', 1)).toMatchObject({ what: 'Deleted or not', take: 'Take' });
  expect(choices('status', 'cancelled', [{ ...head, move }])).toMatchObject({ keep: 'Leave it', take: 'Do it now' });
});

test('A4: a decision that came second is told with the one that stands', () => {
  const other = { by: 'Cat', at: 0, note: 'Too cheap', level: 1, isApproved: false } as const;
  const first = { ...other, by: 'Bo', note: null };
  const words = (isApproved: boolean) => sayRecorded({ decided: [{ ...first, isApproved }], recorded: [other] }, () => '12 Mar');
  expect(words(false)).toBe(' Cat declined it too, on 12 Mar (Too cheap): the earlier decision stands.');
  // Whoever decided otherwise did not do so too.
  expect(words(true)).toBe(' Cat declined it, on 12 Mar (Too cheap): the earlier decision stands.');
  expect(sayRecorded({ decided: [first], recorded: [] }, () => '')).toBe('');
});

test('who asks for conflicts gets the first that is there, and is not called away by one that comes later', () => {
  showReview(null);
  expect(takeAsked(undefined)).toBeNull();
  expect(takeAsked(['a', 'b'])).toBe('a');
  expect(takeAsked(['a', 'b'])).toBeNull();
  showReview(null);
  expect(takeAsked([])).toBeNull();
  expect(takeAsked(['c'])).toBeNull();
});
