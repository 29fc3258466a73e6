/**
 * `npm start`: sets up what is missing, then opens the workbench in Electron where its runtime is or can be fetched, else in the
 * browser, and says in one line which and why. It runs its first stage on any Node from 20 on and imports nothing but Node.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureElectron } from '../../test/setup/electron.mjs';
import { findChromium } from '../../test/setup/find.mjs';
import { root, runMain, say, SetupError } from '../../test/setup/project.mjs';
import { ensureReady } from '../../test/setup/ready.mjs';
import { help, readOptions, whyBrowser } from './options.mjs';

/** An Electron that a signal ends this soon could not start here at all (a missing library, a sandbox that is not set up). */
const startingMs = 10_000;

async function main() {
  const { platform, env, argv } = process;
  const options = read(argv.slice(2), env['INIT_CWD'] ?? process.cwd());
  if (options.help) {
    console.log(help);
    return 0;
  }
  const { node } = await ensureReady({ build: true });
  let why = whyBrowser(options, { platform, env });
  if (!why) {
    const electron = await ensureElectron({ root, env, node, say, retry: options.electron });
    if (electron.found) {
      const ended = await openElectron(electron.found, options, node);
      if (!ended.couldNotStart) return ended.code;
      why = `Electron could not start (${ended.couldNotStart})`;
    } else why = electron.why;
    if (options.electron) throw new SetupError(`The workbench cannot open in Electron: ${why}.`);
  }
  return openBrowser(options, node, why);
}

/** @param {readonly string[]} args @param {string} folder */
function read(args, folder) {
  try {
    return readOptions(args, folder);
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

/**
 * @param {{ path: string, version: string }} electron
 * @param {import('./options.mjs').StartOptions} options
 * @param {string} node for an Electron too old to load the store itself
 */
async function openElectron(electron, { db }, node) {
  console.log(`Opening the workbench in Electron ${electron.version}.`);
  // Chromium refuses its sandbox to root, and ends.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const began = Date.now();
  const { code, signal } = await follow(electron.path, [...sandbox, root, ...fileArguments(db)], {
    env: { WORKBENCH_NODE: node, WORKBENCH_WHY: 'its runtime is here' },
  });
  const failed = signal !== null && Date.now() - began < startingMs;
  return { code, couldNotStart: code === 127 ? 'a library is missing' : failed ? signal : '' };
}

/** @param {import('./options.mjs').StartOptions} options @param {string} node @param {string} why */
async function openBrowser({ db, open }, node, why) {
  console.log(`Opening the workbench in the browser: ${why}.`);
  const browser = findChromium(process);
  const { code } = await follow(
    node,
    [path.join(root, 'dist', 'host', 'loopback.cjs'), ...fileArguments(db), ...(open ? [] : ['--no-open'])],
    { env: { WORKBENCH_WHY: why, ...(browser && { WORKBENCH_CHROMIUM: browser }) }, channel: true },
  );
  return code;
}

/** @param {string | null} db */
const fileArguments = (db) => (db === null ? [] : ['--db', db]);

/**
 * Runs a host to its end and passes on what should end it. The browser host gets a channel that closes when this process dies,
 * however it dies: that is how it knows that nobody is left who could stop it.
 * @param {string} file @param {readonly string[]} args @param {{ env: NodeJS.ProcessEnv, channel?: boolean }} options
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>}
 */
function follow(file, args, { env, channel = false }) {
  return new Promise((resolve) => {
    let isAsked = false;
    const child = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', ...(channel ? [/** @type {const} */ ('ipc')] : [])],
    });
    const end = () => {
      isAsked = true;
      child.kill('SIGTERM');
    };
    // Ctrl+C reaches the host from the terminal itself; a signal sent to this process alone has to be handed on.
    process.on('SIGINT', () => (isAsked = true));
    process.on('SIGTERM', end).on('SIGHUP', end);
    const stopWatching = whenOrphaned(end);
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('exit', (code, signal) => {
      stopWatching();
      resolve({ code: code ?? (isAsked ? 0 : 1), signal: isAsked ? null : signal });
    });
  });
}

/** npm hands a signal to its shell, which dies without a word to us: seen by a new parent. @param {() => void} act */
function whenOrphaned(act) {
  if (process.env['npm_lifecycle_event'] !== 'start') return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return () => clearInterval(timer);
}

await runMain(main);
