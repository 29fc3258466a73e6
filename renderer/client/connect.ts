/**
 * Opens the way to the engine: a port handed over by the desktop shell, or a WebSocket to the page's own origin.
 * It goes on for as long as the window lives: whenever the engine comes back, it is taken up again.
 */
import { AppError } from '../../shared/contract/define.ts';
import { portChannel } from '../../shared/rpc/port.ts';
import { socketChannel } from '../../shared/rpc/socket.ts';
import { refuseConnection, rpc } from './client.ts';

/** What the preload gives the page: a way to ask for the ports, and where a file that was dropped or chosen lies ('' = not known). */
type Shell = { readonly connect: () => void; readonly pathOf?: (file: File) => string };

declare global {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- a global can only be extended as an interface
  interface Window {
    readonly workbenchShell?: Shell;
  }
}

const RETRY_MS = 500;
const WINDOW = 'workbench.window';
const TOKEN = 'workbench.token';

/** The name of this window in the undo log; stays over a reload. */
const windowName = (): string => {
  const known = sessionStorage.getItem(WINDOW);
  const name = known ?? crypto.randomUUID();
  if (known === null) sessionStorage.setItem(WINDOW, name);
  return name;
};

/** The launch's token comes in the fragment, which no server sees, and is taken out of the address at once. */
const takeToken = (): string | null => {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given !== null) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN);
};

const isPorts = (data: unknown): data is { readonly workbench: 'engine' | 'host' } =>
  typeof data === 'object' && data !== null && 'workbench' in data && (data.workbench === 'engine' || data.workbench === 'host');

/** The preload posts the ports to its own window; nobody else's message counts. A new engine comes as a new port. */
const connectPorts = (shell: Shell): void => {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.origin !== location.origin || !isPorts(event.data) || port === undefined) return;
    if (event.data.workbench === 'host') rpc.attachHost(portChannel(port));
    else rpc.attach(portChannel(port), { client: 'page', window: windowName() }).catch(() => undefined);
  });
  shell.connect();
};

const connectSocket = (): void => {
  const token = takeToken();
  const url = new URL('/socket', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const open = (): void => {
    const socket = new WebSocket(url);
    const channel = socketChannel(socket);
    let isRefused = false;
    rpc.attach(channel, { token, client: 'page', window: windowName() }).catch((error: unknown) => {
      isRefused = error instanceof AppError && error.code === 'denied';
      if (isRefused)
        refuseConnection('This address is not from the running workbench. Open the one that it printed when it started.');
    });
    socket.addEventListener('close', () => setTimeout(() => isRefused || open(), RETRY_MS));
  };
  open();
};

export const connect = (): void => {
  if (window.workbenchShell === undefined) connectSocket();
  else connectPorts(window.workbenchShell);
};
