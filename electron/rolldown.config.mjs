/**
 * Everything that runs outside the page, as CommonJS: a sandboxed preload must be one such file, and `.cjs` loads in every
 * Electron this project runs in. Only Electron and the store's native addon stay outside; the rest is bundled.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Output name to source, both without their endings. */
const programs = {
  'main/main': 'electron/main',
  'preload/preload': 'electron/preload',
  'engine/entry': 'electron/engine/entry',
  'engine/worker': 'electron/engine/worker',
  'engine/query': 'electron/engine/query',
  'engine/apart-thread': 'electron/engine/files/apart-thread',
  'engine/document-thread': 'electron/engine/files/document-thread',
  'host/loopback': 'electron/host/loopback',
  'host/cli': 'electron/host/cli',
};

/** @param {[output: string, source: string]} program @returns {import('rolldown').RolldownOptions} */
const bundle = ([output, source]) => ({
  cwd: root,
  input: `./${source}.ts`,
  platform: 'node',
  external: ['electron', 'better-sqlite3', /^node:/],
  transform: { target: 'node18' },
  output: { file: `dist/${output}.cjs`, format: 'cjs', sourcemap: true },
});

export default defineConfig(Object.entries(programs).map(bundle));
