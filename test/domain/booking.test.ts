import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedBy, openDeliverables, pacing, proposeMakeGood } from '../../shared/domain/booking/campaign.ts';
import { chargeFaults, proposeCharge, unbilledOf, type ChargeRule } from '../../shared/domain/booking/charges.ts';
import { boardLanes, boardRefusal, boardStep } from '../../shared/domain/booking/chips.ts';
import { judgePapers, paperAlert, paperFaults, type PartnerPaper } from '../../shared/domain/booking/documents.ts';
import { alternatives, holdStanding, leftOf, type CapacityHold } from '../../shared/domain/booking/holds.ts';
import { leftToBook } from '../../shared/domain/booking/left.ts';
import { chargeableWeight, costOf, offersFor, type Load, type Rate } from '../../shared/domain/booking/rates.ts';
import { acceptanceScore, onTimeScore } from '../../shared/domain/booking/score.ts';
import { bookingMoves, bookingStates, judgeBookingMove } from '../../shared/domain/booking/states.ts';
import { allowedFrom, foldStates, type Transition } from '../../shared/domain/lifecycle.ts';

const KG = 1_000_000n;
const keys = bookingStates.map(({ key }) => key);

describe('B1: one life cycle', () => {
  test('B1: need, hold, requested, accepted, confirmed, in progress, done, closed', () => {
    const way = ['need', 'hold', 'tendered', 'accepted', 'confirmed', 'in_progress', 'done', 'closed'];
    const steps = way.slice(1).map((to, at): Transition => ({ from: way[at] ?? '', to, source: 'edit' }));
    expect(foldStates('booking', 'need', steps)).toEqual({ state: 'closed', refused: [] });
  });
  test('B1: a declined tender goes to another; nothing is confirmed that nobody accepted', () => {
    expect(allowedFrom('booking', 'declined')).toEqual(['tendered', 'need', 'cancelled']);
    for (const from of keys)
      expect(allowedFrom('booking', from).includes('confirmed')).toBe(
        ['accepted', 'accepted_exception', 'in_progress'].includes(from),
      );
  });
  test('B1: declined needs a reason; cancelled, no show and failed need the party at fault', () => {
    const none = { reason: null, fault: null, partner: 'p' };
    expect(judgeBookingMove('declined', none)).toMatch(/why it was declined/);
    expect(judgeBookingMove('accepted_exception', none)).toMatch(/exception/);
    for (const to of ['cancelled', 'no_show', 'failed']) {
      expect(judgeBookingMove(to, { ...none, fault: 'us' })).toBe('Say why.');
      expect(judgeBookingMove(to, { ...none, reason: 'Truck broke' })).toBe('Say whose fault it was.');
      expect(judgeBookingMove(to, { reason: 'Truck broke', fault: 'partner', partner: null })).toBeNull();
    }
    expect(judgeBookingMove('tendered', { ...none, partner: null })).toBe('Choose a partner first.');
  });
  test('B1: whatever moves arrive, the state is one of the cycle and each kept move is legal where it stood', () => {
    const states = fc.constantFrom(...keys);
    fc.assert(
      fc.property(fc.array(fc.tuple(states, states), { maxLength: 30 }), (pairs) => {
        const moves = pairs.map(([from, to]): Transition => ({ from, to, source: 'edit' }));
        const { state, refused } = foldStates('booking', 'need', moves);
        expect(keys).toContain(state);
        let at = 'need';
        for (const move of moves) {
          if (refused.includes(move)) continue;
          expect(bookingMoves.some(({ from, to }) => from === at && to === move.to)).toBe(true);
          at = move.to;
        }
        expect(at).toBe(state);
      }),
    );
  });
  test('B1: undo takes back what is noted here, never what a partner was told or what let a partner or slot go', () => {
    const undone = bookingMoves.filter(({ isReversible }) => isReversible).map(({ from, to }) => `${from} > ${to}`);
    expect(undone).toEqual([
      'need > hold',
      'tendered > accepted',
      'tendered > accepted_exception',
      'declined > need',
      'confirmed > in_progress',
      'in_progress > done',
      'in_progress > confirmed',
      'done > in_progress',
      'done > closed',
      'closed > done',
      'no_show > need',
      'failed > need',
      'need > cancelled',
      'declined > cancelled',
    ]);
  });
  test('B1: a card moves to either side where the cycle has a move, and says why where it has none', () => {
    const left = boardLanes.map(
      ({ key }, at) => boardLanes.slice(0, at).findLast((lane) => boardStep(key, lane.key) !== null)?.key,
    );
    expect(left).toEqual([undefined, 'requested', 'confirmed', undefined, undefined, 'moving', 'moving']);
    for (const from of boardLanes)
      for (const to of boardLanes)
        if (boardStep(from.key, to.key) === null) expect(boardRefusal(from.key, to.key)).toMatch(/\.$/);
    expect(boardRefusal('requested', null)).toBe('There is no column beyond Requested.');
    expect(boardRefusal('moving', 'picked')).toContain('correct that event');
    expect(boardRefusal('exception', 'moving')).toContain('next event');
  });
  test('B1: no way leads out of closed but back to done, and none out of cancelled', () => {
    expect(allowedFrom('booking', 'closed')).toEqual(['done']);
    expect(allowedFrom('booking', 'cancelled')).toEqual([]);
  });
});

