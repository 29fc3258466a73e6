/** What one record is called in tabs, headings and panels. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { isPaperTable, type PaperTable } from '../../../shared/model/documents.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';

/** A row that is called after another, as a price is after its product, bears that one's name. */
const textOf = (row: GridRow, field: string): string => {
  const label = row.l?.[field];
  const value = label === undefined ? row.v[field] : (label.title ?? label.code);
  return typeof value === 'string' ? value.trim() : '';
};

/** What a document is called before it is one. */
export const newName = (table: PaperTable): string => `New ${tableOf(table).one.toLowerCase()}`;

/** What a draft goes by beside its account: the customer's own reference, or what it is about. */
const about: Readonly<Record<PaperTable, string>> = { orders: 'po_ref', quotes: 'subject', invoices: 'po_ref' };

/** A document that has no number yet goes by its account. */
const draftName = (table: PaperTable, row: GridRow): string => {
  const label = row.l?.['account_id'];
  const account = label?.title ?? label?.code ?? '';
  if (account === '') return newName(table);
  return `${account} · ${textOf(row, about[table]) || newName(table).toLowerCase()}`;
};

/** Its title, else its code, else what it is. */
export const nameOfRow = (table: TableName, row: GridRow | null | undefined): string => {
  const { title, code, one, legal } = tableOf(table);
  if (!row) return one;
  const name =
    (legal === undefined ? '' : textOf(row, legal)) || textOf(row, title) || (code === undefined ? '' : textOf(row, code));
  return name || (isPaperTable(table) ? draftName(table, row) : one);
};
