/** What comes from elsewhere of people: opened where its key is here, nothing once the person is erased, else as it came. */
import type { Row, Stamp } from '../write/rows.ts';
import type { SubjectKeys } from './keys.ts';
import { openWith, UNREADABLE } from './opening.ts';
import { erasedAt, isPersonal } from './personal.ts';
import { isSealed } from './sealed.ts';
import type { SealedAt } from './sealed.ts';

/**
 * @param value of any shape, as a stranger wrote it
 * @param row as it is here; undefined where it is not
 * @returns the value, of any shape; sealed while its key is not here
 */
export type Arrive = (
  at: SealedAt,
  value: unknown,
  op: { readonly stamp: Stamp; readonly scope: number },
  row: Row | undefined,
) => unknown;

export const createArrive =
  (keys: SubjectKeys): Arrive =>
  (at, value, { stamp: [h], scope }, row) => {
    const erased = erasedAt(row);
    const isOver = h < erased && isPersonal(at.table, at.register);
    if (!isSealed(value)) return isOver ? null : value;
    // Nobody seals what is not of a person: opened here and waiting there, it would be two things.
    if (!isPersonal(at.table, at.register)) return UNREADABLE;
    const met = keys.meet(at, value['#'][0], { h, scope, erased });
    if (isOver || met === 'gone') return null;
    if (met === 'foreign') return UNREADABLE;
    return met === 'wanted' ? value : openWith(met, at, value);
  };
