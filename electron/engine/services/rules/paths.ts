/** The way of a document from one state to another. */
import { allowedFrom, initialOf } from '../../../../shared/domain/lifecycle.ts';
import { stated, type StatedTable } from '../../../../shared/model/documents.ts';

/** States that a move may pass through on its way. */
const PASSED: readonly string[] = ['submitted', 'approved'];

/** The moves from one state to another: one, or two; none where there is no way. */
export const pathTo = (table: StatedTable, from: string, to: string): readonly string[] => {
  const { lifecycle } = stated[table];
  const next = allowedFrom(lifecycle, from);
  if (next.includes(to)) return [to];
  // What is in somebody else's hands is not passed over.
  if (from !== initialOf(lifecycle)) return [];
  const through = next.find((state) => PASSED.includes(state) && allowedFrom(lifecycle, state).includes(to));
  return through === undefined ? [] : [through, to];
};
