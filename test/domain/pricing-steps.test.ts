import { describe, expect, test } from 'vitest';
import { engineSays, settlePrice, typedPrice } from '../../shared/domain/pricing/manual.ts';
import { isBeyondTolerance, repriceRow } from '../../shared/domain/pricing/reprice.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import { traceText } from '../../shared/domain/pricing/trace.ts';
import type { AgreedPrice } from '../../shared/domain/pricing/types.ts';
import { ask, book, micros, priceOf, promotion, rule, shown } from './priceBook.ts';

describe('P7: promotions after the base', () => {
  const list = [rule('list', '100')];
  const off = (promotions: Parameters<typeof book>[1]) => resolvePrice(ask('1'), book(list, promotions));
  test('one after the other, the highest priority first', () => {
    const all = ['*'];
    const both = [promotion('b', '0.10', { stackableWith: all }), promotion('a', '0.05', { stackableWith: ['B'], priority: 1 })];
    const trace = off({ promotions: both });
    expect(shown(trace)).toBe(85.5);
    expect(trace.steps.slice(1).map((step) => [step.kind, step.after])).toEqual([
      ['promotion', micros('95')],
      ['promotion', micros('85.5')],
    ]);
  });
  test('both have to allow it', () => {
    const trace = off({ promotions: [promotion('a', '0.05', { priority: 1, stackableWith: ['*'] }), promotion('b', '0.10')] });
    expect([shown(trace), trace.passed]).toEqual([95, [{ rule: 'b', code: 'B', why: 'stack' }]]);
  });
  test('two of one priority that do not combine are a conflict', () => {
    expect(off({ promotions: [promotion('a', '0.05'), promotion('b', '0.10')] })).toMatchObject({
      outcome: 'conflict',
      price: null,
      conflict: ['a', 'b'],
    });
  });
  test('only where it holds: day, customer, product, quantity', () => {
    const elsewhere = [
      promotion('day', '0.5', { to: '2026-03-14' }),
      promotion('customer', '0.5', { account: 'B' }),
      promotion('tier', '0.5', { tier: 't1' }),
      promotion('product', '0.5', { product: 'lid' }),
      promotion('quantity', '0.5', { min: micros('2') }),
    ];
    expect(off({ promotions: elsewhere })).toMatchObject({ price: micros('100'), passed: [] });
    expect(priceOf(ask('1', { parents: ['B'] }), list, { promotions: elsewhere.slice(1, 2) })).toBe(50);
  });
  test('contracts exclude them unless flagged', () => {
    const contract = rule('c', '100', { kind: 'contract', account: 'A' });
    const promotions = [promotion('p', '0.5')];
    expect(resolvePrice(ask('1'), book([contract], { promotions }))).toMatchObject({
      price: micros('100'),
      passed: [{ rule: 'p', code: 'P', why: 'contract' }],
    });
    expect(priceOf(ask('1'), [{ ...contract, isOpenToPromotions: true }], { promotions })).toBe(50);
  });
});

describe('P8: prices set by hand', () => {
  const rules = [rule('one', '8.50'), rule('many', '8.10', { min: micros('500') })];
  const at = (qty: string) => resolvePrice(ask(qty), book(rules));
  test('stay when the quantity changes, and say what the prices say', () => {
    const typed = typedPrice(micros('8.00'), at('10'));
    expect(typed).toEqual({ price: micros('8.00'), by: 'hand', enginePrice: micros('8.50') });
    const more = settlePrice(typed, at('500'));
    expect([more.price, engineSays(more)]).toEqual([micros('8.00'), micros('8.10')]);
  });
  test('a line that is not set by hand follows', () => {
    const line = { price: micros('8.50'), by: 'engine', enginePrice: null } as const;
    expect(settlePrice(line, at('500')).price).toBe(micros('8.10'));
    expect(settlePrice(line, resolvePrice(ask('1'), book([]))).price).toBeNull();
  });
  test('what came with the line is left alone; typing the price of the list is no price by hand', () => {
    const line = { price: micros('7'), by: null, enginePrice: null } as const;
    expect(settlePrice(line, at('500'))).toBe(line);
    expect(typedPrice(micros('8.50'), at('1')).by).toBe('engine');
    expect(engineSays({ price: micros('8.50'), by: 'hand', enginePrice: micros('8.50') })).toBeNull();
  });
});

