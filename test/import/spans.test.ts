import { describe, expect, it } from 'vitest';
import { findReversed, findSpans, reversedNote } from '../../shared/domain/import/spans.ts';

describe('a beginning and its end, by the names of two columns', () => {
  it.each([
    {
      headers: ['CreatedDate', 'ClosedDate', 'createddate__c', 'CloseDate__c', 'CreatedById'],
      pairs: ['CreatedDate-ClosedDate', 'createddate__c-CloseDate__c'],
    },
    { headers: ['VALIDITY_STARTDATE', 'VALIDITY_ENDDATE'], pairs: ['VALIDITY_STARTDATE-VALIDITY_ENDDATE'] },
    { headers: ['OrderDate', 'RequiredDate', 'ShippedDate', 'CustomerID'], pairs: ['OrderDate-ShippedDate'] },
    { headers: ['Shipped on', 'Delivered on'], pairs: ['Shipped on-Delivered on'] },
    { headers: ['Date of birth', 'Date of death'], pairs: ['Date of birth-Date of death'] },
    { headers: ['Valid from', 'Price to'], pairs: [] },
    { headers: ['Name', 'Total', 'Customer'], pairs: [] },
  ])('$headers', ({ headers, pairs }) => {
    expect(findSpans(headers).map(({ begin, end }) => `${headers[begin]}-${headers[end]}`)).toEqual(pairs);
  });
});

describe('rows that end before they begin', () => {
  const found = (begin: readonly string[], end: readonly string[]) =>
    findReversed(
      ['Opened', 'Closed'],
      (column) => (column === 0 ? begin : end).map((text, at) => ({ row: at + 2, text })),
      2026,
      async () => {},
    );

  it.each([
    { name: 'by the day', begin: ['2024-01-05', '2024-01-05'], end: ['2024-01-04', '2024-01-06'], rows: [2] },
    { name: 'by the clock', begin: ['2024-01-05T10:00'], end: ['2024-01-05T09:59'], rows: [2] },
    { name: 'the same day is no time before', begin: ['2024-01-05T10:00'], end: ['2024-01-05'], rows: [] },
    {
      name: 'each column by its own order',
      begin: ['13/11/2006', '02/03/2006'],
      end: ['11/12/2006', '02/13/2006'],
      rows: [2, 3],
    },
    { name: 'an order that nobody can tell says nothing', begin: ['05/06/2006'], end: ['2006-01-01'], rows: [] },
    { name: 'never is no end', begin: ['2024-01-05'], end: ['29991212'], rows: [] },
    { name: 'text is none', begin: ['2024-01-05'], end: ['open'], rows: [] },
  ])('$name', async ({ begin, end, rows }) => {
    expect((await found(begin, end)).flatMap(({ cells }) => cells.map(({ row }) => row))).toEqual(rows);
  });

  it('are named, the first three of them', async () => {
    const [one] = await found(
      Array.from({ length: 5 }, () => '2024-01-05'),
      Array.from({ length: 5 }, () => '2024-01-01'),
    );
    expect(one && reversedNote(['Opened', 'Closed'], one)).toBe(
      'Ends before it begins in 5 rows: “Closed” comes before “Opened”: “2024-01-01” (row 2), “2024-01-01” (row 3), “2024-01-01” (row 4), …',
    );
  });
});