describe('B1: what of a line is left to book', () => {
  const taken = (key: string, qty: bigint, isOver = false) => ({ key, qty, isOver });
  const gone = (key: string, qty: bigint) => ({ key, qty });
  const left = (more: Partial<Parameters<typeof leftToBook>[0]>) =>
    leftToBook({ ordered: 12n, settled: 0n, shipped: [], taken: [], ...more });
  test.each([
    ['nothing happened', {}, 12n],
    ['some was cancelled or closed short', { settled: 4n }, 8n],
    ['some went out without a booking', { shipped: [gone('1', 5n)] }, 7n],
    ['the rest was booked after it', { shipped: [gone('1', 5n)], taken: [taken('2', 7n)] }, 0n],
    ['and goes out with it', { shipped: [gone('1', 5n), gone('3', 7n)], taken: [taken('2', 7n)] }, 0n],
    ['a booking that is still on its way takes all of it', { taken: [taken('1', 12n)], shipped: [gone('2', 5n)] }, 0n],
    ['it arrived with less: the rest is a backorder', { taken: [taken('1', 12n, true)], shipped: [gone('2', 5n)] }, 7n],
    ['it arrived and nobody said what went', { taken: [taken('1', 12n, true)] }, 0n],
    ['what went was taken back', { shipped: [gone('1', 5n), gone('2', -5n)] }, 12n],
    ['what went with a booking was taken back', { taken: [taken('1', 8n)], shipped: [gone('2', 8n), gone('3', -8n)] }, 4n],
    ['more went than was ordered', { shipped: [gone('1', 15n)] }, 0n],
  ] as const)('B1: %s', (_, more, qty) => expect(left(more)).toBe(qty));
  test('B1: never below zero nor above what is not settled, whatever was booked and shipped in whatever order', () => {
    const qty = fc.bigInt({ min: 0n, max: 20n });
    const key = fc.string({ minLength: 1, maxLength: 3 });
    const bookings = fc.array(fc.record({ key, qty, isOver: fc.boolean() }), { maxLength: 5 });
    const events = fc.array(fc.record({ key, qty: fc.bigInt({ min: -20n, max: 20n }) }), { maxLength: 6 });
    fc.assert(
      fc.property(bookings, events, fc.bigInt({ min: 0n, max: 12n }), (booked, shipped, settled) => {
        const open = left({ settled, shipped, taken: booked });
        expect(open).toBeGreaterThanOrEqual(0n);
        expect(open).toBeLessThanOrEqual(12n - settled);
      }),
    );
  });
});

