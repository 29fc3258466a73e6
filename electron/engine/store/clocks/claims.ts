/** Claims on carriers: what we have to do in time, and what the carrier has to. */
import { deadlineWords } from '../../../../shared/domain/claims/read.ts';
import type { ClockSource } from './source.ts';

const byKind = (part: 'label' | 'deed'): string =>
  `CASE s.kind ${Object.entries(deadlineWords)
    .map(([key, words]) => `WHEN '${key}' THEN '${words[part]}'`)
    .join(' ')} END`;

export const claims: ClockSource = {
  key: 'claim',
  label: 'Claims on carriers',
  why: 'claim',
  table: 'claims',
  from: 'claim_clocks s CROSS JOIN claims t ON t._n = s.n',
  fromRow: 'claims t LEFT JOIN claim_clocks s ON s.n = t._n',
  where: 's.due <= :upto AND t._alive = 1',
  due: 's.due',
  money: 't.amount',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: `coalesce(t.number, 'Claim') || ': ' || lower(substr(${byKind('label')}, 1, 1)) || substr(${byKind('label')}, 2)`,
  next: byKind('deed'),
};
