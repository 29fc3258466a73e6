import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBuckets, bucketsOf, lateDays, type Buckets, type FulfilmentEvent } from '../../shared/domain/fulfilment.ts';
import {
  allowedFrom,
  foldStates,
  initialOf,
  isFrozen,
  isReversible,
  lifecycleOf,
  type Transition,
} from '../../shared/domain/lifecycle.ts';
import { isDeviceCode, makeDeviceCode, numberPrefix, renderNumber } from '../../shared/domain/numbering.ts';
import { chipsOf } from '../../shared/domain/order-status.ts';
import { can } from '../../shared/domain/roles.ts';

describe('F1: buckets of a quantity', () => {
  const kinds = ['shipped', 'delivered', 'accepted', 'returned', 'cancelled', 'short_closed', 'invoiced', 'credited'] as const;
  const events = fc.array(fc.record({ kind: fc.constantFrom(...kinds), qty: fc.nat(1_000_000) }));

  test('agree with a plain loop', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), events, (ordered, list: readonly FulfilmentEvent[]) => {
        const sums = new Map<string, number>();
        for (const { kind, qty } of list) sums.set(kind, (sums.get(kind) ?? 0) + Number(qty));
        const gone = ['cancelled', 'short_closed', 'shipped'].reduce((sum, kind) => sum + (sums.get(kind) ?? 0), 0);
        const buckets = bucketsOf(ordered, list);
        for (const kind of kinds) expect(buckets[kind]).toBe(BigInt(sums.get(kind) ?? 0));
        expect(buckets.open).toBe(BigInt(Math.max(0, ordered - gone)));
        expect(buckets.over).toBe(BigInt(Math.max(0, gone - ordered)));
      }),
    );
  });

  test('F2: complete compares quantities: 2 of 250,002 still open is open', () => {
    const order = addBuckets([bucketsOf(250_000_000_000, [{ kind: 'shipped', qty: 250_000_000_000 }]), bucketsOf(2_000_000, [])]);
    expect(order.open).toBe(2_000_000n);
    expect(bucketsOf(500_000_000, [{ kind: 'shipped', qty: 498_000_000 }]).open).toBe(2_000_000n);
  });

  test('too much of one line does not close another', () => {
    const order = addBuckets([bucketsOf(5, [{ kind: 'shipped', qty: 7 }]), bucketsOf(5, [{ kind: 'shipped', qty: 3 }])]);
    expect([order.open, order.over]).toEqual([2n, 2n]);
  });

  test.each([
    [{ due: '2026-03-10', isOpen: true, shippedOn: null }, 2],
    [{ due: '2026-03-12', isOpen: true, shippedOn: null }, 0],
    [{ due: '2026-03-10', isOpen: false, shippedOn: '2026-03-10' }, 0],
    [{ due: '2026-03-10', isOpen: false, shippedOn: '2026-03-11' }, 1],
    [{ due: null, isOpen: true, shippedOn: null }, 0],
    [{ due: '2026-03-10', isOpen: false, shippedOn: null }, 0],
  ])('%j is %i days late', (line, days) => {
    expect(lateDays(line, '2026-03-12')).toBe(days);
  });
});

const amountsOf = ({ open, shipped, delivered, returned, short_closed }: Buckets, late: number, isOverdue: boolean) => ({
  held: 0n,
  open,
  shipped,
  underway: shipped - returned - delivered,
  short: short_closed,
  overdue: isOverdue ? 1n : 0n,
  late: BigInt(late),
});

