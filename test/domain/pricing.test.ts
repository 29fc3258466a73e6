import { describe, expect, test } from 'vitest';
import { defaultLevels, isLevel, levelLabel } from '../../shared/domain/pricing/levels.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import { PRODUCT_LIST } from '../../shared/domain/pricing/standing.ts';
import type { AgreedPrice, PriceRule } from '../../shared/domain/pricing/types.ts';
import { ask, book, micros, priceOf, promotion, rule, shown } from './priceBook.ts';

describe('P1: the answer names rules, steps and the next break', () => {
  const rules = [rule('base', '10.00'), rule('hundred', '8.80', { min: micros('100') })];
  test('next break below and above it', () => {
    const below = resolvePrice(ask('10'), book(rules));
    expect(below.next).toEqual({ rule: 'hundred', version: 'v1', min: micros('100'), price: micros('8.80') });
    expect(resolvePrice(ask('100'), book(rules)).next).toBeNull();
  });
  test('the next break is of the ladder that decided, in the unit of the line', () => {
    const boxes = { uom: 'BOX', units: { BOX: micros('12') } };
    const { next, price } = resolvePrice(ask('1', boxes), book(rules));
    expect(price).toBe(micros('120'));
    expect(next).toMatchObject({ min: 8_333_334, price: micros('105.6') });
  });
  test('every level says what it had', () => {
    const { looks } = resolvePrice(
      ask('1', { tier: 't1' }),
      book([...rules, rule('tier', '9', { kind: 'tier', tier: 't1', min: micros('5') })]),
    );
    expect(looks.map(({ level, note, rule: id }) => [level, note, id])).toEqual([
      ['quote', 'none', null],
      ['contract_site', 'none', null],
      ['contract_account', 'none', null],
      ['contract_group', 'none', null],
      ['account_list', 'none', null],
      ['tier_list', 'quantity', 'tier'],
      ['campaign_list', 'none', null],
      ['general_list', 'hit', 'base'],
      ['product', 'none', null],
    ]);
  });
});

describe('P2: the first level that answers, in an order that is data', () => {
  const byLevel: readonly (readonly [string, PriceRule])[] = [
    ['contract_site', rule('site', '1', { kind: 'contract', account: 'A', site: 'depot' })],
    ['contract_account', rule('own', '2', { kind: 'contract', account: 'A' })],
    ['contract_group', rule('parent', '3', { kind: 'contract', account: 'P' })],
    ['account_list', rule('account', '4', { kind: 'account', account: 'A' })],
    ['tier_list', rule('tier', '5', { kind: 'tier', tier: 't1' })],
    ['campaign_list', rule('campaign', '6', { kind: 'campaign', isReplacing: true })],
    ['general_list', rule('general', '7')],
    ['product', rule('product', '8', { list: PRODUCT_LIST })],
  ];
  const asked = ask('1', { site: 'depot', parents: ['P', 'G'], tier: 't1' });
  test.each(byLevel.map(([level], at) => [level, at] as const))('%s answers when those before it are silent', (level, at) => {
    const trace = resolvePrice(asked, book(byLevel.slice(at).map(([, one]) => one)));
    expect([trace.level, shown(trace)]).toEqual([level, at + 1]);
  });
  test('another order is another price', () => {
    const rules = byLevel.map(([, one]) => one);
    expect(priceOf(asked, rules, { levels: ['tier_list', ...defaultLevels] })).toBe(5);
    expect(priceOf(asked, rules, { levels: ['general_list'] })).toBe(7);
  });
  test('the nearest parent first', () => {
    const rules = ['G', 'P'].map((account) => rule(account, account === 'P' ? '3' : '2', { kind: 'contract', account }));
    expect(priceOf(asked, rules)).toBe(3);
  });
  test('of somebody else: not found', () => {
    const others = [
      rule('x', '1', { kind: 'contract', account: 'B' }),
      rule('y', '1', { kind: 'contract', account: 'A', site: 'elsewhere' }),
      rule('z', '1', { kind: 'tier', tier: 't2' }),
      rule('c', '1', { kind: 'campaign' }),
      rule('e', '1', { currency: 'EUR' }),
      rule('w', '1', { channel: 'web' }),
      rule('n', '1', { kind: 'contract' }),
    ];
    const trace = resolvePrice(asked, book(others));
    expect([trace.outcome, trace.price, trace.level]).toEqual(['unpriced', null, null]);
  });
  test('none is unpriced, never 0.00; a price of nothing is a price', () => {
    expect(resolvePrice(ask('1'), book([]))).toMatchObject({ outcome: 'unpriced', price: null });
    expect(resolvePrice(ask('1'), book([rule('free', '0')]))).toMatchObject({ outcome: 'priced', price: 0 });
  });

  const quote: AgreedPrice = { kind: 'quote', id: 'q', version: 'R2', price: micros('9.10'), remaining: micros('40') };
  test('0: a line from a quote keeps its price, and what is beyond the quote is a line of its own', () => {
    const rules = byLevel.map(([, one]) => one);
    expect(resolvePrice({ ...asked, qty: micros('40'), agreed: quote }, book(rules))).toMatchObject({
      price: micros('9.10'),
      level: 'quote',
      excess: 0,
    });
    const beyond = resolvePrice(
      { ...asked, qty: micros('50'), agreed: quote },
      book(rules, { promotions: [promotion('p', '0.5')] }),
    );
    expect(beyond).toMatchObject({ price: micros('9.10'), excess: micros('10'), passed: [] });
    expect(beyond.looks.slice(0, 2).map(({ note }) => note)).toEqual(['hit', 'later']);
  });
  test('levels have words', () => {
    expect(new Set(defaultLevels.map(levelLabel)).size).toBe(defaultLevels.length);
    expect([isLevel('quote'), isLevel('constructor')]).toEqual([true, false]);
  });
});

