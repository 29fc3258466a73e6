/** Which change makes which data stale, and what a gap in the numbering means. */
import { describe, expect, it } from 'vitest';
import { concerns, createSequence } from '../../renderer/client/cache.ts';

describe('whether a change concerns data', () => {
  const change = { orders: { ids: ['a', 'b'] }, order_lines: {} };
  it.each([
    ['the table', ['orders'], true],
    ['another table', ['accounts'], false],
    ['a row that is named', [['orders', 'a']], true],
    ['a row that is not', [['orders', 'c']], false],
    ['a row where none are named', [['order_lines', 'x']], true],
    ['any of several', ['accounts', ['orders', 'b']], true],
    ['nothing', [], false],
  ] as const)('%s', (_, sources, expected) => {
    expect(concerns(change, sources)).toBe(expected);
  });

  it('everything, when anything may have changed', () => {
    expect(concerns(null, [])).toBe(true);
  });

  it('is not misled by inherited names', () => {
    expect(concerns({}, ['constructor' as 'orders'])).toBe(false);
  });
});

describe('the numbering', () => {
  it('passes changes on in order, and a gap as anything', () => {
    const next = createSequence();
    const tables = { orders: {} };
    expect(next({ seq: 7, tables })).toBe(tables);
    expect(next({ seq: 8, tables })).toBe(tables);
    expect(next({ seq: 10, tables })).toBeNull();
    expect(next({ seq: 11, tables })).toBe(tables);
  });
});
