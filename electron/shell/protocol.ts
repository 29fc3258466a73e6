/** `app://workbench/`: the page's files from the package, and nothing else. It needs no server and no open port. */
import { protocol } from 'electron';
import { answerPage } from '../host/page.ts';

const SCHEME = 'app';
const HOST = 'workbench';
export const PAGE_ORIGIN = `${SCHEME}://${HOST}`;

/** Whether an address is the page's own. */
export const isOwnUrl = (address: string): boolean => {
  try {
    const url = new URL(address);
    return url.protocol === `${SCHEME}:` && url.host === HOST;
  } catch {
    return false;
  }
};

/** Before the app is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

/** After it is. */
export const servePage = (folder: string): void =>
  protocol.handle(SCHEME, async (request) => {
    if (!isOwnUrl(request.url) || request.method !== 'GET') return new Response('Not allowed', { status: 403 });
    const { status, headers, body } = await answerPage(folder, new URL(request.url).pathname, '');
    return new Response(new Uint8Array(body), { status, headers });
  });
