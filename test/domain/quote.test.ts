import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedFrom } from '../../shared/domain/lifecycle.ts';
import { convert, judgeAnswer, judgeConversion, remainingOf, type QuotedLine } from '../../shared/domain/quote/acceptance.ts';
import { chargeBlocks } from '../../shared/domain/quote/charges.ts';
import { choiceFaults, choose, isCounted, quoteTotals, type OptionLine } from '../../shared/domain/quote/options.ts';
import { judgeLoss, lossReasons, opportunityFaults, outcomeOf } from '../../shared/domain/quote/outcome.ts';
import {
  canRevise,
  currentOf,
  lineageOf,
  makeCurrent,
  readRevision,
  revise,
  revisionNumber,
  startOver,
  type Revision,
} from '../../shared/domain/quote/revisions.ts';
import { expiredDays, sayCap, validityOf, type Rest } from '../../shared/domain/quote/validity.ts';

const TODAY = '2026-03-12';
const first: Revision = { id: 'a', base: 'Q26-K7M-0042', revision: 1, from: null, status: 'sent', validTo: '2026-04-01' };

describe('Q1: expiry is derived', () => {
  test.each([
    ['sent', '2026-03-11', 1],
    ['sent', '2026-03-12', 0],
    ['approved', '2026-03-02', 10],
    ['draft', '2026-03-02', 0],
    ['accepted', '2026-03-02', 0],
    ['sent', null, 0],
  ] as const)('Q1: %s to %s is expired for %i days', (status, validTo, days) => {
    expect(expiredDays(status, validTo, TODAY)).toBe(days);
  });
});

describe('Q2: revisions', () => {
  const second = { ...revise([first], first, 'b'), status: 'sent', validTo: '2026-04-01' };
  const third = revise([first, second], first, 'c');

  test('Q2: the base number stays, the revision counts, whichever it was made from', () => {
    expect([first, second, third].map(({ base, revision }) => revisionNumber(base ?? '', revision))).toEqual([
      'Q26-K7M-0042',
      'Q26-K7M-0042/R2',
      'Q26-K7M-0042/R3',
    ]);
    expect([third.from, third.status, third.validTo]).toEqual(['a', 'draft', null]);
    expect(lineageOf([first, second, third], 'c').map(({ id }) => id)).toEqual(['c', 'a']);
  });
  test('Q2: a number is read back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9-]{1,12}$/), fc.integer({ min: 1, max: 999 }), (base, revision) => {
        expect(readRevision(revisionNumber(base, revision))).toEqual({ base, revision });
      }),
    );
    expect(readRevision('A/R1')).toEqual({ base: 'A/R1', revision: 1 });
  });
  test('Q2: what was sent can be revised without cancelling it; what became an order cannot', () => {
    const can = ['draft', 'in_review', 'approved', 'sent', 'accepted', 'partly_accepted', 'rejected', 'superseded'].filter(
      canRevise,
    );
    expect(can).toEqual(['sent', 'rejected', 'superseded']);
  });
  test('Q2: a copy is a quote of its own', () => {
    expect(startOver('x')).toEqual({ id: 'x', base: null, revision: 1, from: null, status: 'draft', validTo: null });
  });
  test('Q2: an earlier revision is made current and supersedes the rest, but no draft', () => {
    const all = [{ ...first, status: 'superseded' }, second, third];
    expect(makeCurrent(all, 'a', TODAY)).toEqual({
      refusal: null,
      moves: [
        { id: 'a', to: 'sent' },
        { id: 'b', to: 'superseded' },
      ],
    });
    expect(currentOf(all)?.id).toBe('b');
    expect(currentOf([third])).toBe(null);
    expect(currentOf([{ ...first, status: 'accepted' }, second])?.id).toBe('a');
  });
  test.each([
    ['a', '2026-04-02', 'It was valid to 2026-04-01 and is expired. Revise it, so that its prices are of today.'],
    ['c', TODAY, 'Only a revision that was sent can be made current.'],
    ['x', TODAY, 'This revision is not here.'],
  ])('Q2: %s cannot be made current on %s', (id, today, refusal) => {
    expect(makeCurrent([first, second, third], id, today)).toEqual({ refusal, moves: [] });
  });
  test('Q2: nor can any once one was accepted', () => {
    expect(makeCurrent([first, { ...second, status: 'partly_accepted' }], 'a', TODAY).refusal).toBe(
      'A revision was accepted already.',
    );
  });
  test('Q2: every move is one of the life cycle, and at most one is left with the customer', () => {
    const status = fc.constantFrom('draft', 'in_review', 'approved', 'sent', 'rejected', 'withdrawn', 'superseded');
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 8 }), fc.nat(7), (states, at) => {
        const all = states.map((one, n): Revision => ({ ...first, id: String(n), revision: n + 1, status: one }));
        const { moves, refusal } = makeCurrent(all, String(at), TODAY);
        for (const { id, to } of moves) expect(allowedFrom('quote', all[Number(id)]?.status ?? '')).toContain(to);
        const left = all.map(({ id, status: was }) => moves.find((move) => move.id === id)?.to ?? was);
        if (refusal === null) expect(left.filter((one) => one === 'sent')).toHaveLength(1);
      }),
    );
  });
});

