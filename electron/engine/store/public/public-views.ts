/**
 * What the public reading views mean, column by column, and how this database's custom fields come into them: as TEMP
 * views of the same names, made when a reading connection opens (DECISIONS.md 2).
 */
import type { Database } from 'better-sqlite3';
import { currencyCodes, minorDigits } from '../../../../shared/domain/currency.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { customFields } from '../read/fields.ts';
import { ofLiveRow } from '../read/live-row.ts';

export type ViewColumn = { readonly name: string; readonly about: string };
export type PublicView = { readonly view: string; readonly about: string; readonly columns: readonly ViewColumn[] };

const abouts: Readonly<Record<string, string>> = {
  v_people: 'The people of the company',
  v_partners: 'Carriers, vendors, contractors, venues',
  v_accounts: 'Customer accounts',
  v_sites: 'Sites of accounts',
  v_contacts: 'People at accounts and partners',
  v_product_groups: 'Product groups',
  v_products: 'Products',
  v_product_units: 'What other units of products hold',
  v_product_codes: 'What else products go by: codes of customers, barcodes, aliases',
  v_price_lists: 'Price lists and contracts, and whom they are for',
  v_prices: 'Prices in lists and contracts',
  v_promotions: 'Percentages off, on top of prices',
  v_exchange_rates: 'What other currencies are worth in the company’s own, by day',
  v_quotes: 'Quotes with their sums, each revision a row of its own',
  v_quote_lines: 'Quote lines with the options and alternatives among them',
  v_approval_limits: 'What people may offer and approve by themselves; without a person for their role, without both for all',
  v_approvals: 'Who asked for an approval of a quote, and who agreed or declined',
  v_attachments: 'Files kept with records',
  v_attachment_contents: 'The bytes of files kept with records, as base64',
  v_sent_quotes: 'Quotes as they were sent: to whom, when, and all they said as JSON',
  v_orders: 'Orders with their sums and dates',
  v_order_lines: 'Order lines with what is needed to group revenue by customer, year, product, person, carrier, country',
  v_schedule_lines: 'When the parts of order lines are wanted and promised',
  v_fulfilments: 'What happened to schedule lines: shipped, delivered, cancelled, …',
  v_order_holds: 'What keeps orders back, and who released it',
  v_order_changes: 'Changes of confirmed orders, with what stood before',
  v_invoices: 'Invoices with what is paid, credited, disputed and open of them',
  v_invoice_lines: 'Invoice lines: quantity and amount billed',
  v_returns: 'Returns, a row for each line: how much was asked for, authorised, received and accepted, and what was credited',
  v_credit_notes: 'Credit notes, each for one invoice',
  v_credit_lines: 'What of invoice lines was credited, and fees that were taken off',
  v_payments: 'Payments of customers',
  v_allocations: 'What of payments is set against which invoice',
  v_promises: 'When customers said they would pay',
  v_payment_plans: 'Payment plans of invoices',
  v_instalments: 'Payment plans of invoices, one row for each instalment',
  v_disputes: 'Billing queries: what is disputed, who sees to it, how it ended',
  v_sla_calendars: 'Working hours by time zone',
  v_sla_holidays: 'Days on which calendars are closed or open otherwise',
  v_sla_policies: 'SLA policies in the order they are tried, with their targets in working hours',
  v_sla_versions: 'What a policy and its calendar said when issues were put under them, as JSON',
  v_sla_duties: 'Who is on duty for escalations, and who stands in',
  v_cases: 'Issues with what their clocks say',
  v_case_events: 'What happened to issues: when, and when it was written down',
  v_corrective_actions: 'What was done so that issues do not come again, and whether it helped',
  v_partner_services: 'What partners offer, with cut-off and days in transit',
  v_partner_rates: 'What partners charge, by lane, weight and days',
  v_partner_papers: 'Insurance, licences and other papers of partners, with their last day',
  v_required_papers: 'What papers a partner has to show, by what is booked',
  v_charge_rules: 'What customers are charged for a cost of a charge code',
  v_slots: 'Shared capacity by period, and what of it is taken',
  v_bookings: 'Shipments, service visits and campaign slots, with estimate, last event, cost and charge',
  v_booking_stops: 'Stops of bookings between pickup and delivery',
  v_booking_lines: 'Which order lines bookings serve',
  v_tenders: 'To whom bookings were tendered, and the answers',
  v_booking_charges: 'Cost and charge of bookings by charge code',
  v_booking_deliverables: 'What has to be there before a campaign is live',
  v_tracking_events: 'What happened to bookings; events are added and never changed',
  v_tracking_rest: 'Rows of status files that no booking was found for',
  v_claims: 'Claims on carriers, what is due next of each, and what was paid',
  v_claim_evidence: 'What goes with claims: proof, photos, invoice, salvage',
  v_activities: 'Calls, visits, mails and notes',
  v_tasks: 'What is to be done, by whom and when',
  v_commitments: 'What we promised customers, by which day, and whether it was kept',
  v_cell_issues: 'Cells that cannot be used as they stand, with the text as typed',
  v_settings: 'Company settings, as JSON',
};

