/**
 * Runs in the sandbox before the page. It passes the two ports on and gives the page two frozen functions: to ask
 * for them, and to learn where a dropped file lies. Data never passes through here (copies through the bridge cost three to four times as much).
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { pathOfFile } from './shell/dropped.ts';

/** The page's window, which this script shares; the project's types are those of Node. */
const page = globalThis as unknown as {
  readonly location: { readonly origin: string };
  readonly postMessage: (message: unknown, origin: string, ports: readonly unknown[]) => void;
};

ipcRenderer.on('workbench:port', (event, which: 'host' | 'engine') => {
  page.postMessage({ workbench: which }, page.location.origin, event.ports);
});

contextBridge.exposeInMainWorld(
  'workbenchShell',
  Object.freeze({
    connect: () => ipcRenderer.send('workbench:connect'),
    pathOf: (file: unknown) => pathOfFile(webUtils, file),
  }),
);
