/** What the live region says, and when: together what comes together, the newest of a kind, nothing twice that still stands. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announce, useAnnounced } from '../../renderer/state/announce.ts';

const said = (): string => useAnnounced.getState().text;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

it('waits until a held key rests, and says the newest only', () => {
  for (const count of [1, 2, 3]) {
    announce('selection', `${count} rows selected`);
    vi.advanceTimersByTime(100);
  }
  expect(said()).toBe('');
  vi.advanceTimersByTime(400);
  expect(said()).toBe('3 rows selected.');
});

it('says together what comes in one moment, of each kind the newest', () => {
  announce('message', 'Undid: Paste 200 rows.');
  announce('rows', '12 of 310 orders');
  announce('rows', '24 of 310 orders');
  vi.advanceTimersByTime(400);
  expect(said()).toBe('Undid: Paste 200 rows. 24 of 310 orders.');
});

it('an equal message is a second happening; what still stands is none', () => {
  announce('message', 'Saved.');
  vi.advanceTimersByTime(400);
  const first = said();
  announce('message', 'Saved.');
  vi.advanceTimersByTime(400);
  expect(said()).not.toBe(first);
  expect(said().trim()).toBe('Saved.');
  announce('find', '1 of 3');
  vi.advanceTimersByTime(400);
  announce('message', 'Copied.');
  announce('find', '1 of 3');
  vi.advanceTimersByTime(400);
  expect(said()).toBe('Copied.');
});

it('an empty text takes back what waits, and lets it be said again later', () => {
  announce('selection', '2 rows selected');
  announce('selection', '');
  vi.advanceTimersByTime(400);
  expect(said()).not.toContain('2 rows');
  announce('selection', '2 rows selected');
  vi.advanceTimersByTime(400);
  expect(said()).toBe('2 rows selected.');
});

it('goes by itself', () => {
  announce('message', 'Exported.');
  vi.advanceTimersByTime(400);
  expect(said()).toBe('Exported.');
  vi.advanceTimersByTime(10_000);
  expect(said()).toBe('');
});
