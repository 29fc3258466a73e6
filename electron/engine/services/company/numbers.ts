/** How documents are numbered (N1, N2): the form is the company's, the counter the device's; numbers given stay listed. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import {
  countTogether,
  judgeNumberFormat,
  listSeries,
  nextCounter,
  numberPrefix,
  partNumber,
  readNumbering,
  renderNumber,
  type Numbering,
} from '../../../../shared/domain/numbering.ts';
import { isTableName, tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { LocalReader, Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday, settingPatches } from './company.ts';
import { changeBy } from '../access/identity.ts';

type Env = Pick<EngineEnv, 'zone' | 'clock'>;
type QueryDeps = { readonly read: Reader; readonly local: LocalReader; readonly env: Env };

const numbered = tableNames.filter((name) => tableOf(name).series !== undefined);

const keyOf = (table: TableName): string => `numbers.${table}`;

/** What the number of a kind of document is made of today. */
const seriesOf = (table: TableName, { read, local, env }: QueryDeps) => {
  const { series: letter = '', many: label } = tableOf(table);
  const numbering: Numbering = readNumbering(read.setting(keyOf(table)));
  const prefix = numberPrefix(letter, companyToday(read, env), local.device().code, numbering.format);
  return { table, label, letter, ...numbering, prefix, last: local.lastNumber(prefix) };
};

const numberedTable = (name: string): TableName => {
  if (isTableName(name) && numbered.includes(name)) return name;
  throw new AppError('invalid', `“${name}” has no numbers of its own.`, { table: name });
};

/** States in which a number counts as void: the document came to nothing. */
const VOID: ReadonlySet<unknown> = new Set(['void', 'cancelled', 'withdrawn']);

/** The record of a number, or the first of those that share it. */
const rowOf = (table: TableName, number: string, read: Reader): StoredRow | undefined => {
  const [id] = [number, partNumber(number, 1)].flatMap((one) => read.match(table, tableOf(table).code ?? '', one));
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
  const { prefix, last, format, start } = seriesOf(table, deps);
  const end = last ?? 0;
  const first = Math.max(1, end - limit + 1);
  const numbers = Array.from({ length: end - first + 1 }, (_, at) => renderNumber(prefix, first + at, format));
  const found = numbers.flatMap((number) => {
    const row = rowOf(table, number, deps.read);
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

/** Another kind of document that has the same form, and so would have the same counter. */
const countedWith = (table: TableName, format: string, read: Pick<Reader, 'setting'>): TableName | undefined => {
  const { series: letter = '' } = tableOf(table);
  return numbered.find((other) => {
    if (other === table) return false;
    const taken = { letter: tableOf(other).series ?? '', format: readNumbering(read.setting(keyOf(other))).format };
    return countTogether({ letter, format }, taken);
  });
};

type NumberQueries = Pick<Queries, 'numbers.list' | 'numbers.given'>;

export const numberQueries = (deps: QueryDeps): NumberQueries => ({
  'numbers.list': () => ({
    series: numbered.map((table) => {
      const { prefix, last, ...series } = seriesOf(table, deps);
      return { ...series, next: renderNumber(prefix, nextCounter(last, series.start), series.format) };
    }),
  }),
  'numbers.given': (asked) => deps.read.together(() => given(asked, deps)),
});

export const numberCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids'>;
}): Pick<Commands, 'numbers.set'> => ({
  'numbers.set': ({ table: name, format, start }, context) => {
    const table = numberedTable(name);
    const refusal = judgeNumberFormat(format);
    if (refusal !== null) throw new AppError('invalid', `${refusal} Nothing was changed.`, { field: 'format' });
    const other = countedWith(table, format, store);
    if (other !== undefined) {
      const words = `${tableOf(other).many} are numbered so: say {letter} or another word in it. Nothing was changed.`;
      throw new AppError('invalid', words, { field: 'format' });
    }
    const patches = settingPatches(store, env.ids, { [keyOf(table)]: { format, start } });
    if (patches.length > 0) store.apply(patches, changeBy(store, context, { label: 'Numbers', silent: true }));
    return {};
  },
});
