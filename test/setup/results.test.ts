/** The last line of `npm test`. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeResults, readPlaywright, readVitest } from './results.mjs';
import { makeTemp } from './temp.ts';

const write = (value: unknown): string => {
  const file = path.join(makeTemp(), 'report.json');
  fs.writeFileSync(file, JSON.stringify(value));
  return file;
};

const stage = (name: string, ok: boolean, tests: { passed: number; failed: number; skipped: number } | null = null) => ({
  name,
  ok,
  seconds: 1.25,
  tests,
  note: '',
});

test('every stage is a check, beside the tests in it', () => {
  const lines = describeResults([stage('types', true), stage('unit', true, { passed: 40, failed: 0, skipped: 2 })]);
  expect(lines.at(-1)).toBe('42 passed, 0 failed');
  expect(lines[1]).toMatch(/^ok {5}unit +1\.\d s {2}40 passed, 0 failed, 2 skipped$/);
});

test('a stage that failed counts beside its failed tests', () => {
  const lines = describeResults([stage('lint', false), stage('unit', false, { passed: 39, failed: 1, skipped: 0 })]);
  expect(lines.at(-1)).toBe('39 passed, 3 failed');
});

test('a vitest report: tests, and files that did not load', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}, {}, {}] },
    ],
  };
  expect(readVitest(write(report))).toEqual({ passed: 3, failed: 2, skipped: 2 });
  expect(readVitest('/nowhere')).toBeNull();
});

test('a Playwright report: a flaky test has failed, an error outside the tests too', () => {
  expect(readPlaywright(write({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] }))).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
  });
});
