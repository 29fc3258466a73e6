/** The boxes under the headers: what they say of a filter, and that they read it back as the same tree. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printColumns, readColumn } from '../../shared/domain/filter-columns.ts';
import type { FilterContext, FilterField } from '../../shared/domain/filter-fields.ts';
import { noFilter, readFilter } from '../../shared/domain/filter-text.ts';
import { fields, parsing } from './cells.ts';

const columns: readonly FilterField[] = [
  { key: 'number', label: 'No.', ...fields.text },
  { key: 'account_id', label: 'Account', ...fields.link },
  { key: 'status', label: 'Status', ...fields.state },
  { key: 'due_on', label: 'Due', ...fields.date },
  { key: 'net', label: 'Net', kind: 'computed', shows: 'money' },
];
const context = (locale = 'en-GB'): FilterContext => ({
  fields: columns,
  parse: parsing(locale),
  weekStart: 1,
  resolve: (_, text) => (text === 'Harbour Foods' ? ['id-h'] : []),
  label: () => 'Harbour Foods',
});
const query = (text: string) => {
  const { query: read, errors } = readFilter(text, context());
  expect(errors).toEqual([]);
  return read;
};
const shown = (text: string) => Object.fromEntries(printColumns(query(text), context()));

describe('what the boxes say', () => {
  it.each([
    ['net>100', { net: '>100.00' }],
    ['net>=100 net<200', { net: '>=100.00 <200.00' }],
    ['net:-5', { net: '-5.00' }],
    ['-net:5', { net: '-:5.00' }],
    ['-net:-5', { net: '-:-5.00' }],
    ['net:10..20', { net: '10.00..20.00' }],
    ['status:draft,closed', { status: 'Draft,Closed' }],
    ['status:late', { status: 'Late' }],
    ['-status:late', { status: '-Late' }],
    ['account:"Harbour Foods"', { account_id: '"Harbour Foods"' }],
    ['account:none', { account_id: 'none' }],
    ['no:26', { number: '26' }],
    ['no:-26', { number: ':-26' }],
    ['no=O26', { number: '=O26' }],
    ['-no:O26*', { number: '-O26*' }],
    ['due:2026-11-02', { due_on: '2026-11-02' }],
    ['harbour is:open', {}],
  ])('%s', (text, texts) => {
    expect(shown(text)).toEqual(texts);
  });
});

describe('what a box asks', () => {
  it.each([
    ['net', '>100', 'net>100'],
    ['net', '-5', 'net:-5'],
    ['net', '-:5', '-net:5'],
    ['status', 'draft,closed', 'status:draft,closed'],
    ['status', '-late', '-status:late'],
    ['due_on', '-3d', 'due:-3d'],
    ['due_on', '<today', 'due<today'],
    ['due_on', 'this-month', 'due:this-month'],
    ['number', 'blue crate', 'no:blue no:crate'],
    ['number', '"blue crate"', 'no:"blue crate"'],
    ['number', '=x', 'no=x'],
    ['account_id', 'none', 'account:none'],
  ])('%s: %s', (key, text, same) => {
    expect(readColumn(noFilter, key, text, context()).query.filter).toEqual(query(same).filter);
  });

  it('takes the place of what it asked before and leaves the rest, words and flags too', () => {
    const before = query('harbour net>100 status:draft net<500 is:open');
    const after = readColumn(before, 'net', '50', context()).query;
    expect(after.filter).toEqual(query('harbour net:50 status:draft is:open').filter);
    expect(readColumn(after, 'net', '', context()).query.filter).toEqual(query('harbour status:draft is:open').filter);
    expect(readColumn(query('net:5'), 'net', ' ', context()).query.filter).toBeNull();
  });

  it('keeps the query while it cannot be read, and says why', () => {
    const before = query('net>100');
    const { query: after, errors } = readColumn(before, 'status', 'bogus', context());
    expect(after).toBe(before);
    expect(errors[0]?.message).toContain('bogus');
  });
});

it('every box reads back what it says', () => {
  const token = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.constantFrom('no:', 'no=', 'status:', 'net:', 'net>', 'net<=', 'due:', 'due<'),
        fc.nat(3),
      )
      .map(([not, head, at]) => {
        const values = head.startsWith('no')
          ? ['x', '-y', '"a b"', '>z']
          : head.startsWith('status')
            ? ['draft', 'late', 'closed', 'draft,late']
            : head.startsWith('net')
              ? ['5', '-5', '0', '12.50']
              : ['2026-11-02', 'today', '-3d', '2w'];
        return `${not}${head}${values[at] ?? ''}`;
      }),
    fc.constantFrom('words', 'is:open'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(token, { maxLength: 6 }), (tokens) => {
      const before = query(tokens.join(' '));
      const texts = printColumns(before, context());
      for (const [key, text] of texts) {
        expect(text).not.toBeNull();
        const emptied = readColumn(before, key, '', context()).query;
        expect(printColumns(emptied, context()).has(key)).toBe(false);
        const again = readColumn(before, key, text ?? '', context());
        expect(again.errors).toEqual([]);
        expect(printColumns(again.query, context())).toEqual(new Map(texts));
      }
    }),
  );
});
