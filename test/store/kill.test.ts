import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { killOnce } from './kill.ts';

/** The child says eight lines of edits, then eleven of a batch, and so on. */
const LIFE = 40;

test('an engine killed at any moment loses nothing acknowledged and leaves no half batch', { timeout: 120_000 }, async () => {
  const file = path.join(makeTemp(), 'killed.db');
  const moments = fc.sample(fc.integer({ min: 1, max: LIFE }), 10);
  for (const lines of moments) expect(await killOnce(file, lines), `killed after ${lines} lines`).toMatchObject({ problems: [] });
});
