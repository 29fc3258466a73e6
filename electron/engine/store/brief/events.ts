/**
 * What happened to an account since a day, out of the tables that keep it: one statement for each, by the index of the
 * account, so that a long history of other accounts costs nothing.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOf } from '../../../../shared/model/index.ts';

/** Rows of `:account` with the day or the moment they happened on; `what` in words, money in minor units. */
export type EventSource = {
  readonly table: TableName;
  /** With the row as `t`. */
  readonly from: string;
  readonly where: string;
  readonly what: string;
  /** The state as it stands now, by key. */
  readonly state?: string;
  readonly on?: string;
  readonly at?: string;
  readonly money?: string;
  readonly currency?: string;
  readonly groupBy?: string;
};

const choiceWords = (table: TableName, name: string): string => {
  const field = fieldOf(table, name);
  const words = (field?.kind === 'choice' ? field.choices : []).map(
    ({ key, label }) => `WHEN '${key}' THEN '${label.replaceAll("'", "''")}'`,
  );
  return `CASE t.${name} ${words.join(' ')} ELSE '' END`;
};

/** Orders older than this when the time began are not looked through for what was sent of them. */
const OLDEST_OPEN = "'-1 year'";

export const eventSources: readonly EventSource[] = [
  {
    table: 'activities',
    from: 'activities t',
    where: 't.about_id = :account AND t.at >= :sinceAt AND t.at <= :now',
    what: `${choiceWords('activities', 'kind')} || ': ' || coalesce(t.summary, '')`,
    at: 't.at',
  },
  {
    table: 'orders',
    from: 'orders t LEFT JOIN order_sums s ON s.n = t._n',
    where: "t.account_id = :account AND t.ordered_on BETWEEN :since AND :today AND t.status <> 'draft'",
    what: "'Order' || coalesce(' ' || t.number, '') || coalesce(', ' || t.po_ref, '')",
    state: 't.status',
    on: 't.ordered_on',
    money: 's.net',
    currency: 't.currency',
  },
  {
    table: 'orders',
    from: `orders t CROSS JOIN order_lines l ON l.order_id = t.id AND l._alive = 1
      CROSS JOIN schedule_lines d ON d.line_id = l.id AND d._alive = 1
      CROSS JOIN fulfilments f ON f.schedule_id = d.id AND f._alive = 1`,
    where: `t.account_id = :account AND t.ordered_on >= date(:since, ${OLDEST_OPEN}) AND f.happened_on BETWEEN :since AND :today
      AND f.kind IN ('shipped', 'delivered', 'returned')`,
    what: "'Order' || coalesce(' ' || t.number, '') || ', ' || f.kind",
    on: 'f.happened_on',
    groupBy: 't.id, f.kind, f.happened_on',
  },
  {
    table: 'quotes',
    from: 'quotes t LEFT JOIN quote_sums s ON s.n = t._n',
    where: 't.account_id = :account AND coalesce(t.decided_on, t.sent_on) BETWEEN :since AND :today',
    what: "'Quote' || coalesce(' ' || t.number, '') || coalesce(', ' || t.subject, '')",
    state: 't.status',
    on: 'coalesce(t.decided_on, t.sent_on)',
    money: 's.net',
    currency: 't.currency',
  },
  {
    table: 'invoices',
    from: 'invoices t LEFT JOIN invoice_sums s ON s.n = t._n',
    where: 't.account_id = :account AND t.issued_on BETWEEN :since AND :today',
    what: "'Invoice' || coalesce(' ' || coalesce(t.legal_number, t.number), '')",
    state: 't.status',
    on: 't.issued_on',
    money: 's.total',
    currency: 't.currency',
  },
  {
    table: 'payments',
    from: 'payments t',
    where: 't.account_id = :account AND t.received_on BETWEEN :since AND :today',
    what: "'Payment' || coalesce(' ' || t.reference, '')",
    on: 't.received_on',
    money: 't.amount',
    currency: 't.currency',
  },
  {
    table: 'cases',
    from: 'cases t',
    where: 't.account_id = :account AND t.opened_at BETWEEN :sinceAt AND :now',
    what: "'Issue' || coalesce(' ' || t.number, '') || coalesce(', ' || t.title, '')",
    state: 't.status',
    at: 't.opened_at',
  },
  {
    table: 'cases',
    from: 'cases t',
    where: 't.account_id = :account AND t.resolved_at BETWEEN :sinceAt AND :now AND t.opened_at < :sinceAt',
    what: "'Issue' || coalesce(' ' || t.number, '') || coalesce(', ' || t.title, '')",
    state: 't.status',
    at: 't.resolved_at',
  },
  {
    table: 'claims',
    from: 'claims t',
    where: 't.account_id = :account AND coalesce(t.decided_on, t.filed_on) BETWEEN :since AND :today',
    what: "'Claim' || coalesce(' ' || t.number, '')",
    state: 't.status',
    on: 'coalesce(t.decided_on, t.filed_on)',
    money: 't.amount',
    currency: 't.currency',
  },
  {
    table: 'returns',
    from: 'returns t',
    where: 't.account_id = :account AND coalesce(t.settled_on, t.received_on, t.requested_on) BETWEEN :since AND :today',
    what: "'Return' || coalesce(' ' || t.number, '') || coalesce(', ' || t.reason, '')",
    state: 't.status',
    on: 'coalesce(t.settled_on, t.received_on, t.requested_on)',
  },
  {
    table: 'commitments',
    from: 'commitments t',
    where: "t.account_id = :account AND t.status <> 'open' AND coalesce(t.kept_on, t.due_on) BETWEEN :since AND :today",
    what: "'We promised: ' || coalesce(t.what, '')",
    state: 't.status',
    on: 'coalesce(t.kept_on, t.due_on)',
  },
];
