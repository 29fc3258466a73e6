/** Days and times as status files write them, to moments. A time without a zone is local to where the booking is. */
import { dayOf, instantAt, isZone } from '../dates.ts';

/** Where times are read: what a file says of its rows, and what is known of the shipments they name. */
export type StatusAbout = {
  /** Of times without a zone, where nothing else is known. */
  readonly zone: string;
  /** UTC ms: when the file is read. */
  readonly now: number;
  /** The zone of where such a thing happens to the shipment of these numbers; null where it is not known. */
  readonly zoneOf?: (references: readonly string[], code: string, place: string | null) => string | null;
};

export type StatusMoment = {
  readonly at: number;
  readonly zone: string;
  /** It names no zone of its own. */
  readonly isLocal: boolean;
};

const ZONES: Readonly<Record<string, string>> = {
  UT: 'UTC',
  GM: 'UTC',
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
  ES: '-05:00',
  ED: '-04:00',
  CS: '-06:00',
  CD: '-05:00',
  MS: '-07:00',
  MD: '-06:00',
  PS: '-08:00',
  PD: '-07:00',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `01` to `12` are hours ahead of UTC, `13` to `24` twelve to one behind it. */
const zoneOfCode = (code: string): string | null => {
  const named = ZONES[code];
  if (named !== undefined) return named;
  const number = /^\d{2}$/.test(code) ? Number(code) : 0;
  if (number >= 1 && number <= 12) return `+${two(number)}:00`;
  return number >= 13 && number <= 24 ? `-${two(25 - number)}:00` : null;
};

/**
 * `20260312` (or six digits), `1341`, `ET` as a moment; null where there is no such day or time.
 * @param local the zone of a time without one
 */
export const readStatusTime = (date: string, time: string, code: string, local: string): StatusMoment | null => {
  const digits = date.length === 6 ? `20${date}` : date;
  if (!/^\d{8}$/.test(digits)) return null;
  const day = dayOf(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));
  if (day === null) return null;
  const clock = time === '' ? '0000' : time;
  if (!/^\d{4}(?:\d{2,4})?$/.test(clock)) return null;
  const [hours, minutes, seconds] = [Number(clock.slice(0, 2)), Number(clock.slice(2, 4)), Number(clock.slice(4, 6) || '0')];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const named = zoneOfCode(code);
  const zone = named ?? local;
  return {
    at: instantAt(zone, day, `${two(hours)}:${two(minutes)}:${two(seconds)}`),
    zone: zone === 'UTC' || isZone(zone) ? zone : local,
    isLocal: named === null,
  };
};

/** `2026-03-12 13:41`, `12/03/2026 13:41`, with `Z` or an offset where it has one; null where it is none. */
export const readStatusStamp = (text: string, local: string, isDayFirst: boolean): StatusMoment | null => {
  const match =
    /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [, a = '', b = '', c = '', clock = '0', minutes = '0', seconds = '0', half, offset] = match;
  const hours = half === undefined ? clock : String((Number(clock) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
  const isIso = a.length === 4;
  if (!isIso && c.length !== 4) return null;
  const [year, month, date] = isIso ? [a, b, c] : isDayFirst ? [c, b, a] : [c, a, b];
  const day = dayOf(Number(year), Number(month), Number(date));
  if (day === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const zone =
    offset === undefined
      ? local
      : /^(?:z|utc)$/i.test(offset)
        ? 'UTC'
        : offset.length === 5
          ? `${offset.slice(0, 3)}:${offset.slice(3)}`
          : offset;
  if (!isZone(zone)) return null;
  return {
    at: instantAt(zone, day, `${two(Number(hours))}:${two(Number(minutes))}:${two(Number(seconds))}`),
    zone,
    isLocal: offset === undefined,
  };
};
