/**
 * Status files of carriers (B5): X12 214 or a list. Rows find their booking by its number, the carrier's number, else the
 * order's; events that are here already are left, the others are added with the file they came from; what finds no booking
 * is kept and told, never dropped. Times without a zone are on the clocks of where the shipment is; what is still to come,
 * or from before its order, is kept and told too, and moves nothing. One step of undo takes a file back.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { basename } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { isZone } from '../../../../shared/domain/dates.ts';
import { judgeHappened } from '../../../../shared/domain/plausible.ts';
import { codeLabel, milestoneOf, type Milestone } from '../../../../shared/domain/tracking/codes.ts';
import type { StatusAbout } from '../../../../shared/domain/tracking/status-time.ts';
import { readStatusTable } from '../../../../shared/domain/tracking/status-table.ts';
import { isX12, readX12, type StatusFault, type StatusFile, type StatusRow } from '../../../../shared/domain/tracking/x12.ts';
import { readBytes } from '../../files/disk.ts';
import { decodeText } from '../../files/encoding.ts';
import { sha256 } from '../../files/sha256.ts';
import { readSource } from '../../files/source.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyZone } from '../company/company.ts';
import { applyStep } from '../access/step.ts';
import { eventsOf, sayMoment, sinceOf, textOf, type BookingDeps } from './read.ts';
import { movesBy } from './steps.ts';
import { moveTo } from './tender.ts';

/** A file with more rows is no day's statuses. */
const MOST_ROWS = 20_000;
const FAULTS_TOLD = 50;

/** A booking of a row's references: its own number, the carrier's, else the only open one of an order. */
const bookingOf = (references: readonly string[], read: Reader): string | null => {
  for (const field of ['number', 'tracking'] as const)
    for (const reference of references) {
      const found = read.match('bookings', field, reference);
      if (found.length === 1 && found[0] !== undefined) return found[0];
    }
  for (const reference of references) {
    const bookings = read.match('orders', 'number', reference).flatMap((order) => read.match('bookings', 'order_id', order));
    const open = bookings.filter((id) =>
      ['confirmed', 'in_progress', 'done'].includes(String(read.get('bookings', id)?.['status'])),
    );
    if (open.length === 1 && open[0] !== undefined) return open[0];
  }
  return null;
};

/** What of the way an event of a milestone belongs to: it happens where that end is. */
const AT_PICKUP: readonly Milestone[] = ['at_pickup', 'loaded', 'departed'];
const ON_THE_WAY: readonly Milestone[] = ['terminal', 'en_route', 'note', 'cancelled'];
const PICKUP_APPOINTMENTS: readonly string[] = ['XA', 'AA'];

const endOf = (code: string): 'pickup' | 'delivery' | null => {
  const milestone = milestoneOf(code);
  if (AT_PICKUP.includes(milestone) || PICKUP_APPOINTMENTS.includes(code)) return 'pickup';
  return ON_THE_WAY.includes(milestone) ? null : 'delivery';
};

type Where = { readonly read: Reader; readonly ours: string };

const zoneIn = (row: StoredRow | undefined): string | null => {
  const zone = textOf(row?.['zone']);
  return zone !== null && isZone(zone) ? zone : null;
};

/**
 * Where such a thing happens: at the stop of that place, at the first pickup or the last delivery, else where it goes to. A
 * booking that nobody gave a zone has the company's: that says nothing of where it is.
 */
const zoneAt = (booking: string, code: string, place: string | null, { read, ours }: Where): string | null => {
  const stops = read.children('booking_stops', booking);
  const town = place?.split(',')[0]?.trim().toLowerCase() ?? '';
  const named = stops.find((stop) => town !== '' && textOf(stop['city'])?.toLowerCase() === town);
  const end = endOf(code);
  const own = stops.filter(({ kind }) => kind === end);
  const whole = zoneIn(read.get('bookings', booking));
  return zoneIn(named) ?? zoneIn(end === 'pickup' ? own[0] : own.at(-1)) ?? (whole === ours ? null : whole);
};

