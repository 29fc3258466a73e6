import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../shared/domain/filter.ts';
import { nameOf, type FilterContext, type FilterField } from '../../shared/domain/filter-fields.ts';
import { daysHelp, filterHelp, flagHelp, orderStatusHelp } from '../../shared/domain/filter-help.ts';
import { printFilter } from '../../shared/domain/filter-print.ts';
import { noFilter, readFilter } from '../../shared/domain/filter-text.ts';
import { fields, parsing } from './cells.ts';

const columns: readonly FilterField[] = [
  { key: 'number', label: 'No.', ...fields.text },
  { key: 'account_id', label: 'Account', ...fields.link },
  { key: 'status', label: 'Status', ...fields.state },
  { key: 'tier', label: 'Tier', ...fields.choice },
  { key: 'due_on', label: 'Due', ...fields.date },
  { key: 'at', label: 'When', ...fields.instant },
  { key: 'net', label: 'Net', kind: 'computed', shows: 'money' },
  { key: 'late_days', label: 'Late', kind: 'computed', shows: 'integer' },
  { key: 'discount', label: 'Disc %', ...fields.percent },
  { key: 'qty', label: 'Qty', ...fields.quantity },
  { key: 'active', label: 'Active', ...fields.flag },
  { key: 'position', label: '#', ...fields.integer },
  { key: 'emails', label: 'E-mail', ...fields.list },
  { key: 'owner_id', label: 'Owner', kind: 'link', to: 'people' },
];

const people: Readonly<Record<string, readonly string[]>> = {
  me: ['id-me'],
  'Harbour Foods': ['id-h'],
  kestrel: ['id-k1', 'id-k2'],
};
const context = (locale = 'en-GB'): FilterContext => ({
  fields: columns,
  parse: parsing(locale),
  weekStart: 1,
  resolve: (_, text) => (text === 'a' ? 'many' : null) ?? people[text] ?? (text.startsWith('id-') ? [text] : []),
  label: (_, id) => (id === 'id-h' ? 'Harbour Foods' : null),
});
const tree = (text: string, locale?: string): Filter | null => {
  const { query, errors } = readFilter(text, context(locale));
  expect(errors).toEqual([]);
  return query.filter;
};