describe('P3: inside a level', () => {
  const units = { BOX: micros('12') };
  test('exact unit beats converted, before anything else', () => {
    const rules = [rule('each', '1', { min: micros('5') }), rule('box', '11', { uom: 'BOX', product: null, group: null })];
    expect(priceOf(ask('2', { uom: 'BOX', units }), rules)).toBe(11);
    expect(priceOf(ask('24', { units }), rules)).toBe(1);
  });
  test('variant, product, group, group above, all', () => {
    const key = { variant: null, product: null, group: null };
    const rules = [
      rule('all', '5', key),
      rule('above', '4', { ...key, group: 'goods' }),
      rule('group', '3', { ...key, group: 'crates' }),
      rule('product', '2'),
      rule('variant', '1', { ...key, variant: 'blue' }),
    ];
    const asked = ask('1', { variant: 'blue', groups: ['crates', 'goods'] });
    for (const [left, price] of [
      [5, 1],
      [4, 2],
      [3, 3],
      [2, 4],
      [1, 5],
    ] as const) {
      expect(priceOf(asked, rules.slice(0, left))).toBe(price);
    }
    expect(priceOf(ask('1', { groups: ['boxes'] }), rules.slice(1, 3))).toBeNull();
  });
  test('a narrow price beats a better break of a wide one', () => {
    const wide = rule('wide', '1', { product: null, min: micros('100') });
    expect(priceOf(ask('500'), [wide, rule('narrow', '9')])).toBe(9);
  });
  test('then the highest minimum, the latest start, the priority', () => {
    expect(
      priceOf(ask('10'), [rule('a', '1', { min: micros('5'), from: '2026-01-01' }), rule('b', '2', { min: micros('10') })]),
    ).toBe(2);
    expect(priceOf(ask('1'), [rule('a', '1', { from: '2026-01-01', priority: 9 }), rule('b', '2', { from: '2026-02-01' })])).toBe(
      2,
    );
    expect(priceOf(ask('1'), [rule('a', '1', { priority: 9 }), rule('b', '2', { priority: 8 })])).toBe(1);
  });
  test('two left are a conflict with both ids, whatever their prices', () => {
    for (const prices of [
      ['1', '2'],
      ['2', '2'],
    ] as const) {
      const trace = resolvePrice(ask('1'), book([rule('b', prices[0]), rule('a', prices[1])]));
      expect(trace).toMatchObject({ outcome: 'conflict', price: null, conflict: ['a', 'b'] });
    }
  });
  test('a tie that a narrower rule decides is none', () => {
    expect(priceOf(ask('1'), [rule('a', '1', { product: null }), rule('b', '2', { product: null }), rule('c', '3')])).toBe(3);
  });
});

describe('P4: units of measure', () => {
  const units = { BOX: micros('12'), PAL: micros('480') };
  test('converted through the product’s own unit, exactly', () => {
    expect(priceOf(ask('1', { uom: 'BOX', units }), [rule('each', '0.333333')])).toBe(3.999996);
    expect(priceOf(ask('1', { units }), [rule('box', '10', { uom: 'BOX' })])).toBe(0.833333);
    expect(priceOf(ask('1', { uom: 'PAL', units }), [rule('box', '10', { uom: 'BOX' })])).toBe(400);
  });
  test('minimums are in the unit of their rule', () => {
    const rules = [rule('one', '1'), rule('boxes', '10', { uom: 'BOX', min: micros('2') })];
    expect(priceOf(ask('2', { uom: 'BOX', units }), rules)).toBe(10);
    expect(priceOf(ask('1', { uom: 'BOX', units }), rules)).toBe(12);
    expect(priceOf(ask('24', { uom: 'PAL', units: {} }), rules)).toBeNull();
  });
  test('a unit nobody can convert is answered by a price per that very unit', () => {
    expect(priceOf(ask('1', { uom: 'CRATE' }), [rule('each', '1'), rule('crate', '7', { uom: 'CRATE' })])).toBe(7);
  });
});

