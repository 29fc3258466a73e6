/**
 * Is electron-builder.yml a configuration that electron-builder accepts? Packaging needs downloads that a test run must not
 * depend on; the check of the configuration does not, and comes first when packaging. It is an internal module of the packager,
 * which is why the packager's version is pinned.
 */
import { createRequire } from 'node:module';
import { root, runMain } from './project.mjs';

const require = createRequire(import.meta.url);
/** @typedef {(root: string, file: string, extra: null) => Promise<object>} GetConfig */
/** @typedef {(configuration: object, log: object) => Promise<void>} Validate */
const config = /** @type {{ getConfig: GetConfig, validateConfiguration: Validate }} */ (
  require('app-builder-lib/out/util/config/config')
);
const util = /** @type {{ DebugLogger: new (isEnabled: boolean) => object }} */ (require('builder-util'));

await runMain(async () => {
  const file = process.argv[2] ?? 'electron-builder.yml';
  const configuration = await config.getConfig(root, file, null);
  await config.validateConfiguration(configuration, new util.DebugLogger(false));
  console.log(`${file} is accepted.`);
  return 0;
});
