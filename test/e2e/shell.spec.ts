/** What a page cannot do to its host, and what a host does for its page: the same questions to both, some to Electron alone. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, waitUntilOpen } from './app.ts';

type Reply = { readonly k: string; readonly id: number | null; readonly e?: { readonly code: string } };

/** Sends texts and objects to the engine, after a hello, all of which it must refuse; returns the codes. */
const sendFromPage = (page: Page, messages: readonly unknown[]): Promise<readonly string[]> =>
  page.evaluate(async (sent) => {
    const hello = { k: 'hello', v: 1, token: sessionStorage.getItem('workbench.token'), client: 'cli', window: 'evil', as: null };
    const codes: string[] = [];
    const shell = Reflect.get(window, 'workbenchShell') as { connect(): void } | undefined;
    return new Promise<string[]>((done) => {
      const hear = (send: (message: unknown) => void) => (event: MessageEvent) => {
        const reply = JSON.parse(String(event.data)) as Reply;
        if (reply.k === 'welcome') for (const message of sent) send(message);
        if (reply.k === 'error') codes.push(reply.e?.code ?? '');
        if (codes.length === sent.length) done(codes);
      };
      if (shell) {
        const take = (event: MessageEvent): void => {
          const [port] = event.ports;
          if ((event.data as { workbench?: string }).workbench !== 'engine' || !port) return;
          window.removeEventListener('message', take);
          port.addEventListener(
            'message',
            hear((message) => port.postMessage(message)),
          );
          port.start();
          port.postMessage(JSON.stringify(hello));
        };
        window.addEventListener('message', take);
        shell.connect();
      } else {
        const socket = new WebSocket(`ws://${location.host}/socket`);
        const send = (message: unknown): void => socket.send(typeof message === 'string' ? message : new Blob(['garbage']));
        socket.addEventListener('message', hear(send));
        socket.addEventListener('open', () => send(JSON.stringify(hello)));
      }
    });
  }, messages);

const pidOf = (db: string): number => {
  try {
    return (JSON.parse(readFileSync(`${db}.engine.json`, 'utf8')) as { pid: number }).pid;
  } catch {
    return 0;
  }
};

test('a page cannot leave, open windows, or reach another origin', async ({ workbench, page }) => {
  workbench.problems.allow(/Content Security Policy|Failed to load|ERR_|Not allowed/);
  const here = page.url();
  const reached = await page.evaluate(async () => {
    const status = (url: string): Promise<number | string> =>
      fetch(url).then(
        (answer) => answer.status,
        () => 'refused',
      );
    return {
      other: await status('http://127.0.0.1:1/'),
      escape: [await status('/..%2f..%2fpackage.json'), await status('/%2e%2e%2fpackage.json'), await status('//etc/passwd')],
    };
  });
  expect(reached.other).toBe('refused');
  for (const status of reached.escape) expect([403, 404, 'refused']).toContain(status);
  if (workbench.host === 'electron') {
    expect(await page.evaluate(() => window.open('http://127.0.0.1:1/') === null)).toBe(true);
    await page.evaluate(() => location.assign('http://127.0.0.1:1/'));
    expect(await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state))).toBe(
      'denied',
    );
    expect(page.url()).toBe(here);
    expect(await page.evaluate(() => Object.isFrozen(Reflect.get(window, 'workbenchShell')))).toBe(true);
  }
});

test('garbage, unknown methods and free queries from a page are refused with a code', async ({ workbench, page }) => {
  workbench.problems.allow(/./);
  // A page of the same origin without the workbench's own client, which would use the port as well.
  await page.goto(new URL('/nothing.txt', page.url()).href);
  const codes = await sendFromPage(page, [
    { garbage: true },
    'garbage',
    JSON.stringify({ k: 'call', id: 3, m: '__proto__', a: {} }),
    JSON.stringify({ k: 'call', id: 4, m: 'query.run', a: { sql: 'SELECT 1' } }),
  ]);
  expect(codes.toSorted()).toEqual(['bad-frame', 'bad-frame', 'denied', 'unknown-method']);
  expect(await workbench.call('app.info', {})).toMatchObject({ sample: false });
});

test('an engine that is killed comes back, and the page goes on', async ({ workbench, page }) => {
  const before = pidOf(workbench.db);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => pidOf(workbench.db)).not.toBe(before);
  await waitUntilOpen(page);
  expect(await workbench.call('app.info', {})).toMatchObject({ sample: false });
});

test.describe('Electron', () => {
  test.skip(({ host }) => host !== 'electron', 'the desktop shell alone');

  test('the menu has every command with its keys, and none that reloads', async ({ workbench }) => {
    const items = await workbench.electron?.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
        (submenu?.items ?? []).map(({ id, role, accelerator }) => ({
          id,
          role: role ?? '',
          accelerator: accelerator ?? '',
        })),
      ),
    );
    expect(items).toContainEqual(expect.objectContaining({ id: 'palette.open', accelerator: 'Control+K' }));
    const ofTheSystem = items?.map(({ role }) => role.toLowerCase()).filter((role) => /^(cut|copy|paste|selectall)$/.test(role));
    expect(ofTheSystem?.toSorted()).toEqual(['copy', 'cut', 'paste', 'selectall']);
    expect(items?.filter(({ role }) => /reload/i.test(role))).toEqual([]);
  });

  test('a menu item does what its command does', async ({ workbench, page }) => {
    await page.locator('[data-where="start"]').waitFor();
    await workbench.electron?.evaluate(({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('help.shortcuts')?.click());
    await expect(page.getByRole('dialog')).toBeVisible();
  });

  test('a page that crashes is loaded again', async ({ workbench }) => {
    workbench.problems.allow(/./);
    const loaded = await workbench.electron?.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const again = new Promise<void>((done) => window?.webContents.once('did-finish-load', () => done()));
      window?.webContents.forcefullyCrashRenderer();
      await again;
      return window?.webContents.executeJavaScript('typeof window.workbenchShell.connect') as Promise<string>;
    });
    expect(loaded).toBe('function');
  });
});
