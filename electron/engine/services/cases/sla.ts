/**
 * What an issue is put under: the first policy that fits, with its calendar, as a version that never changes (L2, L9).
 * What says the same as a version there is, is that version.
 */
import { isZone } from '../../../../shared/domain/dates.ts';
import { hashText } from '../../../../shared/domain/import/hash.ts';
import { readSpans, readWeek } from '../../../../shared/domain/sla/hours.ts';
import { choosePolicy, type Policy } from '../../../../shared/domain/sla/policies.ts';
import { writeTerms } from '../../../../shared/domain/sla/terms.ts';
import type { ReopenMode, Terms } from '../../../../shared/domain/sla/types.ts';
import type { Calendar } from '../../../../shared/domain/sla/work-time.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { textOf } from '../billing/receivables.ts';

type Deps = { readonly read: Reader; readonly ids: () => string };

/** Null where it cannot be used as it stands: a time that would be wrong is none. */
export const calendarOf = (id: string | null, read: Reader): Calendar | null => {
  const row = id === null ? undefined : read.get('sla_calendars', id);
  const week = readWeek(textOf(row?.['hours']) ?? '');
  const zone = textOf(row?.['zone']) ?? '';
  if (row === undefined || week === null || !isZone(zone)) return null;
  const holidays = read.children('sla_holidays', row.id).flatMap((one) => {
    const { day, name, open } = one;
    return typeof day === 'string'
      ? [[day, { name: String(name ?? ''), open: readSpans(String(open ?? '')) ?? [] }] as const]
      : [];
  });
  return { name: String(row['name'] ?? ''), zone, week, holidays: Object.fromEntries(holidays) };
};

const policyRows = (read: Reader): readonly StoredRow[] =>
  read.matching('sla_policies', { active: 1 }).flatMap((id) => read.get('sla_policies', id) ?? []);

const policyOf = (row: StoredRow): Policy => ({
  id: row.id,
  name: String(row['name'] ?? ''),
  position: typeof row['place'] === 'number' ? row['place'] : Number.MAX_SAFE_INTEGER,
  isActive: row['active'] === 1,
  isDefault: row['is_default'] === 1,
  asks: {
    tier: textOf(row['tier']),
    account: textOf(row['account_id']),
    kind: textOf(row['kind']),
    severity: textOf(row['severity']),
  },
});

/** Minutes of hours in millionths. */
const minutesOf = (hours: unknown): number | null => (typeof hours === 'number' ? Math.round((hours * 60) / 1_000_000) : null);

const termsOfPolicy = (row: StoredRow, read: Reader): Terms => ({
  policy: String(row['name'] ?? ''),
  targets: {
    acknowledge: minutesOf(row['acknowledge_in']),
    respond: minutesOf(row['respond_in']),
    update: minutesOf(row['update_in']),
    resolve: minutesOf(row['resolve_in']),
  },
  reopen: (textOf(row['reopen']) ?? 'continue') as ReopenMode,
  pausesResponse: row['pauses_response'] === 1,
  calendar: calendarOf(textOf(row['calendar_id']), read),
});

/** What decides of a policy, as an issue says it. */
const factsOf = (issue: Readonly<Record<string, unknown>>, read: Reader) => {
  const account = textOf(issue['account_id']);
  return {
    tier: account === null ? null : textOf(read.get('accounts', account)?.['tier']),
    account,
    kind: textOf(issue['kind']),
    severity: textOf(issue['severity']),
  };
};

type Placed = { readonly version: string | null; readonly patches: readonly StorePatch[] };

/** The version an issue comes under now; the patches make it where it is new. */
export const placeUnder = (issue: Readonly<Record<string, unknown>>, { read, ids }: Deps): Placed => {
  const rows = policyRows(read);
  const { policy } = choosePolicy(rows.map(policyOf), factsOf(issue, read));
  const row = rows.find(({ id }) => id === policy?.id);
  if (row === undefined) return { version: null, patches: [] };
  const terms = writeTerms(termsOfPolicy(row, read));
  const hash = hashText(terms);
  const known = read
    .matching('sla_versions', { hash })
    .find((id) => read.get('sla_versions', id)?.['terms'] === terms && read.get('sla_versions', id)?.['policy_id'] === row.id);
  if (known !== undefined) return { version: known, patches: [] };
  const id = ids();
  const version = read.matching('sla_versions', { policy_id: row.id }).length + 1;
  const values = { policy_id: row.id, name: String(row['name'] ?? ''), version, hash, terms };
  return { version: id, patches: [{ kind: 'insert', table: 'sla_versions', id, values }] };
};
