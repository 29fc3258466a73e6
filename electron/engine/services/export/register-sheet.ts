/**
 * Rows of a register as cells of a file, field by field. A link is two columns, the code and the name; a choice is its
 * word; every other value goes out exactly as it is kept, so that a file read back is the same data.
 */
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { fromScaled } from '../../../../shared/domain/decimal.ts';
import type { Kind, Scalar } from '../../../../shared/domain/kinds.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import { writeList } from '../../../../shared/domain/parse/list.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SheetCell, SheetColumn, SheetRow } from '../../files/sheet.ts';
import { linkShows, shownKind, type Fields } from '../../store/read/fields.ts';
import { columnOfField, markCell, textColumn } from './kinds.ts';

export type Sheet<R> = { readonly columns: readonly SheetColumn[]; readonly row: (row: R) => SheetRow };

/** What a column of a register's file shows of its field. */
export type RegisterColumn = { readonly key: string; readonly part: 'value' | 'code' | 'title' };

type Cell = {
  readonly column: SheetColumn;
  readonly shows: RegisterColumn;
  readonly of: (row: GridRow, currency: string | null) => SheetCell;
};

/** Names a record for the day its file comes back: what is changed in it is found by this, whatever else was changed. */
export const ID_KEY = 'id';
const ID_WIDTH = 250;
const idCell: Cell = {
  column: { ...textColumn('ID', ID_WIDTH), isHidden: true },
  shows: { key: ID_KEY, part: 'value' },
  of: ({ id }) => id,
};

const digitsOf = (kind: Kind, currency: string | null): number =>
  kind === 'money' ? minorDigits(currency) : kind === 'integer' ? 0 : 6;

/** A value in the words and figures of a file. */
const valueCell = (field: Field, value: Scalar, currency: string | null): SheetCell => {
  if (value === null || value === '') return null;
  const kind = shownKind(field);
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
      return fromScaled(BigInt(value), digitsOf(kind, currency), kind === 'money' ? minorDigits(currency) : 0);
    case 'instant':
    case 'duration':
    case 'flag':
      return Number(value);
    case 'choice':
      return field.kind === 'choice' ? (field.choices.find(({ key }) => key === value)?.label ?? String(value)) : String(value);
    case 'state':
      return field.kind === 'state' ? (stateOf(field.lifecycle, String(value))?.label ?? String(value)) : String(value);
    case 'list':
      return writeList(String(value));
    default:
      return String(value);
  }
};

/** The text of a cell that cannot be used, in the place of its value. */
const issueCell = (row: GridRow, key: string, label: string): SheetCell => {
  const issue = row.i?.[key];
  return issue === undefined || issue.raw === null ? null : markCell(label, issue.raw, issue.code);
};

/** The headers of a link's code and of its name; null where its table has no such thing. */
const linkHeaders = (field: Extract<Field, { kind: 'link' | 'ref' }>): readonly [code: string | null, title: string | null] => {
  const { label } = field;
  if (field.kind === 'ref') return [`${label} code`, label];
  if (!isTableName(field.to)) return [null, label];
  const { code, title, one } = tableOf(field.to);
  if (code === undefined) return [null, label];
  if (code === title) return [label, null];
  return linkShows(field) === 'code' ? [label, one] : [`${label} code`, label];
};

const linkCells = (key: string, field: Extract<Field, { kind: 'link' | 'ref' }>): readonly Cell[] => {
  const [code, title] = linkHeaders(field);
  const width = field.width ?? null;
  const first = code ?? title ?? field.label;
  const shown = (row: GridRow, part: 'code' | 'title'): SheetCell => row.l?.[key]?.[part] ?? null;
  return [
    {
      column: textColumn(first, code === null || title === null ? width : null),
      shows: { key, part: code === null ? 'title' : 'code' },
      of: (row) => issueCell(row, key, field.label) ?? shown(row, code === null ? 'title' : 'code'),
    },
    ...(code === null || title === null
      ? []
      : [
          {
            column: textColumn(title, width),
            shows: { key, part: 'title' as const },
            of: (row: GridRow) => shown(row, 'title'),
          },
        ]),
  ];
};

const cellsOf = (table: TableName, key: string, field: Field): readonly Cell[] => {
  if (field.kind === 'link' || field.kind === 'ref') return linkCells(key, field);
  return [
    {
      column: columnOfField(field.label, field, table),
      shows: { key, part: 'value' },
      of: (row, currency) => issueCell(row, key, field.label) ?? valueCell(field, row.v[key] ?? null, currency),
    },
  ];
};

const textOf = (value: Scalar | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

const cellsFor = (table: TableName, fields: Fields, keys: readonly string[]): readonly Cell[] =>
  keys.flatMap((key) => {
    const field = fields.get(key);
    return key === ID_KEY ? [idCell] : field === undefined ? [] : cellsOf(table, key, field);
  });

/** All there is of a register: its fields, and at the end what names the record. */
export const allKeys = (fields: Fields): readonly string[] => [...fields.keys(), ID_KEY];

/**
 * Chosen fields, and what names the record where they may not: a line of an order that is not among its columns, a draft
 * that has no number yet.
 */
export const namedKeys = (table: TableName, keys: readonly string[]): readonly string[] => {
  const { code, series } = tableOf(table);
  return (code === undefined || series !== undefined) && !keys.includes(ID_KEY) ? [...keys, ID_KEY] : keys;
};

/** What each header of a register's file shows. The second of a name is read back as `Name (2)`. */
export const registerHeaders = (table: TableName, fields: Fields): ReadonlyMap<string, RegisterColumn> => {
  const headers = new Map<string, RegisterColumn>();
  for (const { column, shows } of cellsFor(table, fields, allKeys(fields))) {
    let name = column.header;
    for (let more = 2; headers.has(name); more += 1) name = `${column.header} (${more})`;
    headers.set(name, shows);
  }
  return headers;
};

/**
 * @param keys of the fields, in order; one that is not there is left out
 * @param base the company's currency, for amounts that have none of their own
 */
export const registerSheet = (table: TableName, fields: Fields, keys: readonly string[], base: string): Sheet<GridRow> => {
  const cells = cellsFor(table, fields, keys);
  return {
    columns: cells.map(({ column }) => column),
    row: (row) => {
      const currency = textOf(row.v['currency']) ?? textOf(base);
      return { cells: cells.map(({ of }) => of(row, currency)), currency, unit: textOf(row.v['uom']) };
    },
  };
};
