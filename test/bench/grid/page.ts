/** The real page for the bench: its host and browser on a copy of the large file, and what takes times in it. */
import type { Browser, CDPSession, JSHandle, Page } from '@playwright/test';
import type { Client } from '../../../shared/contract/index.ts';
import { attach } from '../../../electron/host/attach.ts';
import { launchChromium, makeFolder, openInBrowser } from '../../e2e/hosts.ts';
import type { Recorder } from './recorder.ts';
import { createRecorder } from './recorder.ts';

export type BenchPage = {
  readonly page: Page;
  readonly browser: Browser;
  readonly client: Client;
  readonly recorder: JSHandle<Recorder>;
  /** Processor time of the page's own thread so far, in ms. */
  readonly cpu: () => Promise<number>;
  readonly close: () => Promise<void>;
};

const startMs = 60_000;

/** Counts the time of a page's thread from now on. */
export const followCpu = async (page: Page): Promise<() => Promise<number>> => {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
};

const company = { zone: 'UTC', currency: 'EUR', weekStart: 1, fiscalMonth: 1, name: 'Bench' } as const;

/** Opens the workbench on a file that nobody has answered the first questions of. @param folder for what the host keeps */
export const openPage = async (db: string, folder: string): Promise<BenchPage> => {
  const browser = await launchChromium();
  const opened = await openInBrowser(browser, { db, home: makeFolder(folder, 'home'), watch: () => undefined });
  const { page } = opened;
  await page.locator('[data-where="start"]').waitFor({ timeout: startMs });
  const { client, close } = await attach(db);
  await client['app.setup']({ company, person: { name: 'Bench', email: null, claim: null } });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: startMs });
  await page.locator('.ag-cell:focus').waitFor({ timeout: startMs });
  return {
    page,
    browser,
    client,
    recorder: await page.evaluateHandle(createRecorder),
    cpu: await followCpu(page),
    close: async () => {
      await close();
      await opened.close();
      await browser.close();
    },
  };
};

/** Goes to a register by the palette; its first row has the focus then. */
export const openRegister = async ({ page }: BenchPage, title: string): Promise<void> => {
  await page.keyboard.press('Control+K');
  await page.keyboard.type(title.toLowerCase());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: title, level: 1 }).waitFor({ timeout: startMs });
  await page.locator('.ag-row[row-index="0"] .ag-cell:focus').waitFor({ timeout: startMs });
};
