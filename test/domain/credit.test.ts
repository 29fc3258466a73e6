import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageingOf } from '../../shared/domain/credit/ageing.ts';
import {
  billNext,
  creditFor,
  invoiceFor,
  isBilled,
  judgeCreditNote,
  type BillableLine,
} from '../../shared/domain/credit/bill.ts';
import { disputedOf, disputeReasons, judgeDispute, judgeOutcome, type Dispute } from '../../shared/domain/credit/disputes.ts';
import {
  defaultCreditPolicy,
  exposureOf,
  judgeCredit,
  limitOf,
  sayAge,
  type CreditLimits,
} from '../../shared/domain/credit/exposure.ts';
import { equalInstalments, judgePlan, planStanding } from '../../shared/domain/credit/plan.ts';
import { bucketsOf, type FulfilmentEvent } from '../../shared/domain/fulfilment.ts';

const TODAY = '2026-03-12';

describe('K1: exposure', () => {
  const order = { id: 'o', total: 1_000n, billed: 100n };
  const base = { receivables: 200n, credits: 50n, orders: [order], deliveries: 0n, order: { id: 'n', total: 300n } };
  test('K1: 200 open, 50 credit, order 1,000 of which 400 delivered and 100 billed, new order 300 -> 1,350', () => {
    expect(exposureOf(base)).toEqual({
      receivables: 200n,
      credits: 50n,
      unbilled: 900n,
      deliveries: 0n,
      order: 300n,
      total: 1_350n,
    });
  });
  test('K1: a confirmed order is not counted twice, unbilled deliveries without one are', () => {
    expect(exposureOf({ ...base, order: { id: 'o', total: 1_000n } }).total).toBe(1_050n);
    expect(exposureOf({ ...base, order: null, deliveries: 7n }).total).toBe(1_057n);
  });
  test('K1: billed above an order takes nothing from the others', () => {
    expect(
      exposureOf({
        ...base,
        orders: [
          { ...order, billed: 1_200n },
          { id: 'p', total: 10n, billed: 0n },
        ],
        order: null,
      }).unbilled,
    ).toBe(10n);
  });
  test('K1: the limit of the account, else the group, else the company; none where the group is bypassed', () => {
    const limits: CreditLimits = { account: null, group: 5n, company: 9n, isBypassed: false };
    expect([
      limitOf({ ...limits, account: 0n }),
      limitOf(limits),
      limitOf({ ...limits, group: null }),
      limitOf({ ...limits, isBypassed: true }),
    ]).toEqual([0n, 5n, 9n, null]);
  });
});

describe('K2: ok, warn, hold', () => {
  const limits: CreditLimits = { account: 1_500n, group: null, company: null, isBypassed: false };
  const judge = (exposure: bigint, oldest: string | null = null, given = limits) =>
    judgeCredit(exposure, given, oldest, defaultCreditPolicy, TODAY);
  test.each([
    [1_349n, null, 'ok', []],
    [1_350n, null, 'warn', ['near_limit']],
    [1_500n, null, 'warn', ['near_limit']],
    [1_501n, null, 'hold', ['over_limit']],
    [1n, '2026-02-25', 'ok', []],
    [1n, '2026-02-24', 'hold', ['overdue']],
    [1_600n, '2026-01-01', 'hold', ['over_limit', 'overdue']],
  ] as const)('K2: %d, oldest overdue %s: %s', (exposure, oldest, result, causes) => {
    const found = judge(exposure, oldest);
    expect([found.result, found.causes, found.room]).toEqual([result, causes, 1_500n - exposure]);
  });
  test('K2: no limit, no hold by it; nothing owed is never near a limit of nothing', () => {
    expect(judge(10n ** 12n, null, { ...limits, account: null })).toEqual({
      result: 'ok',
      causes: [],
      limit: null,
      room: null,
      overdueDays: 0,
    });
    expect([judge(0n, null, { ...limits, account: 0n }).result, judge(1n, null, { ...limits, account: 0n }).result]).toEqual([
      'ok',
      'hold',
    ]);
    expect(judge(9_999n, '2025-01-01', { ...limits, isBypassed: true }).result).toBe('ok');
  });
  test.each([
    [0.5, 'as of less than an hour ago'],
    [14.2, 'as of 14 h ago'],
    [72, 'as of 3 days ago'],
  ])('K2: figures of %d h ago say so', (hours, words) => {
    expect(sayAge(0, hours * 3_600_000)).toBe(words);
  });
});