/** Columns whose name is not the whole story; `<view>.<column>` before `<column>`. */
const notes: Readonly<Record<string, string>> = {
  id: 'Id of the record; the same on every device',
  net: 'Exact and unrounded, as a number: quantity × price × (1 − discount). For exact sums use net_micros',
  net_exact: 'net as decimal text, exact to a millionth',
  net_micros: 'net in millionths, an integer: sum(net_micros) is exact',
  'v_quotes.net': 'Lines in the total added, less the header discount, unrounded, as a number. For exact sums use net_micros',
  'v_quotes.net_rounded': 'What the quote says: by its own rounding (each line, or once over the whole)',
  'v_quotes.lines': 'Number of lines, options and alternatives too',
  'v_quotes.counted': 'Lines in the total that have a net',
  'v_quotes.revised_from': 'Number of the quote this one was made from',
  'v_quotes.probability': 'As a fraction: 0.4 is 40 %',
  'v_quote_lines.is_counted': '1 where the line is in the total: no option, no alternative, or the chosen one',
  'v_quote_lines.net_rounded': "Rounded half up to the currency's minor unit",
  hash: 'SHA-256 of the commercial content it is of',
  snapshot_hash: 'SHA-256 of the snapshot',
  pdf_hash: 'SHA-256 of the PDF, byte for byte',
  'v_approval_limits.floor': 'As a fraction: 0.2 is 20 %',
  'v_orders.net': 'Lines added, less the header discount, unrounded, as a number. For exact sums use net_micros',
  'v_orders.net_rounded': 'What the order says: by its own rounding (each line, or once over the whole)',
  'v_order_lines.net_rounded': "Rounded half up to the currency's minor unit",
  header_discount: 'Amount off the whole document; no line is less for it',
  discount_taken: 'What is taken off the whole document, by the amount or the percent',
  header_percent: 'As a fraction: 0.05 is 5 %; where there is an amount beside it, that one holds',
  'v_invoice_lines.header_discount': 'Share of the discount of the whole order; the amount is without it',
  'v_orders.requested': 'The default for new lines; what is judged stands on the schedule lines',
  'v_orders.shipped_on': 'Day of the last shipment, once nothing is open',
  'v_orders.late':
    '1 when a line was shipped after the day requested, 0 when none was (that day is on time); NULL until all is shipped',
  'v_orders.days_late': 'Worst days late over its lines, 0 when on time; NULL until all is shipped',
  'v_orders.is_open': '1 while submitted or confirmed and not all shipped, cancelled or closed short',
  'v_orders.due_on': 'Earliest day that something still open was requested for',
  'v_orders.lines': 'Number of lines',
  'v_orders.counted': 'Lines that have a net: the others lack a quantity or a price',
  'v_orders.qty': 'Quantity over all lines; NULL where they have several units of measure',
  'v_orders.freight': 'Freight charge, in the currency of the order',
  'v_order_lines.requested': 'Earliest day that something still open is requested for, else the last',
  'v_order_lines.promised': 'Earliest day that something still open is promised for, else the last',
  open_qty: 'Ordered, less shipped, cancelled and closed short',
  shipped_qty: 'Shipped so far',
  margin: 'As a fraction: (net - cost) / net; NULL while the cost of a line is not known',
  discount: 'As a fraction: 0.05 is 5 %',
  currency: 'ISO 4217 code',
  over_share: 'As a fraction: so much more than ordered may be shipped',
  under_share: 'As a fraction: with so much less than ordered a line counts as shipped',
  phone: 'The first of the phone numbers',
  'v_contacts.email': 'The first of the e-mail addresses',
  last_contact_at: 'The last call, visit or mail, UTC',
  'v_product_units.holds': 'Of the product’s own unit, of_uom',
  'v_price_lists.prices': 'How many prices stand in it',
  'v_prices.sku': 'NULL = for the whole group; without both for everything',
  'v_prices.valid_to': 'The last day it holds',
  'v_promotions.percent': 'As a fraction: 0.05 is 5 %',
  'v_invoices.open': 'Total less paid less credited, once it is issued',
  'v_invoices.disputed': 'What of the open amount is in an open billing query',
  'v_invoices.due_on': 'The day it was to be paid by, whatever was agreed since',
  'v_invoices.freight': 'In the total',
  'v_returns.due_on': 'Our turn by this day; NULL while the customer is to act',
  'v_returns.fee_share': 'As a fraction of what is credited: 0.15 is 15 %',
  'v_payment_plans.settled_before': 'Paid and credited before it was agreed; what came later counts towards it',
  'v_bookings.eta': 'The latest estimate, UTC',
  'v_bookings.first_eta': 'The first estimate told, UTC',
  'v_bookings.last_code': 'X12 214 code of the last event',
  'v_bookings.unbilled': 'What of the cost nobody is charged for',
  'v_bookings.weight': 'Kilograms',
  'v_bookings.chargeable': 'Kilograms that are charged for: weight, or volume where that counts as more',
  claim_suit_months: 'From the denial on',
  'v_partner_rates.fuel': 'As a fraction: 0.12 is 12 %',
  'v_charge_rules.markup': 'As a fraction of the cost: 0.1 is 10 %',
  happened_at: 'UTC',
  recorded_at: 'UTC',
  legal_number: 'Given when it was posted, by the one device that gives them; NULL without one',
  line_rounding: 'What is rounded first, where nothing is said the line as a whole',
  break_basis: 'What its quantities are measured by',
  variant_of: 'SKU of the product it is a variant of',
  'v_allocations.settled': 'What of the invoice that is, in invoice_currency',
  'v_allocations.fx_rate': 'Of the day the payment came in, where it is in other money',
  fx_difference: 'What came in beyond what the invoice was booked at, in the company’s own currency',
  fx_rate: 'What it was agreed by, where it is in other money; read with fx_way',
  fx_on: 'The day of the rate',
  fx_currency: 'The company’s own, which the rate is to',
  'v_exchange_rates.rate': 'Read with way; holds until there is a later one',
  'v_activities.at': 'UTC',
  'v_tasks.due_time': 'On the clocks of the company',
  'v_tasks.repeat': 'The rule in words: every 2 weeks on Mon, Thu',
  erased_on: 'The day what was known of the person was erased',
  cadence_days: 'A contact is to hear from us every so many days',
  'v_cell_issues.raw': 'The text as typed; NULL where the value is read but breaks a rule',
  'v_cell_issues.level': 'error or warning',
  'v_cell_issues.origin': 'parse: the text cannot be read; rule: the value breaks a rule',
  'v_cell_issues.id': 'Id of the record',
  'v_settings.value': 'JSON',
};

