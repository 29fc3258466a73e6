/** What each command does: one or two calls of the contract, and what is printed of their answers. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError, type CallOptions } from '../../../shared/contract/define.ts';
import { contract, type MethodName } from '../../../shared/contract/index.ts';
import { nearestChoices } from '../../../shared/domain/parse/choice.ts';
import { runBrief } from './brief.ts';
import { runDocument } from './document.ts';
import { runErase } from './erase.ts';
import { runMove } from './move.ts';
import { runHub } from './hub.ts';
import { runImport, runInspect, runRecipes } from './import.ts';
import { formatTable } from './output.ts';
import { runConflicts } from './conflicts.ts';
import { runJoin, runSync } from './sync.ts';
import { runVerify } from './verify.ts';
import type { Asked, CommandName } from './usage.ts';
import { usage, type Work } from './work.ts';

const needed = (asked: Asked, name: 'to' | 'size'): string => {
  const value = asked.values[name];
  if (value === undefined || value === '')
    throw usage(`${asked.command} needs --${name}. Try workbench ${asked.command} --help.`);
  return value;
};

const wholeNumber = (asked: Asked, name: 'limit' | 'seed', otherwise: number): number => {
  const text = asked.values[name];
  if (text === undefined) return otherwise;
  if (!/^\d{1,10}$/.test(text)) throw usage(`--${name} needs a whole number, not “${text}”.`);
  return Number(text);
};

const readInput = (text: string): string => (text === '-' ? readFileSync(0, 'utf8') : text);

const namesOf = (text: string | undefined): string[] | null =>
  text === undefined
    ? null
    : text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');

const runExport = async ({ client, asked, output, options, folder }: Work): Promise<void> => {
  const { columns, fields, filter = '', sort, locale = null, title = null, copy } = asked.values;
  const done = await client['export.view'](
    {
      view: asked.args[0] ?? '',
      to: resolve(folder, needed(asked, 'to')),
      columns: namesOf(columns),
      fields: fields === 'all' ? [] : namesOf(fields),
      where: [filter, ...(namesOf(sort) ?? []).map((name) => `sort:${name}`)].join(' ').trim(),
      locale,
      title,
      whenBusy: copy === true ? 'copy' : 'refuse',
    },
    options,
  );
  if (asked.values.json) return output.json(done);
  output.print(`${done.rows} ${done.rows === 1 ? 'row' : 'rows'} written to ${done.path}`);
  if (done.cut > 0)
    output.note(`workbench: ${done.cut} texts are longer than a cell of a workbook holds: they were cut and marked`);
};

/** Columns of one name become `name`, `name_2`: an object has each key once. */
const objectKeys = (columns: readonly string[]): readonly string[] =>
  columns.map((column, at) => {
    const before = columns.slice(0, at).filter((one) => one === column).length;
    return before === 0 ? column : `${column}_${before + 1}`;
  });

const printSchema = async ({ client, asked, output, options }: Work): Promise<void> => {
  const { views } = await client['query.schema']({}, options);
  const [wanted] = asked.args;
  const chosen = wanted === undefined ? views : views.filter(({ view }) => view === wanted || view === `v_${wanted}`);
  if (chosen.length === 0) throw usage(`There is no view “${wanted}”. There are ${views.map(({ view }) => view).join(', ')}.`);
  if (asked.values.json) return output.json(chosen);
  output.print(
    chosen
      .map(
        ({ view, about, columns }) =>
          `${view}: ${about}\n${columns.map((column) => `  ${column.name.padEnd(20)} ${column.about}`).join('\n')}`,
      )
      .join('\n\n'),
  );
};

/** Longer than the engine lets a statement run, so that it is the engine that says why it stopped. */
const QUERY_PATIENCE_MS = 60_000;

