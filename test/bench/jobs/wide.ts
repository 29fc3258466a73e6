/**
 * A table of 100,000 rows of 20 columns as a person would bring it: proposed, imported, exported again, and each stopped
 * in the middle. A stop is timed from the word to the moment when nothing of the work is left.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { openEngine, type LocalEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { openReader, openWriter } from '../../../electron/engine/store/file/db.ts';
import { AppError } from '../../../shared/contract/define.ts';
import { optionsFor } from '../../fakes/processes.ts';
import { runJob } from '../job.ts';
import { pairOf, sample, timesOf } from '../measure.ts';
import { insertRaw, readRaw } from '../raw.ts';
import { rowBeside, rowOf, type Row } from '../rows.ts';

const FIELDS = ['Code', 'Name', 'City', 'Country', 'Postcode', 'Street', 'Terms', 'Notes'];
const TOWNS = ['Łódź', 'Genève', 'Oslo', 'São Paulo', 'Leeds', 'Zürich'];
const COLUMNS = 20;

/** Texts with marks, quotes and zeros in front, amounts, days: eight columns are fields, the rest become custom ones. */
const writeTable = (path: string, rows: number): void => {
  const own = Array.from({ length: COLUMNS - FIELDS.length }, (_, at) => `Extra ${at + 1}`);
  const lines = [[...FIELDS, ...own].join(',')];
  for (let at = 0; at < rows; at += 1) {
    const code = String(at).padStart(7, '0');
    const day = new Date(Date.UTC(2020, 0, 1) + (at % 2000) * 86_400_000).toISOString().slice(0, 10);
    const fields = [
      code,
      `"Company ""${at}"" Ltd"`,
      TOWNS[at % TOWNS.length],
      'DE',
      `0${at % 9999}`,
      `Quay ${at % 300}`,
      '30 days',
      '',
    ];
    const extra = own.map((_, n) => (n % 3 === 0 ? `${at % 977}.${n % 10}5` : n % 3 === 1 ? day : `word ${at % 131} of ${n}`));
    lines.push([...fields, ...extra].join(','));
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
};

/** The table alone, without its indexes. */
const readSchema = (path: string): string => {
  const db = openReader(path);
  const sql = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'accounts'`).pluck().get();
  db.close();
  return sql ?? '';
};

const propose = (engine: LocalEngine, path: string) => engine.call('import.propose', { path, table: 'accounts' });

type Options = NonNullable<Parameters<LocalEngine['call']>[3]>;

/** Stops a call when it has told half of its work. @returns ms from there to its end */
const stopHalfway = async (what: string, start: (options: Options) => Promise<unknown>): Promise<number> => {
  const controller = new AbortController();
  let stopped = 0;
  const onProgress: Options['onProgress'] = (done, total, doing) => {
    if (stopped > 0 || total === null || doing !== what || done < total / 2) return;
    stopped = performance.now();
    controller.abort();
  };
  try {
    await start({ signal: controller.signal, onProgress });
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') return performance.now() - stopped;
    throw error;
  }
  throw new Error('It ended before it was stopped.');
};

const once = (ms: number) => timesOf([{ wall: ms, cpu: ms }]);

await runJob(async ({ path, times }) => {
  const rows = times(100_000, 2000);
  const file = path('table.csv');
  writeTable(file, rows);
  const [db, half] = [path('wide.db'), path('half.db')];
  const faults: string[] = [];
  const name = `${rows} x ${COLUMNS}`;

  const stopping = openEngine(createEnv(optionsFor(half)));
  const cancelled = await propose(stopping, file);
  const taken = await stopHalfway('Importing', (options) =>
    stopping.call('import.run', { path: file, recipe: cancelled.recipe }, undefined, options),
  );
  const left = await stopping.call('query.run', { sql: 'SELECT count(*) FROM v_accounts' });
  if (left.rows[0]?.[0] !== 0) faults.push(`after a cancelled import ${String(left.rows[0]?.[0])} accounts are there`);
  stopping.close();

  const engine = openEngine(createEnv(optionsFor(db)));
  const { recipe } = await propose(engine, file);
  const imported = await sample(() => engine.call('import.run', { path: file, recipe }));
  const raw = openWriter(path('raw.db'));
  const made = readRaw(db, ['accounts']);
  raw.exec(readSchema(db));
  const limit = await sample(() => insertRaw(raw, made));
  raw.close();
  const out: Row[] = [];
  for (const ending of ['xlsx', 'csv']) {
    const to = path(`out.${ending}`);
    const asked = { view: 'accounts', to, fields: [] };
    const exported = await sample(() => engine.call('export.view', asked));
    out.push(rowOf(`export of ${name} as ${ending}`, timesOf([exported]), { rate: (rows * 1000) / exported.wall }));
    const stopped = path(`stopped.${ending}`);
    const ms = await stopHalfway('Exporting', (options) =>
      engine.call('export.view', { ...asked, to: stopped }, undefined, options),
    );
    if (existsSync(stopped)) faults.push(`a cancelled export left ${ending}`);
    out.push(rowOf(`export as ${ending}, stopped halfway`, once(ms)));
  }
  engine.close();
  const pair = pairOf([imported], [limit]);
  return {
    rows: [
      rowBeside(`import of ${name}, beside raw inserts, no index`, pair, 'cpu', {
        rate: (rows * 1000) / imported.wall,
        budget: { ratio: 7 },
      }),
      rowOf('import stopped halfway: until nothing is left', once(taken)),
      ...out,
    ],
    faults,
  };
});
