/** Who somebody is to the rules of approval: their person and role, the limits that hold for them, the steps that are theirs. */
import { authorityOf, type Authority, type LimitRow } from '../../../../shared/domain/approval/limits.ts';
import type { Step } from '../../../../shared/domain/approval/steps.ts';
import { isRole, STANDALONE, type Role } from '../../../../shared/domain/roles.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const limitRow = (row: StoredRow): LimitRow => ({
  id: row.id,
  person: textOf(row['person_id']),
  role: textOf(row['role']),
  approves: textOf(row['approves']),
  floor: numberOf(row['floor']),
  hardFloor: numberOf(row['hard_floor']),
  ownDiscount: numberOf(row['own_discount']),
  costDays: numberOf(row['cost_days']),
  termDays: numberOf(row['term_days']),
  validDays: numberOf(row['valid_days']),
});

const rowsFor = (person: string | null, role: string, read: Reader): readonly LimitRow[] =>
  [
    ...(person === null ? [] : read.match('approval_limits', 'person_id', person)),
    ...read.matching('approval_limits', { person_id: null, role }),
    ...read.matching('approval_limits', { person_id: null, role: null }),
  ].flatMap((id) => {
    const row = read.get('approval_limits', id);
    return row === undefined ? [] : [limitRow(row)];
  });

/** `NAME <MAIL>`, as the command line says who it is. */
const MAIL = /<([^<>]+)>\s*$/;

/** The person behind who the log says it was; null where none is known. */
const personBehind = (actor: string, read: Reader): StoredRow | null => {
  const mail = MAIL.exec(actor)?.[1]?.trim();
  const [id = actor] = mail === undefined ? [] : read.match('people', 'email', mail);
  return read.get('people', id) ?? null;
};

/** The same for somebody at their desk and on the command line: nobody agrees to their own request by another name. */
export const whoIs = (actor: string, read: Reader): string => personBehind(actor, read)?.id ?? actor;

/** The person an actor is, where one is known: a device is no person, and a name that nobody here has is none. */
export const personOf = (actor: string, read: Reader): string | null => personBehind(actor, read)?.id ?? null;

/** The role an actor has. Nobody in particular, at a file of their own, is its owner. */
export const roleOf = (actor: string, read: Reader): Role => {
  const person = personBehind(actor, read);
  if (isRole(person?.['role'])) return person['role'];
  // A name that no person here has is nobody's: it gives nothing.
  return MAIL.test(actor) && person === null ? 'viewer' : STANDALONE;
};

/** What an actor may give and decide. */
export const authority = (actor: string, read: Reader): Authority => {
  const [person, role] = [personBehind(actor, read)?.id ?? null, roleOf(actor, read)];
  return authorityOf({ person, role }, rowsFor(person, role, read));
};

/** What an actor is called. */
export const nameBehind = (actor: string, read: Reader): string => textOf(personBehind(actor, read)?.['name']) ?? 'Somebody';

/** The people to whom limits give a step, by name. */
export const approversOf = (level: Step['level'], read: Reader): readonly string[] =>
  [level === 1 ? 'first' : 'second', 'both']
    .flatMap((right) => read.match('approval_limits', 'approves', right))
    .flatMap((id) => {
      const person = read.get('approval_limits', id)?.['person_id'];
      return typeof person === 'string' ? (textOf(read.get('people', person)?.['name']) ?? []) : [];
    })
    .toSorted();