const dispute = (invoice: string, amount: bigint, more: Partial<Dispute> = {}): Dispute => ({
  id: `d-${invoice}`,
  invoice,
  amount,
  reason: 'price',
  processor: 'ada',
  coordinator: 'bob',
  responsible: 'cy',
  dueOn: null,
  outcome: null,
  creditNote: null,
  ...more,
});
const invoices = [
  { id: 'a', due: '2026-03-12', open: 100n },
  { id: 'b', due: '2026-02-10', open: 200n },
  { id: 'c', due: '2025-12-01', open: 400n },
];

describe('K3: billing queries', () => {
  test('K3: the ageing, by days past the due day', () => {
    expect(ageingOf(invoices, [], [], TODAY)).toEqual({
      buckets: [100n, 200n, 0n, 0n, 400n],
      disputed: 0n,
      overdue: 600n,
      oldestDue: '2025-12-01',
    });
  });
  test('K3: what is disputed leaves the ageing and stays in the exposure; the rest is still to be paid', () => {
    const aged = ageingOf(invoices, [dispute('c', 400n), dispute('b', 50n)], [], TODAY);
    expect(aged).toEqual({ buckets: [100n, 150n, 0n, 0n, 0n], disputed: 450n, overdue: 150n, oldestDue: '2026-02-10' });
    const receivables = invoices.reduce((sum, { open }) => sum + open, 0n);
    expect(exposureOf({ receivables, credits: 0n, orders: [], deliveries: 0n, order: null }).total).toBe(700n);
    expect(ageingOf(invoices, [dispute('c', 400n, { outcome: 'rejected' })], [], TODAY).overdue).toBe(600n);
  });
  test('K3: everything open is aged or in dispute', () => {
    const any = fc.array(
      fc.record({ open: fc.bigInt(0n, 999n), day: fc.integer({ min: 1, max: 28 }), disputed: fc.bigInt(0n, 1_500n) }),
    );
    fc.assert(
      fc.property(any, (list) => {
        const all = list.map(({ open, day }, at) => ({
          id: String(at),
          due: `2026-0${(at % 3) + 1}-${String(day).padStart(2, '0')}`,
          open,
        }));
        const aged = ageingOf(
          all,
          list.map((one, at) => dispute(String(at), one.disputed)),
          [],
          TODAY,
        );
        expect(aged.buckets.reduce((sum, one) => sum + one, aged.disputed)).toBe(all.reduce((sum, { open }) => sum + open, 0n));
      }),
    );
  });
  test.each([
    [{}, null],
    [{ amount: 0n }, 'Say what amount is disputed.'],
    [{ amount: 201n }, 'That is more than is open on the invoice and not in dispute already.'],
    [{ reason: 'mood' }, 'Choose a reason.'],
    [{ coordinator: null }, 'A query has three names: who works on it, who coordinates, who is responsible.'],
  ])('K3: a query is opened with amount, reason and three names (%#)', (more, refusal) => {
    expect(judgeDispute(dispute('b', 50n, more), 200n)).toBe(refusal);
  });
  test.each(disputeReasons)('K3: $label is a reason', ({ key }) => {
    expect(judgeDispute(dispute('b', 50n, { reason: key }), 200n)).toBe(null);
  });
  test('K3: it is closed once; what is credited names its note', () => {
    const open = dispute('b', 50n);
    expect([
      judgeOutcome(open, 'rejected', null),
      judgeOutcome(open, 'credit', null),
      judgeOutcome(open, 'rebill', 'CN-1'),
    ]).toEqual([null, 'Name the credit note first.', null]);
    expect(judgeOutcome({ outcome: 'rejected' }, 'credit', 'CN-1')).toBe('The query is closed already.');
    expect(disputedOf({ id: 'b', open: 30n }, [open])).toBe(30n);
  });
});

