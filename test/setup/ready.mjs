/** Everything `npm start`, `npm test` and the command line need before they begin, done only where it is missing. */
import path from 'node:path';
import { ensureBuilt, isBuilt } from './build.mjs';
import { findNode } from './find.mjs';
import { ensureInstalled, whyInstall } from './install.mjs';
import { withLock } from './lock.mjs';
import { root, say } from './project.mjs';

/**
 * @param {{ build: boolean }} what
 * @returns {Promise<{ node: string }>} the Node that runs the engine and the tools
 */
export async function ensureReady({ build }) {
  const { platform, arch, execPath, version, env } = process;
  const machine = { root, platform, arch, execPath, version, env, say };
  if (whyInstall(root, platform) || (build && !isBuilt(root)))
    await withLock(path.join(root, 'out', 'set-up.lock'), async () => {
      await ensureInstalled(machine);
      if (build) await ensureBuilt({ root, node: findNode(machine), say });
    });
  return { node: findNode(machine) };
}