describe('P9: pricing again', () => {
  const line = (price: number | null, by: 'engine' | 'hand' | null = 'engine') => ({ price, by, enginePrice: null });
  test.each([
    [line(10), 'priced', 12, 'up', 12],
    [line(10, null), 'priced', 8, 'down', 8],
    [line(10), 'priced', 10, 'same', 10],
    [line(null), 'priced', 10, 'new', 10],
    [line(10), 'unpriced', null, 'unpriced', null],
    [line(10, null), 'unpriced', null, 'unpriced', 10],
    [line(10), 'conflict', null, 'conflict', 10],
    [line(10, 'hand'), 'priced', 12, 'kept', 10],
  ] as const)('%j, %s %s: %s', (now, outcome, price, change, after) => {
    expect(repriceRow('l', now, { outcome, price })).toEqual({ line: 'l', before: now.price, after, says: price, change });
  });
  test('a captured price is reviewed beyond the tolerance, not at it', () => {
    expect([102, 103].map((now) => isBeyondTolerance(100, now, micros('0.02')))).toEqual([false, true]);
    expect(isBeyondTolerance(0, 1, micros('0.02'))).toBe(true);
  });
});

describe('P10: list 10.00; T1 9.20, from 100 8.80; contract A 8.50, from 500 8.10, 1 Jan to 30 Jun; 5 % on tier and list', () => {
  const contract = { kind: 'contract', account: 'A', from: '2026-01-01', to: '2026-06-30' } as const;
  const rules = [
    rule('list', '10.00'),
    rule('t1', '9.20', { kind: 'tier', tier: 't1' }),
    rule('t1-100', '8.80', { kind: 'tier', tier: 't1', min: micros('100') }),
    rule('c', '8.50', contract),
    rule('c-500', '8.10', { ...contract, min: micros('500') }),
  ];
  const promotions = [promotion('spring', '0.05', { levels: ['tier_list', 'general_list'] })];
  const a = (qty: string, date = '2026-03-15') => ask(qty, { tier: 't1', date });
  test.each([
    ['A/10/15 Mar', a('10'), 8.5],
    ['A/500/15 Mar', a('500'), 8.1],
    ['A/100/1 Jul', a('100', '2026-07-01'), 8.36],
    ['untiered B/1', ask('1', { account: 'B' }), 9.5],
  ])('P10: %s', (_, asked, price) => {
    expect(priceOf(asked, rules, { promotions })).toBe(price);
  });
  test('P10: return of an 8.50 sale is 8.50 always', () => {
    const agreed: AgreedPrice = { kind: 'return', id: 'line', version: '', price: micros('8.50'), remaining: null };
    for (const date of ['2020-01-01', '2026-03-15', '2026-07-01']) {
      for (const one of [rules, []]) expect(priceOf({ ...a('-500', date), agreed }, one, { promotions })).toBe(8.5);
    }
  });
  test('P10: manual 8.00, then 10 to 500: stays 8.00, hint 8.10', () => {
    const typed = typedPrice(micros('8.00'), resolvePrice(a('10'), book(rules, { promotions })));
    const more = settlePrice(typed, resolvePrice(a('500'), book(rules, { promotions })));
    expect([more.price, engineSays(more)]).toEqual([micros('8.00'), micros('8.10')]);
  });
  test('the trace of A/500 says what was passed over', () => {
    const trace = resolvePrice(a('500'), book(rules, { promotions }));
    expect(trace.passed).toEqual([{ rule: 'spring', code: 'SPRING', why: 'contract' }]);
    expect(trace.looks.filter(({ rule: id }) => id !== null).map(({ rule: id, note }) => [id, note])).toEqual([
      ['c-500', 'hit'],
      ['t1-100', 'later'],
      ['list', 'later'],
    ]);
    expect([trace.from, trace.to, trace.next]).toEqual(['2026-01-01', '2026-06-30', null]);
    expect(traceText(trace)).toContain('"price":8100000');
  });
});
