import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commercialText, type CommercialContent } from '../../shared/domain/approval/content.ts';
import { isClear, judgeRecall, standingOf, type Decision, type Recall } from '../../shared/domain/approval/standing.ts';
import { judgeApprover, stepsFor, type Step } from '../../shared/domain/approval/steps.ts';
import { defaultLimits, type MarginDocument } from '../../shared/domain/margin.ts';

const TODAY = '2026-03-12';
const document = (net: bigint, more: Partial<MarginDocument> = {}): MarginDocument => ({
  lines: [{ id: 'a', net, cost: 8_000n, costOn: TODAY, discount: 0 }],
  termDays: 30,
  validDays: 30,
  hasOwnText: false,
  ...more,
});
const levels = (given: MarginDocument, limits = defaultLimits) =>
  stepsFor(given, limits, TODAY).map(({ level, triggers }) => [level, ...new Set(triggers.map(({ cause }) => cause))]);

describe('A2: who has to agree, from limits that are data', () => {
  test.each([
    [document(10_000n), []],
    [document(9_990n), [[1, 'below_floor']]],
    [document(8_800n), [[2, 'below_hard_floor']]],
    [document(7_999n), [[2, 'below_cost']]],
    [document(10_000n, { termDays: 60, validDays: 45, hasOwnText: true }), [[1, 'terms', 'validity', 'text']]],
    [
      document(8_800n, { termDays: 60 }),
      [
        [1, 'terms'],
        [2, 'below_hard_floor'],
      ],
    ],
  ])('A2: steps and what triggers them (%#)', (given, steps) => {
    expect(levels(given)).toEqual(steps);
  });
  test('A4: inside delegated limits nobody is asked', () => {
    expect(levels(document(9_000n), { ...defaultLimits, floor: 100_000, hardFloor: 50_000 })).toEqual([]);
  });
});

const content: CommercialContent = {
  account: 'acme',
  currency: 'GBP',
  terms: '30 days',
  incoterm: 'DAP',
  validTo: '2026-04-11',
  discount: 0,
  charges: [
    { code: 'FRT', amount: 4_500 },
    { code: 'DOC', amount: null },
  ],
  text: null,
  lines: ['b', 'a'].map((id) => ({
    id,
    product: `p-${id}`,
    description: null,
    qty: 10_000_000,
    uom: 'EA',
    price: 8_500_000,
    discount: 50_000,
    taxCode: 'S',
    option: null,
  })),
};

describe('A3: an approval is of a content', () => {
  test('A3: the order of lines and charges says nothing', () => {
    const turned = { ...content, lines: content.lines.toReversed(), charges: content.charges.toReversed() };
    expect(commercialText(turned)).toBe(commercialText(content));
  });
  test.each<Partial<CommercialContent>>([
    { terms: '60 days' },
    { currency: 'EUR' },
    { validTo: null },
    { discount: 1 },
    { text: 'Subject to board approval' },
    { charges: content.charges.slice(1) },
    { lines: content.lines.slice(1) },
    { lines: content.lines.map((line, at) => (at === 0 ? { ...line, price: 8_500_001 } : line)) },
    { lines: content.lines.map((line, at) => (at === 0 ? { ...line, qty: 9_000_000 } : line)) },
  ])('A3: any change is another content (%#)', (change) => {
    expect(commercialText({ ...content, ...change })).not.toBe(commercialText(content));
  });
});

const steps: readonly Step[] = [
  { level: 1, triggers: [{ cause: 'terms', line: null, approver: 1 }] },
  { level: 2, triggers: [{ cause: 'below_cost', line: 'a', approver: 2 }] },
];
const decision = (id: string, at: number, more: Partial<Decision> = {}): Decision => ({
  id,
  hash: 'h1',
  level: 1,
  verdict: 'approve',
  by: 'ada',
  reason: null,
  at,
  device: 'd1',
  ...more,
});
const recall = (at: number): Recall => ({ hash: 'h1', by: 'me', at, device: 'd0' });
const one = steps.slice(0, 1);

describe('A3, A4: what stands of the decisions', () => {
  test('A4: pending until every step is decided', () => {
    const first = standingOf('h1', steps, [decision('1', 1)]);
    expect([first.status, first.open.map(({ level }) => level)]).toEqual(['pending', [2]]);
    expect(standingOf('h1', steps, [decision('1', 1), decision('2', 2, { level: 2 })]).status).toBe('approved');
    expect(standingOf('h1', [], []).status).toBe('free');
  });
  test('A3: a change of content voids what was agreed', () => {
    const standing = standingOf('h2', one, [decision('1', 1)]);
    expect([standing.status, standing.voided.map(({ id }) => id), isClear(standing)]).toEqual(['pending', ['1'], false]);
  });
  test('A4: of two decisions on one content the earlier stands, the other is recorded', () => {
    const standing = standingOf('h1', one, [decision('late', 5), decision('early', 4, { verdict: 'refuse', by: 'bob' })]);
    expect([standing.status, standing.stands.map(({ id }) => id), standing.recorded.map(({ id }) => id)]).toEqual([
      'refused',
      ['early'],
      ['late'],
    ]);
  });
  test('A4: the same on every device, in whatever order the decisions come', () => {
    const any = fc.array(
      fc.record({
        at: fc.nat(5),
        device: fc.constantFrom('d1', 'd2', 'd3'),
        verdict: fc.constantFrom('approve', 'refuse'),
        level: fc.constantFrom(1, 2),
        hash: fc.constantFrom('h1', 'h2'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(any, fc.option(fc.nat(5), { nil: null }), (list, at) => {
        const decisions = list.map((more, n) =>
          decision(`${more.at}${more.device}${n}`, more.at, { ...more, device: `${more.device}${n}` }),
        );
        const recalls = at === null ? [] : [recall(at)];
        const here = standingOf('h1', steps, decisions, recalls);
        const there = standingOf('h1', steps, decisions.toReversed(), recalls);
        expect([there.status, there.stands]).toEqual([here.status, here.stands]);
        expect(here.stands.length + here.recorded.length + here.voided.length).toBe(decisions.length);
      }),
    );
  });
  test('A3: the one who asked may ask it back while it is pending', () => {
    expect(standingOf('h1', one, [decision('1', 7)], [recall(5)]).status).toBe('recalled');
    expect(standingOf('h1', one, [decision('1', 4)], [recall(5)]).status).toBe('approved');
    expect([
      judgeRecall({ status: 'pending' }, 'me', 'me'),
      judgeRecall({ status: 'approved' }, 'me', 'me'),
      judgeRecall({ status: 'pending' }, 'me', 'ada'),
    ]).toEqual([null, 'There is nothing to ask back: it was decided.', 'Only the one who asked may ask it back.']);
  });
  test.each([
    [{ id: 'me', levels: [1, 2] as const }, 0, null, 'You asked for this yourself: somebody else has to agree.'],
    [{ id: 'ada', levels: [1] as const }, 1, 'fine', 'This step belongs to approver 2.'],
    [{ id: 'bob', levels: [2] as const }, 0, null, 'This step belongs to approver 1.'],
    [{ id: 'bob', levels: [2] as const }, 1, ' ', 'Say why: this step needs a reason.'],
    [{ id: 'bob', levels: [2] as const }, 1, 'Clearing stock', null],
    [{ id: 'ada', levels: [1] as const }, 0, null, null],
  ])('A3: an approver decides only his own steps (%#)', (approver, at, reason, refusal) => {
    const step = steps[at];
    expect(step && judgeApprover(approver, step, { requester: 'me', reason })).toBe(refusal);
  });
});