describe('O4: chips of an order, most urgent first', () => {
  const facts = (status: string, ordered: number, list: readonly FulfilmentEvent[], late = 0, isOverdue = late > 0) => ({
    status,
    amounts: amountsOf(bucketsOf(ordered, list), late, isOverdue),
  });
  test.each([
    [facts('draft', 10, []), []],
    [facts('confirmed', 10, []), ['in_fulfilment']],
    [facts('confirmed', 10, [], 3), ['late', 'in_fulfilment']],
    [facts('confirmed', 10, [{ kind: 'shipped', qty: 4 }], 3), ['late', 'part_shipped']],
    // What was sent was late, the rest is not due yet: nothing is late now.
    [facts('confirmed', 10, [{ kind: 'shipped', qty: 4 }], 3, false), ['part_shipped']],
    [facts('confirmed', 10, [{ kind: 'shipped', qty: 10 }]), ['shipped']],
    [facts('confirmed', 10, [{ kind: 'shipped', qty: 10 }], 1, false), ['shipped_late', 'shipped']],
    [
      facts('confirmed', 10, [
        { kind: 'shipped', qty: 10 },
        { kind: 'delivered', qty: 10 },
      ]),
      ['delivered'],
    ],
    [
      facts('closed', 10, [
        { kind: 'shipped', qty: 8 },
        { kind: 'short_closed', qty: 2 },
        { kind: 'delivered', qty: 8 },
      ]),
      ['closed_short'],
    ],
    [
      facts('closed', 10, [
        { kind: 'shipped', qty: 10 },
        { kind: 'delivered', qty: 10 },
      ]),
      ['completed'],
    ],
    [facts('cancelled', 10, [], 9), []],
  ])('%#', (given, chips) => {
    expect(chipsOf(given)).toEqual(chips);
  });
  test('O4: a hold comes before all else, until nothing is open', () => {
    const held = (status: string, events: readonly FulfilmentEvent[]) => {
      const { amounts } = facts(status, 10, events, 3);
      return chipsOf({ status, amounts: { ...amounts, held: 1n } });
    };
    expect(held('confirmed', [])).toEqual(['on_hold', 'late', 'in_fulfilment']);
    expect(held('confirmed', [{ kind: 'shipped', qty: 10 }])).not.toContain('on_hold');
    expect(held('cancelled', [])).toEqual([]);
  });
});

describe('the life cycle of an order', () => {
  const states = lifecycleOf('order')?.states.map(({ key }) => key) ?? [];
  const step = (from: string, to: string, more: Partial<Transition> = {}): Transition => ({ from, to, source: 'edit', ...more });

  test('every move leads from one of its states to another', () => {
    expect(states).toContain(initialOf('order'));
    for (const { from, to } of lifecycleOf('order')?.moves ?? []) expect(states).toEqual(expect.arrayContaining([from, to]));
  });

  test('folds what is legal and keeps the rest for review', () => {
    const confirm = step('submitted', 'confirmed');
    expect(foldStates('order', 'draft', [step('draft', 'submitted'), confirm])).toEqual({ state: 'confirmed', refused: [] });
    expect(foldStates('order', 'draft', [confirm])).toEqual({ state: 'draft', refused: [confirm] });
    const twice = step('draft', 'cancelled');
    expect(foldStates('order', 'draft', [step('draft', 'submitted'), twice]).refused).toEqual([twice]);
  });

  describe('an invoice that went out', () => {
    const [made, issued] = [step('draft', 'void'), step('draft', 'issued')];
    const back = step('void', 'draft', { source: 'undo', undoes: { from: 'draft', to: 'void' } });

    test.each([
      ['voided before by who had not heard of it', [made, issued], [made]],
      ['voided after it', [issued, made], [made]],
      ['voided by a file', [step('draft', 'void', { source: 'import' }), issued], [0]],
      ['voided by two', [made, { ...made }, issued], [0, 1]],
      ['voided, and that taken back before', [made, back, issued], []],
      ['voided, and that taken back after', [made, issued, back], [0, 2]],
      ['voided, taken back and voided again', [made, back, { ...made }, issued], [2]],
    ])('counts, whoever voided the draft: %s', (_, moves, refused) => {
      const expected = refused.map((one) => (typeof one === 'number' ? moves[one] : one));
      expect(foldStates('invoice', 'draft', moves)).toEqual({ state: 'issued', refused: expected });
    });

    test('is not issued by somebody who knew that it was void', () => {
      const late = step('void', 'issued');
      expect(foldStates('invoice', 'draft', [made, late])).toEqual({ state: 'void', refused: [late] });
      expect(allowedFrom('invoice', 'void')).toEqual([]);
    });
  });

  test('imports may set any state, undo only take back the move that led here', () => {
    expect(foldStates('order', 'draft', [step('draft', 'closed', { source: 'import' })]).state).toBe('closed');
    const undo = step('submitted', 'draft', { source: 'undo', undoes: { from: 'draft', to: 'submitted' } });
    expect(foldStates('order', 'submitted', [undo]).state).toBe('draft');
    const other = step('cancelled', 'submitted', { source: 'undo', undoes: { from: 'draft', to: 'cancelled' } });
    expect(foldStates('order', 'cancelled', [other]).state).toBe('cancelled');
    expect(foldStates('order', 'draft', [step('draft', 'nowhere', { source: 'import' })]).state).toBe('draft');
  });

  test('says what is allowed, frozen and reversible', () => {
    expect(allowedFrom('order', 'draft')).toEqual(['submitted', 'cancelled']);
    expect(allowedFrom('order', 'cancelled')).toEqual([]);
    expect(states.filter((state) => isFrozen('order', state))).toEqual(['confirmed', 'cancelled', 'closed']);
    expect(isReversible('order', 'submitted', 'confirmed')).toBe(true);
    expect(isReversible('order', 'draft', 'confirmed')).toBe(false);
    expect(lifecycleOf('constructor')).toBe(null);
  });
});

