/** Kills an engine process many times at random moments and says what was lost: `node test/store/kill-many.mjs [KILLS] [SEED]`. */
import path from 'node:path';
import { root, run, runMain } from '../setup/project.mjs';
import { ensureReady } from '../setup/ready.mjs';

await runMain(async () => {
  const { node } = await ensureReady({ build: false });
  const program = path.join(root, 'test', 'store', 'kill-many.ts');
  const { code } = await run(node, [program, ...process.argv.slice(2)], { stdio: ['ignore', 'inherit', 'inherit'] });
  return code;
});