describe('P5: days, both ends included', () => {
  const half = rule('half', '8.10', { from: '2026-01-01', to: '2026-06-30' });
  test.each([
    ['2025-12-31', null],
    ['2026-01-01', 8.1],
    ['2026-06-30', 8.1],
    ['2026-07-01', null],
  ])('%s: %s', (date, price) => {
    expect(priceOf(ask('1', { date }), [half])).toBe(price);
  });
  test('an amount exactly at the minimum qualifies', () => {
    const rules = [rule('base', '10'), rule('five', '9', { min: micros('5') })];
    expect(['4.999999', '5', '5.000001'].map((qty) => priceOf(ask(qty), rules))).toEqual([10, 9, 9]);
  });
});

describe('P6: quantity breaks. List 100, 50 for 2 to 5', () => {
  const list = rule('list', '100');
  const band = (mode: PriceRule['mode'], more: Partial<PriceRule> = {}) =>
    rule('band', '50', { mode, min: micros('2'), max: micros('5'), ...more });
  test.each([
    ['all_units', '8', 800],
    ['up_to_max', '8', 550],
    ['graduated', '8', 600],
    ['all_units', '5', 250],
    ['up_to_max', '5', 250],
    ['graduated', '5', 300],
    ['all_units', '1', 100],
    ['up_to_max', '1', 100],
    ['graduated', '1', 100],
  ] as const)('P6: %s, quantity %s: %i in all', (mode, qty, total) => {
    expect((priceOf(ask(qty), [list, band(mode)]) ?? 0) * Number(qty)).toBe(total);
  });
  test('a ladder of graduated bands, each unit at its own', () => {
    const ladder = [
      rule('one', '10', { mode: 'graduated', min: micros('1'), max: micros('10') }),
      rule('two', '9', { mode: 'graduated', min: micros('11'), max: micros('20') }),
      rule('three', '8', { mode: 'graduated', min: micros('21') }),
    ];
    expect(priceOf(ask('25'), ladder)).toBe((10 * 10 + 10 * 9 + 5 * 8) / 25);
    expect(priceOf(ask('10'), ladder)).toBe(10);
    expect(priceOf(ask('10.5'), ladder)).toBeNull();
  });
  test('what a band leaves over goes to the next level', () => {
    const contract = rule('contract', '50', {
      kind: 'contract',
      account: 'A',
      mode: 'up_to_max',
      min: micros('2'),
      max: micros('5'),
    });
    const trace = resolvePrice(ask('8'), book([list, contract]));
    expect([shown(trace), trace.level]).toEqual([68.75, 'contract_account']);
    expect(trace.looks.filter(({ note }) => note === 'partly').map(({ level }) => level)).toEqual([
      'contract_account',
      'general_list',
    ]);
    expect(priceOf(ask('8'), [contract])).toBeNull();
  });
  test('measured by the group of lines, or by what was bought before', () => {
    const beside = (id: string, qty: string) => ({ beside: new Map([[id, BigInt(micros(qty)) * 1_000_000n]]) });
    const group = [list, rule('group', '90', { min: micros('100'), basis: 'group' })];
    expect(priceOf(ask('5', beside('group', '95')), group)).toBe(90);
    expect(priceOf(ask('5', beside('group', '94')), group)).toBe(100);
    const period = [list, rule('year', '90', { min: micros('101'), basis: 'period', mode: 'graduated' })];
    expect(priceOf(ask('10', beside('year', '95')), period)).toBe((5 * 100 + 5 * 90) / 10);
    expect(priceOf(ask('10', beside('year', '100')), period)).toBe(90);
    // By the line alone nothing else counts, whatever is told.
    expect(priceOf(ask('5', beside('line', '95')), [list, rule('line', '90', { min: micros('100') })])).toBe(100);
  });
  test('what counts besides the line is in the trace, and brings the next break nearer', () => {
    const rules = [list, rule('group', '90', { list: list.list, min: micros('100'), basis: 'group' })];
    const beside = new Map([['group', BigInt(micros('60')) * 1_000_000n]]);
    const below = resolvePrice(ask('5', { beside }), book(rules));
    expect(below.next).toMatchObject({ rule: 'group', min: micros('40'), price: micros('90') });
    const reached = resolvePrice(ask('40', { beside }), book(rules));
    expect([shown(reached), reached.next]).toEqual([90, null]);
    expect(reached.steps[0]).toMatchObject({ parts: [{ rule: 'group', basis: 'group', beside: `60${'0'.repeat(12)}` }] });
  });
  test('nothing entered yet, and a return, cost what one or as many would', () => {
    const rules = [list, band('all_units')];
    expect([priceOf(ask('0'), rules), priceOf(ask('-3'), rules)]).toEqual([100, 50]);
  });
});
