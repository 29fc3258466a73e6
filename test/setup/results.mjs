/** Reads what the test runners wrote, and adds it up. */
import fs from 'node:fs';
import { readJson } from './project.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} PlaywrightReport */

/** @param {string} file vitest's JSON report @returns {Count | null} null when there is none: the runner died */
export function readVitest(file) {
  const report = /** @type {VitestReport | null} */ (readJson(file));
  if (!report) return null;
  // A file that does not even load holds no tests, so its failure is not among theirs.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {string} file Playwright's JSON report @returns {Count | null} */
export function readPlaywright(file) {
  const report = /** @type {PlaywrightReport | null} */ (readJson(file));
  if (!report) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  // Nothing is retried, so nothing can be flaky; if that ever changes, a test that failed once has failed.
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * @typedef {{ name: string, ok: boolean, seconds: number, tests: Count | null, note: string }} StageResult
 * `ok` is the stage's own check: it ran, and ended well
 */

/** Every stage counts as one check beside the tests in it. @param {readonly StageResult[]} stages @returns {Count} */
function addUp(stages) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, tests } of stages) {
    sum.passed += (tests?.passed ?? 0) + (ok ? 1 : 0);
    sum.failed += (tests?.failed ?? 0) + (ok ? 0 : 1);
    sum.skipped += tests?.skipped ?? 0;
  }
  return sum;
}

/** @param {readonly StageResult[]} stages @returns {string[]} the table, and as its last line the verdict */
export function describeResults(stages) {
  const { passed, failed } = addUp(stages);
  const lines = stages.map(({ name, ok, seconds, tests, note }) => {
    const counts = tests
      ? `${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`
      : '';
    return `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds.toFixed(1).padStart(7)} s  ${[counts, note].filter(Boolean).join('; ')}`.trimEnd();
  });
  return [...lines, `${passed} passed, ${failed} failed`];
}

/** A report of an earlier run must not be read as this one's. @param {string} file */
export const forget = (file) => fs.rmSync(file, { force: true });