describe('K4: payment plans', () => {
  test('K4: equal instalments add up exactly', () => {
    expect(equalInstalments(1_000n, 3, '2026-01-31', 'month')).toEqual([
      { due: '2026-01-31', amount: 334n },
      { due: '2026-02-28', amount: 333n },
      { due: '2026-03-31', amount: 333n },
    ]);
    fc.assert(
      fc.property(
        fc.bigInt(24n, 10_000_000n),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom('week', 'month'),
        (total, count, every) => {
          const plan = equalInstalments(total, count, '2026-01-31', every);
          expect(judgePlan(plan, total)).toBe(null);
          expect(judgePlan(plan, total + 1n)).toBe('The instalments do not add up to what is owed.');
        },
      ),
    );
    expect([judgePlan([], 0n), judgePlan([{ due: TODAY, amount: 0n }], 0n)]).toEqual([
      'A plan has one instalment at least.',
      'Every instalment is more than nothing.',
    ]);
    expect(
      judgePlan(
        [
          { due: TODAY, amount: 1n },
          { due: TODAY, amount: 1n },
        ],
        2n,
      ),
    ).toBe('Instalments stand in the order of their days.');
  });
  const instalments = [
    { due: '2026-02-28', amount: 200n },
    { due: '2026-03-31', amount: 200n },
  ];
  const invoice = { id: 'c', due: '2025-12-01' };
  test('K4: a plan that is kept is not overdue', () => {
    const aged = ageingOf([{ ...invoice, open: 200n }], [], [{ invoice: 'c', instalments, paid: 200n }], TODAY);
    expect([aged.overdue, aged.buckets[0], aged.oldestDue]).toEqual([0n, 200n, null]);
  });
  test('K4: a missed instalment brings back the full overdue age', () => {
    const plan = { invoice: 'c', instalments, paid: 199n };
    expect(planStanding(plan, '2026-02-28').isBroken).toBe(false);
    expect(planStanding(plan, '2026-03-01').isBroken).toBe(true);
    const aged = ageingOf([{ ...invoice, open: 201n }], [], [plan], TODAY);
    expect([aged.overdue, aged.buckets[4], aged.oldestDue]).toEqual([201n, 201n, '2025-12-01']);
  });
});

const billable = (events: readonly FulfilmentEvent[], more: Partial<BillableLine> = {}): BillableLine => ({
  id: 'a',
  nature: 'goods',
  buckets: bucketsOf(3n, events),
  net: 1_000n,
  off: 0n,
  offBilled: 0n,
  billed: 0n,
  credited: 0n,
  creditedQty: 0n,
  pieces: [],
  forgiven: 0n,
  adjusted: 0n,
  ...more,
});
const done = (qty: number, ...more: readonly FulfilmentEvent[]): readonly FulfilmentEvent[] => [
  { kind: 'shipped', qty },
  { kind: 'delivered', qty },
  ...more,
];