type Found = (references: readonly string[]) => string | null;

/** Which booking references name, looked up once. */
const createFound = (read: Reader): Found => {
  const known = new Map<string, string | null>();
  return (references) => {
    const key = references.join('\n');
    const found = known.get(key);
    if (found !== undefined) return found;
    const booking = bookingOf(references, read);
    known.set(key, booking);
    return booking;
  };
};

const readFile = async (path: string, found: Found, { store, env }: BookingDeps): Promise<StatusFile & { hash: string }> => {
  const about: StatusAbout = {
    zone: companyZone(store, env),
    now: env.clock(),
    zoneOf: (references, code, place) => {
      const booking = found(references);
      return booking === null ? null : zoneAt(booking, code, place, { read: store, ours: companyZone(store, env) });
    },
  };
  const bytes = readBytes(path);
  const hash = sha256(bytes);
  const { text } = decodeText(bytes, null);
  if (isX12(text)) return { ...readX12(text, about), hash };
  const table = await readSource(path, {}, async () => {
    await nextTurn();
  });
  return { ...readStatusTable(table.headers, table.rows, about), hash };
};

/** What a told event is known by; of an untold estimate only its file and row say which it is. */
const keyOf = ({ code, happenedAt, place, eta }: Pick<StatusRow, 'code' | 'happenedAt' | 'place' | 'eta'>): string =>
  [code, happenedAt, place ?? '', eta ?? ''].join('|');

type Known = { readonly keys: Set<string>; eta: number | null; status: string; readonly since: string | null };

const knownOf = (id: string, { store, env }: BookingDeps): Known => {
  const events = eventsOf(store, id);
  const last = events
    .filter(({ eta }) => eta !== null)
    .toSorted((a, b) => a.recordedAt - b.recordedAt)
    .at(-1);
  const rows = store.children('tracking_events', id).flatMap((row) => textOf(row['source_key']) ?? []);
  const booking = store.get('bookings', id);
  return {
    keys: new Set([...events.map((event) => keyOf(event)), ...rows]),
    eta: last?.eta ?? null,
    status: String(booking?.['status'] ?? ''),
    since: booking === undefined ? null : sinceOf(booking, store, companyZone(store, env)),
  };
};

type Reading = StatusFile & { readonly hash: string; readonly file: string; readonly found: Found };

/** What of a file is new: the patches, how many rows were what, and what could not have happened. */
const takeRows = ({ rows, hash, file, found }: Reading, deps: BookingDeps) => {
  const { store, env } = deps;
  const known = new Map<string, Known>();
  const patches: StorePatch[] = [];
  const rest: StorePatch[] = [];
  const faults: StatusFault[] = [];
  const counts = { added: 0, known: 0, unmatched: 0 };
  const [now, zone] = [env.clock(), companyZone(store, env)];
  for (const row of rows) {
    const booking = found(row.references);
    if (booking === null) {
      counts.unmatched += 1;
      rest.push(restPatch(row, { file, now, id: env.ids(), why: 'No booking has such a number' }));
      continue;
    }
    const at = known.get(booking) ?? knownOf(booking, deps);
    known.set(booking, at);
    const milestone = milestoneOf(row.code);
    const ownKey = `${hash}:${row.at}`;
    const isSameEstimate = milestone === 'estimate' && row.eta === at.eta;
    if (at.keys.has(ownKey) || (!row.isUntold && at.keys.has(keyOf(row))) || isSameEstimate) {
      counts.known += 1;
      continue;
    }
    // An appointment is of a day to come; an estimate was told by now.
    const doubt = milestone === 'appointment' ? null : judgeHappened(row.happenedAt, { now, since: at.since, zone });
    if (doubt !== null) {
      const why = `${codeLabel(row.code)} on ${sayMoment(row.happenedAt, row.zone)} ${doubt}`;
      faults.push({ at: row.at, text: row.text, why });
      rest.push(restPatch(row, { file, now, id: env.ids(), why }));
      continue;
    }
    at.keys.add(ownKey);
    if (!row.isUntold) at.keys.add(keyOf(row));
    if (row.eta !== null) at.eta = row.eta;
    counts.added += 1;
    patches.push(eventPatch(booking, row, { file, now, id: env.ids(), key: ownKey }));
    for (const to of movesBy(at.status, row.code)) {
      patches.push(moveTo(booking, to, null));
      at.status = to;
    }
  }
  return { patches, rest, faults, counts };
};

