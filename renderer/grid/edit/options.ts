/**
 * What a list editor offers, and which of it typed text stands for. Enter and Tab take the highlighted item, the
 * same in every list; text that could be several is asked about; text that names nothing is kept as it was typed.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { foldText } from '../../../shared/domain/fold.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
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

const starts = (text: string | null, start: string): boolean => text !== null && foldText(text).startsWith(start);
const wordStarts = (text: string | null, start: string): boolean =>
  text !== null &&
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.startsWith(start));

/** How well an option answers to a folded text: 0 = not at all. */
const rank = (option: Option, folded: string): number => {
  const isExact = (text: string | null): boolean => text !== null && foldText(text) === folded;
  if (isExact(option.code)) return 5;
  if (isExact(option.title) || option.aliases.some(isExact)) return 4;
  if (starts(option.code, folded)) return 3;
  if (starts(option.title, folded)) return 2;
  return wordStarts(option.title, folded) || option.aliases.some((alias) => starts(alias, folded)) ? 1 : 0;
};

/**
 * The option that typed text stands for when it is committed without choosing: the best by code, then name, then
 * the start of either. -1 where it stands for none, or for several alike: those are for the person to choose from.
 */
export const bestOf = (options: readonly Option[], text: string): number => {
  const folded = foldText(text);
  if (folded === '') return -1;
  let best = -1;
  let bestRank = 0;
  options.forEach((option, at) => {
    const now = rank(option, folded);
    if (now > bestRank) [best, bestRank] = [at, now];
    else if (now === bestRank) best = -1;
  });
  return best;
};

/** Whether typed text could be one of several, none of them better than another. */
export const isAmbiguous = (options: readonly Option[], text: string): boolean => {
  const folded = foldText(text);
  return folded !== '' && bestOf(options, text) < 0 && options.some((option) => rank(option, folded) > 0);
};

/** Options that answer to a text, best first; all of them for none. */
export const narrow = (options: readonly Option[], text: string): readonly Option[] => {
  const folded = foldText(text);
  if (folded === '') return options;
  return options
    .map((option, at) => ({ option, at, rank: rank(option, folded) }))
    .filter((entry) => entry.rank > 0)
    .toSorted((a, b) => b.rank - a.rank || a.at - b.at)
    .map((entry) => entry.option);
};

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
