/**
 * Conflicts as a person decides them: by record and field, with who wrote what stands, who wrote what stands beside it,
 * when, and what each of them had before them.
 */
import { stampTime } from '../../../../shared/domain/hlc.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import { fieldOf, isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import { countConflicts, isSaidSame, listConflicts } from './conflicts.ts';
import type { Conflict } from './conflicts.ts';
import { createDeviceNames } from './members.ts';
import type { Place } from './under-deletion.ts';
import type { Db } from '../file/db.ts';
import { createAuthors } from '../log/history.ts';
import { createLabelReader } from '../read/labels.ts';

type Told = { readonly value: Scalar; readonly label: string | null };
type Author = { readonly who: string | null; readonly device: string; readonly at: number };
/** What became of a move that could not be made: the state when its turn came, and why somebody wanted it. */
type TriedMove = { readonly meanwhile: Scalar; readonly why: string | null };
export type ReviewHead = Told &
  Author & {
    readonly stamp: number;
    readonly deviceId: string;
    readonly base: Told | null;
    readonly move: TriedMove | null;
  };
export type ReviewField = {
  readonly table: string;
  readonly row: string;
  readonly title: string;
  readonly field: string;
  readonly isGone: boolean;
  readonly now: Told & Author;
  readonly heads: readonly ReviewHead[];
};
export type Review = { readonly count: number; readonly fields: readonly ReviewField[] };

type Standing = { readonly h: number; readonly d: number; readonly x: string | null; readonly alive: number };

const plain = (value: CellValue): Scalar => (isBad(value) ? value['!'][0] : value);

/** Of what was added to a deleted record so much is named; the rest is counted. */
const MOST_ADDED = 3;

/** What was written of a record, and added to it, that whoever deleted it had not seen; null where it is no deletion. */
const createUnderTold = (labels: ReturnType<typeof createLabelReader>) => {
  const nameOf = ({ table, row }: Place): string => {
    const { one, title } = tableOf(table);
    const label = labels(table, new Set([row])).get(row);
    // Some are called by a day or a number, which say little without what they are of.
    const name = fieldOf(table, title)?.kind === 'text' ? label?.title : label?.code;
    return name ? `${one} “${name}”` : one;
  };
  return ({ under, added = [] }: Conflict): string | null => {
    if (under === undefined) return null;
    const more = added.length - MOST_ADDED;
    const named = added.slice(0, MOST_ADDED).map(nameOf).join(', ');
    const parts = [
      ...(under.length > 0 ? [`Changed: ${under.join(', ')}`] : []),
      ...(added.length > 0 ? [`Added: ${named}${more > 0 ? ` and ${more} more` : ''}`] : []),
    ];
    return parts.join('. ');
  };
};

/** The stamp of a register as it stands, and whether its row is there for people. */
const createStamps = (db: Db) => (table: TableName, id: string, register: string) => {
  const row = db.prepare<[string], Standing>(`SELECT _h AS h, _d AS d, _x AS x, _alive AS alive FROM "${table}" WHERE id = ?`);
  const found = row.get(id);
  const x = found?.x ? (JSON.parse(found.x) as Readonly<Record<string, readonly [number, number]>>) : {};
  const [h, d] = x[register] ?? [found?.h ?? 0, found?.d ?? 0];
  return { h, d, isGone: found?.alive !== 1 };
};

/** Moves that could not be made, and who made the one that stands. */
const createMoveTold = (authors: ReturnType<typeof createAuthors>, nameOf: (device: string) => string) => {
  const tried = ({ lost, device, stamp, move }: Conflict & Required<Pick<Conflict, 'move'>>): ReviewHead => ({
    ...{ value: plain(lost), label: null, stamp, deviceId: device, who: authors.who(move.actor), device: nameOf(device) },
    ...{ at: stampTime(stamp), base: { value: move.from, label: null }, move: { meanwhile: move.meanwhile, why: move.why } },
  });
  /** Of a state the last move that counted, whatever came after it. */
  const standing = (move: Conflict['move']): Partial<Author> =>
    move?.stands
      ? { who: authors.who(move.stands.actor), device: nameOf(move.stands.device), at: stampTime(move.stands.stamp) }
      : {};
  return { tried, standing };
};

/** What several wrote the same is one choice, the last that was written for all of them. */
const choicesOf = (conflicts: readonly Conflict[]): readonly Conflict[] => {
  const isValue = ({ move, under }: Conflict): boolean => move === undefined && under === undefined;
  const isSame = (one: Conflict, other: Conflict): boolean => isValue(one) && isValue(other) && isSaidSame(one.lost, other.lost);
  return conflicts.filter((one, at) => !conflicts.slice(0, at).some((other) => isSame(one, other)));
};

/** @param limit conflicts that are read at most, newest first */
export const readReview = (db: Db, limit: number): Review => {
  const { conflicts } = listConflicts(db, limit);
  const authors = createAuthors(db);
  const labels = createLabelReader(db);
  const stampsOf = createStamps(db);
  const byIndex = db.prepare<[number], { id: string }>('SELECT id FROM devices WHERE idx = ?');
  const { of: nameOf } = createDeviceNames(db);
  const tell = (table: TableName, register: string, value: Scalar): Told => ({
    value,
    label: authors.label(table, fieldOfRegister(register), value),
  });
  const { tried, standing } = createMoveTold(authors, nameOf);
  const underTold = createUnderTold(labels);
  const head = (table: TableName, conflict: Conflict): ReviewHead => {
    const { row, field, lost, device, stamp, move } = conflict;
    if (move !== undefined) return tried({ ...conflict, move });
    const wrote = conflict.wrote ?? { table, row };
    const author = authors.of(wrote.table, wrote.row, field, stamp, device);
    const told = tell(table, field, plain(lost));
    const under = underTold(conflict);
    return {
      ...told,
      label: under ?? told.label,
      stamp,
      deviceId: device,
      who: author?.who ?? null,
      device: nameOf(device),
      at: stampTime(stamp),
      base: author?.base === undefined || under !== null ? null : tell(table, field, author.base),
      move: null,
    };
  };
  const groups = new Map<string, readonly Conflict[]>();
  for (const conflict of conflicts) {
    const key = `${conflict.table} ${conflict.row} ${conflict.field}`;
    groups.set(key, [...(groups.get(key) ?? []), conflict]);
  }
  const fields = [...groups.values()].flatMap(([first, ...others]): ReviewField[] => {
    if (first === undefined || !isTableName(first.table)) return [];
    const { table, row, field, kept, move } = first;
    const { h, d, isGone } = stampsOf(table, row, field);
    const writer = byIndex.get(d);
    const label = labels(table, new Set([row])).get(row);
    const now = { ...tell(table, field, plain(kept)), who: authors.of(table, row, field, h, writer?.id ?? '')?.who ?? null };
    return [
      {
        table,
        row,
        title: label?.title ?? label?.code ?? '',
        field,
        isGone,
        now: { ...now, device: writer === undefined ? '' : nameOf(writer.id), at: stampTime(h), ...standing(move) },
        heads: choicesOf([first, ...others]).map((one) => head(table, one)),
      },
    ];
  });
  return { count: countConflicts(db), fields };
};
