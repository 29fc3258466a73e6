import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOfWord, milestoneOf, reasonLabel } from '../../shared/domain/tracking/codes.ts';
import { customerStatus } from '../../shared/domain/tracking/customer.ts';
import { etaHistory, pictureOf, standingEvents, type TrackingEvent } from '../../shared/domain/tracking/events.ts';
import { exceptionLack, lateOf, podDueOn, promiseKept } from '../../shared/domain/tracking/late.ts';
import { readStatusTable } from '../../shared/domain/tracking/status-table.ts';
import { readStatusStamp, readStatusTime } from '../../shared/domain/tracking/status-time.ts';
import { excursionsOf } from '../../shared/domain/tracking/temperature.ts';
import { isX12, readX12 } from '../../shared/domain/tracking/x12.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const event = (id: string, code: string, happenedAt: number, more: Partial<TrackingEvent> = {}): TrackingEvent => ({
  id,
  code,
  reason: null,
  happenedAt,
  recordedAt: happenedAt,
  place: null,
  eta: null,
  corrects: null,
  ...more,
});

describe('B5: milestones', () => {
  test.each([
    ['XA', 'appointment'],
    ['X9', 'appointment'],
    ['X3', 'at_pickup'],
    ['CP', 'loaded'],
    ['AF', 'departed'],
    ['X4', 'terminal'],
    ['P1', 'terminal'],
    ['X6', 'en_route'],
    ['AG', 'estimate'],
    ['X2', 'estimate'],
    ['X1', 'at_delivery'],
    ['AH', 'attempted'],
    ['D1', 'delivered'],
    ['A7', 'trouble'],
    ['A9', 'trouble'],
    ['PA', 'trouble'],
    ['A3', 'trouble'],
    ['CA', 'cancelled'],
    ['ZZ', 'note'],
  ])('B5: %s is %s', (code, milestone) => expect(milestoneOf(code)).toBe(milestone));
  test('B5: words of carriers and reasons are known; what is not is kept as it came', () => {
    expect(codeOfWord('Out_for-delivery')).toBe('X6');
    expect(codeOfWord('teleported')).toBeNull();
    expect([reasonLabel('AO'), reasonLabel('Q9'), reasonLabel('NS'), reasonLabel(null)]).toEqual(['Weather', 'Q9', null, null]);
  });
});