const tableOfView = (view: string): TableName | null => {
  const name = view.slice(2);
  return isTableName(name) ? name : null;
};

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

const aboutColumn = (view: string, name: string): string => {
  const note = notes[`${view}.${name}`] ?? notes[name];
  if (note !== undefined) return note;
  const table = tableOfView(view);
  return (table === null ? undefined : tableOf(table).fields[name]?.label) ?? words(name);
};

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Names of columns that custom fields of one label share get a number. */
const columnNames = (labels: readonly string[], taken: readonly string[]): readonly string[] => {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return labels.map((label) => {
    let name = label;
    for (let more = 2; used.has(name.toLowerCase()); more += 1) name = `${label} ${more}`;
    used.add(name.toLowerCase());
    return name;
  });
};

const columnsIn = (db: Database, schema: 'main' | 'temp', view: string): readonly string[] =>
  db.prepare<[string, string], string>('SELECT name FROM pragma_table_info(?, ?)').pluck().all(view, schema);

const viewsOf = (db: Database): readonly string[] =>
  db
    .prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'view' AND name GLOB 'v_*' ORDER BY name")
    .pluck()
    .all();

type CustomColumn = { readonly key: string; readonly name: string; readonly value: string; readonly about: string };
type Custom = { readonly table: TableName; readonly view: string; readonly columns: readonly CustomColumn[] };

