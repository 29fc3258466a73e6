/** What vitest found, as one small file: counts, and in words each failure, also those that no test owns (a process that died). */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { inOneLine } from './results.mjs';

/** @typedef {import('vitest/node').Reporter} Reporter @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('vitest').SerializedError | import('vitest').TestError} Problem */

/** @param {Problem} problem the last cause says what happened, the first only where it was noticed @returns {string} */
const words = (problem) => (problem.cause ? words(problem.cause) : inOneLine(problem.message));

/** @implements {Reporter} */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default class UnitReporter {
  #file;

  /** @param {{ outputFile: string }} options */
  constructor({ outputFile }) {
    this.#file = outputFile;
  }

  /** @param {readonly TestModule[]} modules @param {readonly Problem[]} outside errors of no test: any of them fails the run */
  onTestRunEnd(modules, outside) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const failures = outside.map((error) => `outside of any test: ${words(error)}`);
    for (const file of modules) {
      const name = path.relative(root, file.moduleId);
      // A file that does not even load holds no tests, so its failure is not among theirs.
      for (const error of file.errors()) failures.push(`${name}: ${words(error)}`);
      count.failed += file.errors().length > 0 ? 1 : 0;
      for (const test of file.children.allTests()) {
        const { state, errors } = test.result();
        const [error] = errors ?? [];
        if (state === 'failed') failures.push(`${name} > ${test.fullName}${error ? `: ${words(error)}` : ''}`);
        // One that was still running when its process died is pending: it neither passed nor was left out.
        if (state === 'pending') failures.push(`${name} > ${test.fullName}: it did not end`);
        count[state === 'pending' ? 'failed' : state] += 1;
      }
    }
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    fs.writeFileSync(this.#file, JSON.stringify({ ...count, failures }));
  }
}