describe('B5: events are appended', () => {
  const events = [
    event('1', 'X3', 9 * HOUR),
    event('2', 'AF', 10 * HOUR),
    event('3', 'AG', 10 * HOUR, { eta: 20 * HOUR }),
    event('4', 'AG', 11 * HOUR, { eta: 21 * HOUR, reason: 'BE' }),
    event('5', 'D1', 21 * HOUR),
  ];
  test('B5: an estimate never takes the place of another: all stay, first and latest', () => {
    expect(etaHistory(events)).toEqual([
      { at: 10 * HOUR, from: null, to: 20 * HOUR, reason: null },
      { at: 11 * HOUR, from: 20 * HOUR, to: 21 * HOUR, reason: 'BE' },
    ]);
    expect(pictureOf(events)).toMatchObject({
      firstEta: 20 * HOUR,
      eta: 21 * HOUR,
      deliveredAt: 21 * HOUR,
      reached: 'delivered',
    });
  });
  test('B5: a late-arriving event takes its own place in time', () => {
    const late = event('6', 'CP', 9.5 * HOUR, { recordedAt: 30 * HOUR });
    expect(standingEvents([...events, late]).map(({ id }) => id)).toEqual(['1', '6', '2', '3', '4', '5']);
    expect(pictureOf([...events, late])).toMatchObject({ pickedUpAt: 9.5 * HOUR, lastLabel: 'Delivered' });
  });
  test('B5: a correction names the event it takes the place of; the first stays on record', () => {
    const fixed = event('7', 'D1', 22 * HOUR, { corrects: '5' });
    expect(pictureOf([...events, fixed]).deliveredAt).toBe(22 * HOUR);
    expect([...events, fixed]).toHaveLength(6);
  });
  test('B5: promise kept is judged on the original and on the latest', () => {
    expect(promiseKept(21 * HOUR, { original: 20 * HOUR, latest: 21 * HOUR })).toEqual({ original: false, latest: true });
  });
  test('B5: whatever order events arrive in, the picture is the same', () => {
    const codes = fc.constantFrom('X3', 'CP', 'AF', 'X4', 'X6', 'AG', 'A7', 'X1', 'D1', 'POD', 'ZZ');
    const many = fc.array(
      fc.record({
        code: codes,
        at: fc.nat(50),
        recorded: fc.nat(50),
        eta: fc.option(fc.nat(99)),
        corrects: fc.option(fc.nat(12)),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(many, fc.infiniteStream(fc.nat()), (list, order) => {
        const all = list.map(({ code, at, recorded, eta, corrects }, index) =>
          event(`e${index}`, code, at, {
            recordedAt: recorded,
            eta: code === 'AG' ? eta : null,
            corrects: corrects === null ? null : `e${corrects}`,
          }),
        );
        const shuffled = all
          .map((one) => [order.next().value ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(pictureOf(shuffled)).toEqual(pictureOf(all));
        expect(etaHistory(shuffled)).toEqual(etaHistory(all));
      }),
    );
  });
});

describe('B6: late before it is late', () => {
  const windows = { pickupTo: 9 * HOUR, deliverTo: 20 * HOUR };
  test('B6: predicted late when the estimate is past the end of the window, with its reason', () => {
    const picture = pictureOf([event('1', 'AF', 9 * HOUR), event('2', 'AG', 10 * HOUR, { eta: 20.5 * HOUR, reason: 'AH' })]);
    expect(lateOf(picture, windows, 12 * HOUR, 'AH')).toEqual({
      kind: 'predicted_late',
      by: 30 * MINUTE,
      reason: 'Expected 30 m after the window: driver',
    });
    expect(lateOf({ ...picture, eta: 20 * HOUR }, windows, 12 * HOUR)).toBeNull();
  });
  test('B6: predicted late when a pick-up is overdue by more than its allowance', () => {
    const none = pictureOf([]);
    expect(lateOf(none, windows, 9 * HOUR + 30 * MINUTE)).toBeNull();
    expect(lateOf(none, windows, 9 * HOUR + 31 * MINUTE)).toMatchObject({ kind: 'predicted_late', by: 31 * MINUTE });
    expect(lateOf(none, windows, 21 * HOUR)).toMatchObject({ kind: 'late', by: HOUR });
  });
  test('B6: an exception needs an owner, a next action and the time the customer was told', () => {
    const whole = { owner: 'ann', nextAction: 'Agree a new slot', customerToldAt: 5 };
    expect(exceptionLack(whole)).toBeNull();
    expect(exceptionLack({ ...whole, owner: null })).toBe('Owner: none');
    expect(exceptionLack({ ...whole, nextAction: ' ' })).toBe('Next action: none');
    expect(exceptionLack({ ...whole, customerToldAt: null })).toBe('Customer not told yet');
  });
  test('B6: trouble stands until it is delivered after it', () => {
    const refused = event('1', 'A7', 15 * HOUR);
    expect(pictureOf([refused]).trouble?.id).toBe('1');
    expect(pictureOf([refused, event('2', 'D1', 16 * HOUR)]).trouble).toBeNull();
    expect(pictureOf([refused, event('2', 'D1', 14 * HOUR)]).trouble?.id).toBe('1');
  });
  test('B6: proof is due two working days after delivery', () => {
    const week = { days: [1, 2, 3, 4, 5], closed: new Set(['2026-03-16']) };
    expect(podDueOn('2026-03-13', week)).toBe('2026-03-18');
  });
});

test('C19: a reading outside the range is an excursion once it lasts longer than its allowance', () => {
  const range = { min: 2_000_000, max: 8_000_000, allowance: 30 * MINUTE };
  const at = (minutes: number, temperature: number) => ({ at: minutes * MINUTE, temperature: temperature * 1_000_000 });
  expect(excursionsOf([at(0, 5), at(10, 9), at(40, 7)], range)).toEqual([]);
  expect(excursionsOf([at(0, 5), at(10, 9), at(30, 11), at(41, 7)], range)).toEqual([
    { from: 10 * MINUTE, to: 41 * MINUTE, worst: 11_000_000, isHigh: true },
  ]);
  expect(excursionsOf([at(0, 9), at(20, 1), at(60, 0)], range)).toMatchObject([{ isHigh: false, worst: 0 }]);
});

const ABOUT = { zone: 'Europe/London', now: Date.UTC(2026, 2, 12, 14) };
const ISA = 'ISA*00*          *00*          *02*NLFT           *ZZ*US             *260312*1341*U*00401*000000207*0*P*>~';
const SET = [
  'GS*QM*NLFT*US*20260312*1341*207*X*004010',
  'ST*214*0001',
  'B10*NLF5520917*BK-0207*NLFT',
  'L11*PO-88*PO',
  'LX*1',
  'AT7*AF*NS***20260312*1025*LT',
  'MS1*WAKEFIELD*WY*GB',
  'LX*2',
  'AT7*AG*AH***20260313*1230*LT',
  'LX*3',
  'AT7***X9*NA*20260313*0800*UT',
  'SE*9*0001',
  'GE*1*207',
  'IEA*1*000000207~',
].join('~');

describe('status files', () => {
  test('B5: X12 214 gives events with their time, zone, place, reason and every reference', () => {
    const { rows, faults } = readX12(ISA + SET, ABOUT);
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([
      {
        references: ['NLF5520917', 'BK-0207', 'PO-88'],
        code: 'AF',
        reason: 'NS',
        happenedAt: Date.UTC(2026, 2, 12, 10, 25),
        place: 'WAKEFIELD, WY, GB',
      },
      { code: 'AG', reason: 'AH', happenedAt: Date.UTC(2026, 2, 12, 13, 41), eta: Date.UTC(2026, 2, 13, 12, 30), place: null },
      { code: 'X9', happenedAt: Date.UTC(2026, 2, 13, 8), zone: 'UTC' },
    ]);
  });
  test('the separators are those of the file', () => {
    const other = (ISA + SET).replaceAll('*', '|').replaceAll('~', '\n');
    expect(readX12(other, ABOUT).rows).toHaveLength(3);
    expect(isX12(other)).toBe(true);
    expect(isX12('Booking,Status')).toBe(false);
  });
  test('other sets are left out and told; a status without a day is told and the rest is kept', () => {
    const text = [
      'ST*210*0001',
      'B3**1',
      'SE*1*1',
      'ST*214*0002',
      'B10*X*Y*Z',
      'AT7*D1*NS***20261399*1000',
      'AT7*D1*NS***20260312*1000',
    ];
    const { rows, faults } = readX12(text.join('~'), ABOUT);
    expect(rows).toHaveLength(1);
    expect(faults.map(({ why }) => why)).toEqual(['It is no shipment status: left out', 'Delivered has no day that can be read']);
  });
  test.each([
    ['20260312', '1341', 'ET', Date.UTC(2026, 2, 12, 17, 41)],
    ['20260312', '1341', 'ES', Date.UTC(2026, 2, 12, 18, 41)],
    ['260312', '134105', '02', Date.UTC(2026, 2, 12, 11, 41, 5)],
    ['20260312', '1341', '20', Date.UTC(2026, 2, 12, 18, 41)],
    ['20260712', '1341', 'LT', Date.UTC(2026, 6, 12, 12, 41)],
  ])('%s %s %s is a moment', (date, time, code, at) => expect(readStatusTime(date, time, code, 'Europe/London')?.at).toBe(at));
  test.each([
    ['2026-03-12 13:41', true, Date.UTC(2026, 2, 12, 13, 41)],
    ['2026-07-12T13:41:00Z', true, Date.UTC(2026, 6, 12, 13, 41)],
    ['12/07/2026 13:41', true, Date.UTC(2026, 6, 12, 12, 41)],
    ['07/12/2026 13:41', false, Date.UTC(2026, 6, 12, 12, 41)],
    ['2026-03-12T13:41:00+0200', true, Date.UTC(2026, 2, 12, 11, 41)],
    ['2026-01-16', true, Date.UTC(2026, 0, 16)],
    ['16/01/2026 3:40 PM', true, Date.UTC(2026, 0, 16, 15, 40)],
    ['16/01/2026 12:05 am', true, Date.UTC(2026, 0, 16, 0, 5)],
  ])('%s is a moment', (text, isDayFirst, at) => expect(readStatusStamp(text, 'Europe/London', isDayFirst)?.at).toBe(at));
  test('a list of a carrier, by what its columns are called; what a row lacks is told', () => {
    const header = ['PRO number', 'Status', 'Event time', 'ETA', 'Location', 'Reason'];
    const { rows, faults } = readStatusTable(
      header,
      [
        ['NLF-1', 'Delivered', '2026-03-12 13:41', '', 'Leith', ''],
        ['NLF-2', 'ETA', '', '2026-03-13 12:30', '', 'ah'],
        ['', 'Delivered', '2026-03-12 13:41', '', '', ''],
        ['NLF-3', 'vanished', '2026-03-12 13:41', '', '', ''],
        ['NLF-4', 'D1', 'soon', '', '', ''],
        ['NLF-5', 'Delivered', 'soon', '2026-03-13 12:30', '', ''],
      ],
      ABOUT,
    );
    expect(rows).toMatchObject([
      { at: 2, references: ['NLF-1'], code: 'D1', place: 'Leith', eta: null },
      { code: 'AG', eta: Date.UTC(2026, 2, 13, 12, 30), happenedAt: ABOUT.now, reason: 'AH' },
    ]);
    expect(faults.map(({ at }) => at)).toEqual([4, 5, 6, 7]);
    expect(readStatusTable(['a', 'b'], [], ABOUT).faults).toHaveLength(1);
  });
  test.each([
    [
      ['Tracking', 'Status', 'Date', 'Time'],
      ['NLF-1', 'Picked up', '2026-01-16', '09:40'],
    ],
    [
      ['Tracking', 'Status', 'Time', 'Date'],
      ['NLF-1', 'Picked up', '09:40', '16/01/2026'],
    ],
    [
      ['Tracking', 'Status', 'Event time', 'Date'],
      ['NLF-1', 'Picked up', '2026-01-16 09:40', '2026-01-16'],
    ],
  ])('a day and a time in columns of their own are one moment: %j', (header, row) =>
    expect(readStatusTable(header, [row], ABOUT)).toMatchObject({
      rows: [{ happenedAt: Date.UTC(2026, 0, 16, 9, 40) }],
      faults: [],
    }),
  );
  test('hostile text never throws, and reading stays bounded', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const { rows } = readX12(`ST*214*1~B10*A*B~${text}`, ABOUT);
        expect(rows.every(({ references }) => references.length <= 20)).toBe(true);
        readStatusTable(['ref', 'status', 'time'], [text.split(',')], ABOUT);
      }),
    );
    const long = `ST*214*1~${'B10*A*B~'.repeat(250_000)}`;
    expect(readX12(long, ABOUT).faults.at(-1)?.why).toMatch(/the rest was not read/);
    expect(readX12(`ST*214*1~L11*${'x'.repeat(9_000)}*Z~`, ABOUT).faults).toMatchObject([{ why: 'The segment is too long' }]);
  });
});

