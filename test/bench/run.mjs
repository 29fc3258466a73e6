/** `npm run bench`: sets up what is missing, then measures. `-- --quick` on a small file; `-- --only edit,import`; `-- --orders N`. */
import path from 'node:path';
import { findChromium } from '../setup/find.mjs';
import { root, run, runMain } from '../setup/project.mjs';
import { ensureReady } from '../setup/ready.mjs';

await runMain(async () => {
  const browser = findChromium(process);
  // The page is measured in a browser, as built; where there is none that is left out.
  const { node } = await ensureReady({ build: browser !== null });
  const program = path.join(root, 'test', 'bench', 'main.ts');
  const { code } = await run(node, [program, ...process.argv.slice(2)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(browser && { WORKBENCH_CHROMIUM: browser }), WORKBENCH_NODE: node },
  });
  return code;
});