const option = (id: string, group: string | null, isChosen = false, isOptional = false): OptionLine => ({
  id,
  group,
  isChosen,
  isOptional,
});

describe('Q3: options and alternatives', () => {
  const lines = [option('a', null), option('b', 'pump', true), option('c', 'pump'), option('d', null, false, true)];
  test('Q3: exactly one of a group counts, optional lines only when they are chosen', () => {
    expect(lines.filter(isCounted).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(choiceFaults(lines)).toEqual([]);
    const other = choose(choose(lines, 'c'), 'd');
    expect(other.filter(isCounted).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    expect(choiceFaults(other)).toEqual([]);
  });
  test('Q3: none or two of a group is said, with the lines', () => {
    const faults = choiceFaults([
      option('a', 'x'),
      option('b', 'x'),
      option('c', 'y', true),
      option('d', 'y', true),
      option('e', 'z', false, true),
    ]);
    expect(faults).toEqual([
      { group: 'x', code: 'CHOICE_NONE', lines: ['a', 'b'] },
      { group: 'y', code: 'CHOICE_MANY', lines: ['c', 'd'] },
    ]);
  });
  test('Q3: totals are of the lines that count', () => {
    const priced = lines.map((line) => ({ ...line, qty: 1_000_000, price: 10_000_000, discount: 0, taxCode: 'S' }));
    const totals = quoteTotals(
      { lines: priced, discount: 0n, charges: [], rates: new Map([['S', 200_000]]) },
      {
        digits: 2,
        mode: 'half_up',
        work: 'line',
        rounding: 'line',
        tax: 'document',
        taxMode: 'half_up',
        isTaxIncluded: false,
        taxTable: '1',
        fx: null,
      },
    );
    expect([totals.net, totals.total, totals.lines.map(({ id }) => id)]).toEqual([2000n, 2400n, ['a', 'b']]);
  });
  test('Q3: one primary per opportunity, one accepted unless it is split', () => {
    const quote = (isPrimary: boolean, status: string) => ({ isPrimary, status });
    expect(opportunityFaults([quote(true, 'accepted'), quote(false, 'sent')], false)).toEqual([]);
    expect(opportunityFaults([quote(true, 'accepted'), quote(true, 'partly_accepted')], false)).toEqual([
      'PRIMARY_MANY',
      'ACCEPTED_MANY',
    ]);
    expect(opportunityFaults([quote(true, 'accepted'), quote(false, 'accepted')], true)).toEqual([]);
    expect([opportunityFaults([quote(false, 'sent')], false), opportunityFaults([], false)]).toEqual([['PRIMARY_NONE'], []]);
  });
});

describe('Q4: validity and charges', () => {
  const rest = (id: string, until: string, kind: Rest['kind'] = 'contract'): Rest => ({
    kind,
    id,
    name: id.toUpperCase(),
    until,
  });
  test('Q4: the days of the price list, capped by what ends first, with the reason', () => {
    expect(validityOf(TODAY, 30, [rest('k1', '2026-06-30')])).toEqual({ until: '2026-04-11', cap: null });
    const capped = validityOf(TODAY, 30, [
      rest('k2', '2026-03-31'),
      rest('s1', '2026-03-20', 'slot'),
      rest('r1', '2026-03-20', 'buy_rate'),
    ]);
    expect([capped.until, sayCap(capped)]).toEqual(['2026-03-20', 'Valid to 2026-03-20 only: buy rate R1 ends then']);
    expect(sayCap(validityOf(TODAY, 30, []))).toBe(null);
    expect(sayCap(validityOf(TODAY, 30, [rest('q1', '2026-03-20', 'rates')]))).toBe(
      'Valid to 2026-03-20 only: its rates hold no longer',
    );
  });
  test('Q4: a blank mandatory charge blocks sending; nought and included are answers', () => {
    const template = { mode: 'sea', mandatory: ['BAF', 'THC', 'ISPS', 'DOC'] };
    const terms = { ratesUntil: '2026-04-01', transit: '28 days', freeDays: 7 };
    const charges = [
      { code: 'BAF', amount: 12_000n, isIncluded: false },
      { code: 'THC', amount: null, isIncluded: true },
      { code: 'ISPS', amount: 0n, isIncluded: false },
      { code: 'DOC', amount: null, isIncluded: false },
    ];
    expect(chargeBlocks(template, charges, terms)).toEqual([{ code: 'CHARGE_BLANK', charge: 'DOC' }]);
    expect(
      chargeBlocks(template, charges.slice(0, 3), { ratesUntil: null, transit: ' ', freeDays: null }).map(({ code }) => code),
    ).toEqual(['CHARGE_BLANK', 'RATES_UNTIL', 'TRANSIT', 'FREE_TIME']);
  });
});

const quoted = (id: string, qty: bigint, more: Partial<QuotedLine> = {}): QuotedLine => ({
  ...option(id, null),
  product: `p-${id}`,
  uom: 'EA',
  qty,
  price: 8_500_000,
  discount: 50_000,
  taxCode: 'S',
  accepted: null,
  ordered: 0n,
  ...more,
});

describe('Q5: acceptance and conversion', () => {
  const lines = [quoted('a', 100n), quoted('b', 10n, { group: 'g', isChosen: true }), quoted('c', 20n, { group: 'g' })];
  const judge = (answer: Readonly<Record<string, bigint>>) => judgeAnswer(lines, new Map(Object.entries(answer)));
  test.each([
    [{ a: 100n, b: 10n }, 'accepted'],
    [{ a: 100n, c: 20n }, 'accepted'],
    [{ a: 40n, b: 10n }, 'partly_accepted'],
    [{ a: 100n }, 'partly_accepted'],
  ])('Q5: an answer takes the whole or a part (%#)', (answer, status) => {
    expect(judge(answer)).toEqual({ refusal: null, status });
  });
  test.each([
    [{ a: 101n }, 'More than was quoted. The rest is a new line with a price of its own.'],
    [{ b: 1n, c: 1n }, 'Two alternatives of one group cannot both be accepted.'],
    [{ a: 0n }, 'Nothing is accepted. Reject the quote, or name a line.'],
    [{ a: -1n }, 'A quantity is below zero.'],
    [{ z: 1n }, 'A line that is not on the quote was named.'],
  ])('Q5: what was not offered is not accepted (%#)', (answer, refusal) => {
    expect(judge(answer)).toEqual({ refusal, status: null });
  });

  const accepted = [quoted('a', 100n, { accepted: 60n, ordered: 20n }), quoted('b', 10n, { accepted: 10n, ordered: 10n })];
  test('Q5: what remains becomes an order, with price, discount and tax code as quoted', () => {
    expect(convert(accepted, null)).toEqual([
      { quoteLine: 'a', product: 'p-a', uom: 'EA', qty: 40n, price: 8_500_000, discount: 50_000, taxCode: 'S' },
    ]);
  });
  test('P2: above what remains the excess is a line of its own, without a price', () => {
    expect(convert(accepted, new Map([['a', 55n]])).map(({ quoteLine, qty, price }) => [quoteLine, qty, price])).toEqual([
      ['a', 40n, 8_500_000],
      [null, 15n, null],
    ]);
  });
  test('Q5: no conversion orders more under the quoted price than was accepted', () => {
    const wanted = fc.bigInt(0n, 200n);
    fc.assert(
      fc.property(fc.bigInt(0n, 100n), fc.bigInt(0n, 100n), wanted, (yes, ordered, qty) => {
        const line = quoted('a', 100n, { accepted: yes, ordered });
        const made = convert([line], new Map([['a', qty]]));
        expect(made.reduce((sum, one) => sum + one.qty, 0n)).toBe(qty);
        const underQuote = made.filter(({ quoteLine }) => quoteLine !== null).reduce((sum, one) => sum + one.qty, 0n);
        expect(underQuote <= remainingOf(line)).toBe(true);
      }),
    );
  });
  test.each([
    ['superseded', TODAY, 'A later revision took its place. Make this one current first.'],
    ['sent', '2026-03-01', 'It was valid to 2026-03-01 and is expired. Revise it first.'],
    ['sent', TODAY, 'It was not accepted yet.'],
    ['approved', TODAY, 'It was not sent yet.'],
    ['rejected', TODAY, 'It was rejected.'],
    ['accepted', '2026-03-01', null],
    ['partly_accepted', TODAY, null],
  ])('Q2: a quote that is %s, valid to %s', (status, validTo, refusal) => {
    expect(judgeConversion({ status, validTo }, accepted, TODAY)).toBe(refusal);
  });
  test('Q5: nor what is on order already', () => {
    expect(judgeConversion({ status: 'accepted', validTo: null }, accepted.slice(1), TODAY)).toBe(
      'All of it is on order already.',
    );
  });
});

describe('Q7: why it was lost', () => {
  const ending = { status: 'rejected', validTo: '2026-03-01', reason: null, competitor: null };
  test('Q7: a rejection needs a reason, and a competitor his name', () => {
    expect(judgeLoss(ending)).toBe('Say why it was lost: choose a reason first.');
    expect(judgeLoss({ reason: 'competitor', competitor: ' ' })).toBe('Name the competitor it was lost to.');
    expect([judgeLoss({ reason: 'competitor', competitor: 'Acme' }), judgeLoss({ reason: 'price', competitor: null })]).toEqual([
      null,
      null,
    ]);
  });
  test.each(lossReasons)('Q7: $label is a reason', ({ key }) => {
    expect(judgeLoss({ reason: key, competitor: 'Acme' })).toBe(null);
  });
  test('Q7: an expired quote counts as no decision until a reason is given', () => {
    const outcome = (more: Partial<Parameters<typeof outcomeOf>[0]>) => outcomeOf({ ...ending, ...more }, TODAY);
    expect(outcome({ status: 'sent' })).toEqual({ result: 'lost', reason: 'no_decision', isUnsaid: true });
    expect(outcome({ status: 'sent', reason: 'timing' })).toEqual({ result: 'lost', reason: 'timing', isUnsaid: false });
    expect(outcome({ status: 'sent', validTo: TODAY })?.result).toBe('open');
    expect(outcome({ status: 'partly_accepted' })?.result).toBe('won');
    expect(outcome({ status: 'withdrawn' })?.reason).toBe('withdrawn');
    expect(outcome({ status: 'superseded' })).toBe(null);
  });
});
