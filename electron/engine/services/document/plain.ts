/** What a paper says as plain data, of which canonical JSON can be made. */
import type { Canonical } from '../../../../shared/domain/canonical.ts';

/** Amounts are beyond what a double holds: they stand as text. */
export const plainOf = (value: unknown): Canonical => {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value as Canonical;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainOf(inner)]));
};
