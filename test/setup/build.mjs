/**
 * The build: main, preload, engine and hosts by rolldown, the page by vite. It is redone when the content of a source has
 * changed, whatever the times of the files say, and a build that was cut off never counts.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findNode } from './find.mjs';
import { isMain, readJson, root as here, run, runMain, say as tell, SetupError } from './project.mjs';

/** What the build reads. Tests and documents are not part of it. */
const sources = ['electron', 'renderer', 'shared', 'resources', 'package.json', 'package-lock.json'];

/** @param {string} root */
const stampFile = (root) => path.join(root, 'dist', 'build.json');

/** A digest of every source: names and contents. @param {string} root @returns {string} */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesUnder(path.join(root, source)))
      hash.update(path.relative(root, file).replaceAll('\\', '/')).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** @param {string} entry @returns {string[]} in a fixed order, without dot files */
function filesUnder(entry) {
  const found = fs.statSync(entry, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [entry];
  const names = fs.readdirSync(entry).filter((name) => !name.startsWith('.'));
  return names.sort().flatMap((name) => filesUnder(path.join(entry, name)));
}

/** The digest of the sources that `dist` was built from. @param {string} root */
const builtFrom = (root) => /** @type {{ sources: string } | null} */ (readJson(stampFile(root)))?.sources;

/** @param {string} root */
export const isBuilt = (root) => builtFrom(root) === hashSources(root);

/**
 * @param {{ root: string, node: string, say: (text: string) => void, force?: boolean }} options
 * @returns {Promise<boolean>} whether anything was built
 */
export async function ensureBuilt({ root, node, say, force = false }) {
  const digest = hashSources(root);
  if (!force && builtFrom(root) === digest) return false;
  say('Building the workbench.');
  fs.rmSync(stampFile(root), { force: true });
  const bin = (/** @type {string} */ file) => path.join(root, 'node_modules', file);
  const steps = [
    [bin('rolldown/bin/cli.mjs'), '-c', path.join(root, 'electron', 'rolldown.config.mjs'), '--logLevel', 'warn'],
    [bin('vite/bin/vite.js'), 'build', '-c', path.join(root, 'renderer', 'vite.config.ts'), '--logLevel', 'warn'],
  ];
  // Both say what went wrong on stderr; stdout holds only lists of files.
  const ended = await Promise.all(steps.map((step) => run(node, step, { cwd: root, stdio: ['ignore', 'ignore', 2] })));
  if (ended.some(({ code }) => code !== 0)) throw new SetupError('The build failed; the lines above say where.');
  // Fonts and template stand beside the engine that prints with them, as real files.
  const documents = path.join(root, 'dist', 'engine', 'documents');
  fs.rmSync(documents, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'resources', 'documents'), documents, { recursive: true });
  fs.writeFileSync(stampFile(root), `${JSON.stringify({ sources: digest })}\n`);
  return true;
}

if (isMain(import.meta.url))
  await runMain(async () => {
    const { platform, arch, execPath, version, env } = process;
    const node = findNode({ root: here, platform, env, arch, execPath, version });
    await ensureBuilt({ root: here, node, say: tell, force: true });
    return 0;
  });