describe('reading', () => {
  const cases: readonly (readonly [string, Filter])[] = [
    ['status:draft', { field: 'status', is: 'eq', value: 'draft' }],
    ['status:draft,conf', { field: 'status', in: ['draft', 'confirmed'] }],
    ['status:shipped', { chip: 'shipped' }],
    ['status:completed', { chip: 'completed' }],
    ['status:late', { chip: 'late' }],
    ['status:part-shipped,in_fulfilment', { any: [{ chip: 'part_shipped' }, { chip: 'in_fulfilment' }] }],
    ['-status:"Closed short"', { not: { chip: 'closed_short' } }],
    ['status:closed', { field: 'status', is: 'eq', value: 'closed' }],
    ['status:late,done,draft', { any: [{ field: 'status', in: ['closed', 'draft'] }, { chip: 'late' }] }],
    ['account:a', { field: 'account_id', is: 'has', value: 'a' }],
    [
      'account:kestrel,a',
      {
        any: [
          { field: 'account_id', in: ['id-k1', 'id-k2'] },
          { field: 'account_id', is: 'has', value: 'a' },
        ],
      },
    ],
    ['owner:me', { field: 'owner_id', is: 'eq', value: 'id-me' }],
    ['account:"Harbour Foods",kestrel', { field: 'account_id', in: ['id-h', 'id-k1', 'id-k2'] }],
    ['due<7d', { field: 'due_on', is: 'lt', value: '2026-03-19' }],
    ['due>=-3d', { field: 'due_on', is: 'ge', value: '2026-03-09' }],
    ['due:today', { field: 'due_on', is: 'eq', value: '2026-03-12' }],
    ['due:2026-11', { field: 'due_on', from: '2026-11-01', to: '2026-11-30' }],
    ['due:this-month', { field: 'due_on', from: '2026-03-01', to: '2026-03-31' }],
    ['due:last-week', { field: 'due_on', from: '2026-03-02', to: '2026-03-08' }],
    ['due:next-quarter', { field: 'due_on', from: '2026-04-01', to: '2026-06-30' }],
    ['due>2025', { field: 'due_on', is: 'gt', value: '2025-12-31' }],
    ['due:1/3..t', { field: 'due_on', from: '2026-03-01', to: '2026-03-12' }],
    ['due:..2026-02', { field: 'due_on', from: null, to: '2026-02-28' }],
    ['when:t', { field: 'at', from: Date.parse('2026-03-12T00:00:00Z'), to: Date.parse('2026-03-12T23:59:59.999Z') }],
    ['net>1000', { field: 'net', is: 'gt', value: 100_000 }],
    ['net:10..20.50', { field: 'net', from: 1000, to: 2050 }],
    ['disc:5', { field: 'discount', is: 'eq', value: 50_000 }],
    [
      'qty:1,2',
      {
        any: [
          { field: 'qty', is: 'eq', value: 1_000_000 },
          { field: 'qty', is: 'eq', value: 2_000_000 },
        ],
      },
    ],
    ['late>=2', { field: 'late_days', is: 'ge', value: 2 }],
    ['no:O26*', { field: 'number', is: 'starts', value: 'O26' }],
    [
      'number:26,27',
      {
        any: [
          { field: 'number', is: 'has', value: '26' },
          { field: 'number', is: 'has', value: '27' },
        ],
      },
    ],
    ['no="O26-K7M-0001"', { field: 'number', is: 'eq', value: 'O26-K7M-0001' }],
    ['email:@acme', { field: 'emails', is: 'has', value: '@acme' }],
    ['active:no', { field: 'active', is: 'eq', value: 0 }],
    ['owner:none', { field: 'owner_id', empty: true }],
    ['-tier:active', { not: { field: 'tier', is: 'eq', value: 'active' } }],
    ['is:overdue', { flag: 'late' }],
    ['-is:draft,invalid', { not: { any: [{ flag: 'draft' }, { flag: 'invalid' }] } }],
    ['"blue crate"', { words: 'blue crate' }],
    ['-crate', { not: { words: 'crate' } }],
    ['blue net>5', { all: [{ words: 'blue' }, { field: 'net', is: 'gt', value: 500 }] }],
  ];
  test.each(cases)('%s', (text, filter) => {
    expect(tree(text)).toEqual(filter);
  });

  test('sort is no condition', () => {
    expect(readFilter('sort:-due,no', context()).query).toEqual({
      filter: null,
      sort: [
        { field: 'due_on', dir: 'desc' },
        { field: 'number', dir: 'asc' },
      ],
    });
    expect(readFilter('  ', context()).query).toEqual(noFilter);
  });

  test('where the comma is a decimal sign, a semicolon separates numbers', () => {
    expect(tree('qty:1,5', 'de-DE')).toEqual({ field: 'qty', is: 'eq', value: 1_500_000 });
    expect(tree('qty:1,5;2', 'de-DE')).toEqual({
      any: [
        { field: 'qty', is: 'eq', value: 1_500_000 },
        { field: 'qty', is: 'eq', value: 2_000_000 },
      ],
    });
  });
});

describe('on: a day that rows hold on', () => {
  const held = [
    ...columns,
    { key: 'valid_from', label: 'From', ...fields.date },
    { key: 'valid_to', label: 'To', ...fields.date },
  ];
  const read = (text: string) => readFilter(text, { ...context(), fields: held });
  test('is a day in any words, turned round by a minus, printed as it is read', () => {
    expect(read('on:today').query.filter).toEqual({ on: '2026-03-12' });
    expect(read('-on:1/3').query.filter).toEqual({ not: { on: '2026-03-01' } });
    const { query } = read('on:"12 Mar 2026" no:x');
    expect(printFilter(query, { ...context(), fields: held })).toBe('on:2026-03-12 no:x');
  });
  test('is refused for a span of days, and for rows that have none', () => {
    expect(read('on:this-month').errors[0]?.message).toContain('is no day');
    expect(read('on:soon').errors[0]?.message).toContain('is no day');
    expect(readFilter('on:today', context()).errors[0]?.message).toContain('no first and last day');
  });
  test.each([...daysHelp])('$example is understood', ({ example }) => expect(read(example).errors).toEqual([]));
});

