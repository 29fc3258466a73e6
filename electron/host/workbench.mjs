/** The command line: sets up what is missing (silently when nothing is), then hands over to the built program. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, runMain } from '../../test/setup/project.mjs';
import { ensureReady } from '../../test/setup/ready.mjs';

await runMain(async () => {
  const { node } = await ensureReady({ build: true });
  const program = path.join(root, 'dist', 'host', 'cli.cjs');
  // Ctrl+C reaches the program directly; this process only waits for it.
  const { status } = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  return status ?? 1;
});