describe('B2: holds', () => {
  const hold = (id: string, at: number, more: Partial<CapacityHold> = {}): CapacityHold => ({
    id,
    slot: 's',
    amount: 1,
    stamp: { at, device: id },
    expiresAt: 1_000,
    isReleased: false,
    isFirm: false,
    ...more,
  });
  const now = 500;
  const alone = { capacity: 1, streams: [], now };
  test('B2: alone, the first that fits is confirmed at once; the second of a slot for one is lost', () => {
    const both = [hold('a', 10), hold('b', 20)];
    expect(both.map((one) => holdStanding(one, both, alone))).toEqual(['confirmed', 'lost']);
    expect(both.map((one) => holdStanding(one, both, { ...alone, capacity: 2 }))).toEqual(['confirmed', 'confirmed']);
  });
  test('B2: offline it is only held until every other stream is read past it', () => {
    const one = hold('a', 10);
    expect(holdStanding(one, [one], { ...alone, streams: [{ device: 'b', readTo: 9 }] })).toBe('held');
    expect(holdStanding(one, [one], { ...alone, streams: [{ device: 'b', readTo: 11 }] })).toBe('confirmed');
    expect(holdStanding(one, [one], { ...alone, streams: [{ device: 'a', readTo: 0 }] })).toBe('confirmed');
  });
  test('B2: a hold expires, and a rejected or withdrawn one gives its room back at once', () => {
    const [first, second] = [hold('a', 10), hold('b', 20)];
    expect(holdStanding(first, [first], { ...alone, now: 1_000 })).toBe('expired');
    const released = { ...first, isReleased: true };
    expect(holdStanding(released, [released, second], alone)).toBe('released');
    expect(holdStanding(second, [released, second], alone)).toBe('confirmed');
    expect(leftOf('s', 1, [released], now)).toBe(1);
    expect(holdStanding({ ...first, isFirm: true }, [first], { ...alone, now: 2_000 })).toBe('confirmed');
  });
  test('B2: the one that lost is offered the nearest slots with room', () => {
    const slot = (id: string, starts: string) => ({ id, kind: 'dock', starts, partner: null, capacity: 1 });
    const slots = [slot('s', '2026-03-12'), slot('t', '2026-03-16'), slot('u', '2026-03-11'), slot('v', '2026-03-13')];
    const taken = [hold('x', 1, { slot: 'v' })];
    const found = alternatives(slot('s', '2026-03-12'), 1, slots, { holds: taken, now });
    expect(found.map(({ id }) => id)).toEqual(['u', 't']);
    const [mine, own] = [
      { ...slot('s', '2026-03-12'), partner: 'p' },
      { ...slot('w', '2026-03-11'), partner: 'p' },
    ];
    // Of a day, what its partner has comes first.
    expect(alternatives(mine, 1, [...slots, own], { holds: taken, now }).map(({ id }) => id)).toEqual(['w', 'u', 't']);
  });
  test('B2: never more is confirmed than there is room, in whatever order the holds came', () => {
    const holds = fc.array(fc.record({ at: fc.nat(20), amount: fc.integer({ min: 1, max: 3 }), isReleased: fc.boolean() }));
    fc.assert(
      fc.property(holds, fc.nat(6), fc.nat(), (list, capacity, turn) => {
        const all = list.map(({ at, ...more }, index) => hold(`h${index}`, at, more));
        const shuffled = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))];
        const stand = (in_: readonly CapacityHold[]) =>
          new Map(all.map((one) => [one.id, holdStanding(one, in_, { capacity, streams: [], now })]));
        expect(stand(shuffled)).toEqual(stand(all));
        const won = all.filter(({ id }) => stand(all).get(id) === 'confirmed');
        expect(won.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(capacity);
      }),
    );
  });
});

const rate = (more: Partial<Rate> = {}): Rate => ({
  id: 'r',
  partner: 'p',
  service: null,
  kind: 'contract',
  chargeCode: 'FRT',
  origin: 'GB',
  destination: null,
  basis: 'kg',
  from: 0n,
  to: null,
  price: 120_000n,
  perCubic: null,
  minimum: 4_500n,
  fuel: 125_000n,
  currency: 'GBP',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  ...more,
});
const load: Load = {
  origin: { country: 'GB', postcode: 'WF1 4AA' },
  destination: { country: 'GB', postcode: 'EH6 6JJ' },
  service: null,
  weight: 4_180n * KG,
  volume: 0n,
  pieces: 14,
  day: '2026-03-12',
};
const plain = { digits: 2, scoreOf: () => null };