describe('Q1: the life cycle of a quote', () => {
  const { states, moves } = lifecycleOf('quote') ?? { states: [], moves: [] };
  const keys = states.map(({ key }) => key);

  test('has the states of the rules and no move outside them', () => {
    expect(keys).toEqual([
      'draft',
      'in_review',
      'approved',
      'sent',
      'accepted',
      'partly_accepted',
      'rejected',
      'withdrawn',
      'superseded',
    ]);
    for (const { from, to } of moves) expect(keys).toEqual(expect.arrayContaining([from, to]));
    expect(initialOf('quote')).toBe('draft');
  });

  test('nothing that was sent is taken back, nor is sending it', () => {
    const wasSent = keys.filter((key) => isFrozen('quote', key) && key !== 'withdrawn');
    expect(moves.filter(({ from, isReversible: is }) => is && wasSent.includes(from))).toEqual([]);
    expect(moves.filter(({ to, isReversible: is }) => is && wasSent.includes(to))).toEqual([]);
  });

  test('only what is approved is sent, only what is sent is answered', () => {
    expect(moves.filter(({ to }) => to === 'sent').map(({ from }) => from)).toEqual(['approved', 'superseded']);
    expect(moves.filter(({ to }) => to === 'rejected').map(({ from }) => from)).toEqual(['sent']);
    expect(allowedFrom('quote', 'rejected')).toEqual([]);
  });
});

test('numbers: letter, year, device, counter of four digits or more', () => {
  const prefix = numberPrefix('O', '2026-03-12', 'K7M');
  expect(renderNumber(prefix, 42)).toBe('O26-K7M-0042');
  expect(renderNumber(prefix, 12_345)).toBe('O26-K7M-12345');
  expect(numberPrefix('Q', '2003-01-01', 'K7M')).toBe('Q03-K7M-');
  fc.assert(fc.property(fc.uint8Array({ minLength: 3, maxLength: 3 }), (bytes) => isDeviceCode(makeDeviceCode(() => bytes))));
  expect(isDeviceCode('OIL')).toBe(false);
});

test('roles: everyone keeps their own settings, viewers change nothing else', () => {
  expect(can({ role: 'owner' }, 'app.company')).toBe(true);
  expect(can({ role: 'manager' }, 'import.run')).toBe(true);
  expect(can({ role: 'manager' }, 'app.company')).toBe(false);
  expect(can({ role: 'member' }, 'orders.confirm')).toBe(true);
  expect(can({ role: 'member' }, 'import.run')).toBe(false);
  expect(can({ role: 'viewer' }, 'records.apply')).toBe(false);
  expect(can({ role: 'viewer' }, 'local.set')).toBe(true);
});
