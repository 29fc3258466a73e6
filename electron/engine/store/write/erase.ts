/**
 * Erasing a person (SYNC.md 2.10, DECISIONS.md 4): the personal fields of a row are blanked as an ordinary change, which tells the
 * team, and what they were goes out of everything that remembers. Each device of the team forgets it when the change arrives there.
 */
import { isTableName, tableOf } from '../../../../shared/model/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change, Erased } from '../api.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Db } from '../file/db.ts';
import type { MergeParts } from '../merge/parts.ts';
import { valueOf } from '../merge/registers.ts';
import { forgetPeople, securely, wipe } from '../subjects/forget.ts';
import { ERASED, erasedAt, isPersonal } from '../subjects/personal.ts';
import { refuseWhileImporting } from '../team/sync-identity.ts';
import type { Row } from './rows.ts';
import type { Transact } from './transact.ts';
import type { WriteParts } from './write-parts.ts';

/** The registers of a row that say something of the person. */
const registersOf = (parts: MergeParts, row: Row): readonly string[] => {
  const all = new Set([
    ...row.layout.columns.map(({ name }) => name),
    ...Object.keys(row.v),
    ...parts.issues.loadBad(row).keys(),
    ...parts.extras.names(row),
  ]);
  return [...all].filter((register) => isPersonal(row.layout.name, register) && valueOf(parts, row, register) !== null);
};

/** Whether anything was written of a row since its person was erased: what its cells do not show stands in its history. */
const prepareIsWritten = (db: Db, { tables }: WriteParts) => {
  const later = db
    .prepare<[number, number, number], number>('SELECT 1 FROM history WHERE tbl = ? AND n = ? AND h > ? LIMIT 1')
    .pluck();
  return (row: Row): boolean => later.get(tables.indexOf(row.layout.name), row.n, erasedAt(row)) !== undefined;
};

/**
 * @param today the day that is noted on the row
 * @throws AppError `not-found`, `invalid` for a table that is about nobody, `busy` while an import runs
 */
export const createErase = (db: Db, parts: WriteParts, transact: Transact, today: () => string) => {
  const isWritten = prepareIsWritten(db, parts);
  return (name: string, id: string, change: Change): Erased => {
    if (!isTableName(name) || tableOf(name).subject !== 'id' || tableOf(name).fields[ERASED] === undefined)
      throw new AppError('invalid', `Rows of “${name}” are about nobody.`, { table: name });
    refuseWhileImporting(parts);
    return securely(db, () => {
      let fields: readonly string[] = [];
      transact.change(
        { ...change, silent: true },
        {},
        (work) => {
          const row = parts.undo.rows.find(name, id);
          if (row === undefined) throw new AppError('not-found', 'There is no such record. Nothing was changed.', { id });
          parts.log.seal();
          fields = registersOf(parts.merge.parts, row);
          const blank = fields.map((register): [string, CellValue] => [register, null]);
          if (!isWritten(row)) return;
          parts.undo.writes.bringBack(work, row, new Map([...blank, [ERASED, today()]]));
          forgetPeople(db, parts, work, [row]);
        },
        () => undefined,
      );
      parts.undoLog.reload();
      return { fields, isWiped: wipe(db) };
    });
  };
};
