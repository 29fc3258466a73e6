/**
 * Is electron-builder.yml a configuration that electron-builder accepts? Installers need downloads that a test run must not
 * depend on; the check of the configuration does not, and comes first when packaging. It is an internal module of the packager,
 * which is why the packager's version is pinned.
 */
import { createRequire } from 'node:module';
import { isMain, root, runMain } from './project.mjs';

/** @typedef {(root: string, file: string, extra: null) => Promise<object>} GetConfig */
/** @typedef {(configuration: object, log: object) => Promise<void>} Validate */

/** The packager is loaded when it is asked for: this module is imported before anything is installed. */
function loadPackager() {
  const require = createRequire(import.meta.url);
  const config = /** @type {{ getConfig: GetConfig, validateConfiguration: Validate }} */ (
    require('app-builder-lib/out/util/config/config')
  );
  const util = /** @type {{ DebugLogger: new (isEnabled: boolean) => object }} */ (require('builder-util'));
  return { ...config, log: new util.DebugLogger(false) };
}

/** @param {string} file @throws what the packager says of a configuration that it does not accept */
export async function checkPackaging(file) {
  const { getConfig, validateConfiguration, log } = loadPackager();
  await validateConfiguration(await getConfig(root, file, null), log);
}

if (isMain(import.meta.url))
  await runMain(async () => {
    const file = process.argv[2] ?? 'electron-builder.yml';
    await checkPackaging(file);
    console.log(`${file} is accepted.`);
    return 0;
  });
