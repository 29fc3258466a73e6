/** Rows of a file that are no records: totals, notes and the lines a list is drawn with. */
import { expect, test } from 'vitest';
import { isFurniture } from '../../shared/domain/import/headers.ts';

test.each([
  ['a drawn line', ['----------------', '', ''], true],
  ['a drawn line in another column', ['', '=====', ''], true],
  ['two dashes', ['--', '', ''], false],
  ['a line beside a value', ['-----', 'A', ''], false],
  ['the total of an SAP list', ['*  ', '', '    11.111,25 ', 'EUR  '], true],
  ['its total of all levels', ['**', '', '11.111,25', ''], true],
  ['a star of an order', ['*', '4711', '01.03.2026', 'Alpha'], false],
  ['a total', ['Total', '', '12.50'], true],
  ['a company that is called so', ['Total', 'Paris', 'FR'], false],
] as const)('%s', (_, row, is) => expect(isFurniture([...row], row.length)).toBe(is));
