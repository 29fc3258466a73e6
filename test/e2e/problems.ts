/**
 * Nothing may go wrong in silence: an error on the page's console, a word from AG Grid, a breach of the content security policy
 * or an uncaught exception fails the test, unless the test has said beforehand that it is meant to happen.
 */
import type { ConsoleMessage, Page } from '@playwright/test';

export type Problems = {
  /** Watches a page from now on, and takes in what it has said already. */
  readonly watch: (page: Page) => void;
  /** What matches is expected from here on. */
  readonly allow: (pattern: RegExp) => void;
  /** Everything unexpected so far. */
  readonly found: () => readonly string[];
};

const isProblem = (message: ConsoleMessage): boolean =>
  message.type() === 'error' ||
  (message.type() === 'warning' && message.text().includes('AG Grid')) ||
  message.text().includes('Content Security Policy');

export const createProblems = (): Problems => {
  const allowed: RegExp[] = [];
  const found = new Set<string>();
  const add = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) found.add(text);
  };
  const note = (message: ConsoleMessage): void => {
    if (isProblem(message)) add(`${message.type()}: ${message.text()} (${message.location().url})`);
  };
  const watch = (page: Page): void => {
    page.on('console', note);
    page.on('pageerror', (error) => add(`uncaught: ${error.stack ?? error.message}`));
    // A window of Electron exists before we hear of it.
    page.consoleMessages().then(
      (messages) => messages.forEach(note),
      () => undefined,
    );
  };
  return { watch, allow: (pattern) => void allowed.push(pattern), found: () => [...found] };
};
