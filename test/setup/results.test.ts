/** The last line of `npm test`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeResults, readPlaywright, readUnit } from './results.mjs';
import { makeTemp } from './temp.ts';

const write = (value: unknown): string => {
  const file = path.join(makeTemp(), 'report.json');
  fs.writeFileSync(file, JSON.stringify(value));
  return file;
};

const stage = (
  name: string,
  ok: boolean,
  tests: { passed: number; failed: number; skipped: number; failures: readonly string[] } | null = null,
) => ({
  name,
  ok,
  seconds: 1.25,
  tests,
  note: '',
});

test('every stage is a check, beside the tests in it', () => {
  const lines = describeResults([stage('types', true), stage('unit', true, { passed: 40, failed: 0, skipped: 2, failures: [] })]);
  expect(lines.at(-1)).toBe('42 passed, 0 failed');
  expect(lines[1]).toMatch(/^ok {5}unit +1\.\d s {2}40 passed, 0 failed, 2 skipped$/);
});

test('a stage that failed counts beside its failed tests', () => {
  const lines = describeResults([
    stage('lint', false),
    stage('unit', false, { passed: 39, failed: 1, skipped: 0, failures: ['a'] }),
  ]);
  expect(lines.at(-1)).toBe('39 passed, 3 failed');
});

test('a Playwright report: a flaky test has failed, an error outside the tests too, and each is named with its reason', () => {
  const spec = (title: string, ok: boolean) => ({ title, ok, file: 'a.spec.ts', line: 7 });
  const location = { file: path.join('e2e', 'deeds.ts'), line: 9 };
  const error = { message: '\u001B[31mit is\u001B[39m\n  not there', location };
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no window\nat line 1' }],
    suites: [
      {
        specs: [spec('one', true)],
        suites: [{ specs: [{ ...spec('two', false), tests: [{ results: [{ errors: [error] }] }] }] }],
      },
    ],
  };
  expect(readPlaywright(write(report))).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
    failures: ['outside of any spec: no window at line 1', 'a.spec.ts:7 > two: deeds.ts:9 it is not there'],
  });
  expect(readPlaywright('/nowhere')).toBeNull();
});

test('what failed is named above the table, the first ten', () => {
  const failures = Array.from({ length: 12 }, (_, at) => `t${at}`);
  const lines = describeResults([stage('unit', false, { passed: 0, failed: 12, skipped: 0, failures })]);
  expect(lines.slice(0, 12)).toEqual([...failures.slice(0, 10).map((name) => `FAILED unit: ${name}`), 'and 2 more', '']);
});

describe('a run of the unit tests', () => {
  const report = (name: string, text: string) => {
    const folder = makeTemp();
    fs.writeFileSync(path.join(folder, `${name}.test.mjs`), `import { test } from 'vitest';\n${text}`);
    const file = path.join(folder, 'out', 'report.json');
    const config = path.join(folder, 'vitest.config.mjs');
    const reporter = path.resolve(import.meta.dirname, 'reporter.mjs');
    fs.writeFileSync(
      config,
      `export default ${JSON.stringify({ test: { reporters: [[reporter, { outputFile: file }]], pool: 'forks' } })}`,
    );
    const vitest = path.resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
    // The workers of this run say so in their environment, and a run inside a run is another one.
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST')));
    const ended = spawnSync(process.execPath, [vitest, 'run', '-c', config, '--root', folder], { env, timeout: 60_000 });
    return { code: ended.status, ...readUnit(file) };
  };

  test('counts what passed, failed and was left out', { timeout: 60_000 }, () => {
    const text = "test('good', () => {}); test('bad', () => { throw new Error('no'); }); test.skip('later', () => {});";
    expect(report('some', text)).toMatchObject({
      code: 1,
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [expect.stringMatching(/some\.test\.mjs > bad: no$/)],
    });
  });

  test('names a file that does not load', { timeout: 60_000 }, () => {
    expect(report('broken', "throw new Error('not today');")).toMatchObject({
      code: 1,
      failed: 1,
      failures: [expect.stringMatching(/broken.*not today$/)],
    });
  });

  test('names the test in which a process died, and how', { timeout: 60_000 }, () => {
    const found = report(
      'dead',
      "test('kills', async () => { process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {}); });",
    );
    expect(found).toMatchObject({ code: 1, passed: 0, failed: 1 });
    expect(found.failures?.join('\n')).toMatch(/SIGSEGV/);
    expect(found.failures?.join('\n')).toMatch(/kills: it did not end/);
  });
});
