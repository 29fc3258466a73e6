/** The app as it is packed: from its archive, with the files it unpacks, and nothing of the project beside it. */
import fs from 'node:fs';
import { expect, test, waitUntilOpen } from './app.ts';

test('the packed app opens a new file, and the command line talks to its engine', async ({ launch, host }) => {
  const program = process.env['WORKBENCH_PACKAGED'] ?? '';
  test.skip(host !== 'electron', 'Only the desktop app is packed.');
  test.skip(!fs.existsSync(program), 'No packed app is there: `npm test` packs it before, on Linux.');
  const packed = await launch({ program });
  await waitUntilOpen(packed.page);
  await expect(packed.page.locator('[data-where="start"]')).toBeVisible();
  const app = await packed.electron?.evaluate(({ app: own }) => ({ isPackaged: own.isPackaged, path: own.getAppPath() }));
  expect(app?.isPackaged).toBe(true);
  expect(app?.path).toMatch(/app\.asar$/);
  expect(JSON.parse(await packed.cli('call', 'app.info'))).toMatchObject({ sample: false });
});
