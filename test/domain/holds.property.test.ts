/** B2: holds of several devices, as each comes to know of them: the same to all in the end, and what was confirmed stays so. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayHold } from '../../shared/domain/booking/hold-words.ts';
import { holdStanding, unheardOf, wordWanted } from '../../shared/domain/booking/holds.ts';
import type { CapacityHold, HoldStanding } from '../../shared/domain/booking/holds.ts';
import { stampAt } from '../../shared/domain/hlc.ts';

const NOW = Date.UTC(2026, 0, 15, 9);
const HOUR = 3_600_000;
const DEVICES = ['a', 'b', 'c'];
/** A moment, as stamps order. */
const at = (hours: number): number => stampAt(NOW + hours * HOUR);

const hold = (id: string, device: string, hours: number, more: Partial<CapacityHold> = {}): CapacityHold => ({
  id,
  slot: 's',
  amount: 1,
  stamp: { at: at(hours), device },
  expiresAt: NOW + 72 * HOUR,
  isReleased: false,
  isFirm: false,
  ...more,
});

/** What a device knows: of each stream a beginning. */
type Known = Readonly<Record<string, number>>;

const written = fc.array(
  fc.record({
    device: fc.constantFrom(...DEVICES),
    step: fc.integer({ min: 1, max: 3 }),
    amount: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 8 },
);

/** Holds in one order of time, some of them at one moment on two devices. */
const toHolds = (list: readonly { device: string; step: number; amount: number }[]): readonly CapacityHold[] => {
  const last = new Map<string, number>();
  let clock = -100;
  return list.map(({ device, step, amount }, index) => {
    clock += step - 1;
    const mine = Math.max(clock, (last.get(device) ?? -Infinity) + 1);
    last.set(device, mine);
    return hold(`h${index}`, device, mine, { amount });
  });
};

const look = (own: string, all: readonly CapacityHold[], known: Known, capacity: number): ReadonlyMap<string, HoldStanding> => {
  const ofStream = (device: string): readonly CapacityHold[] => all.filter(({ stamp }) => stamp.device === device);
  const seen = DEVICES.flatMap((device) => (device === own ? ofStream(device) : ofStream(device).slice(0, known[device])));
  // Who has nothing more to say says so, at the end.
  const readTo = (device: string): number =>
    (known[device] ?? 0) > ofStream(device).length ? at(0) : (ofStream(device)[(known[device] ?? 0) - 1]?.stamp.at ?? 0);
  const streams = DEVICES.filter((device) => device !== own).map((device) => ({ device, readTo: readTo(device) }));
  return new Map(seen.map((one) => [one.id, holdStanding(one, seen, { capacity, streams, now: NOW })]));
};

describe('B2: holds as they become known', () => {
  test('B2: once all are heard every device says the same, and no more is confirmed than there is', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 0, max: 5 }), (list, capacity) => {
        const all = toHolds(list);
        const [first, ...others] = DEVICES.map((own) => look(own, all, { a: 9, b: 9, c: 9 }, capacity));
        for (const other of others) expect(Object.fromEntries(other)).toEqual(Object.fromEntries(first ?? []));
        const given = all.filter(({ id }) => first?.get(id) === 'confirmed').reduce((sum, { amount }) => sum + amount, 0);
        expect(given).toBeLessThanOrEqual(capacity);
        expect([...(first ?? [])].every(([, said]) => said === 'confirmed' || said === 'lost')).toBe(true);
      }),
    );
  });
  test('B2: what a device was told is confirmed, or is lost, stays so whatever comes after it, in any order', () => {
    const order = fc.array(fc.constantFrom(...DEVICES), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(written, order, fc.constantFrom(...DEVICES), fc.integer({ min: 1, max: 4 }), (list, come, own, capacity) => {
        const all = toHolds(list);
        const known = { a: 0, b: 0, c: 0 };
        const settled = new Map<string, HoldStanding>();
        for (const device of come) {
          known[device as 'a'] += 1;
          for (const [id, said] of look(own, all, known, capacity)) {
            if (settled.has(id)) expect(said).toBe(settled.get(id));
            if (said === 'confirmed' || said === 'lost') settled.set(id, said);
          }
        }
      }),
    );
  });
  test('B2: room that is there only because an earlier hold ended is sure once its end is read past', () => {
    const early = hold('early', 'a', -100, { expiresAt: NOW - 2 * HOUR });
    const late = hold('late', 'b', -50);
    const standing = (readTo: number) =>
      holdStanding(late, [early, late], { capacity: 1, streams: [{ device: 'a', readTo }], now: NOW });
    expect([standing(at(-51)), standing(at(-3)), standing(at(-1))]).toEqual(['held', 'held', 'confirmed']);
    // What bound it before its end comes with that word.
    expect(
      holdStanding(late, [{ ...early, isFirm: true }, late], {
        capacity: 1,
        streams: [{ device: 'a', readTo: at(-1) }],
        now: NOW,
      }),
    ).toBe('lost');
    expect(wordWanted(late, [early, late], { capacity: 1, now: NOW, own: 'a' })).toBe(stampAt(NOW - 2 * HOUR));
  });
  test('B2: nobody is waited for longer than a hold lasts; who was not heard is told all the same', () => {
    const firm = hold('firm', 'b', 0, { isFirm: true });
    const judging = { capacity: 1, streams: [{ device: 'a', readTo: at(-1) }] };
    const [before, after] = [NOW + 71 * HOUR, NOW + 73 * HOUR];
    expect(holdStanding(firm, [firm], { ...judging, now: before })).toBe('held');
    expect(holdStanding(firm, [firm], { ...judging, now: after })).toBe('confirmed');
    expect(unheardOf(firm, [firm], { ...judging, now: after })).toHaveLength(1);
    // Of one without an end as long as a silent device could hold anything.
    const open = { ...firm, expiresAt: null };
    expect(holdStanding(open, [open], { ...judging, now: NOW + 6 * 24 * HOUR })).toBe('held');
    expect(holdStanding(open, [open], { ...judging, now: NOW + 8 * 24 * HOUR })).toBe('confirmed');
    expect(wordWanted(firm, [firm], { capacity: 1, now: after, own: 'a' })).toBeNull();
  });
  test('B2: who was not heard from is said, by who works there, and since when', () => {
    const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const ben = { code: 'K7M', who: 'Ben', since: NOW };
    const [idle, never] = [
      { code: 'B2C', who: null, since: NOW },
      { code: 'D3E', who: null, since: null },
    ];
    expect(sayHold('held', [ben], moment)).toBe('Held; not yet heard from Ben’s device K7M since 2026-01-15');
    expect(sayHold('held', [idle, never], moment)).toBe(
      'Held; not yet heard from device B2C since 2026-01-15; device D3E, of which nothing ever came here: what it holds is not seen',
    );
    expect(sayHold('held', [ben, ben, ben, ben, idle], moment)).toMatch(/; 2 more$/);
    expect(sayHold('held', [{ code: '', who: null, since: null }], moment)).toMatch(/the team, which this file has not met yet$/);
    expect(sayHold('confirmed', [], moment)).toBe('Slot is ours');
    expect(sayHold('confirmed', [ben], moment)).toMatch(/^Slot is ours as far as is known; not heard from Ben/);
    expect([sayHold('lost', [], moment), sayHold('expired', [], moment)].every((said) => said?.includes('Rebook'))).toBe(true);
    expect(sayHold('released', [], moment)).toBeNull();
  });
  test('B2: a word is wanted of others than who holds, while it is open', () => {
    const mine = hold('mine', 'a', 0);
    const wanted = (own: string, one = mine) => wordWanted(one, [one], { capacity: 1, now: NOW, own });
    expect([wanted('a'), wanted('b')]).toEqual([null, at(0)]);
    expect(wanted('b', { ...mine, isReleased: true })).toBeNull();
    expect(wanted('b', { ...mine, expiresAt: NOW })).toBeNull();
    expect(wanted('b', { ...mine, amount: 2 })).toBeNull();
  });
});
