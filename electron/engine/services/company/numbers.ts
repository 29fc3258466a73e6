/**
 * How documents are numbered (N1, N2): the form is the company's, the counter the device's, of a legal series that of the one
 * device that gives it; numbers given stay listed.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import {
  countTogether,
  judgeNumberFormat,
  listSeries,
  nextCounter,
  defaultNumberFormat,
  numberPrefix,
  partNumber,
  renderNumber,
  type Numbering,
} from '../../../../shared/domain/numbering.ts';
import { isTableName, tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { LocalReader, Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { issueUnderOwn } from '../billing/without-issuer.ts';
import { companyToday, settingPatches } from './company.ts';
import { nameOfDevice, numberingKey, numberingOf, refusePosting } from './issuing.ts';
import { changeBy } from '../access/identity.ts';

type Env = Pick<EngineEnv, 'zone' | 'clock'>;
type QueryDeps = { readonly read: Reader; readonly local: LocalReader; readonly env: Env };

const numbered = tableNames.filter((name) => tableOf(name).series !== undefined);

/** What the number of a kind of document is made of today. */
const seriesOf = (table: TableName, { read, local, env }: QueryDeps) => {
  const { series: letter = '', many: label, code: own = '', legal } = tableOf(table);
  const numbering = numberingOf(table, read);
  const { issuer, format } = numbering;
  const code = issuer === null ? local.device().code : (local.known(issuer)?.code ?? '');
  const prefix = numberPrefix(letter, companyToday(read, env), code, format);
  const last = issuer === null ? local.lastNumber(prefix) : local.lastLegal(table, prefix);
  return { table, label, letter, numbering, prefix, last, field: issuer === null || legal === undefined ? own : legal };
};

/** Who gave the numbers before, where the last of it may not have arrived here. */
const givenBefore = ({ before }: Numbering, local: LocalReader) => {
  const device = before === null ? null : local.known(before.issuer);
  // Of one that was taken out nothing comes any more.
  if (before === null || device?.isHere === true || device?.isOut === true) return null;
  const at = device?.at ?? null;
  return at !== null && at >= before.until ? null : { name: nameOfDevice(device), at };
};

const issuerOf = (table: TableName, numbering: Numbering, { read, local }: QueryDeps) => {
  const { issuer } = numbering;
  if (issuer === null) return null;
  const device = local.known(issuer);
  const isHere = device?.isHere === true;
  return {
    id: issuer,
    name: nameOfDevice(device),
    is_here: isHere,
    fault: device === null || device.wasHere || device.isOut ? refusePosting(table, read, local) : null,
    before: isHere ? givenBefore(numbering, local) : null,
  };
};

const numberedTable = (name: string): TableName => {
  if (isTableName(name) && numbered.includes(name)) return name;
  throw new AppError('invalid', `“${name}” has no numbers of its own.`, { table: name });
};

/** States in which a number counts as void: the document came to nothing. */
const VOID: ReadonlySet<unknown> = new Set(['void', 'cancelled', 'withdrawn']);

/** The record of a number, or the first of those that share it; else the one that a paper of that number was given out of. */
const rowOf = (table: TableName, field: string, number: string, read: Reader): StoredRow | undefined => {
  const [id] = [
    ...[number, partNumber(number, 1)].flatMap((one) => read.match(table, field, one)),
    ...read.issuedAs(table, number),
  ];
  return id === undefined ? undefined : read.get(table, id);
};

const stateWords = (table: TableName, row: StoredRow | undefined): string | null => {
  const field = Object.hasOwn(tableOf(table).fields, 'status') ? tableOf(table).fields['status'] : undefined;
  const status = row?.['status'];
  const lifecycle = field?.kind === 'state' ? field.lifecycle : '';
  return typeof status === 'string' ? (stateOf(lifecycle, status)?.label ?? status) : null;
};

const given = ({ table: name, limit }: { readonly table: string; readonly limit: number }, deps: QueryDeps) => {
  const table = numberedTable(name);
  const { prefix, last, field, numbering } = seriesOf(table, deps);
  const { format, start } = numbering;
  const end = last ?? 0;
  const first = Math.max(1, end - limit + 1);
  const numbers = Array.from({ length: end - first + 1 }, (_, at) => renderNumber(prefix, first + at, format));
  const found = numbers.flatMap((number) => {
    const row = rowOf(table, field, number, deps.read);
    return row === undefined ? [] : [[number, row] as const];
  });
  const byNumber = new Map(found);
  const isVoid = new Map(found.map(([number, row]) => [number, VOID.has(row['status'])]));
  const listed = listSeries(prefix, { start: first, last: end }, isVoid, format)
    .map(({ number, isVoid: is_void }, at) => ({ number, is_void, counter: first + at, row: byNumber.get(number) }))
    // Below where the company began, what no document has was never given.
    .filter(({ row, counter }) => row !== undefined || counter >= start)
    .map(({ number, is_void, row }) => ({ number, id: row?.id ?? null, status: stateWords(table, row), is_void }));
  return { prefix, given: listed.toReversed(), more: first - 1 };
};

