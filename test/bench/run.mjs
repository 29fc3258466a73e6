/** `npm run bench`: sets up what is missing, then measures. `-- --quick` on a small file; `-- --only edit,import`; `-- --orders N`. */
import path from 'node:path';
import { root, run, runMain } from '../setup/project.mjs';
import { ensureReady } from '../setup/ready.mjs';

await runMain(async () => {
  const { node } = await ensureReady({ build: false });
  const program = path.join(root, 'test', 'bench', 'main.ts');
  const { code } = await run(node, [program, ...process.argv.slice(2)], { stdio: ['ignore', 'inherit', 'inherit'] });
  return code;
});
