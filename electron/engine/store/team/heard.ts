/**
 * How far every other device of the team is read here (B2). What counts is written among the accounts: a device that works
 * where this file does not is never heard there, and what it holds is not seen.
 */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import type { Heard } from '../api.ts';
import type { Db } from '../file/db.ts';
import { readDevice, readMeta } from '../file/local.ts';
import { createAuthors } from '../log/history.ts';
import { openSegment } from '../log/segments.ts';
import { scopesOf } from '../log/streams.ts';
import type { Membership } from '../log/streams.ts';
import { readMembers } from './members.ts';
import type { TeamMember } from './members.ts';

/** Stands for all whom a file that joined and never met does not know yet. */
const NOBODY_YET: Heard = { device: '', code: '', readTo: 0, at: null };

const heardOf = ({ dev, code }: TeamMember, stamps: readonly number[]): Heard => ({
  device: dev,
  code,
  readTo: stamps.length === 0 ? 0 : Math.min(...stamps),
  at: stamps.length === 0 ? null : stampTime(Math.max(...stamps)),
});

export const createHeard = (db: Db) => {
  const cursors = db.prepare<[string], { scope: string; hlc: number }>(
    `SELECT s.id AS scope, c.hlc FROM cursor c JOIN scopes s ON s.idx = c.scope JOIN devices v ON v.idx = c.dev
     WHERE v.id = ? AND c.seq > 0`,
  );
  const idOf = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  const last = db
    .prepare<[string], Buffer>(
      `SELECT g.body FROM segments g JOIN devices v ON v.idx = g.dev WHERE v.id = ? AND g.state IN (2, 3) ORDER BY g.idx DESC LIMIT 1`,
    )
    .pluck();
  return {
    deviceId: (idx: number): string => idOf.get(idx) ?? '',
    /** Null in a file of no team. */
    heard(): readonly Heard[] | null {
      const membership = (readMeta(db, 'membership') as Membership | undefined) ?? null;
      if (membership === null) return null;
      const members = readMembers(db);
      if (members === null) return [NOBODY_YET];
      const [own, territories] = [readDevice(db)?.id, scopesOf(membership).filter((scope) => scope !== membership.scopes.shared)];
      return members.flatMap((member) => {
        const scopes = territories.filter((scope) => member.scopes.includes(scope));
        if (member.dev === own || scopes.length === 0) return [];
        const stamps = cursors.all(member.dev).flatMap(({ scope, hlc }) => (scopes.includes(scope) ? [hlc] : []));
        return [heardOf(member, stamps)];
      });
    },
    /** Who last worked at a device; null where nobody is known to. */
    whoAt(device: string): string | null {
      const body = last.get(device);
      const actor = body === undefined ? undefined : openSegment(body).x.at(-1)?.[1];
      return actor === undefined || actor === device ? null : createAuthors(db).known(actor);
    },
  };
};
