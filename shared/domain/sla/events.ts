/**
 * The events of an issue from its rows. What another system brought has times and no events: it is read as opened,
 * answered and resolved at those times. Kinds that are only for people to read become notes.
 */
import type { CaseEvent, ClockKey, Terms, WaitsOn } from './types.ts';

type Value = string | number | null | undefined;
type Row = { readonly id: string; readonly [field: string]: Value };

const text = (value: Value): string => (typeof value === 'string' ? value : '');
const numberOr = (value: Value, other: number): number => (typeof value === 'number' ? value : other);

const readEvent = (row: Row, termsOf: (version: string) => Terms | null): CaseEvent => {
  const at = numberOr(row['at'], 0);
  const base = { id: row.id, at, recorded: numberOr(row['recorded_at'], at) };
  const { kind } = row;
  switch (kind) {
    case 'opened':
    case 'retargeted':
      return { ...base, kind, terms: typeof row['version_id'] === 'string' ? termsOf(row['version_id']) : null };
    case 'answered':
      return { ...base, kind, isHuman: row['channel'] !== 'automatic' };
    case 'paused':
      return {
        ...base,
        kind,
        on: row['waiting_on'] === 'customer' ? 'customer' : ('third_party' satisfies WaitsOn),
        reason: text(row['reason']),
        resume: text(row['resume_on']) || null,
      };
    case 'due_set':
      return {
        ...base,
        kind,
        clock: text(row['clock']) as ClockKey,
        due: typeof row['due_at'] === 'number' ? row['due_at'] : null,
        reason: text(row['reason']),
      };
    case 'corrected':
      return { ...base, kind, event: text(row['event_id']), happened: numberOr(row['happened_at'], at) };
    case 'acknowledged':
    case 'customer':
    case 'resumed':
    case 'resolved':
    case 'reopened':
    case 'merged':
      return { ...base, kind };
    default:
      return { ...base, kind: 'note' };
  }
};

/** Times that came with an issue, where no event tells of them. */
const fromTimes = (issue: Row, known: readonly CaseEvent[]): readonly CaseEvent[] => {
  const has = (kind: CaseEvent['kind']): boolean => known.some((event) => event.kind === kind);
  const base = (field: string) => ({ id: `${issue.id}/${field}`, at: Number(issue[field]), recorded: Number(issue[field]) });
  const isGiven = (field: string): boolean => typeof issue[field] === 'number';
  const opened = isGiven('opened_at') && !has('opened');
  return [
    ...(opened ? [{ ...base('opened_at'), kind: 'opened', terms: null } as const] : []),
    ...(isGiven('responded_at') && !has('answered')
      ? [{ ...base('responded_at'), kind: 'answered', isHuman: true } as const]
      : []),
    ...(isGiven('resolved_at') && !has('resolved') ? [{ ...base('resolved_at'), kind: 'resolved' } as const] : []),
  ];
};

/**
 * The events of an issue as the engine takes them.
 * @param termsOf the terms of a version; null where it is not here
 */
export const readEvents = (
  issue: Row,
  rows: readonly Row[],
  termsOf: (version: string) => Terms | null,
): readonly CaseEvent[] => {
  const events = rows.map((row) => readEvent(row, termsOf));
  return [...events, ...fromTimes(issue, events)];
};
