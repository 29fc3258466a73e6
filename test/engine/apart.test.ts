/** The process for free queries: killed at its limit, and only then. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApart, type ApartBackend } from '../../electron/engine/router-apart.ts';
import type { FromRole } from '../../electron/engine/role.ts';
import { createBench, optionsFor, type Bench } from '../fakes/processes.ts';

const caller = { connection: 'c', client: 'cli', window: 'w' } as const;
const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';

let bench: Bench;
let apart: ApartBackend | undefined;
beforeEach(() => void (bench = createBench()));
afterEach(async () => {
  apart?.end();
  await bench.clean();
});

it('a query that takes too long ends as a timeout; those behind it get a new process', async () => {
  const db = bench.path('a.db');
  const engine = bench.startEngine(db);
  await engine.first;
  const answers: unknown[] = [];
  await new Promise<void>((done) => {
    const reply = (message: FromRole): void => {
      if (message.k === 'text') answers.push(JSON.parse(message.t));
      if (answers.length === 2) done();
    };
    apart = createApart(optionsFor(db), reply, 2500);
    const ask = (id: number, sql: string): void =>
      apart?.ask({ c: 'c', id, caller, text: JSON.stringify({ k: 'call', id, m: 'query.run', a: { sql } }) });
    ask(1, endless);
    ask(2, 'SELECT 1 AS one');
  });
  expect(answers).toMatchObject([
    { k: 'error', id: 1, e: { code: 'timeout' } },
    { k: 'result', id: 2, r: { rows: [[1]] } },
  ]);
});