describe('F3: invoices from what was delivered', () => {
  test('F3: only what was delivered, in proportion', () => {
    expect(invoiceFor([billable([{ kind: 'shipped', qty: 3 }]), billable(done(1), { id: 'b' })])).toEqual([
      { line: 'b', qty: 1n, amount: 333n, off: 0n },
    ]);
  });
  test('F3, M5: the parts of a line add up to the line, and their discounts to its share', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(parts, fc.bigInt(0n, 99_999n), (list, net) => {
        const ordered = BigInt(list.reduce((sum, one) => sum + one, 0));
        const events: FulfilmentEvent[] = [];
        let [billed, offBilled] = [0n, 0n];
        const off = net / 3n;
        for (const qty of list) {
          events.push(...done(qty));
          const [bill] = invoiceFor([billable([], { buckets: bucketsOf(ordered, events), net, billed, off, offBilled })]);
          billed += bill?.amount ?? 0n;
          offBilled += bill?.off ?? 0n;
          events.push({ kind: 'invoiced', qty });
        }
        expect([billed, offBilled]).toEqual([net, off]);
      }),
    );
  });
  test('F3: a price that rose leaves an amount to bill, and no quantity stranded', () => {
    const line = billable(done(3, { kind: 'invoiced', qty: 1 }), { net: 1_200n, billed: 333n });
    expect(invoiceFor([line])).toEqual([{ line: 'a', qty: 2n, amount: 867n, off: 0n }]);
    const short = billable(done(3, { kind: 'invoiced', qty: 3 }), { billed: 900n });
    expect([invoiceFor([short]), isBilled(short)]).toEqual([[{ line: 'a', qty: 0n, amount: 100n, off: 0n }], false]);
  });
  test('O5: what was billed beyond the order is taken off by a line of its own; what came back is not taken off again', () => {
    const line = billable(done(3, { kind: 'invoiced', qty: 2 }), { net: 600n, billed: 667n });
    const open = [
      { line: 'a', qty: 1n, amount: 200n, off: 0n },
      { line: 'a', qty: 0n, amount: -267n, off: 0n },
    ];
    expect(invoiceFor([line])).toEqual(open);
    const all = { ...line, buckets: bucketsOf(3n, done(3, { kind: 'invoiced', qty: 3 })), net: 900n, billed: 1_000n };
    const differences = (more: Partial<BillableLine>) => invoiceFor([{ ...all, ...more }]).map(({ amount }) => amount);
    expect([
      differences({}),
      differences({ creditedQty: 1n, pieces: [{ qty: 3n, amount: 1_000n, creditedQty: 1n }] }),
      differences({ forgiven: 30n }),
      differences({ forgiven: 130n }),
      differences({ adjusted: -100n }),
      differences({ adjusted: -100n, net: 1_000n }),
      differences({ creditedQty: 1n, adjusted: -67n, pieces: [{ qty: 3n, amount: 1_000n, creditedQty: 1n }] }),
    ]).toEqual([[-100n], [-67n], [-70n], [], [], [100n], []]);
  });
  test('F5, O5: what came back takes the difference of its own invoice with it, not the average of all', () => {
    const line = billable([], {
      buckets: bucketsOf(7n, done(7, { kind: 'invoiced', qty: 7 })),
      net: 5_985n,
      billed: 4_636n,
      adjusted: 1_349n,
    });
    const [early, late] = [
      { qty: 3n, amount: 1_216n, creditedQty: 0n },
      { qty: 4n, amount: 3_420n, creditedQty: 0n },
    ];
    const open = (...pieces: BillableLine['pieces']) =>
      invoiceFor([{ ...line, pieces, creditedQty: pieces.reduce((sum, one) => sum + one.creditedQty, 0n) }]).map(
        ({ amount }) => amount,
      );
    expect([
      open(early, late),
      open({ ...early, creditedQty: 1n }, late),
      open(early, { ...late, creditedQty: 1n }),
      open({ ...early, creditedQty: 3n }, late),
    ]).toEqual([[], [-450n], [], [-1_349n]]);
  });
  test('O5: an invoice that would come to less than nothing is a credit of what is too much, and an invoice of the rest', () => {
    const [more, less] = [
      { line: 'a', qty: 1n, amount: 200n, off: 0n },
      { line: 'a', qty: 0n, amount: -267n, off: 0n },
    ];
    const next = (freight: bigint) => billNext([more, less], (all) => all.reduce((sum, { amount }) => sum + amount, freight));
    expect(next(0n)).toEqual({ invoice: [more], credit: [{ ...less, amount: 267n }] });
    expect([next(67n), billNext([more], () => -1n)]).toEqual([
      { invoice: [more, less], credit: [] },
      { invoice: [more], credit: [] },
    ]);
  });
  test('F3: a service is billed by what was accepted', () => {
    expect(invoiceFor([billable([{ kind: 'accepted', qty: 2 }], { nature: 'service' })])).toEqual([
      { line: 'a', qty: 2n, amount: 667n, off: 0n },
    ]);
  });
  test('F5: what came back is credited at what it was billed for', () => {
    const line = billable(done(3, { kind: 'invoiced', qty: 3 }, { kind: 'returned', qty: 1 }), { billed: 1_000n });
    expect([creditFor([line]), isBilled(line)]).toEqual([[{ line: 'a', qty: 1n, amount: 333n }], true]);
    expect([
      judgeCreditNote(333n, 1_000n, 'Broken'),
      judgeCreditNote(0n, 1n, 'x'),
      judgeCreditNote(2n, 1n, 'x'),
      judgeCreditNote(1n, 1n, ' '),
    ]).toEqual([
      null,
      'Say what amount is credited.',
      'That is more than was billed and not credited.',
      'Say why it is credited.',
    ]);
  });
});