/** The forms that documents of a kind are numbered by: the one that is set, and beside a legal number the one of the device. */
const formsOf = ({ format, issuer }: Pick<Numbering, 'format' | 'issuer'>): readonly string[] =>
  issuer === null ? [format] : [format, defaultNumberFormat];

/** A kind of document that has the same form, and so would have the same counter: another, or the own numbers of this one. */
const countedWith = (table: TableName, wanted: Numbering, read: Pick<Reader, 'setting'>): TableName | undefined => {
  const { series: letter = '' } = tableOf(table);
  return numbered.find((other) => {
    const forms = other === table ? formsOf(wanted).slice(1) : formsOf(numberingOf(other, read));
    const own = tableOf(other).series ?? '';
    return forms.some((format) => countTogether({ letter, format: wanted.format }, { letter: own, format }));
  });
};

/** Refused in words where it is no device of this file or its team. */
const judgeIssuer = (table: TableName, issuer: string | null, now: Numbering, local: LocalReader): void => {
  if (issuer === null || issuer === now.issuer) return;
  const { legal, many } = tableOf(table);
  const about = { field: 'issuer' };
  if (legal === undefined) throw new AppError('invalid', `${many} are numbered by each device. Nothing was changed.`, about);
  const device = local.devices().find(({ id }) => id === issuer);
  if (device === undefined)
    throw new AppError(
      'invalid',
      'No device of that id is known here. Let both meet the team first. Nothing was changed.',
      about,
    );
  if (device.isOut) throw new AppError('invalid', `Device ${device.code} was taken out of the team. Nothing was changed.`, about);
};

type SetDeps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock'> };
type Wanted = Parameters<Commands['numbers.set']>[0];

/** How a kind of document is to be numbered from now on. Refused in words. */
const wantedNumbering = (table: TableName, { format, start, issuer: named }: Wanted, { store, env }: SetDeps): Numbering => {
  const now = numberingOf(table, store);
  const issuer = named === undefined ? now.issuer : named;
  judgeIssuer(table, issuer, now, store.local);
  const refusal = judgeNumberFormat(format, issuer !== null);
  if (refusal !== null) throw new AppError('invalid', `${refusal} Nothing was changed.`, { field: 'format' });
  const isMoved = now.issuer !== null && now.issuer !== issuer;
  const wanted = { format, start, issuer, before: isMoved ? { issuer: now.issuer, until: env.clock() } : now.before };
  const other = countedWith(table, wanted, store);
  if (other === undefined) return wanted;
  const words =
    other === table
      ? `${tableOf(other).many} have that form on each device, beside their legal number: leave {device} out.`
      : `${tableOf(other).many} are numbered so: say {letter} or another word in it.`;
  throw new AppError('invalid', `${words} Nothing was changed.`, { field: 'format' });
};

type NumberQueries = Pick<Queries, 'numbers.list' | 'numbers.given'>;

export const numberQueries = (deps: QueryDeps): NumberQueries => ({
  'numbers.list': () => ({
    series: numbered.map((table) => {
      const { prefix, last, label, letter, numbering } = seriesOf(table, deps);
      const { format, start } = numbering;
      return {
        ...{ table, label, letter, format, start },
        next: renderNumber(prefix, nextCounter(last, start), format),
        is_legal: tableOf(table).legal !== undefined,
        issuer: issuerOf(table, numbering, deps),
      };
    }),
    devices: deps.local
      .devices()
      .filter(({ isOut }) => !isOut)
      .map((device) => ({ id: device.id, name: nameOfDevice(device), is_here: device.isHere })),
  }),
  'numbers.given': (asked) => deps.read.together(() => given(asked, deps)),
});

export const numberCommands = (deps: SetDeps): Pick<Commands, 'numbers.set'> => ({
  'numbers.set': (asked, context) => {
    const { store, env } = deps;
    const table = numberedTable(asked.table);
    const { format, start, issuer, before } = wantedNumbering(table, asked, deps);
    const value = tableOf(table).legal === undefined ? { format, start } : { format, start, issuer, before };
    const patches = [
      ...settingPatches(store, env.ids, { [numberingKey(table)]: value }),
      ...(issuer === null ? issueUnderOwn(table, store) : []),
    ];
    const change = { ...changeBy(store, context, { label: 'Numbers', silent: true }), isCommand: true };
    if (patches.length > 0) store.apply(patches, change);
    return {};
  },
});
