/** A count follows the first change at once, and many changes no faster than reading it may cost. */
import { expect, it } from 'vitest';
import { createPace } from '../../renderer/client/pace.ts';

it.each([
  ['the first time', [], 50, 0],
  ['after a quiet while', [[0, 10]], 5000, 0],
  ['soon after a short reading', [[0, 10]], 110, 100],
  ['soon after a long reading', [[0, 400]], 400, 3600],
  [
    'after the latest of several',
    [
      [0, 400],
      [4000, 4010],
    ],
    4010,
    200,
  ],
] as const)('%s', (_, readings, now, expected) => {
  const pace = createPace(200);
  for (const [from, to] of readings) pace.took(from, to);
  expect(pace.wait(now)).toBe(expected);
});
