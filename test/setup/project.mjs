/**
 * Where the project is, and how its scripts speak and start programs.
 *
 * Every script in this folder and both start scripts run before anything is installed, on any Node from 20 on: they import
 * nothing but Node itself. What depends on the platform takes the platform as a parameter, so that the rules for Windows and
 * macOS are tested on the machine at hand.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One line of progress, on stderr: stdout belongs to what the program was asked for. @param {string} text */
export const say = (text) => void process.stderr.write(`${text}\n`);

/** A failure that is told to the person in plain words, without a stack. */
export class SetupError extends Error {}

/**
 * Runs a program to its end.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number }} [options] `limitMs` ends it, with its children
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, timedOut: boolean }>} code 127 when it could not be started
 */
export function run(file, args, { limitMs, ...options } = {}) {
  return new Promise((resolve) => {
    // Its own process group, so that a limit or Ctrl+C ends the browsers and servers it started too.
    const grouped = process.platform !== 'win32';
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 2, 2], detached: grouped, windowsHide: true, ...options });
    let timedOut = false;
    const end = () => endTree(child.pid);
    const timer =
      limitMs &&
      setTimeout(() => {
        timedOut = true;
        end();
      }, limitMs);
    const interrupt = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    /** @param {number} code @param {NodeJS.Signals | null} signal */
    const done = (code, signal) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve({ code, signal, timedOut });
    };
    child.once('error', () => done(127, null));
    child.once('exit', (code, signal) => done(code ?? 1, signal));
  });
}

/** Ends a process and everything it started. @param {number | undefined} pid */
export function endTree(pid) {
  if (!pid) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

/** @param {string} file @returns {unknown} the parsed JSON, or null where there is no such file or it is damaged */
export function readJson(file) {
  try {
    return /** @type {unknown} */ (JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Was this module started as a program? @param {string} url `import.meta.url` of the asking module */
export function isMain(url) {
  return !!process.argv[1] && fs.realpathSync(path.resolve(process.argv[1])) === fs.realpathSync(fileURLToPath(url));
}

/** Runs a script's main function; a SetupError becomes one line, anything else its stack. @param {() => Promise<number>} main */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
