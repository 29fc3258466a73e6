/** Calendars and events as tests write them: times as `2026-03-13 16:00` of the calendar's zone. */
import { instantAt } from '../../shared/domain/dates.ts';
import { readSpans, readWeek } from '../../shared/domain/sla/hours.ts';
import type { CaseEvent, Terms } from '../../shared/domain/sla/types.ts';
import type { Calendar } from '../../shared/domain/sla/work-time.ts';

export const calendarOf = (zone: string, hours: string, holidays: Readonly<Record<string, string>> = {}): Calendar => ({
  name: 'Office',
  zone,
  week: readWeek(hours) ?? [],
  holidays: Object.fromEntries(
    Object.entries(holidays).map(([day, open]) => [day, { name: 'Holiday', open: readSpans(open) ?? [] }]),
  ),
});

export const office = calendarOf('Europe/London', 'Mon-Fri 09:00-17:00');

/** A moment of `2026-03-13 16:00` in a zone. */
export const at = (text: string, zone = office.zone): number => {
  const [day = '', time = ''] = text.split(' ');
  return instantAt(zone, day, time);
};

export const termsOf = (
  more: Partial<Omit<Terms, 'targets'>> & { readonly targets?: Partial<Terms['targets']> } = {},
): Terms => ({
  policy: 'Test',
  reopen: 'continue',
  pausesResponse: false,
  calendar: office,
  ...more,
  targets: { acknowledge: null, respond: 60, update: null, resolve: 240, ...more.targets },
});

type Kind = CaseEvent['kind'];
type OfKind<E, K> = E extends { readonly kind: infer T } ? (K extends T ? E : never) : never;
type Extra<K extends Kind> = Omit<OfKind<CaseEvent, K>, 'id' | 'at' | 'recorded' | 'kind'>;

let count = 0;

/** An event of a kind, recorded when it happened. */
export const event = <K extends Kind>(kind: K, when: number, extra: Extra<K>): CaseEvent => {
  count += 1;
  // The pieces are those of one member of the union by the types above.
  return { id: `e${String(count).padStart(6, '0')}`, at: when, recorded: when, kind, ...extra } as CaseEvent;
};

export const opened = (when: number, terms: Terms | null = termsOf()): CaseEvent => event('opened', when, { terms });
export const paused = (when: number, on: 'customer' | 'third_party' = 'customer'): CaseEvent =>
  event('paused', when, { on, reason: 'Photos asked', resume: null });
export const said = (kind: 'customer' | 'resumed' | 'resolved' | 'reopened' | 'merged' | 'acknowledged', when: number) =>
  event(kind, when, {});
export const answered = (when: number, isHuman = true): CaseEvent => event('answered', when, { isHuman });
