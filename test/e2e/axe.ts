/** No violation of WCAG 2.2 AA or best practice in what the page shows now. Contrast has its own test. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './app.ts';

/** The looks in which every state is checked. */
export const modes = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'color-contrast': { enabled: false } },
  resultTypes: ['violations'],
} satisfies axe.RunOptions;

// Guards of open menus: they hand the focus on at once, so nothing hidden ever keeps it.
const context = { exclude: ['[data-base-ui-focus-guard]'] };

/** @param what the state, for the message */
export const checkAxe = async (page: Page, what: string): Promise<void> => {
  // Given to a document once: it is half a megabyte, and a spec looks at many states of one document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    async (request) => {
      const { axe: inPage } = globalThis as typeof globalThis & { readonly axe: typeof axe };
      const { violations } = await inPage.run(request.context, request.options);
      return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
    },
    { context, options },
  );
  expect(found, what).toEqual([]);
};
