/** Reads what the test runners wrote, and adds it up. */
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { readJson } from './project.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Count
 * `failures` names what failed, a line each */
/** @typedef {{ message?: string, location?: { file: string, line: number } }} PlaywrightError */
/** @typedef {{ results: { errors?: PlaywrightError[] }[] }} PlaywrightTest */
/** @typedef {{ title: string, file: string, line: number, ok: boolean, tests?: PlaywrightTest[] }} PlaywrightSpec */
/** @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: PlaywrightError[], suites: PlaywrightSuite[] }} PlaywrightReport */

/** @param {string} file what reporter.mjs wrote @returns {Count | null} null when there is none: the runner died */
export const readUnit = (file) => /** @type {Count | null} */ (readJson(file));

/** Of a message so much is told: what was expected of what, not the whole page it was looked for in. */
const told = 300;

/** @param {string} message with colours and over many lines, as runners write them @returns {string} one plain line */
export const inOneLine = (message) => stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').trim().slice(0, told);

/** Where it failed and with what words: a run that nobody watched must say so. @param {PlaywrightSpec} spec @returns {string} */
function why({ tests = [] }) {
  const [error] = tests.flatMap(({ results }) => results.flatMap(({ errors = [] }) => errors));
  if (!error?.message) return '';
  const at = error.location && `${path.basename(error.location.file)}:${error.location.line}`;
  return `: ${[at, inOneLine(error.message)].filter(Boolean).join(' ')}`;
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
const failedSpecs = ({ specs = [], suites = [] }) => [
  ...specs.filter(({ ok }) => !ok).map((spec) => `${spec.file}:${spec.line} > ${spec.title}${why(spec)}`),
  ...suites.flatMap(failedSpecs),
];

/** @param {string} file Playwright's JSON report @returns {Count | null} */
export function readPlaywright(file) {
  const report = /** @type {PlaywrightReport | null} */ (readJson(file));
  if (!report) return null;
  const { stats, errors, suites } = report;
  return {
    passed: stats.expected,
    // Nothing is retried, so nothing can be flaky; if that ever changes, a test that failed once has failed.
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...errors.map(({ message = '' }) => `outside of any spec: ${inOneLine(message)}`), ...suites.flatMap(failedSpecs)],
  };
}

/**
 * @typedef {{ name: string, ok: boolean, seconds: number, tests: Count | null, note: string }} StageResult
 * `ok` is the stage's own check: it ran, and ended well
 */

/** Every stage counts as one check beside the tests in it. @param {readonly StageResult[]} stages */
function addUp(stages) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, tests } of stages) {
    sum.passed += (tests?.passed ?? 0) + (ok ? 1 : 0);
    sum.failed += (tests?.failed ?? 0) + (ok ? 0 : 1);
    sum.skipped += tests?.skipped ?? 0;
  }
  return sum;
}

/** So many are named; who broke more reads the output of the stage. */
const named = 10;

/** @param {readonly StageResult[]} stages @returns {string[]} */
function describeFailures(stages) {
  const all = stages.flatMap(({ name, tests }) => (tests?.failures ?? []).map((failure) => `FAILED ${name}: ${failure}`));
  const rest = all.length - named;
  const lines = [...all.slice(0, named), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return lines.length > 0 ? [...lines, ''] : [];
}

/** @param {readonly StageResult[]} stages @returns {string[]} what failed, the table, and as its last line the verdict */
export function describeResults(stages) {
  const { passed, failed } = addUp(stages);
  const lines = stages.map(({ name, ok, seconds, tests, note }) => {
    const counts = tests
      ? `${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`
      : '';
    return `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds.toFixed(1).padStart(7)} s  ${[counts, note].filter(Boolean).join('; ')}`.trimEnd();
  });
  return [...describeFailures(stages), ...lines, `${passed} passed, ${failed} failed`];
}

/** A report of an earlier run must not be read as this one's. @param {string} file */
export const forget = (file) => fs.rmSync(file, { force: true });
