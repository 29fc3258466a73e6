import { describe, expect, test } from 'vitest';
import { judgeFiling, missingEvidence, netLossByCause, type ClaimCause } from '../../shared/domain/claims/claim.ts';
import { claimDeadlines, nextDeadline, usRoad, type ClaimFacts } from '../../shared/domain/claims/rules.ts';
import { claimMoves, claimStates } from '../../shared/domain/claims/states.ts';

const delivered: ClaimFacts = {
  deliveredOn: '2026-01-31',
  isConcealed: false,
  toldOn: null,
  filedOn: null,
  acknowledgedOn: null,
  statusOn: null,
  decidedOn: null,
  deniedOn: null,
  isClosed: false,
};
const filed = { ...delivered, filedOn: '2026-03-01' };
const dueOf = (facts: ClaimFacts, kind: string, rules = usRoad) =>
  claimDeadlines(rules, facts).find((one) => one.kind === kind)?.due ?? null;

describe('T2: the days of United States road freight', () => {
  test('T2: nine months from proof of delivery to file, to the end of a shorter month', () => {
    expect(dueOf(delivered, 'file')).toBe('2026-10-31');
    expect(dueOf({ ...delivered, deliveredOn: '2026-05-31' }, 'file')).toBe('2027-02-28');
    expect(claimDeadlines(usRoad, delivered)).toHaveLength(1);
  });

  test('T2: 30 days to acknowledge, 120 to pay, decline or offer, 60 to report after that', () => {
    expect([dueOf(filed, 'acknowledge'), dueOf(filed, 'decide'), dueOf(filed, 'status')]).toEqual([
      '2026-03-31',
      '2026-06-29',
      '2026-08-28',
    ]);
    expect(dueOf({ ...filed, statusOn: '2026-08-20' }, 'status')).toBe('2026-10-19');
    // An early report does not move the next one before the first.
    expect(dueOf({ ...filed, statusOn: '2026-03-02' }, 'status')).toBe('2026-08-28');
  });

  test('T2: two years and a day from the denial to sue', () => {
    expect(dueOf({ ...filed, decidedOn: '2026-06-01', deniedOn: '2026-06-01' }, 'suit')).toBe('2028-06-02');
    expect(dueOf({ ...filed, decidedOn: '2024-02-29', deniedOn: '2024-02-29' }, 'suit')).toBe('2026-03-01');
  });

  test('T2: a contract of six months and 48 hours for damage nobody could see', () => {
    const contract = { ...usRoad, fileMonths: 6, concealedDays: 2 };
    expect(dueOf(delivered, 'tell', contract)).toBeNull();
    expect(dueOf({ ...delivered, isConcealed: true }, 'tell', contract)).toBe('2026-02-02');
    expect(dueOf(delivered, 'file', contract)).toBe('2026-07-31');
  });

  test('T2: what comes next, whoever has to do it; nothing of a closed claim', () => {
    expect(nextDeadline(claimDeadlines(usRoad, delivered))).toMatchObject({ kind: 'file', who: 'us' });
    expect(nextDeadline(claimDeadlines(usRoad, filed))).toMatchObject({ kind: 'acknowledge', who: 'carrier' });
    const answered = { ...filed, acknowledgedOn: '2026-03-05' };
    expect(nextDeadline(claimDeadlines(usRoad, answered))).toMatchObject({ kind: 'decide', due: '2026-06-29' });
    expect(claimDeadlines(usRoad, { ...filed, isClosed: true })).toEqual([]);
  });
});

describe('T2: a claim is written, names the shipment, says who is liable and how much', () => {
  const whole = {
    shipment: 'PRO 4711',
    isLiabilityAsserted: true,
    amount: 12_000n,
    cause: 'damaged',
    deliveredOn: '2026-01-10',
  } as const;
  test.each([
    [{}, 0],
    [{ shipment: ' ' }, 1],
    [{ isLiabilityAsserted: false }, 1],
    [{ amount: null }, 1],
    [{ amount: 0n }, 1],
    [{ cause: null, shipment: null }, 2],
    [{ deliveredOn: null }, 1],
  ])('T2: %o lacks %i', (change, count) => {
    expect(judgeFiling({ ...whole, ...change })).toHaveLength(count);
  });

  test('T2: the evidence that is missing', () => {
    const all: readonly ClaimCause[] = ['lost', 'short', 'damaged', 'late', 'temperature', 'refused'];
    for (const cause of all) expect(missingEvidence(cause, [])).toEqual(expect.arrayContaining(['proof', 'invoice']));
    expect(missingEvidence('damaged', ['photos'])).toEqual(['proof', 'invoice', 'salvage']);
    expect(missingEvidence('lost', ['proof', 'invoice'])).toEqual([]);
  });

  test('T2: every move is between states there are, and what was filed is never a draft again', () => {
    const keys: readonly string[] = claimStates.map(({ key }) => key);
    for (const { from, to } of claimMoves) expect(keys.includes(from) && keys.includes(to)).toBe(true);
    expect(claimMoves.some(({ to }) => to === 'draft')).toBe(false);
    expect(claimMoves.find(({ to }) => to === 'filed')?.isReversible).toBe(false);
  });
});

test('T3: the net loss per cause is what customers were credited less what carriers paid', () => {
  expect(
    netLossByCause([
      { cause: 'late', credited: 100n, recovered: 0n },
      { cause: 'damaged', credited: 500n, recovered: 450n },
      { cause: 'damaged', credited: 300n, recovered: 0n },
    ]),
  ).toEqual([
    { cause: 'damaged', net: 350n },
    { cause: 'late', net: 100n },
  ]);
});
