/** The one list of tables. Their names live in the log for ever: never rename, never reuse. */
import { attachment_contents, attachments } from './attachments.ts';
import { accounts, sites } from './accounts.ts';
import { corrective_actions } from './actions.ts';
import { activities } from './activities.ts';
import { approval_limits, approvals, sent_quotes } from './approvals.ts';
import { booking_charges, booking_deliverables, booking_lines, booking_stops, bookings, tenders } from './bookings.ts';
import { product_codes, product_groups, product_units, products } from './catalogue.ts';
import { case_events, cases } from './cases.ts';
import { claim_evidence, claims } from './claims.ts';
import { contacts } from './contacts.ts';
import { disputes } from './disputes.ts';
import type { Field } from './field.ts';
import { order_changes, order_holds } from './order-desk.ts';
import { credit_lines, credit_notes, invoice_lines, invoices } from './invoices.ts';
import { fulfilments, order_lines, orders, schedule_lines } from './orders.ts';
import { charge_rules, partner_papers, partner_rates, partner_services, required_papers, slots } from './partner-desk.ts';
import { partners } from './partners.ts';
import { allocations, instalments, payment_plans, payments, promises } from './payments.ts';
import { people } from './people.ts';
import { price_lists, prices, promotions } from './prices.ts';
import { quote_lines, quotes } from './quotes.ts';
import { exchange_rates } from './rates.ts';
import { returns } from './returns.ts';
import { saved_views } from './saved.ts';
import { external_refs, field_defs, settings } from './settings.ts';
import { sla_calendars, sla_duties, sla_holidays, sla_policies, sla_versions } from './sla.ts';
import type { Table } from './table.ts';
import { commitments, snoozes, tasks } from './tasks.ts';
import { tracking_events, tracking_rest } from './tracking.ts';

export const model = {
  settings,
  field_defs,
  external_refs,
  people,
  partners,
  accounts,
  sites,
  contacts,
  product_groups,
  products,
  product_units,
  product_codes,
  price_lists,
  prices,
  promotions,
  exchange_rates,
  quotes,
  quote_lines,
  approval_limits,
  approvals,
  sent_quotes,
  orders,
  order_lines,
  schedule_lines,
  fulfilments,
  order_holds,
  order_changes,
  invoices,
  invoice_lines,
  returns,
  credit_notes,
  credit_lines,
  payments,
  allocations,
  promises,
  payment_plans,
  instalments,
  disputes,
  sla_calendars,
  sla_holidays,
  sla_policies,
  sla_versions,
  sla_duties,
  cases,
  case_events,
  corrective_actions,
  partner_services,
  partner_rates,
  partner_papers,
  required_papers,
  charge_rules,
  slots,
  bookings,
  booking_stops,
  booking_lines,
  tenders,
  booking_charges,
  booking_deliverables,
  tracking_events,
  tracking_rest,
  claims,
  claim_evidence,
  activities,
  attachments,
  attachment_contents,
  tasks,
  commitments,
  snoozes,
  saved_views,
} as const;

export type TableName = keyof typeof model;

export const tableNames = Object.keys(model) as readonly TableName[];

export const isTableName = (name: string): name is TableName => Object.hasOwn(model, name);

/** The declaration of a table, seen without its literal types. */
export const tableOf = (name: TableName): Table => model[name];

/** A declared field of a table; custom fields are added by the caller that knows them. */
export const fieldOf = (name: TableName, key: string): Field | undefined => {
  const { fields } = tableOf(name);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
};

/** The field of a table that shows a field of a table below it, where one does: a line shows the days of its schedule line. */
export const shownAs = (above: TableName, table: TableName, field: string): string | null =>
  Object.entries(tableOf(above).fields).find(([, { lives }]) => lives === `${table}.${field}`)?.[0] ?? null;

const stored = new Map<TableName, readonly (readonly [string, Field])[]>(
  tableNames.map((name) => [name, Object.entries(tableOf(name).fields).filter(([, f]) => f.kind !== 'computed')]),
);

/** The fields that are columns of the table: all but the computed ones. */
export const storedFields = (name: TableName): readonly (readonly [string, Field])[] => stored.get(name) ?? [];
