/**
 * X12 214 text to status rows. The text is somebody else's: it is cut by its own separators, bounded in segments and
 * lengths, and anything it says is only ever text. What cannot be read is told with its place; the rest is kept.
 */
import { codeLabel } from './codes.ts';
import { readStatusTime, type StatusAbout } from './status-time.ts';

export type StatusRow = {
  /** Where in the file: segment or row, counted from 1. */
  readonly at: number;
  /** Numbers the shipment may be known by, the likeliest first. */
  readonly references: readonly string[];
  readonly code: string;
  readonly reason: string | null;
  /** UTC ms, and the zone it was told in. */
  readonly happenedAt: number;
  readonly zone: string;
  /** UTC ms; of estimates: then the event is told, not happened. */
  readonly eta: number | null;
  readonly place: string | null;
  readonly note: string | null;
  /** As it came. */
  readonly text: string;
  /** An estimate of which the file does not say when it was told: `happenedAt` is when it was read. */
  readonly isUntold: boolean;
  /** Its time names no zone, and nothing says where the shipment is: it was read on the company's clocks. */
  readonly isAssumed: boolean;
};

export type StatusFault = { readonly at: number; readonly text: string; readonly why: string };
export type StatusFile = { readonly rows: readonly StatusRow[]; readonly faults: readonly StatusFault[] };

const MOST_SEGMENTS = 200_000;
const LONGEST_SEGMENT = 2_000;
const MOST_ELEMENTS = 40;
const MOST_REFERENCES = 20;
const LONGEST_TEXT = 80;

type Marks = { readonly element: string; readonly segment: string };

/** The separators stand at fixed places of the first segment of an interchange; bare sets mostly use the usual ones. */
const marksOf = (text: string): Marks => {
  if (!text.startsWith('ISA') || text.length < 106) return { element: '*', segment: text.includes('~') ? '~' : '\n' };
  return { element: text[3] ?? '*', segment: text[105] ?? '~' };
};

export const isX12 = (text: string): boolean => {
  const start = text.trimStart().slice(0, 3);
  return start === 'ISA' || /^ST.214/.test(text.trimStart().slice(0, 6));
};

/** Control characters are no part of any name. */
const clean = (text: string | undefined): string =>
  [...(text ?? '').slice(0, 4 * LONGEST_TEXT)]
    .map((char) => (char < ' ' || char === '\u007f' ? ' ' : char))
    .join('')
    .trim()
    .slice(0, LONGEST_TEXT);

type Open = {
  readonly references: string[];
  place: string | null;
  /** Rows of the current group that still wait for their place. */
  readonly waiting: number[];
};

const ESTIMATES: readonly string[] = ['AG', 'X2'];

const rowOf = (
  at: number,
  elements: readonly string[],
  open: Open,
  about: StatusAbout & { readonly told: number | null },
): StatusRow | StatusFault => {
  const [, status, statusReason, appointment, appointmentReason, date, time, timeCode] = elements.map(clean);
  const code = status === undefined || status === '' ? (appointment ?? '') : status;
  const text = elements.join(' ').slice(0, LONGEST_TEXT);
  if (!/^[A-Z0-9]{1,3}$/i.test(code)) return { at, text, why: 'It has no status code' };
  const zone = about.zoneOf?.(open.references, code.toUpperCase(), null) ?? null;
  const moment = readStatusTime(date ?? '', time ?? '', timeCode ?? '', zone ?? about.zone);
  if (moment === null) return { at, text, why: `${codeLabel(code)} has no day that can be read` };
  const reason = clean(statusReason === undefined || statusReason === '' ? appointmentReason : statusReason);
  const isEstimate = ESTIMATES.includes(code.toUpperCase());
  return {
    at,
    references: open.references.slice(0, MOST_REFERENCES),
    code: code.toUpperCase(),
    reason: reason === '' ? null : reason,
    happenedAt: isEstimate ? (about.told ?? about.now) : moment.at,
    zone: moment.zone,
    eta: isEstimate ? moment.at : null,
    place: open.place,
    note: null,
    text,
    isUntold: isEstimate && about.told === null,
    isAssumed: moment.isLocal && zone === null,
  };
};

/**
 * Reads the sets of an interchange.
 * @param about where a time without a zone of its own is meant, and when the file is read
 */
export const readX12 = (text: string, about: StatusAbout): StatusFile => {
  const whole = text.trimStart();
  const { element, segment } = marksOf(whole);
  const rows: StatusRow[] = [];
  const faults: StatusFault[] = [];
  let open: Open = { references: [], place: null, waiting: [] };
  let isStatus = false;
  let told: number | null = null;
  let at = 0;
  let start = 0;
  while (start < whole.length) {
    const end = whole.indexOf(segment, start);
    const raw = whole.slice(start, end === -1 ? undefined : end).trim();
    start = end === -1 ? whole.length : end + segment.length;
    if (raw === '') continue;
    at += 1;
    if (at > MOST_SEGMENTS) {
      faults.push({ at, text: '', why: `The file has more than ${MOST_SEGMENTS} segments: the rest was not read` });
      break;
    }
    if (raw.length > LONGEST_SEGMENT) {
      faults.push({ at, text: clean(raw.slice(0, LONGEST_TEXT)), why: 'The segment is too long' });
      continue;
    }
    const elements = raw.split(element, MOST_ELEMENTS);
    const [tag] = elements;
    // The group says when it was made: an estimate in it was told then.
    if (tag === 'GS') {
      const made = readStatusTime(clean(elements[4]), clean(elements[5]).slice(0, 6), '', about.zone)?.at ?? null;
      // On the sender's clocks, wherever those are: what was told was told before it was read.
      told = made !== null && made <= about.now ? made : null;
    }
    if (tag === 'ST') {
      isStatus = clean(elements[1]) === '214';
      open = { references: [], place: null, waiting: [] };
      if (!isStatus) faults.push({ at, text: clean(raw), why: 'It is no shipment status: left out' });
    } else if (isStatus) takeSegment({ tag: tag ?? '', at, elements, open, rows, faults, about: { ...about, told } });
  }
  return { rows, faults };
};

type Taking = {
  readonly tag: string;
  readonly at: number;
  readonly elements: readonly string[];
  readonly open: Open;
  readonly rows: StatusRow[];
  readonly faults: StatusFault[];
  readonly about: StatusAbout & { readonly told: number | null };
};

const takeSegment = ({ tag, at, elements, open, rows, faults, about }: Taking): void => {
  const addReference = (text: string | undefined): void => {
    const reference = clean(text);
    if (reference !== '' && !open.references.includes(reference) && open.references.length < MOST_REFERENCES)
      open.references.push(reference);
  };
  if (tag === 'B10') [elements[1], elements[2]].forEach(addReference);
  else if (tag === 'L11') addReference(elements[1]);
  else if (tag === 'LX') open.waiting.length = 0;
  else if (tag === 'MS1') {
    const place = [elements[1], elements[2], elements[3]]
      .map(clean)
      .filter((part) => part !== '')
      .join(', ');
    for (const row of open.waiting) {
      const waiting = rows[row];
      if (waiting !== undefined) rows[row] = { ...waiting, place: place === '' ? null : place };
    }
  } else if (tag === 'AT7') {
    const read = rowOf(at, elements, open, about);
    if ('why' in read) faults.push(read);
    else open.waiting.push(rows.push(read) - 1);
  }
};
