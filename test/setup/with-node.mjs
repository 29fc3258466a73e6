/** Runs a test program that is too long for the suite with the project's own Node: `node test/setup/with-node.mjs PROGRAM [ARGUMENTS]`. */
import path from 'node:path';
import { root, run, runMain } from './project.mjs';
import { ensureReady } from './ready.mjs';

await runMain(async () => {
  const { node } = await ensureReady({ build: false });
  const [program = '', ...given] = process.argv.slice(2);
  const { code } = await run(node, [path.join(root, program), ...given], { stdio: ['ignore', 'inherit', 'inherit'] });
  return code;
});
