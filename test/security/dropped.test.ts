/** The page learns the path of a file it was handed; of anything else, and in a runtime that cannot say, it learns nothing. */
import { expect, it } from 'vitest';
import { pathOfFile } from '../../electron/shell/dropped.ts';

const file = { name: 'orders.csv' };
const paths = {
  getPathForFile: (asked: never): string => {
    if ((asked as unknown) !== file) throw new TypeError('Argument must be a file');
    return '/home/me/orders.csv';
  },
};

it.each([
  ['a file that was dropped', paths, file, '/home/me/orders.csv'],
  ['a path made up by the page', paths, '/etc/passwd', ''],
  ['nothing', paths, undefined, ''],
  ['a runtime that does not know', undefined, file, ''],
])('%s', (_, known, asked, path) => {
  expect(pathOfFile(known, asked)).toBe(path);
});
