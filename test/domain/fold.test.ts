import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchKey, sortKey } from '../../shared/domain/fold.ts';

const before = (a: string, b: string): boolean => sortKey(a) < sortKey(b);

describe('sortKey', () => {
  test.each([
    ['9', '10'],
    ['item 9', 'item 10'],
    ['O26-K7M-0999', 'O26-K7M-10000'],
    ['007', '8'],
    ['123456789012', '1234567890123'],
    ['999999999999', '1000000000000'],
    ['Zebra', 'zebra 2'],
    ['Ångström', 'Baker'],
    ['crate 2', 'crate 2 blue'],
  ])('%s comes before %s', (a, b) => {
    expect(before(a, b)).toBe(true);
  });

  test.each([
    ['Crème brûlée', 'CREME  BRULEE'],
    ['Straße', 'STRASSE'],
    ['ＡＢＣ', 'abc'],
    ['ΟΔΟΣ', 'οδος'],
    ['0042', '42'],
    [' İstanbul ', 'istanbul'],
  ])('%s and %s share a place', (a, b) => {
    expect(sortKey(a)).toBe(sortKey(b));
  });

  test('numbers order as numbers, however long', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 0n, max: 10n ** 30n }), (a, b) => {
        expect(before(`A-${a}`, `A-${b}`)).toBe(a < b);
      }),
    );
  });

  test('composed and decomposed text share a key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => sortKey(text.normalize('NFD')) === sortKey(text.normalize('NFC'))),
    );
  });
});

describe('matchKey', () => {
  test('an id of Salesforce is one key in both ways of writing, and another where only the case is', () => {
    expect(matchKey('001A0000006Vm9u')).toBe(matchKey('001A0000006Vm9uIAC'));
    expect(matchKey(' 001A0000006Vm9u ')).toBe('001a0000006vm9uiac');
    expect(new Set(['0015g00000AbCdE', '0015g00000aBcDe', '0015g00000ABCDe'].map(matchKey)).size).toBe(3);
    expect(matchKey('ORDER-2026-AbCd')).toBe('order-2026-abcd');
    expect(matchKey('4500012345ABCDE')).toBe('4500012345abcde');
  });

  test('keeps zeros, marks and inner spaces apart', () => {
    expect(matchKey('007')).not.toBe(matchKey('7'));
    expect(matchKey('résumé')).not.toBe(matchKey('resume'));
    expect(matchKey('a  b')).not.toBe(matchKey('a b'));
    expect(matchKey('kılıç')).not.toBe(matchKey('kiliç'));
  });

  test('takes case, outer space and composition as one', () => {
    expect(matchKey(' ab-12 ')).toBe(matchKey('AB-12'));
    expect(matchKey('é')).toBe(matchKey('E\u0301'));
    expect(matchKey('ΣΑΣ')).toBe(matchKey('σας'));
  });

  test('is stable, and a prefix in small letters keeps being a prefix', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => matchKey(matchKey(text)) === matchKey(text)));
    expect(matchKey('ΟΔΟΣ ΕΝΑ').startsWith(matchKey('ΟΔΟΣ'))).toBe(true);
  });
});
