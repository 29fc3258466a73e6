/** A trace in the words of its panel: what is worth a row, and what it says. */
import { describe, expect, test } from 'vitest';
import { withDay, dayOf } from '../../renderer/features/register/AsOf.tsx';
import * as say from '../../renderer/features/prices/words.ts';
import { deciding } from '../../renderer/features/prices/showPrice.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import { ask, book, micros, promotion, rule } from '../domain/priceBook.ts';

const words: say.Words = {
  format: { locale: 'en-GB', zone: 'UTC', today: '2026-03-12', currency: 'GBP' },
  lists: { deal: 'CT-0087' },
  uom: 'EA',
};
const days = { from: '2026-01-01', to: '2026-06-30' } as const;
const deal = { kind: 'contract', account: 'A', list: 'deal', ...days } as const;
const rules = [
  rule('list', '10.00'),
  rule('t1', '9.20', { kind: 'tier', tier: 'T1' }),
  rule('d1', '8.50', deal),
  rule('d500', '8.10', { ...deal, min: micros('500') }),
];

describe('P10: a line of 560 under a contract', () => {
  const trace = resolvePrice(ask('560', { tier: 'T1' }), book(rules));
  test('shows the levels that were asked, the one that answered, and behind it only those with a price', () => {
    const rows = say.lookRows(trace, words);
    expect(rows.filter(({ isHit }) => isHit)).toMatchObject([{ at: 2, name: 'Contract, account', price: micros('8.10') }]);
    expect(rows.find(({ isHit }) => isHit)?.note).toMatch(/^CT-0087.*from 500$/);
    expect(rows.map(({ at }) => at)).toEqual([0, 1, 2, 5, 7]);
    expect(rows.at(-1)?.note).toMatch(/not asked$/);
  });
  test('says its days, and that no step is above', () => {
    expect(say.validity(trace, words)).toBe('1 Jan to 30 Jun');
    expect(say.nextBreak(trace, words)).toBe('None above');
    expect(say.nextBreak(resolvePrice(ask('10'), book(rules)), words)).toBe('8.10 from 500 EA');
    expect(deciding(trace)).toEqual([{ table: 'prices', id: 'd500', field: 'price' }]);
  });
});

test('P7: a promotion that was taken is a step, one that was not is said with its reason', () => {
  const spring = promotion('spring', '0.05');
  const ofList = resolvePrice(ask('1'), book([rule('list', '10.00')], { promotions: [spring] }));
  expect(say.steps(ofList, words).map(({ price }) => price)).toEqual([micros('10'), micros('9.50')]);
  expect(say.steps(ofList, words).at(-1)?.note).toBe('5.0 % off 10.00');
  expect(say.passedOver(resolvePrice(ask('1'), book(rules, { promotions: [spring] })))).toMatch(
    /not applied: contracts exclude offers$/,
  );
});

test('P3: two rules that nothing tells apart can both be opened', () => {
  const trace = resolvePrice(ask('1'), book([rule('a', '1', deal), rule('b', '2', deal)]));
  expect(say.headText({ trace, price: null, by: 'engine' }, words)).toBe('Two prices claim this line');
  expect(deciding(trace).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('A1: room is told in both directions', () => {
  expect(say.roomText(micros('8.10'), micros('7.50'), words)).toBe('0.60, down to 7.50');
  expect(say.roomText(micros('7.10'), micros('7.50'), words)).toBe('0.40 below the least, 7.50');
});

test('P8: the heading says whose price it is', () => {
  const head = (by: 'hand' | 'engine' | null, price: string) =>
    say.headText({ trace: resolvePrice(ask('10'), book(rules)), price: micros(price), by }, words);
  expect([head('engine', '8.50'), head('hand', '8'), head(null, '8'), head(null, '8.50')]).toEqual([
    'Why 8.50',
    '8.00, set by hand',
    '8.00, as it came',
    'Why 8.50',
  ]);
});

test('the day of a register is one part of its filter, and the rest stays', () => {
  const words_ = { words: 'crate' };
  expect(withDay(words_, '2026-03-12')).toEqual({ all: [words_, { on: '2026-03-12' }] });
  expect(dayOf(withDay(withDay(words_, '2026-03-12'), '2026-04-01'))).toBe('2026-04-01');
  expect(withDay({ all: [words_, { on: '2026-03-12' }] }, null)).toEqual(words_);
  expect(withDay({ on: '2026-03-12' }, null)).toBeNull();
});

test('P6: what counted besides the line is told, on the base price or on its part', () => {
  const beside = new Map([['low', 60n * 10n ** 12n]]);
  const list = rule('list', '10.00');
  const ofGroup = resolvePrice(ask('40', { beside }), book([list, rule('low', '9', { min: micros('100'), basis: 'group' })]));
  expect(say.steps(ofGroup, words)).toMatchObject([{ name: 'Base price', note: 'with 60 on other lines of its group' }]);
  const low = rule('low', '9', { min: micros('81'), basis: 'period', mode: 'graduated' });
  const ofPeriod = resolvePrice(ask('40', { beside }), book([list, low]));
  expect(say.steps(ofPeriod, words)).toMatchObject([
    { name: '20 at 9.00', note: 'after 60 bought in its period' },
    { name: '20 at 10.00', note: '' },
    { name: 'Base price', note: '' },
  ]);
});
