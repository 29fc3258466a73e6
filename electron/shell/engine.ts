/**
 * The engine under Electron: in a utility process, with a port of its own for every window, so that main is not in
 * the way of any data. An Electron whose Node-API is too old for the store (tests only) gets it in a plain Node,
 * and main passes the frames on.
 */
import { app, utilityProcess, type MessagePortMain } from 'electron';
import { AppError } from '../../shared/contract/define.ts';
import { emitterChannel, type Channel } from '../../shared/rpc/port.ts';
import { enginePath, forkEngine, readLogText } from '../host/child.ts';
import { engineEnvironment, type EngineOptions, type FromHost, type ToHost } from '../host/launch.ts';
import type { EngineProcess } from '../host/supervisor.ts';

export type DesktopEngine = EngineProcess & { readonly give: (port: MessagePortMain) => void };

const SERVICE = 'Account Workbench engine';
const NODE_API = 10;
/** `child-process-gone`, which knows the reason, may come a moment after `exit`, which does not. */
const REASON_MS = 50;

const pipe = (page: Channel, engine: Channel): void => {
  // What is no text is no frame: the engine refuses an empty one in its own words.
  page.listen(
    (text) => engine.send(typeof text === 'string' ? text : ''),
    () => engine.close(),
  );
  engine.listen(
    (text) => page.send(String(text)),
    () => page.close(),
  );
};

const relay = (options: EngineOptions, node: string): DesktopEngine => {
  const child = forkEngine({ ...options, mode: 'child' }, node);
  return { ...child, give: (port) => pipe(emitterChannel(port), child.connect()) };
};

const utility = (options: EngineOptions): DesktopEngine => {
  const child = utilityProcess.fork(enginePath(), [], {
    serviceName: SERVICE,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: engineEnvironment({ ...options, mode: 'port' }),
  });
  let lastWords = '';
  let gone = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    lastWords = chunk.toString('utf8').trim().split('\n').at(-1) ?? lastWords;
  });
  const notice = (_: unknown, details: Electron.Details): void => {
    if (details.name === SERVICE || details.serviceName === SERVICE) gone = `${details.reason} ${details.exitCode}`;
  };
  app.on('child-process-gone', notice);
  const post = (message: FromHost, ports: MessagePortMain[] = []): void => child.postMessage(message, ports);
  return {
    onMessage: (listener) => void child.on('message', (message: ToHost) => listener(message)),
    onExit: (listener) =>
      void child.on('exit', (code) => {
        setTimeout(() => {
          app.off('child-process-gone', notice);
          const why = readLogText(lastWords);
          listener(`it ended: ${gone || `code ${code}`}${why ? ` (${why.slice(0, 300)})` : ''}`);
        }, REASON_MS);
      }),
    end: () => post({ k: 'end' }),
    kill: () => {
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
    give: (port) => post({ k: 'open', c: 0 }, [port]),
  };
};

/** Whether this runtime can load the store by itself. */
export const isOwnRuntimeEnough = (): boolean => Number(process.versions['napi']) >= NODE_API;

/**
 * @param node the external Node for a runtime that is too old; undefined where there is none
 * @param isForTests whether this package was built to be tested in such a runtime
 */
export const startEngine = (options: EngineOptions, node: string | undefined, isForTests: boolean): DesktopEngine => {
  if (isOwnRuntimeEnough()) return utility(options);
  if (app.isPackaged && !isForTests) throw new AppError('internal', 'This Electron is too old to hold the store.');
  return node ? relay(options, node) : utility(options);
};
