/** What a list offers for typed text, and which of it Enter and Tab take. */
import { describe, expect, it } from 'vitest';
import type { Option } from '../../renderer/grid/edit/options.ts';
import { isAmbiguous, narrow, standsFor } from '../../renderer/ui/named.ts';

const option = (code: string | null, title: string, aliases: readonly string[] = []): Option => ({
  value: title,
  code,
  title,
  aliases,
  note: null,
  isBlocked: false,
});

const products = [option('CRT-60', 'Crate 60'), option('CRT-6', 'Crate 6'), option('LID-6', 'Lid for crate 6')];

describe('the option that text stands for', () => {
  it.each([
    ['an exact code before the start of another', 'crt-6', 'Crate 6'],
    ['an exact name', 'lid for crate 6', 'Lid for crate 6'],
    ['the start of one code', 'CRT-60', 'Crate 60'],
    ['the start of a name', 'lid', 'Lid for crate 6'],
    ['the start of a word', 'for', 'Lid for crate 6'],
    ['letters without marks', 'crâte 6', 'Crate 6'],
  ])('%s', (_, text, title) => {
    expect(products[standsFor(products, text)]?.title).toBe(title);
  });

  it.each([
    ['CRT', true],
    ['crate', true],
    ['crt-6', false],
    ['lid', false],
    ['PLT', false],
    ['', false],
  ])('“%s” could be several: %s', (text, expected) => {
    expect(isAmbiguous(products, text)).toBe(expected);
    if (expected) expect(standsFor(products, text)).toBe(-1);
  });

  it.each(['', '   ', 'PLT', 'rate'])('none for “%s”', (text) => {
    expect(standsFor(products, text)).toBe(-1);
  });
});

describe('the list', () => {
  const statuses = [option(null, 'Active', ['live']), option(null, 'On stop', ['stopped', 'blocked']), option(null, 'Dormant')];
  it('narrows, best first', () => {
    expect(narrow(products, 'crt-6').map(({ title }) => title)).toEqual(['Crate 6', 'Crate 60']);
    expect(narrow(statuses, 'block').map(({ title }) => title)).toEqual(['On stop']);
  });
  it('is whole for no text', () => {
    expect(narrow(statuses, '')).toHaveLength(3);
  });
});
