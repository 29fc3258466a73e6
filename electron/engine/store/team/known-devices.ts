/** The devices of a team as this file met them: what they are called, who works on them, when they were last heard of. */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import type { KnownDevice } from '../api.ts';
import type { Db } from '../file/db.ts';
import { readDevice } from '../file/local.ts';
import { createAuthors } from '../log/history.ts';
import { openSegment } from '../log/segments.ts';
import { createDeviceNames, memberOf, readMembers } from './members.ts';
import type { TeamMember } from './members.ts';
import { formerDevices } from './rekey.ts';

/** The index of no device. */
const NOWHERE = -1;

type Row = { readonly idx: number; readonly id: string; readonly code: string | null; readonly hlc: number | null };

/** Of a device that the team vouches for and nothing has come of yet. */
const memberRow = (member: TeamMember | undefined): Row | null =>
  member === undefined ? null : { idx: NOWHERE, id: member.dev, code: member.code, hlc: null };

/** Who wrote what last came of a device; null where nobody said so. */
export const prepareLastWriter = (db: Db) => {
  const lastOf = db
    .prepare<[number], Buffer>('SELECT body FROM segments WHERE dev = ? AND state IN (2, 3) ORDER BY idx DESC LIMIT 1')
    .pluck();
  return ({ idx, id, code }: Pick<Row, 'idx' | 'id' | 'code'>): string | null => {
    const body = lastOf.get(idx);
    const actor = body === undefined ? undefined : openSegment(body).x.at(-1)?.[1];
    const who = actor === undefined || actor === id ? null : createAuthors(db).known(actor);
    return who === code ? null : who;
  };
};

export const createKnownDevices = (db: Db) => {
  const heard = '(SELECT max(c.hlc) FROM cursor c WHERE c.dev = v.idx AND c.seq > 0) AS hlc';
  const one = db.prepare<[string], Row>(`SELECT v.idx, v.id, v.code, ${heard} FROM devices v WHERE v.id = ?`);
  const met = db.prepare<[string], Row>(
    `SELECT v.idx, v.id, v.code, ${heard} FROM devices v WHERE v.id <> ? AND hlc IS NOT NULL ORDER BY hlc DESC`,
  );
  const lastWriter = prepareLastWriter(db);
  const names = createDeviceNames(db);
  const tell = (row: Row): KnownDevice => {
    const { id, hlc } = row;
    const isHere = readDevice(db)?.id === id;
    const at = hlc === null ? null : stampTime(hlc);
    return {
      id,
      code: names.of(id),
      who: isHere ? null : lastWriter(row),
      at,
      isHere,
      wasHere: formerDevices(db).includes(id),
      isOut: memberOf(db, id)?.scopes.length === 0,
    };
  };
  const known = (id: string): KnownDevice | null => {
    const row = one.get(id) ?? memberRow(memberOf(db, id));
    return row === null ? null : tell(row);
  };
  return {
    known,
    devices(): readonly KnownDevice[] {
      const id = readDevice(db)?.id ?? '';
      const own = known(id);
      const heard = met.all(id);
      const [names, former] = [new Set([id, ...heard.map((row) => row.id)]), formerDevices(db)];
      const silent = (readMembers(db) ?? []).filter(({ dev }) => !names.has(dev) && !former.includes(dev));
      return [...(own === null ? [] : [own]), ...heard.map(tell), ...silent.flatMap(({ dev }) => known(dev) ?? [])];
    },
  };
};