describe('C10: what a customer is told of a shipment', () => {
  const day = (text: string): number => Date.parse(`${text}T12:00:00Z`);
  const told = (status: string, events: readonly (readonly [code: string, on: string, eta?: string])[]) => {
    const all = events.map(([code, on, eta], n): TrackingEvent => ({
      id: `e${n}`,
      code,
      reason: null,
      happenedAt: day(on),
      recordedAt: day(on),
      place: null,
      eta: eta === undefined ? null : day(eta),
      corrects: null,
    }));
    return customerStatus({ status, picture: pictureOf(all), deliverTo: day('2026-01-20') }, day('2026-01-15'));
  };
  test.each([
    ['need', [], 'Being booked'],
    ['declined', [], 'Being booked'],
    ['confirmed', [], 'Booked'],
    ['in_progress', [['AF', '2026-01-14']], 'Picked up'],
    ['in_progress', [['X6', '2026-01-14']], 'In transit'],
    ['in_progress', [['AG', '2026-01-14', '2026-01-19']], 'Picked up'],
    ['in_progress', [['X6', '2026-01-14', '2026-01-21']], 'In transit, later than planned'],
    ['in_progress', [['AH', '2026-01-14']], 'Delivery attempted'],
    ['done', [['D1', '2026-01-14']], 'Delivered'],
    [
      'done',
      [
        ['D1', '2026-01-14'],
        ['A9', '2026-01-15'],
      ],
      'Delivered, damaged',
    ],
  ] as const)('%s with %j: %s', (status, events, words) => {
    expect(told(status, events)).toBe(words);
  });
});
