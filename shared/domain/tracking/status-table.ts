/**
 * Status rows from a table of text: a carrier's own list as CSV. Columns are found by what they are called; what a row
 * lacks is told with its number and the row is left out.
 */
import { codeOfWord } from './codes.ts';
import { readStatusStamp, type StatusAbout } from './status-time.ts';
import type { StatusFault, StatusFile, StatusRow } from './x12.ts';

const COLUMNS = {
  reference: [
    'reference',
    'ref',
    'booking',
    'booking no',
    'booking number',
    'pro',
    'pro number',
    'pro no',
    'tracking',
    'tracking number',
    'tracking no',
    'bol',
    'shipment',
    'shipment id',
    'order',
    'order no',
    'order number',
  ],
  status: ['status', 'status code', 'code', 'event', 'event code', 'milestone'],
  at: ['time', 'date', 'event time', 'event date', 'status time', 'status date', 'timestamp', 'date time', 'datetime', 'when'],
  eta: ['eta', 'estimated delivery', 'expected', 'expected at'],
  place: ['place', 'location', 'city', 'where'],
  reason: ['reason', 'reason code'],
  note: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'description'],
} as const;

type Column = keyof typeof COLUMNS;

const fold = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.\-/]+/g, ' ')
    .trim();

/** Every place a kind of column stands: a file may name a shipment in several. */
const placesOf = (header: readonly string[], column: Column): readonly number[] => {
  const words: readonly string[] = COLUMNS[column];
  return header.flatMap((cell, at) => (words.includes(fold(cell)) ? [at] : []));
};

const LONGEST = 200;
const cellOf = (row: readonly string[], at: number | undefined): string =>
  at === undefined ? '' : (row[at] ?? '').trim().slice(0, LONGEST);
const orNull = (text: string): string | null => (text === '' ? null : text);

/** The moment of a row: a day and a time may stand in columns of their own. */
const stampIn = (row: readonly string[], places: readonly number[]): string => {
  const cells = places.map((at) => cellOf(row, at)).filter((cell) => cell !== '');
  const day = cells.find((cell) => /\d[-./]\d/.test(cell)) ?? cells[0] ?? '';
  const time = day.includes(':') ? undefined : cells.find((cell) => /^\d{1,2}:\d{2}/.test(cell));
  return time === undefined ? day : `${day} ${time}`;
};

/** Some day above twelve says which comes first; where none does, the day. */
const isDayFirst = (rows: readonly (readonly string[])[], at: number): boolean =>
  !rows.some((row) => Number(/^\d{1,2}[-./](\d{1,2})[-./]/.exec((row[at] ?? '').trim())?.[1] ?? 0) > 12);

/** Told now where its file does not say: of anything that happened, when it did is the point. */
const isEstimate = (code: string): boolean => code === 'AG' || code === 'X2';

/**
 * @param header the names of the columns
 * @param about where times without a zone are meant, and when the file is read
 */
export const readStatusTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  about: StatusAbout,
): StatusFile => {
  const references = placesOf(header, 'reference');
  const [status] = placesOf(header, 'status');
  const moments = placesOf(header, 'at');
  const [eta, place, reason, note] = (['eta', 'place', 'reason', 'note'] as const).map((name) => placesOf(header, name)[0]);
  if (references.length === 0 || status === undefined || (moments.length === 0 && eta === undefined)) {
    const why = 'The file needs columns for the booking or its reference, the status and the time';
    return { rows: [], faults: [{ at: 1, text: header.join(', ').slice(0, LONGEST), why }] };
  }
  const dayFirst = [...moments, eta].every((place) => place === undefined || isDayFirst(rows, place));
  const found: StatusRow[] = [];
  const faults: StatusFault[] = [];
  rows.forEach((row, index) => {
    const number = index + 2;
    const names = references.map((one) => cellOf(row, one)).filter((one) => one !== '');
    const word = cellOf(row, status);
    const code = codeOfWord(word) ?? (/^[A-Z0-9]{2}$/.test(word) ? word : null);
    const where = orNull(cellOf(row, place));
    const zone = code === null ? null : (about.zoneOf?.(names, code, where) ?? null);
    const told = readStatusStamp(stampIn(row, moments), zone ?? about.zone, dayFirst);
    const expected = readStatusStamp(cellOf(row, eta), zone ?? about.zone, dayFirst);
    const why =
      names.length === 0
        ? 'It names no booking'
        : code === null
          ? `“${word}” is no status that is known`
          : told === null && (expected === null || !isEstimate(code))
            ? 'It has no time that can be read'
            : null;
    const text = row.join(', ').slice(0, LONGEST);
    if (why !== null || code === null) {
      faults.push({ at: number, text, why: why ?? '' });
      return;
    }
    const isExpected = isEstimate(code);
    // The only time of an estimate is what is expected, and what was told was told before it was read.
    const happened = isExpected && (expected === null || (told !== null && told.at > about.now)) ? null : told;
    found.push({
      at: number,
      references: names,
      code,
      reason: orNull(cellOf(row, reason).toUpperCase()),
      happenedAt: happened?.at ?? about.now,
      zone: told?.zone ?? expected?.zone ?? about.zone,
      eta: expected?.at ?? (isExpected ? (told?.at ?? null) : null),
      place: where,
      note: orNull(cellOf(row, note)),
      text,
      isUntold: happened === null,
      isAssumed: zone === null && [told, expected].some((one) => one?.isLocal === true),
    });
  });
  return { rows: found, faults };
};
