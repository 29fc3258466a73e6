/**
 * Which field of its register each column of a public view shows: a link is its code and its name there, a list its
 * first entry, a sum of money what the document says.
 */
import type { Database } from 'better-sqlite3';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { customColumnNames, describeViews } from '../public/public-views.ts';

/** Where the name of the column does not follow from the field's; `<table>.<field>` before `<field>`. */
const named: Readonly<Record<string, readonly string[]>> = {
  phones: ['phone'],
  emails: ['email'],
  net: ['net_rounded'],
  'accounts.last_contact_on': ['last_contact_at'],
  'contacts.party': ['account_code', 'account'],
  'activities.about': ['about_code', 'about'],
  'tasks.about': ['about_code', 'about'],
  'commitments.about': ['about_code', 'about'],
  'orders.line_count': ['lines'],
  'orders.late_days': ['days_late'],
  'quotes.line_count': ['lines'],
  'quotes.revised_from': ['revised_from'],
  'quote_lines.quote_id': ['quote_number'],
  'quote_lines.product_id': ['sku', 'product'],
  'invoices.order_id': ['order_number'],
  'invoices.line_count': ['lines'],
  'invoice_lines.invoice_id': ['invoice_number'],
  'invoice_lines.product_id': ['sku', 'product'],
  'credit_notes.invoice_id': ['invoice_number'],
  'credit_notes.return_id': ['return_number'],
  'returns.order_id': ['order_number'],
  'returns.product_id': ['sku', 'product'],
  'returns.replacement_id': ['replacement_number'],
  'disputes.invoice_id': ['invoice_number'],
  'disputes.credit_note_id': ['credit_note_number'],
  'bookings.order_id': ['order_number'],
  'bookings.quote_id': ['quote_number'],
  'bookings.make_good_of': ['make_good_of'],
  'bookings.override_by': ['override_by'],
  'bookings.slot_id': ['slot'],
  'bookings.site_id': ['site'],
  'bookings.problem_owner_id': ['problem_owner'],
  'claims.booking_id': ['booking_number'],
  'claims.case_id': ['issue_number'],
  'claims.order_id': ['order_number'],
  'claims.credit_note_id': ['credit_note_number'],
  'order_lines.order_id': ['order_number'],
  'order_lines.product_id': ['sku', 'product'],
};

const namesOf = (table: TableName, field: string): readonly string[] => {
  const fixed = named[`${table}.${field}`] ?? named[field];
  if (fixed !== undefined) return fixed;
  if (!field.endsWith('_id')) return [field];
  const link = field.slice(0, -'_id'.length);
  return [`${link}_code`, link];
};

export type ViewColumn = {
  readonly name: string;
  /** The field it shows, and what of it; null for a column of the view's own. */
  readonly shows: { readonly key: string; readonly field: Field; readonly part: 'value' | 'code' | 'title' } | null;
};

/** What the columns of a register's view show. @param custom the columns of custom fields, by field */
export const viewColumns = (
  table: TableName,
  fields: Fields,
  all: readonly string[],
  custom: ReadonlyMap<string, string>,
): readonly ViewColumn[] => {
  const shown = new Map<string, ViewColumn['shows']>();
  for (const [key, field] of fields) {
    const isLink = field.kind === 'link' || field.kind === 'ref';
    const own = custom.get(key);
    const [first, second] = own === undefined ? namesOf(table, key) : [own];
    const isNamedTwice = isLink && second !== undefined;
    if (first !== undefined) shown.set(first, { key, field, part: isNamedTwice ? 'code' : isLink ? 'title' : 'value' });
    if (isNamedTwice) shown.set(second, { key, field, part: 'title' });
  }
  return all.map((name) => ({ name, shows: shown.get(name) ?? null }));
};

/** What goes out of this database under one name: the columns of the public view and the fields of the register. */
export type ExportShape = {
  readonly view: string;
  /** Null: the rows are of no table. */
  readonly table: TableName | null;
  readonly about: string;
  readonly columns: readonly ViewColumn[];
  readonly fields: Fields;
};

/** Everything that can be exported, so that a file of ours is known when it comes back. */
export const exportShapes = (db: Database): readonly ExportShape[] =>
  describeViews(db).map(({ view, about, columns }) => {
    const name = view.slice(2);
    const names = columns.map((column) => column.name);
    if (!isTableName(name)) {
      return { view, about, table: null, fields: new Map(), columns: names.map((own) => ({ name: own, shows: null })) };
    }
    const fields = fieldsOf(db, name);
    const shown = tableOf(name).shown === true ? tableOf(name).many : about;
    return { view, about: shown, table: name, fields, columns: viewColumns(name, fields, names, customColumnNames(db, name)) };
  });