const runQuery = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  if (asked.values.schema) return printSchema(work);
  const [sql] = asked.args;
  if (sql === undefined) throw usage('query needs a SELECT statement. Try workbench query --help.');
  const limit = wholeNumber(asked, 'limit', 100_000);
  const { columns, rows, cut } = await client['query.run'](
    { sql: readInput(sql), limit },
    { ...options, timeoutMs: QUERY_PATIENCE_MS },
  );
  if (cut) output.note(`workbench: only the first ${rows.length} rows are shown; --limit N shows more`);
  if (!asked.values.json)
    return output.print(`${formatTable(columns, rows)}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`);
  const keys = objectKeys(columns);
  output.json(rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at] ?? null]))));
};

const runMethods = ({ asked, output }: Work): void => {
  const methods = Object.entries(contract).map(([name, { type, about }]) => ({ name, type, about }));
  if (asked.values.json) return output.json(methods);
  output.print(
    formatTable(
      ['method', 'type', 'about'],
      methods.map(({ name, type, about }) => [name, type, about]),
    ),
  );
};

const isMethod = (name: string): name is MethodName => Object.hasOwn(contract, name);

const runCall = async ({ client, asked, output, options }: Work): Promise<void> => {
  const [name = '', text = '{}'] = asked.args;
  if (!isMethod(name)) {
    const near = nearestChoices(
      name,
      Object.keys(contract).map((key) => ({ key, label: key })),
      1,
    );
    throw new AppError('unknown-method', `There is no method ${name}. Did you mean ${near[0]}? See workbench methods.`);
  }
  let input: unknown;
  try {
    input = JSON.parse(readInput(text));
  } catch (error) {
    throw usage(`The argument is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  // The engine checks the argument against the contract: here it is only JSON.
  const call = client[name] as (input: unknown, options: CallOptions) => Promise<unknown>;
  output.json(await call(input, options));
};

const runCheck = async ({ client, asked, output, options }: Work): Promise<void> => {
  const found = await client['check.run']({ hash: asked.values.hash === true, full: asked.values.full === true }, options);
  if (asked.values.json) output.json(found);
  else {
    const rows = Object.entries(found.tables).map(([table, { rows: count, hash }]) => [table, count, hash]);
    output.print(formatTable(['table', 'rows', 'hash'], rows));
    for (const problem of found.problems) output.print(problem);
  }
  if (!found.ok) throw new AppError('damaged-file', `The check found ${found.problems.length} problems.`);
  if (!asked.values.json) output.print('The file is sound.');
};

const runSample = async ({ client, asked, output, options }: Work): Promise<void> => {
  const size = needed(asked, 'size');
  if (size !== 's' && size !== 'm' && size !== 'l') throw usage(`--size is s, m or l, not “${size}”.`);
  const made = await client['sample.make']({ size, seed: wholeNumber(asked, 'seed', 1) }, options);
  if (asked.values.json) output.json(made);
  else output.print(formatTable(['table', 'rows'], Object.entries(made.rows)));
};

const runUndo = async ({ client, asked, output, options }: Work): Promise<void> => {
  const undone = await client['undo.undo']({}, options);
  if (asked.values.json) return output.json(undone);
  if (undone.step === null) return output.print('There is nothing to take back.');
  output.print(
    `${undone.rows.length === 0 && undone.refused.length > 0 ? 'Not taken back' : 'Taken back'}: ${undone.step.label}`,
  );
  for (const { table, id, field, why } of undone.refused)
    output.print(`Left alone, ${why === 'fixed' ? 'it is fixed' : 'changed since'}: ${table} ${id} ${field}`);
};

const runners: Readonly<Record<CommandName, (work: Work) => void | Promise<void>>> = {
  import: runImport,
  inspect: runInspect,
  recipes: runRecipes,
  export: runExport,
  document: runDocument,
  brief: runBrief,
  query: runQuery,
  methods: runMethods,
  call: runCall,
  check: runCheck,
  sample: runSample,
  undo: runUndo,
  erase: runErase,
  move: runMove,
  join: runJoin,
  sync: runSync,
  hub: runHub,
  conflicts: runConflicts,
  verify: runVerify,
};

/** Commands that ask no engine anything: they open no file and make none. */
export const needsEngine = (command: CommandName): boolean => command !== 'methods';

/** @throws AppError */
export const runCommand = async (command: CommandName, work: Work): Promise<void> => runners[command](work);