type Made = { readonly file: string; readonly now: number; readonly id: string };

const eventPatch = (booking: string, row: StatusRow, { file, now, id, key }: Made & { readonly key: string }): StorePatch => {
  // An estimate was told when its file says; everything else is recorded when it is read.
  const recorded = row.eta === null ? now : row.happenedAt;
  const values = {
    booking_id: booking,
    code: row.code,
    reason_code: row.reason,
    happened_at: row.happenedAt,
    recorded_at: recorded,
    zone: row.zone,
    eta: row.eta,
    place: row.place,
    note: row.note,
    source: 'carrier_file',
    source_name: file,
    source_key: key,
  };
  return { kind: 'insert', table: 'tracking_events', id, values };
};

const restPatch = (row: StatusRow, { file, now, id, why }: Made & { readonly why: string }) => {
  const values = {
    reference: row.references[0] ?? null,
    code: row.code,
    happened_at: row.isUntold ? null : row.happenedAt,
    eta: row.eta,
    place: row.place,
    note: why,
    source_name: file,
    row: row.at,
    raw: row.text,
    recorded_at: now,
  };
  return { kind: 'insert', table: 'tracking_rest', id, values } satisfies StorePatch;
};

const REST_KEY = ['code', 'happened_at', 'eta', 'place', 'note', 'row', 'raw'] as const;
const restKey = (values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(REST_KEY.map((field) => values[field] ?? null));

/** Those that are not kept already from reading the same before. */
const newRest = (rest: readonly StorePatch[], file: string, read: Reader): readonly StorePatch[] => {
  const kept = new Set(
    read.match('tracking_rest', 'source_name', file).map((id) => restKey(read.get('tracking_rest', id) ?? {})),
  );
  return rest.filter((patch) => patch.kind === 'insert' && !kept.has(restKey(patch.values)));
};

export const readStatuses =
  (deps: BookingDeps): Commands['tracking.read'] =>
  async ({ path, screen }, context) => {
    const { store, env } = deps;
    const file = basename(path);
    const found = createFound(store);
    const read = await readFile(path, found, deps);
    if (read.rows.length + read.faults.length > MOST_ROWS)
      throw new AppError('too-large', `${file} has more than ${MOST_ROWS} statuses: split it. Nothing was changed.`, { file });
    const { patches, rest, faults, counts } = takeRows({ ...read, file, found }, deps);
    const now = env.clock();
    const faulty = read.faults.map(({ at, text, why }): StorePatch => ({
      kind: 'insert',
      table: 'tracking_rest',
      id: env.ids(),
      values: { note: why, source_name: file, row: at, raw: text, recorded_at: now },
    }));
    const kept = newRest([...rest, ...faulty], file, store);
    const all = [...patches, ...kept];
    if (all.length > 0) applyStep(store, context, { label: `Statuses of ${file}`, screen }, all);
    const assumed = read.rows.filter(({ isAssumed }) => isAssumed).length;
    return {
      rows: read.rows.length,
      ...counts,
      kept: kept.length,
      assumed: assumed === 0 ? null : { zone: companyZone(store, env), rows: assumed },
      faults: [...read.faults, ...faults].toSorted((a, b) => a.at - b.at).slice(0, FAULTS_TOLD),
    };
  };
