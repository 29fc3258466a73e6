/** What a host needs to know of the engine in order to start one and speak with its process; nothing of its inside. */
import { defaultOptions, OPTIONS_VARIABLE, type EngineOptions } from '../engine/options.ts';

export { writeLog } from '../engine/options.ts';
export type { FromHost, ToHost } from '../engine/router-parent.ts';
export type { EngineOptions };

/** The options of an engine, with what only this computer can say filled in. */
export const createOptions = (
  given: Pick<EngineOptions, 'db' | 'mode' | 'host' | 'version'> & Partial<EngineOptions>,
): EngineOptions => ({ ...defaultOptions(), url: null, ...given });

/** The environment an engine's process is started in. */
export const engineEnvironment = (options: EngineOptions): NodeJS.ProcessEnv => ({
  ...process.env,
  [OPTIONS_VARIABLE]: JSON.stringify(options),
});