describe('B3: what a carrier costs', () => {
  test('B3: chargeable is the higher of weight and volume at so many kilograms a cubic metre', () => {
    expect(chargeableWeight(100n * KG, 1n * KG, 333)).toBe(333n * KG);
    expect(chargeableWeight(400n * KG, 1n * KG, 333)).toBe(400n * KG);
    expect(chargeableWeight(100n * KG, 1n * KG, null)).toBe(333n * KG);
  });
  test('B3: each rate counts volume in its own way: what is charged, and the band it falls into', () => {
    const bulky = { ...load, weight: 1_000n * KG, volume: 10n * KG };
    const baseOf = (perCubic: number | null) => costOf(rate({ perCubic }), bulky, 2)?.base;
    expect([baseOf(null), baseOf(250), baseOf(0)]).toEqual([39_960n, 30_000n, 12_000n]);
    const bands = [rate({ id: 'low', perCubic: 250, to: 3_000n * KG }), rate({ id: 'high', perCubic: 250, from: 3_000n * KG })];
    expect(offersFor(bulky, bands, plain).map(({ rate: { id } }) => id)).toEqual(['low']);
  });
  test('B3: 4,180 kg at 0.12 is 501.60, fuel of 12.5 % 62.70', () => {
    expect(costOf(rate(), load, 2)).toEqual({ base: 50_160n, fuel: 6_270n, total: 56_430n, isMinimum: false });
  });
  test('B3: the minimum is charged with fuel on it', () => {
    expect(costOf(rate(), { ...load, weight: 10n * KG }, 2)).toEqual({
      base: 4_500n,
      fuel: 563n,
      total: 5_063n,
      isMinimum: true,
    });
  });
  test('B3: contract before spot whatever it costs, with fuel and the on-time score beside, nothing chosen', () => {
    const spot = rate({ id: 's', partner: 'q', kind: 'spot', price: 50_000n });
    const offers = offersFor(load, [spot, rate(), rate({ id: 'cheap', kind: 'spot', price: 1n })], {
      digits: 2,
      scoreOf: (partner) => (partner === 'p' ? { share: 940_000, n: 50 } : null),
    });
    expect(offers.map(({ rate: { id }, score }) => [id, score?.n ?? null])).toEqual([
      ['r', 50],
      ['s', null],
    ]);
  });
  test('B3: by lane, band and the day of the pick-up', () => {
    const ids = (one: Partial<Load>, rates: readonly Rate[]) =>
      offersFor({ ...load, ...one }, rates, plain).map(({ rate: { id } }) => id);
    expect(ids({}, [rate(), rate({ id: 'near', origin: 'WF', destination: 'EH6' })])).toEqual(['near']);
    expect(ids({}, [rate({ origin: 'FR' })])).toEqual([]);
    expect(ids({ day: '2027-01-01' }, [rate()])).toEqual([]);
    expect(ids({ day: '2026-12-31' }, [rate()])).toEqual(['r']);
    const bands = [rate({ id: 'low', to: 1_000n * KG }), rate({ id: 'high', from: 1_000n * KG })];
    expect(ids({ weight: 1_000n * KG }, bands)).toEqual(['high']);
    expect(ids({ weight: 999n * KG }, bands)).toEqual(['low']);
    expect(ids({ service: 'express' }, [rate({ service: 'economy' })])).toEqual([]);
  });
  test('B3: what is not known is not priced as nothing: the offer stands last, without a sum', () => {
    const unknown = { ...load, weight: null, pieces: null };
    expect(costOf(rate(), unknown, 2)).toBeNull();
    expect(costOf(rate({ basis: 'piece' }), unknown, 2)).toBeNull();
    expect(costOf(rate({ basis: 'flat', from: 100n * KG }), unknown, 2)).toBeNull();
    expect(costOf(rate({ basis: 'flat', price: 486_000_000n, fuel: 0n }), unknown, 2)?.total).toBe(48_600n);
    const offers = offersFor(unknown, [rate(), rate({ id: 'flat', partner: 'q', basis: 'flat' })], plain);
    expect(offers.map(({ rate: { id }, cost }) => [id, cost === null])).toEqual([
      ['flat', false],
      ['r', true],
    ]);
  });
  test('B3: of two rates that fit as well, the one that holds since later', () => {
    const old = rate({ id: 'a', validFrom: '2026-01-01' });
    const later = rate({ id: 'b', validFrom: '2026-03-01' });
    const always = rate({ id: '0', validFrom: null });
    for (const rates of [
      [old, later, always],
      [always, later, old],
    ])
      expect(offersFor(load, rates, plain).map(({ rate: { id } }) => id)).toEqual(['b']);
  });
  test('B3: a flat sum and a price for each piece', () => {
    expect(costOf(rate({ basis: 'flat', price: 486_000_000n, fuel: 0n }), load, 2)?.total).toBe(48_600n);
    expect(costOf(rate({ basis: 'piece', price: 20_000_000n, fuel: 0n }), load, 2)?.total).toBe(28_000n);
  });
});

describe('B4: cost and charge', () => {
  const rules: readonly ChargeRule[] = [
    { code: 'FRT', account: null, markup: 100_000n, fixed: null, validFrom: null, validTo: null },
    { code: 'FRT', account: 'harb', markup: null, fixed: 54_000n, validFrom: null, validTo: '2026-06-30' },
  ];
  const cost = { code: 'FRT', cost: 48_600n, account: 'harb', day: '2026-03-12' };
  test('B4: the contract of the account proposes the charge, else the rule for everybody', () => {
    expect(proposeCharge(cost, rules)).toEqual({ charge: 54_000n, by: 'contract' });
    expect(proposeCharge({ ...cost, day: '2026-07-01' }, rules)).toEqual({ charge: 53_460n, by: 'contract' });
  });
  test('B4: a cost that no contract covers becomes an unbilled cost, never nothing', () => {
    expect(proposeCharge({ ...cost, code: 'DET' }, rules)).toEqual({ charge: null, by: 'unbilled' });
    const items = [
      { id: '1', code: 'DET', cost: 7_500n, charge: null },
      { id: '2', code: 'FRT', cost: 48_600n, charge: 54_000n },
      { id: '3', code: 'LFT', cost: null, charge: 2_000n },
      { id: '4', code: 'FUE', cost: 3_000n, charge: 2_500n },
    ];
    expect(unbilledOf(items)).toBe(7_500n);
    expect(chargeFaults(items).map(({ id, fault }) => [id, fault])).toEqual([
      ['1', 'no_charge'],
      ['3', 'no_cost'],
      ['4', 'loss'],
    ]);
  });
});

