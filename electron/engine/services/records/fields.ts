/** Cells of any table to values, with what the row around them says: its currency, its account, the people it names. */
import { z } from 'zod';
import { isBad, isTyped, type CellInput, type CellValue, type Kind } from '../../../../shared/domain/kinds.ts';
import { styleOf } from '../../../../shared/domain/locale.ts';
import { parseCell, type CellField, type ParseContext } from '../../../../shared/domain/parse/cell.ts';
import { isUuid } from '../../../../shared/domain/uuid.ts';
import { fieldOf, isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader } from '../../store/api.ts';
import { baseCurrency, companyToday, companyZone } from '../company/company.ts';
import { productsByCode } from '../orders/product-codes.ts';

type Cells = Readonly<Record<string, CellInput | undefined>>;
export type ParseEnv = Pick<EngineEnv, 'locale' | 'zone' | 'clock'>;

/** Tables whose rows belong to an account: of several of one name, those of the row's own account are meant. */
const OF_ACCOUNT: Readonly<Record<string, (account: string) => readonly [field: string, value: string]>> = {
  sites: (account) => ['account_id', account],
  contacts: (account) => ['party', `accounts/${account}`],
};

const text = (value: CellInput | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The row that owns a row, where it is there. */
const ownerOf = (table: TableName, row: Cells, read: Reader): Cells | undefined => {
  const { owner } = tableOf(table);
  const field = owner === undefined ? undefined : fieldOf(table, owner);
  const id = owner === undefined ? null : text(row[owner]);
  return id !== null && field?.kind === 'link' && isTableName(field.to) ? read.get(field.to, id) : undefined;
};

/** The currency of a row: its own, its owner's, its account's, else the company's; null where none is known. */
export const currencyOf = (table: TableName, row: Cells, read: Reader): string | null => {
  const account = text(row['account_id']);
  return (
    text(row['currency']) ??
    text(ownerOf(table, row, read)?.['currency']) ??
    (account === null ? null : text(read.get('accounts', account)?.['currency'])) ??
    baseCurrency(read)
  );
};

/** Rows of a table that a text names: by id, by code, else by exact name; people also by e-mail. */
const findRows = (table: string, sought: string, read: Reader): readonly string[] => {
  if (!isTableName(table) || sought === '') return [];
  if (isUuid(sought) && read.get(table, sought) !== undefined) return [sought];
  const { code, title } = tableOf(table);
  for (const name of new Set([code, title, 'email'])) {
    if (name === undefined || fieldOf(table, name)?.keyed !== true) continue;
    const found = read.match(table, name, sought);
    if (found.length > 0) return found;
  }
  return [];
};

const ofAccount = (table: string, ids: readonly string[], account: string | null, read: Reader): readonly string[] => {
  const belongs = OF_ACCOUNT[table];
  if (ids.length < 2 || belongs === undefined || account === null || !isTableName(table)) return ids;
  const [field, value] = belongs(account);
  const own = ids.filter((id) => read.get(table, id)?.[field] === value);
  return own.length > 0 ? own : ids;
};

const customChoices = z.array(z.object({ key: z.string(), label: z.string() }));

/** A custom field as the parser knows fields; undefined where it is not defined here. */
const customField = (table: TableName, key: string, read: Reader): CellField | undefined => {
  const id = read.match('field_defs', 'key', key).find((one) => read.get('field_defs', one)?.['table'] === table);
  const definition = id === undefined ? undefined : read.get('field_defs', id);
  if (definition === undefined) return undefined;
  const choices = typeof definition['choices'] === 'string' ? customChoices.safeParse(JSON.parse(definition['choices'])) : null;
  // The definition was written from a Field of the model, so its kind is one.
  return { kind: String(definition['kind']) as Kind, choices: choices?.success === true ? choices.data : undefined };
};

const contextOf = (table: TableName, row: Cells, read: Reader, env: ParseEnv, isTypedText: boolean): ParseContext => ({
  style: styleOf(env.locale),
  today: companyToday(read, env),
  zone: companyZone(read, env),
  currency: currencyOf(table, row, read),
  arithmetic: isTypedText,
  resolve: (to, sought) => {
    const found = findRows(to, sought, read);
    const account = text(row['account_id']) ?? text(ownerOf(table, row, read)?.['account_id']);
    return to === 'products' && found.length === 0 && sought !== ''
      ? productsByCode(sought, account, read)
      : ofAccount(to, found, text(row['account_id']), read);
  },
});

/**
 * Text to the value of a field. A currency code is written in capitals.
 * @param row the row around the cell, as far as it is known
 */
export const parseField = (
  { table, field, row, read, env }: { table: TableName; field: string; row: Cells; read: Reader; env: ParseEnv },
  raw: string,
  isTypedText = true,
): CellValue => {
  const known = fieldOf(table, field) ?? customField(table, field, read) ?? { kind: 'text' as const };
  const value = parseCell(known, raw, contextOf(table, row, read, env, isTypedText));
  return field === 'currency' && typeof value === 'string' ? value.toUpperCase() : value;
};

/** The plain part of a cell; a bad one is nothing. */
export const plain = (value: CellInput | undefined): string | number | null =>
  value === undefined || value === null || isBad(value) || isTyped(value) ? null : value;