/** Currencies by the minor units in one unit, as the stored views have them. */
const unitsSql = (currency: string): string => {
  const byDigits = (digits: number): string =>
    currencyCodes.flatMap((code) => (minorDigits(code) === digits ? [`'${code}'`] : [])).join(', ');
  const cases = [0, 3, 4].map((digits) => `WHEN ${currency} IN (${byDigits(digits)}) THEN ${10 ** digits}`);
  return `CASE ${cases.join(' ')} ELSE 100 END`;
};

/** A custom field as the public views show fields: choices and flags in words, moments as ISO text, amounts as decimals. */
const customValue = (table: TableName, key: string, field: Field): string => {
  const value = `json_extract(t._c, '$.${key}')`;
  if (field.kind === 'decimal' || field.kind === 'percent') return `${value} / 1000000.0`;
  if (field.kind === 'money') return `${value} * 1.0 / ${'currency' in tableOf(table).fields ? unitsSql('t.currency') : 100}`;
  if (field.kind === 'instant') return `strftime('%Y-%m-%dT%H:%M:%SZ', ${value} / 1000, 'unixepoch')`;
  if (field.kind === 'flag') return `CASE ${value} WHEN 1 THEN 'Yes' WHEN 0 THEN 'No' ELSE ${value} END COLLATE NOCASE`;
  if (field.kind !== 'choice' || field.choices.length === 0) return value;
  const labels = field.choices.map((one) => `WHEN ${quoteText(one.key)} THEN ${quoteText(one.label)}`);
  return `CASE ${value} ${labels.join(' ')} ELSE ${value} END COLLATE NOCASE`;
};

const customAbout: Partial<Record<Kind, string>> = {
  instant: 'Custom field, UTC',
  percent: 'Custom field, as a fraction: 0.05 is 5 %',
  duration: 'Custom field, in milliseconds',
};

const customColumnsOf = (db: Database, table: TableName): Custom | null => {
  const fields = [...customFields(db, table)];
  if (fields.length === 0) return null;
  const view = `v_${table}`;
  const base = columnsIn(db, 'main', view);
  if (base.length === 0) return null;
  const names = columnNames(
    fields.map(([, field]) => field.label),
    base,
  );
  const columns = fields.map(([key, field], at): CustomColumn => {
    const about = customAbout[field.kind] ?? 'Custom field';
    return { key, name: names[at] ?? key, value: customValue(table, key, field), about };
  });
  return { table, view, columns };
};

const customColumns = (db: Database): readonly Custom[] => tableNames.flatMap((table) => customColumnsOf(db, table) ?? []);

/** Completes the `v_*` views of one connection by what depends on this database and this build. Stored views stay as they are. */
export const completeViews = (db: Database): void => {
  db.exec(`CREATE TEMP VIEW v_cell_issues AS SELECT i.* FROM main.v_cell_issues i WHERE ${ofLiveRow('i.table_name', 'i.id')}`);
  for (const { view, columns } of customColumns(db)) {
    const extra = columns.map(({ name, value }) => `${value} AS ${quoteName(name)}`);
    db.exec(`CREATE TEMP VIEW "${view}" AS SELECT v.*, ${extra.join(', ')}
      FROM main."${view}" v JOIN main."${view.slice(2)}" t ON t.id = v.id`);
  }
};

/** The columns of a table's custom fields, by field. */
export const customColumnNames = (db: Database, table: TableName): ReadonlyMap<string, string> =>
  new Map(customColumnsOf(db, table)?.columns.map(({ key, name }) => [key, name]));

/** The public views and what their columns mean, custom fields included. */
export const describeViews = (db: Database): readonly PublicView[] => {
  const custom = new Map(customColumns(db).map(({ view, columns }) => [view, columns]));
  return viewsOf(db).map((view) => ({
    view,
    about: abouts[view] ?? '',
    columns: [
      ...columnsIn(db, 'main', view).map((name) => ({ name, about: aboutColumn(view, name) })),
      ...(custom.get(view) ?? []).map(({ name, about }) => ({ name, about })),
    ],
  }));
};
