import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exemptionOn, taxOn, taxRows, taxWithin, type TaxPolicy } from '../../shared/domain/tax.ts';

const policy = (scope: TaxPolicy['scope'], isIncluded = false): TaxPolicy => ({ scope, isIncluded, mode: 'half_up' });
const lines = (...amounts: readonly bigint[]) => amounts.map((amount) => ({ code: 'S', amount }));

describe('M3: tax per line or per document', () => {
  const rates = new Map([['S', 100_000]]);
  test('M3: three lines of 1.05 at 10 %: per line 0.33, per document 0.32', () => {
    expect(taxRows(lines(105n, 105n, 105n), rates, policy('line')).rows).toEqual([
      { code: 'S', rate: 100_000, base: 315n, tax: 33n },
    ]);
    expect(taxRows(lines(105n, 105n, 105n), rates, policy('document')).rows[0]?.tax).toBe(32n);
  });
  test('by code; outside tax is no row; a code without a rate is named', () => {
    const parts = [...lines(100n), { code: 'Z', amount: 50n }, { code: null, amount: 9n }, { code: 'A', amount: 1n }];
    const { rows, missing } = taxRows(parts, new Map([...rates, ['Z', 0]]), policy('line'));
    expect([rows.map(({ code, tax }) => [code, tax]), missing]).toEqual([
      [
        ['S', 10n],
        ['Z', 0n],
      ],
      ['A'],
    ]);
  });
  test('rounding down is a policy', () => {
    expect([taxOn(105n, 100_000), taxOn(105n, 100_000, 'down'), taxOn(-105n, 100_000)]).toEqual([11n, 10n, -11n]);
  });
});

describe('M4: tax inside a price', () => {
  test('M4: 24.99 incl. 20 %: tax 4.17, base 20.82', () => {
    const { rows } = taxRows(lines(2499n), new Map([['S', 200_000]]), policy('line', true));
    expect(rows).toEqual([{ code: 'S', rate: 200_000, base: 2082n, tax: 417n }]);
  });
  test('base and tax always add up to the price', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(1_000_000), (gross, rate) => {
        const [row] = taxRows(lines(gross), new Map([['S', rate]]), policy('document', true)).rows;
        expect((row?.base ?? 0n) + (row?.tax ?? 0n)).toBe(gross);
        expect(row?.tax).toBe(taxWithin(gross, rate));
      }),
    );
  });
});

test.each([
  [null, 'none'],
  [{ certificate: 'EX-1', expiresOn: '2026-03-12' }, 'exempt'],
  [{ certificate: 'EX-1', expiresOn: '2026-03-11' }, 'expired'],
  [{ certificate: ' ', expiresOn: '2026-03-12' }, 'incomplete'],
  [{ certificate: 'EX-1', expiresOn: null }, 'incomplete'],
] as const)('M5: an exemption needs number and day: %j is %s', (exemption, state) => {
  expect(exemptionOn(exemption, '2026-03-12')).toBe(state);
});
