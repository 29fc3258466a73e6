/** What a list editor offers for a column: choices, yes and no, the moves of a status, records by their name. */
import type { Client } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import { narrow } from '../../ui/named.ts';
import type { GridColumn } from '../columns.ts';
import type { Taken } from './commit.ts';

export type Option = Taken & {
  /** Said at the end of the line: a city, a price; for a status, why it cannot be chosen now. */
  readonly note: string | null;
  readonly isBlocked: boolean;
  /** Other words it answers to. */
  readonly aliases: readonly string[];
};

export type LookupPort = Pick<Client, 'records.lookup' | 'records.transitions'>;

/** Options for a text; a promise where they have to be asked for. */
export type Lookup = (text: string) => readonly Option[] | Promise<readonly Option[]>;

const plain = (value: string | number, title: string, aliases: readonly string[] = []): Option => ({
  value,
  code: null,
  title,
  note: null,
  isBlocked: false,
  aliases,
});

const flagOptions = [plain(1, 'Yes', ['y', 'true', '1']), plain(0, 'No', ['n', 'false', '0'])];

const lookIn = async (port: LookupPort, table: TableName, text: string, isRef: boolean): Promise<readonly Option[]> => {
  const { rows } = await port['records.lookup']({ table, text: text.slice(0, 200) });
  return rows.map(({ id, code, title, note }) => ({
    value: isRef ? `${table}/${id}` : id,
    code,
    title,
    note: isRef ? (note ?? tableOf(table).one) : note,
    isBlocked: false,
    aliases: [],
  }));
};

const transitions = async (port: LookupPort, table: TableName, row: GridRow, field: string): Promise<readonly Option[]> => {
  const { to } = await port['records.transitions']({ table, id: row.id, field });
  return to.map(({ state, label, blocked }) => ({ ...plain(state, label), note: blocked, isBlocked: blocked !== null }));
};

/** How a column's list is found for a row. */
export const lookupFor = (port: LookupPort, table: TableName, column: GridColumn, row: GridRow): Lookup => {
  const { field } = column;
  switch (field.kind) {
    case 'choice': {
      const all = field.choices.map(({ key, label, aliases }) => plain(key, label, [key, ...(aliases ?? [])]));
      return (text) => narrow(all, text);
    }
    case 'flag':
      return (text) => narrow(flagOptions, text);
    case 'state':
      return async (text) => narrow(await transitions(port, table, row, column.key), text);
    case 'link':
      return (text) => (isTableName(field.to) ? lookIn(port, field.to, text, false) : []);
    case 'ref':
      return async (text) => {
        const found = await Promise.all(field.to.filter(isTableName).map((to) => lookIn(port, to, text, true)));
        return found.flat();
      };
    default:
      return () => [];
  }
};
