import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBook, createChance, createDocument, settle, turned } from '../domain/randomDocuments.ts';

/** One hash of many documents, settled forwards or backwards. */
const hashAll = (count: number, isTurned: boolean): string => {
  const made = createBook(11);
  const prices = isTurned ? { rules: made.rules.toReversed(), promotions: made.promotions.toReversed() } : made;
  const chance = createChance(1_000_003);
  const documents = Array.from({ length: count }, () => createDocument(chance));
  const texts = documents.map((document) => settle(isTurned ? turned(document) : document, prices).text);
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
};

test('ten thousand random documents, twice and in different order: equal totals and hashes', { timeout: 120_000 }, () => {
  expect(hashAll(10_000, true)).toBe(hashAll(10_000, false));
});
