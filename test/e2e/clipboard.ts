/**
 * The real clipboard of each host: the browser's own, with its permission given to the page, and the system's in Electron.
 * A paste in a test is the person's own key and nothing else.
 */
import type { Page } from '@playwright/test';
import type { Workbench } from './app.ts';

/** Puts text on the clipboard, and HTML where there is some. */
export const putOnClipboard = async ({ page, context, electron }: Workbench, text: string, html = ''): Promise<void> => {
  if (electron) {
    await electron.evaluate(
      (program, data) => {
        // The runtime of the tests is older than the types.
        const { clipboard } = program as unknown as { clipboard: { write: (what: object) => void } };
        clipboard.write(data);
      },
      { text, ...(html === '' ? {} : { html }) },
    );
    return;
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    async ([plain, rich]) => {
      const blob = (type: string, content: string): Blob => new Blob([content], { type });
      const types = { 'text/plain': blob('text/plain', plain), ...(rich === '' ? {} : { 'text/html': blob('text/html', rich) }) };
      await navigator.clipboard.write([new ClipboardItem(types)]);
    },
    [text, html] as const,
  );
};

/** The text that is on the clipboard. */
export const textOnClipboard = async ({ page, context, electron }: Workbench): Promise<string> => {
  if (electron)
    return electron.evaluate((program) => {
      const { clipboard } = program as unknown as { clipboard: { readText: () => string } };
      return clipboard.readText();
    });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return page.evaluate(() => navigator.clipboard.readText());
};

export const pressAll = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
