/** What whoever deleted a record had not seen of it and of all it owns, write by write: leaving it deleted is said of each. */
import type { Db } from '../file/db.ts';
import { childRows } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import { DELETED, LIVE } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import { isLater, prepareLastWrite } from './unseen.ts';
import type { UnseenReader, Write } from './unseen.ts';

type Parts = CellParts & { readonly db: Db; readonly readUnseen: UnseenReader };

export const createUnseenBelow = ({ db, readUnseen, ...parts }: Parts) => {
  const lastWrite = prepareLastWrite(db);
  const ofAll = (row: Row): readonly Write[] => {
    const last = row.st === DELETED ? readUnseen(row.layout.name, row.id, row)?.last : lastWrite(row);
    // What is deleted below something that is there itself is another deletion.
    const below = childRows(parts, row).filter(({ st }) => st === LIVE || (st === DELETED && row.st === DELETED));
    return [...(last === undefined ? [] : [last]), ...below.flatMap(ofAll)];
  };
  /** @param upTo what came later than that was in no list yet */
  return (row: Row, upTo: Write): readonly Write[] =>
    row.st === DELETED ? ofAll(row).filter((write) => !isLater(write, upTo)) : [];
};
