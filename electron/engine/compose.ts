/** Builds what each role of the engine answers. */
import type { EngineEnv, Emit } from './env.ts';
import type { Composed } from './role.ts';

export const composeWriter = (_env: EngineEnv, _emit: Emit): Composed => ({ handlers: {}, schema: 0, close: () => {} });
export const composeReader = (_env: EngineEnv): Composed => ({ handlers: {}, schema: 0, close: () => {} });
export const composeApart = (_env: EngineEnv): Composed => ({ handlers: {}, schema: 0, close: () => {} });
