/**
 * What comes next of a claim and by when, kept beside it so that lists sort by it and Today reads it by its index: made anew
 * from the claim and the terms of its carrier by the rules of domain/claims.
 */
import type { Database } from 'better-sqlite3';
import { nextOfClaim } from '../../../../shared/domain/claims/read.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Summaries } from './sums-sql.ts';

const OF_CLAIM = [
  'status',
  'partner_id',
  'delivered_on',
  'is_concealed',
  'told_on',
  'filed_on',
  'acknowledged_on',
  'status_on',
  'decided_on',
  'denied_on',
];
const OF_PARTNER = [
  'claim_months',
  'claim_concealed_days',
  'claim_acknowledge_days',
  'claim_decide_days',
  'claim_status_days',
  'claim_suit_months',
];

type Cells = Readonly<Record<string, Scalar>>;
type Kept = readonly [n: number, kind: string, due: string, who: string];

/** How the kept clock of a claim is made: null where nothing of it is to come. */
const createMaker = (db: Database) => {
  const claimOf = db.prepare<[number], Cells>(`SELECT ${OF_CLAIM.join(', ')} FROM live_claims WHERE _n = ?`);
  const partnerOf = db.prepare<[Scalar], Cells>(`SELECT ${OF_PARTNER.join(', ')} FROM live_partners WHERE id = ?`);
  return (n: number): Kept | null => {
    const claim = claimOf.get(n);
    const next = claim === undefined ? null : nextOfClaim(claim, partnerOf.get(claim['partner_id'] ?? null));
    return next === null ? null : [n, next.kind, next.due, next.who];
  };
};

/** Claims whose kept clock is not what they come to. */
export const countWrongClaims = (db: Database, numbers: readonly number[]): number => {
  const make = createMaker(db);
  const find = db.prepare<[number], Kept>('SELECT n, kind, due, who FROM claim_clocks WHERE n = ?').raw();
  return numbers.filter((n) => JSON.stringify(find.get(n) ?? null) !== JSON.stringify(make(n))).length;
};

export const createClaimClocks = (db: Database): Summaries => {
  const touched = { claims: new Set<string>(), partners: new Set<string>() };
  const make = createMaker(db);
  const owners = db
    .prepare<{ claims: string; partners: string }, number>(
      `SELECT c._n FROM json_each(:claims) j CROSS JOIN claims c ON c.id = j.value
       UNION SELECT c._n FROM json_each(:partners) j CROSS JOIN claims c ON c.partner_id = j.value`,
    )
    .pluck();
  const drop = db.prepare('DELETE FROM claim_clocks WHERE n = ?');
  const put = db.prepare('INSERT OR REPLACE INTO claim_clocks(n, kind, due, who) VALUES (?, ?, ?, ?)');
  const keep = (numbers: readonly number[]): void => {
    for (const n of numbers) {
      const made = make(n);
      if (made === null) drop.run(n);
      else put.run(...made);
    }
  };
  const reads: Partial<Record<TableName, readonly string[]>> = { claims: OF_CLAIM, partners: OF_PARTNER };
  return {
    touch: (table, id) => {
      if (table === 'claims' || table === 'partners') touched[table].add(id);
    },
    reads: (table, fields) => reads[table]?.some((field) => fields.has(field)) === true,
    flush: () => {
      if (touched.claims.size + touched.partners.size === 0) return;
      keep(owners.all({ claims: JSON.stringify([...touched.claims]), partners: JSON.stringify([...touched.partners]) }));
      touched.claims.clear();
      touched.partners.clear();
    },
    rebuild: () => {
      db.exec('DELETE FROM claim_clocks');
      keep(db.prepare<[], number>('SELECT _n FROM claims ORDER BY _n').pluck().all());
    },
  };
};