describe('the help', () => {
  const named = columns.map((column) => (column.key === 'due_on' ? { ...column, key: 'requested', label: 'Requested' } : column));
  test.each([...filterHelp, ...flagHelp, ...orderStatusHelp])('$example is understood', ({ example }) => {
    const { query, errors } = readFilter(example, { ...context(), fields: named });
    expect(errors).toEqual([]);
    expect(query).not.toEqual(noFilter);
  });

  test('a state asked for is the state, whatever its cell shows', () => {
    expect(tree('status:confirmed')).toEqual({ field: 'status', is: 'eq', value: 'confirmed' });
  });
});

describe('errors', () => {
  test('the tokens that can be read are told beside the last good query', () => {
    const { query, errors, readable } = readFilter('status:bogus net>5', context(), noFilter);
    expect(errors).toHaveLength(1);
    expect(query).toBe(noFilter);
    expect(readable.filter).toEqual(readFilter('net>5', context()).query.filter);
  });

  test.each([
    ['staus:draft', 0, 11, 'There is no column “staus”. Did you mean Status'],
    ['blue status:teleported', 5, 22, '“teleported” is no value of Status'],
    ['owner:nobody', 0, 12, 'Nothing is called “nobody” in Owner'],
    ['net>', 0, 4, 'Type a value'],
    ['net>ten', 0, 7, '“ten” is no value of Net'],
    ['owner<me', 0, 8, 'has no order'],
    ['is:lost', 0, 7, '“is:” knows'],
    ['blue group:account', 5, 18, 'sort:account puts those of one Account together'],
    ['due:someday', 0, 11, 'no day'],
    ['due:..', 0, 6, 'A range needs'],
    ['constructor:1', 0, 13, 'There is no column'],
  ])('%s', (text, from, to, message) => {
    const good = readFilter('net>5', context()).query;
    const { query, errors } = readFilter(text, context(), good);
    expect(query).toBe(good);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ from, to });
    expect(errors[0]?.message).toContain(message);
  });
});

describe('printing', () => {
  test('names are unique and are read as their own field', () => {
    const names = columns.map((field) => nameOf(field, columns));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('position');
    for (const field of columns) expect(tree(`${nameOf(field, columns)}:none`)).toEqual({ field: field.key, empty: true });
  });

  const word = fc.oneof(
    fc.constantFrom('blue', 'a:b', '-x', 'none', 'x*', '1..2', 'a,b'),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  );
  const quoted = word.filter((text) => text.trim() === text && text !== '').map((text) => `"${text.replaceAll('"', '""')}"`);
  const token = fc.oneof(
    fc.constantFrom(
      'status:draft,confirmed',
      'owner:me',
      'owner:none',
      'due<7d',
      'due:2026-11',
      'due:1/3..',
      'is:late,open',
      'when:t',
    ),
    fc.constantFrom(
      'net>1000',
      'net:10..20',
      'qty:0.5',
      'disc<=5',
      'active:yes',
      'no:O26*',
      'account:"Harbour Foods"',
      'no:any',
      'position:3',
    ),
    quoted,
    quoted.map((text) => `no:${text}`),
    quoted.map((text) => `no=${text},b`),
  );
  const negated = fc.tuple(fc.boolean(), token).map(([isNot, text]) => (isNot ? `-${text}` : text));

  test.each(['en-GB', 'de-DE', 'en-US'])('is read back as the same tree in %s', (locale) => {
    fc.assert(
      fc.property(fc.array(negated, { maxLength: 6 }), fc.boolean(), (tokens, isSorted) => {
        const text = [
          ...tokens.map((one) => (locale === 'de-DE' ? one.replace('qty:0.5', 'qty:0,5').replace('1/3', '1.3.') : one)),
          ...(isSorted ? ['sort:-due'] : []),
        ].join(' ');
        const first = readFilter(text, context(locale));
        expect(first.errors).toEqual([]);
        const printed = printFilter(first.query, context(locale));
        expect(printed).not.toBe(null);
        const again = readFilter(printed ?? '', context(locale));
        expect(again).toEqual(first);
        expect(printFilter(again.query, context(locale))).toBe(printed);
      }),
      { numRuns: 400 },
    );
  });

  test('a tree the language has no words for is null', () => {
    const either: Filter = { any: [{ flag: 'late' }, { words: 'x' }] };
    expect(printFilter({ ...noFilter, filter: either }, context())).toBe(null);
  });
});
