/**
 * Which columns of a public view show a field of its register: a link is its code and its name there, a list its
 * first entry, a sum of money what the document says. Refuses nothing: a field that no column shows is told as such.
 */
import { tableOf, type TableName } from '../../../shared/model/index.ts';

/** Where the name of the column does not follow from the field's; `<table>.<field>` before `<field>`. */
const named: Readonly<Record<string, readonly string[]>> = {
  phones: ['phone'],
  emails: ['email'],
  net: ['net_rounded'],
  'accounts.last_contact_on': ['last_contact_at'],
  'contacts.party': ['account_code', 'account'],
  'activities.about': ['about_code', 'about'],
  'orders.line_count': ['lines'],
  'orders.late_days': ['days_late'],
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

export type ShownColumns = {
  readonly columns: readonly string[];
  /** Labels of the fields that the view has no column for. */
  readonly without: readonly string[];
};

/**
 * @param all the columns of the view
 * @param custom the columns of custom fields, by field
 */
export const columnsOfFields = (
  table: TableName,
  fields: readonly string[],
  all: readonly string[],
  custom: ReadonlyMap<string, string>,
): ShownColumns => {
  const columns = new Set<string>();
  const without: string[] = [];
  for (const field of fields) {
    const own = custom.get(field);
    const found = own === undefined ? namesOf(table, field).filter((name) => all.includes(name)) : [own];
    for (const name of found) columns.add(name);
    if (found.length === 0) without.push(tableOf(table).fields[field]?.label ?? field);
  }
  return { columns: [...columns], without };
};
