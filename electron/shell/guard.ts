/** What no page may do here: leave, open windows, ask for devices, embed others, or reach any network. */
import { app, shell, type Session, type WebContents } from 'electron';
import { isOwnUrl } from './protocol.ts';

/** What a person copies goes to the clipboard; reading it happens by pasting, which needs no permission. */
const allowed: readonly string[] = ['clipboard-sanitized-write'];

export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(allowed.includes(permission) && isOwnUrl(requestingUrl)),
  );
  session.setPermissionCheckHandler((_, permission, origin) => allowed.includes(permission) && isOwnUrl(origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] }, (_, answer) =>
    answer({ cancel: true }),
  );
};

const guardContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
};

export const guardEveryPage = (): void => {
  app.on('web-contents-created', (_, contents) => guardContents(contents));
};
