/**
 * A process of its own for reading that somebody else wrote (`query`): a thread cannot be stopped inside SQLite,
 * a process can. It has a read-only handle and nothing else, and ends when the engine does.
 */
import { composeApart } from './compose.ts';
import { createEnv, readOptions } from './options.ts';
import { serveRole, type ToRole } from './role.ts';

const options = readOptions(process.env);
const env = createEnv(options);

process.on('disconnect', () => process.exit(0));
serveRole(
  {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', (message: ToRole) => listener(message)),
  },
  env,
  options.checkOutput,
  () => composeApart(env),
);
