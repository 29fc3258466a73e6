/**
 * Opening hours as a person writes them, one line for a week: `Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00`.
 * A day may have several spans (lunch); a night is written as two, up to 24:00 and from 00:00.
 */

/** Minutes of a local day: 0 to 1,440, `from` before `to`. */
export type Span = { readonly from: number; readonly to: number };

/** The spans of each weekday, Monday first. */
export type Week = readonly (readonly Span[])[];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const SPAN = /^(\d{1,2}):?(\d{2})\s*[-–]\s*(\d{1,2}):?(\d{2})$/;
const FULL_DAY = 1_440;

const minuteOf = (hour: string, minute: string): number => (Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : NaN);

const readSpan = (text: string): Span | null => {
  const [, h = '', m = '', h2 = '', m2 = ''] = SPAN.exec(text) ?? [];
  const [from, to] = [minuteOf(h, m), minuteOf(h2, m2)];
  return from < to && to <= FULL_DAY && h !== '' ? { from, to } : null;
};

/** The spans of a day, in order; null where the text is none, or two of them overlap. Empty = closed. */
export const readSpans = (text: string): readonly Span[] | null => {
  const words = text
    .trim()
    .replaceAll(/\s*[-–]\s*/g, '-')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const spans = words.map(readSpan);
  if (spans.includes(null)) return null;
  const sorted = spans.flatMap((span) => span ?? []).toSorted((a, b) => a.from - b.from);
  return sorted.some(({ from }, at) => from < (sorted[at - 1]?.to ?? 0)) ? null : sorted;
};

const dayAt = (word: string): number => DAYS.indexOf(word.toLowerCase().slice(0, 3) as (typeof DAYS)[number]);

/** The weekdays of `Mon-Fri`, `Sat` or `Fri-Mon`, 0 = Monday. */
const readDays = (text: string): readonly number[] | null => {
  const [first = '', last = first, ...more] = text.split(/[-–]/);
  const [from, to] = [dayAt(first), dayAt(last)];
  if (from < 0 || to < 0 || more.length > 0) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7);
};

/** A week as it is written, or null where it cannot be read. A day named twice is no week. */
export const readWeek = (text: string): Week | null => {
  const week = Array.from({ length: 7 }, (): readonly Span[] => []);
  const named = new Set<number>();
  for (const part of text.split(';').map((one) => one.trim())) {
    if (part === '') continue;
    const at = part.search(/\s/);
    const days = at < 0 ? null : readDays(part.slice(0, at));
    const spans = at < 0 ? null : readSpans(part.slice(at));
    if (days === null || spans === null || days.some((day) => named.has(day))) return null;
    for (const day of days) {
      named.add(day);
      week[day] = spans;
    }
  }
  return week;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `09:30` of minutes of a day. */
const sayMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

const saySpans = (spans: readonly Span[]): string => spans.map(({ from, to }) => `${sayMinute(from)}-${sayMinute(to)}`).join(' ');

/** A week in the shortest way to write it. */
export const sayWeek = (week: Week): string => {
  const parts: string[] = [];
  for (let from = 0; from < 7;) {
    const text = saySpans(week[from] ?? []);
    let to = from;
    while (to < 6 && saySpans(week[to + 1] ?? []) === text) to += 1;
    if (text !== '') parts.push(`${NAMES[from] ?? ''}${to === from ? '' : `-${NAMES[to] ?? ''}`} ${text}`);
    from = to + 1;
  }
  return parts.join('; ');
};
