/** Which registers say something of a person (DECISIONS.md 4), and since when a person is erased. */
import { fieldOf, isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import { isCustom } from '../file/layout.ts';
import { stampOf } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';

/** The register that says that a person was erased, and when. */
export const ERASED = 'erased_on';

/** Whether the rows of a table are each about a person. */
export const isOfPeople = (table: string): boolean => isTableName(table) && tableOf(table).subject === 'id';

/** Whether who the rows of a table are about can be erased. */
export const isErasable = (table: string): table is TableName =>
  isOfPeople(table) && fieldOf(table as TableName, ERASED) !== undefined;

/** Whether what a register holds is about the person. What a company added to people is theirs, whatever it is. */
export const isPersonal = (table: string, register: string): boolean =>
  isTableName(table) && isOfPeople(table) && (isCustom(register) || fieldOf(table, fieldOfRegister(register))?.personal === true);

/** The stamp of the last change that erased who a row is about; 0 where nobody did. What was written before it is gone. */
export const erasedAt = (row: Row | undefined): number =>
  row !== undefined && isOfPeople(row.layout.name) && typeof row.v[ERASED] === 'string' ? stampOf(row, ERASED)[0] : 0;
