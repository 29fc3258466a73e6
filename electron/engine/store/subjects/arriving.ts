/** What comes from elsewhere of people: opened where its key is here, nothing once the person is erased, else as it came. */
import type { Row, Stamp } from '../write/rows.ts';
import type { SubjectKeys } from './keys.ts';
import { openWith } from './opening.ts';
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
    const { isGone, key } = keys.meet(at, value['#'][0], scope, erased);
    if (isOver || isGone) return null;
    return key === null ? value : openWith(key, at, value);
  };
