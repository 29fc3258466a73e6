/** The sheets that LibreOffice is asked to copy from: their names are those of the cases in the corpus. */
import type { Sheet } from './libreoffice.ts';

export const sheets: readonly Sheet[] = [
  {
    name: 'values, a code with zeros',
    cells: [
      ['00123', '=12.3456'],
      ['A-7', '=1000000'],
    ],
  },
  {
    name: 'days, percents and amounts in the manner of the system',
    cells: [
      ['=DATE(2026;1;15)', '=0.15', '=1250.5'],
      ['=DATE(2026;12;3)', '=0.155', '=-3'],
    ],
    formats: [
      ['A1:A2', 'YYYY-MM-DD'],
      ['B1:B2', '0.0%'],
      ['C1:C2', '#,##0.00'],
    ],
  },
  {
    name: 'breaks and tabs in cells come as spaces, quotes as they stand',
    cells: [
      ['first\nsecond', '"quoted"'],
      ['5" pipe', 'a\tb'],
    ],
  },
  {
    name: 'merged cells',
    cells: [
      ['North', 'May'],
      ['', 'June'],
      ['Total', ''],
    ],
    merged: ['A1:A2', 'A3:B3'],
  },
  { name: 'a blank last row of one column', cells: [['a'], ['b'], ['']] },
  {
    name: 'a blank last row of two columns',
    cells: [
      ['a', 'b'],
      ['', ''],
    ],
  },
  { name: 'one cell', cells: [['42']] },
  { name: 'text that looks like a formula', cells: [['@sum', '+1', '-x']] },
];