describe('B7: papers of contractors', () => {
  const paper = (validTo: string | null, cover: bigint | null = null, validFrom: string | null = null): PartnerPaper => ({
    type: 'liability',
    validFrom,
    validTo,
    cover,
  });
  const required = [{ type: 'liability', label: 'Public liability', cover: 1_000_000_00n }];
  test('B7: valid today but not on the visit date is a hard stop', () => {
    const papers = [paper('2026-03-19', 2_000_000_00n)];
    expect(paperFaults(required, papers, '2026-03-19')).toEqual([]);
    const faults = paperFaults(required, papers, '2026-03-20');
    expect(judgePapers(faults, '2026-03-20', null)).toBe('Public liability ends 2026-03-19, before 2026-03-20.');
  });
  test('B7: missing, not yet valid, and cover below the limit', () => {
    const fault = (papers: readonly PartnerPaper[]) => paperFaults(required, papers, '2026-03-20')[0]?.fault;
    expect(fault([])).toBe('missing');
    expect(fault([paper(null, 2_000_000_00n, '2026-04-01')])).toBe('not_yet');
    expect(fault([paper('2027-01-01', 500_000_00n)])).toBe('cover');
    expect(fault([paper('2027-01-01')])).toBe('cover');
  });
  test('B7: only a named person with a reason steps over it', () => {
    const faults = paperFaults(required, [], '2026-03-20');
    expect(judgePapers(faults, '2026-03-20', { by: null, reason: 'Renewal sent' })).toMatch(/is missing/);
    expect(judgePapers(faults, '2026-03-20', { by: 'ann', reason: ' ' })).toMatch(/is missing/);
    expect(judgePapers(faults, '2026-03-20', { by: 'ann', reason: 'Renewal seen by mail' })).toBeNull();
  });
  test('B7: alerts 30, 14 and 7 days before the end', () => {
    expect(
      ['2026-04-12', '2026-04-11', '2026-03-26', '2026-03-19', '2026-03-12', '2026-03-11'].map((to) =>
        paperAlert(to, '2026-03-12'),
      ),
    ).toEqual([null, 30, 14, 7, 7, 0]);
  });
});

describe('B8: campaigns', () => {
  const flight = { booked: 1_000n, delivered: 300n, from: '2026-03-01', to: '2026-03-10' };
  test('B8: pacing is delivered of expected to date', () => {
    expect(expectedBy(flight, '2026-03-05')).toBe(500n);
    expect(pacing(flight, '2026-03-05')).toBe(600_000n);
    expect(pacing(flight, '2026-02-28')).toBeNull();
    expect(pacing(flight, '2026-04-01')).toBe(300_000n);
  });
  test('B8: what falls short is made good by a booking that names the first, with a reason and no charge', () => {
    const offer = (more: object) => proposeMakeGood('c', flight, { today: '2026-03-11', made: [], ...more });
    expect(offer({})).toEqual({ of: 'c', amount: 700n, reason: 'under_delivery', charge: 0n });
    expect(offer({ today: '2026-03-10' })).toBeNull();
    expect(offer({ made: [700n] })).toBeNull();
  });
  test('B8: what is due before the live date and not done', () => {
    const list = [
      { name: 'Artwork', due: '2026-02-20', doneOn: null },
      { name: 'Copy', due: '2026-02-20', doneOn: '2026-02-19' },
      { name: 'Report', due: '2026-03-20', doneOn: null },
    ];
    expect(openDeliverables(list, flight.from).map(({ name }) => name)).toEqual(['Artwork']);
  });
});

test('C19: shares with how many they are of; on the minute is on time', () => {
  expect(onTimeScore([])).toBeNull();
  expect(
    onTimeScore([
      { window: 10, deliveredAt: 10 },
      { window: 10, deliveredAt: 11 },
      { window: 10, deliveredAt: 3 },
    ]),
  ).toEqual({
    share: 666_667,
    n: 3,
  });
  expect(acceptanceScore(['accepted', 'declined', 'accepted_exception', 'withdrawn'])).toEqual({ share: 666_667, n: 3 });
});
