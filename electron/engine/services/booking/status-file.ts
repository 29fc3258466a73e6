/**
 * Status files of carriers (B5): X12 214 or a list. Rows find their booking by its number, the carrier's number, else the
 * order's; events that are here already are left, the others are added with the file they came from; what finds no booking
 * is kept and told, never dropped. One step of undo takes a file back.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { basename } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { milestoneOf } from '../../../../shared/domain/tracking/codes.ts';
import { readStatusTable } from '../../../../shared/domain/tracking/status-table.ts';
import { isX12, readX12, type StatusFile, type StatusRow } from '../../../../shared/domain/tracking/x12.ts';
import { readBytes } from '../../files/disk.ts';
import { decodeText } from '../../files/encoding.ts';
import { readSource } from '../../files/source.ts';
import type { Reader, StorePatch } from '../../store/api.ts';
import { companyZone } from '../company/company.ts';
import { applyStep } from '../access/step.ts';
import { eventsOf, type BookingDeps } from './read.ts';
import { movesBy } from './steps.ts';
import { moveTo } from './tender.ts';

/** A file with more rows is no day's statuses. */
const MOST_ROWS = 20_000;
const FAULTS_TOLD = 50;

const readFile = async (path: string, { store, env }: BookingDeps): Promise<StatusFile> => {
  const about = { zone: companyZone(store, env), now: env.clock() };
  const { text } = decodeText(readBytes(path), null);
  if (isX12(text)) return readX12(text, about);
  const table = await readSource(path, {}, async () => {
    await nextTurn();
  });
  return readStatusTable(table.headers, table.rows, about);
};

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

const keyOf = ({ code, happenedAt, place, eta }: Pick<StatusRow, 'code' | 'happenedAt' | 'place' | 'eta'>): string =>
  [code, happenedAt, place ?? '', eta ?? ''].join('|');

type Known = { readonly keys: Set<string>; eta: number | null; status: string };

/** What of a file is new: the patches, and how many rows were what. */
const takeRows = ({ rows }: StatusFile, file: string, { store, env }: BookingDeps) => {
  const known = new Map<string, Known>();
  const patches: StorePatch[] = [];
  const counts = { added: 0, known: 0, unmatched: 0 };
  const now = env.clock();
  const knownOf = (id: string): Known => {
    const found = known.get(id);
    if (found) return found;
    const events = eventsOf(store, id);
    const last = events
      .filter(({ eta }) => eta !== null)
      .toSorted((a, b) => a.recordedAt - b.recordedAt)
      .at(-1);
    const made: Known = {
      keys: new Set(events.map((event) => keyOf(event))),
      eta: last?.eta ?? null,
      status: String(store.get('bookings', id)?.['status'] ?? ''),
    };
    known.set(id, made);
    return made;
  };
  for (const row of rows) {
    const booking = bookingOf(row.references, store);
    if (booking === null) {
      counts.unmatched += 1;
      patches.push(restPatch(row, { file, now, id: env.ids(), why: 'No booking has such a number' }));
      continue;
    }
    const at = knownOf(booking);
    const isSameEstimate = milestoneOf(row.code) === 'estimate' && row.eta === at.eta;
    if (at.keys.has(keyOf(row)) || isSameEstimate) {
      counts.known += 1;
      continue;
    }
    at.keys.add(keyOf(row));
    if (row.eta !== null) at.eta = row.eta;
    counts.added += 1;
    patches.push(eventPatch(booking, row, { file, now, id: env.ids() }));
    for (const to of movesBy(at.status, row.code)) {
      patches.push(moveTo(booking, to, null));
      at.status = to;
    }
  }
  return { patches, counts };
};

type Made = { readonly file: string; readonly now: number; readonly id: string };

const eventPatch = (booking: string, row: StatusRow, { file, now, id }: Made): StorePatch => {
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
  };
  return { kind: 'insert', table: 'tracking_events', id, values };
};

const restPatch = (row: StatusRow, { file, now, id, why }: Made & { readonly why: string }): StorePatch => {
  const values = {
    reference: row.references[0] ?? null,
    code: row.code,
    happened_at: row.happenedAt,
    eta: row.eta,
    place: row.place,
    note: why,
    source_name: file,
    row: row.at,
    raw: row.references.join(' '),
    recorded_at: now,
  };
  return { kind: 'insert', table: 'tracking_rest', id, values };
};

export const readStatuses =
  (deps: BookingDeps): Commands['tracking.read'] =>
  async ({ path, screen }, context) => {
    const { store, env } = deps;
    const file = basename(path);
    const found = await readFile(path, deps);
    if (found.rows.length + found.faults.length > MOST_ROWS)
      throw new AppError('too-large', `${file} has more than ${MOST_ROWS} statuses: split it. Nothing was changed.`, { file });
    const { patches, counts } = takeRows(found, file, deps);
    const now = env.clock();
    const faulty = found.faults.map(({ at, text, why }): StorePatch => ({
      kind: 'insert',
      table: 'tracking_rest',
      id: env.ids(),
      values: { note: why, source_name: file, row: at, raw: text, recorded_at: now },
    }));
    const all = [...patches, ...faulty];
    if (all.length > 0) applyStep(store, context, { label: `Statuses of ${file}`, screen }, all);
    return { rows: found.rows.length, ...counts, faults: [...found.faults].slice(0, FAULTS_TOLD) };
  };
