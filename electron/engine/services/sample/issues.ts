/**
 * Issues of the sample, at least one of every state, with what happened to them; the hours and the four policies they are
 * under. They draw nothing by chance, so that nothing else moves.
 */
import { addDays, instantAt } from '../../../../shared/domain/dates.ts';
import { hashText } from '../../../../shared/domain/import/hash.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import { defaultPolicies } from '../../../../shared/domain/sla/defaults.ts';
import { readWeek } from '../../../../shared/domain/sla/hours.ts';
import { writeTerms } from '../../../../shared/domain/sla/terms.ts';
import type { StorePatch } from '../../store/api.ts';
import { DEVICE } from './documents.ts';
import type { Making, Masters } from './masters.ts';

const HOURS = 'Mon-Fri 08:30-12:30 13:00-17:00';
const MICRO = 1_000_000;

type Cells = Readonly<Record<string, CellInput>>;

const insert = (table: string, id: string, values: Cells): StorePatch => ({ kind: 'insert', table, id, values });

/** The policies as they are shipped, and the version of each that issues are under. */
const makeTerms = ({ ids, zone, today, put }: Making): ReadonlyMap<string, string> => {
  const calendar = ids();
  const holiday = addDays(today, -3);
  put(insert('sla_calendars', calendar, { name: 'Office', zone, hours: HOURS }));
  put(insert('sla_holidays', ids(), { calendar_id: calendar, day: holiday, name: 'Stock count', open: '08:30-12:30' }));
  const week = readWeek(HOURS) ?? [];
  const open = [{ from: 510, to: 750 }];
  const versions = defaultPolicies.map(({ name, severity, targets }, at): readonly [string, string] => {
    const [policy, version] = [ids(), ids()];
    const hours = (minutes: number): number => (minutes * MICRO) / 60;
    put(
      insert('sla_policies', policy, {
        place: at + 1,
        name,
        severity,
        is_default: severity === null ? 1 : 0,
        calendar_id: calendar,
        acknowledge_in: hours(targets.acknowledge),
        respond_in: hours(targets.respond),
        update_in: hours(targets.update),
        resolve_in: hours(targets.resolve),
      }),
    );
    const terms = writeTerms({
      policy: name,
      targets,
      reopen: 'continue',
      pausesResponse: false,
      calendar: { name: 'Office', zone, week, holidays: { [holiday]: { name: 'Stock count', open } } },
    });
    put(insert('sla_versions', version, { policy_id: policy, name, version: 1, hash: hashText(terms), terms }));
    return [severity ?? 'sev4', version];
  });
  return new Map(versions);
};

/** What happened: days before today, the time of day, and what. */
type Deed = readonly [days: number, time: string, values: Cells & { readonly kind: string }];

type Tale = {
  readonly title: string;
  readonly kind: string;
  readonly severity: string;
  readonly status: string;
  readonly more?: Cells;
  readonly deeds: readonly [Deed, ...Deed[]];
};

const opened = { kind: 'opened' } as const;
const told = { kind: 'answered', channel: 'mail', note: 'We look into it and come back to you.' } as const;
const waits = { kind: 'paused', waiting_on: 'customer', reason: 'Photos asked' } as const;

const tales: readonly Tale[] = [
  {
    title: 'Lids do not close on vented crates',
    kind: 'service_failure',
    severity: 'sev2',
    status: 'new',
    deeds: [[1, '15:40', opened]],
  },
  { title: 'Price list for a second site', kind: 'question', severity: 'sev4', status: 'new', deeds: [[1, '16:30', opened]] },
  {
    title: 'Two pallets short',
    kind: 'service_failure',
    severity: 'sev2',
    status: 'open',
    deeds: [
      [4, '15:12', opened],
      [4, '16:00', told],
    ],
  },
  {
    title: 'Damaged lids, credit asked',
    kind: 'claim',
    severity: 'sev3',
    status: 'open',
    deeds: [
      [9, '10:05', opened],
      [9, '11:30', told],
      [1, '14:10', { kind: 'customer', channel: 'phone', note: 'When do we hear from you?' }],
    ],
  },
  {
    title: 'Wrong labels, proof asked',
    kind: 'complaint',
    severity: 'sev3',
    status: 'waiting',
    more: { waiting_on: 'customer' },
    deeds: [
      [5, '09:20', opened],
      [5, '10:00', told],
      [4, '11:00', waits],
    ],
  },
  {
    title: 'Driver left before unloading',
    kind: 'service_failure',
    severity: 'sev3',
    status: 'waiting',
    more: { waiting_on: 'third_party' },
    deeds: [
      [3, '13:15', opened],
      [3, '14:00', told],
      [2, '09:00', { ...waits, waiting_on: 'third_party', reason: 'Carrier looks for the driver' }],
    ],
  },
  {
    title: 'Crates arrived wet',
    kind: 'complaint',
    severity: 'sev2',
    status: 'resolved',
    more: { root_cause: 'carrier' },
    deeds: [
      [6, '08:50', opened],
      [6, '09:30', told],
      [5, '12:00', { kind: 'resolved', note: 'Credited, the carrier pays.' }],
    ],
  },
  {
    title: 'Invoice price differs from contract',
    kind: 'billing_query',
    severity: 'sev3',
    status: 'closed',
    more: { root_cause: 'price_data' },
    deeds: [
      [20, '10:00', opened],
      [20, '11:00', told],
      [17, '15:00', { kind: 'resolved', note: 'Credit note sent.' }],
      [16, '09:00', { kind: 'closed' }],
    ],
  },
];

/** @param making the makers' common ground, @param masters whose issues they are */
export const makeIssues = (making: Making, masters: Masters): void => {
  const { ids, today, zone, put } = making;
  const versions = makeTerms(making);
  tales.forEach(({ title, kind, severity, status, more = {}, deeds }, at) => {
    const id = ids();
    const account = masters.accounts[at % masters.accounts.length] ?? masters.accounts[0];
    const when = ([days, time]: Deed): number => instantAt(zone, addDays(today, -days), time);
    const timeOf = (wanted: string): number | null => {
      const deed = deeds.find(([, , values]) => values.kind === wanted);
      return deed === undefined ? null : when(deed);
    };
    const values = {
      number: renderNumber(numberPrefix('C', today, DEVICE), at + 1),
      account_id: account.id,
      owner_id: account.owner,
      opened_at: when(deeds[0]),
      responded_at: timeOf('answered'),
      resolved_at: timeOf('resolved'),
      resume_on: status === 'waiting' ? addDays(today, 2) : null,
      ...more,
    };
    put(insert('cases', id, { title, kind, severity, status, ...values }));
    for (const deed of deeds) {
      const isOpened = deed[2].kind === 'opened';
      const version = isOpened ? (versions.get(severity) ?? null) : null;
      const time = when(deed);
      put(
        insert('case_events', ids(), {
          case_id: id,
          at: time,
          recorded_at: time,
          person_id: account.owner,
          ...deed[2],
          version_id: version,
        }),
      );
    }
  });
};
