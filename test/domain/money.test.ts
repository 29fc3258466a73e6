import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currenciesOf, isCurrency, minorDigits } from '../../shared/domain/currency.ts';
import { divideRounded, fromScaled, toScaled, type Rounding } from '../../shared/domain/decimal.ts';
import { allocate } from '../../shared/domain/allocate.ts';
import { lineExact18, lineNet18, netMicros, orderNet, roundMinor } from '../../shared/domain/money.ts';

const micros = (text: string): bigint => toScaled(text, 6) ?? 0n;
const line = (qty: string, price: string, discount = '0'): bigint => lineNet18(micros(qty), micros(price), micros(discount));

describe('M1: integers only, halves away from zero unless the policy says otherwise', () => {
  const cases: readonly (readonly [string, Rounding, bigint])[] = [
    ['2.345', 'half_up', 235n],
    ['-2.345', 'half_up', -235n],
    ['2.345', 'half_even', 234n],
    ['2.355', 'half_even', 236n],
    ['2.341', 'up', 235n],
    ['-2.341', 'up', -235n],
    ['2.349', 'down', 234n],
    ['-2.349', 'down', -234n],
    ['2.34', 'up', 234n],
  ];
  test.each(cases)('%s %s', (amount, mode, minor) => {
    expect(roundMinor(line('1', amount), 2, mode)).toBe(minor);
  });

  test('a product that a float cannot hold', () => {
    expect(line('0.1', '0.2')).toBe(20_000_000_000_000_000n);
    expect(fromScaled(line('3', '1.1'), 18)).toBe('3.3');
    expect(netMicros(line('12', '14'))).toBe(168_000_000n);
    expect(netMicros(-500_000_000_000n)).toBe(-1n);
  });

  test('minor units by currency', () => {
    expect(roundMinor(line('1', '1234.5'), minorDigits('JPY'))).toBe(1235n);
    expect(roundMinor(line('1', '1.2345'), minorDigits('KWD'))).toBe(1235n);
  });
});

describe('M2: two orders of work', () => {
  test('unit 3.333, 15 % off, 12 pieces: (a) 34.00, (b) 33.96', () => {
    const parts = { qty: micros('12'), price: micros('3.333'), discount: micros('0.15') };
    expect(roundMinor(lineExact18(parts, 'line', 2), 2)).toBe(3400n);
    expect(roundMinor(lineExact18(parts, 'unit', 2), 2)).toBe(3396n);
  });
});

describe('M3, M6: an order rounds each line or once, and the order of its lines never matters', () => {
  test('three lines of 0.105 come to 0.33 by line and 0.32 by document', () => {
    const lines = [line('1', '0.105'), line('1', '0.105'), line('1', '0.105')];
    expect(orderNet(lines, 'line', 2)).toBe(33n);
    expect(orderNet(lines, 'document', 2)).toBe(32n);
  });

  test('any shuffle gives the same total', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })), (lines) => {
        for (const policy of ['line', 'document'] as const) {
          expect(orderNet(lines.toReversed(), policy, 2)).toBe(orderNet(lines, policy, 2));
        }
      }),
    );
  });
});

describe('M5: allocation by largest remainder', () => {
  const part = (id: string, net: bigint) => ({ id, net });
  test('remainders go to the largest fraction, ties to the lower id', () => {
    expect([...allocate(100n, [part('c', 1n), part('a', 1n), part('b', 1n)])]).toEqual([
      ['a', 34n],
      ['b', 33n],
      ['c', 33n],
    ]);
    expect(Object.fromEntries(allocate(-10n, [part('a', 100n), part('b', -200n)]))).toEqual({ a: -3n, b: -7n });
  });
  test('nothing to go by: equal shares in id order', () => {
    expect(Object.fromEntries(allocate(5n, [part('b', 0n), part('a', 0n)]))).toEqual({ a: 3n, b: 2n });
    expect(allocate(5n, []).size).toBe(0);
  });
  test('always adds up, and the order of the lines does not matter', () => {
    const parts = fc.uniqueArray(fc.record({ id: fc.uuid(), net: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }) }), {
      selector: (one) => one.id,
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), parts, (amount, lines) => {
        const shares = allocate(amount, lines);
        expect([...shares.values()].reduce((sum, share) => sum + share, 0n)).toBe(amount);
        expect(allocate(amount, lines.toReversed())).toEqual(shares);
      }),
    );
  });
});

describe('decimal text', () => {
  test('is read and written exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), fc.integer({ min: 0, max: 18 }), (value, digits) => {
        expect(toScaled(fromScaled(value, digits), digits)).toBe(value);
      }),
    );
  });
  test.each([
    ['1265793.0395', 6, 1_265_793_039_500n],
    ['.5', 2, 50n],
    ['-0.01', 2, -1n],
    ['1.5E-05', 6, 15n],
    ['1e3', 2, 100_000n],
    ['0.001', 2, null],
    ['', 2, null],
    ['1,5', 2, null],
    ['0x10', 2, null],
  ])('%s at %i digits', (text, digits, value) => {
    expect(toScaled(text, digits)).toBe(value);
  });
  test('keeps the zeros it is asked for', () => {
    expect(fromScaled(12_500_000n, 6, 2)).toBe('12.50');
    expect(fromScaled(-5, 2)).toBe('-0.05');
    expect(fromScaled(7, 0)).toBe('7');
  });
  test('division never rounds twice', () => {
    expect(divideRounded(249n, 100n)).toBe(2n);
    expect(divideRounded(-250n, 100n)).toBe(-3n);
    expect(divideRounded(250n, -100n, 'half_even')).toBe(-2n);
  });
});

test('currencies: known codes, their digits, what a sign can mean', () => {
  expect(['GBP', 'JPY', 'KWD', 'CLF'].map(minorDigits)).toEqual([2, 0, 3, 4]);
  expect(isCurrency('GBP') && isCurrency('JPY') && !isCurrency('ZZZ') && !isCurrency('gbp')).toBe(true);
  expect(currenciesOf('£')).toContain('GBP');
  expect(currenciesOf('eur')).toEqual(['EUR']);
  expect(currenciesOf('constructor')).toEqual([]);
});
