/** WCAG 1.4.12 on what the page shows now: with wide spacing no text of a control is cut off, and no two texts overlap. */
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** The spacing of 1.4.12, as a person's own style sheet would set it; once for a page. */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });

/** Runs in the page. @returns what is wrong, in words */
const findFaults = (): readonly string[] => {
  type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  type Text = { readonly words: string; readonly of: Element; readonly whole: Box; readonly seen: Box };
  const widthOf = ({ left, right }: Box): number => right - left;
  const heightOf = ({ top, bottom }: Box): number => bottom - top;
  const both = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isHidden = (of: Element): boolean =>
    of.closest('[aria-hidden="true"], .vh, .state-head, script, style') !== null ||
    !of.checkVisibility({ visibilityProperty: true });
  const everything = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  /** What is left of a box inside everything that cuts it off for good; what scrolls does not, nor does a grid scrolled along. */
  const seenOf = (of: Element, whole: Box): Box => {
    let seen = whole;
    for (let at: Element | null = of; at !== null; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      const cutsAcross = overflowX === 'hidden' || overflowX === 'clip';
      const cutsDown = overflowY === 'hidden' || overflowY === 'clip';
      seen = both(seen, { ...everything, ...(cutsAcross ? { left: edge.left, right: edge.right } : {}) });
      seen = both(seen, { ...everything, ...(cutsDown ? { top: edge.top, bottom: edge.bottom } : {}) });
      if (at.matches('.ag-header-cell, .ag-cell')) break;
    }
    return seen;
  };
  const texts: Text[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const of = node.parentElement;
    const words = (node.textContent ?? '').trim();
    if (of === null || words === '' || isHidden(of)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    texts.push({ words, of, whole, seen: seenOf(of, whole) });
  }
  const controls = 'button, .chip, .fchip, label, th, dt, h1, h2, h3, [role="columnheader"]';
  // The strip shortens what it has no room for, at any spacing: the list beside it has the whole names.
  const isShortened = (of: Element): boolean => of.closest('.tabs, .find-all') !== null;
  // A line stands a little taller than its letters.
  const cut = texts.filter(
    ({ of, whole, seen }) =>
      of.closest(controls) !== null &&
      !isShortened(of) &&
      (widthOf(seen) < widthOf(whole) - 1 || heightOf(seen) < heightOf(whole) - 5),
  );
  const isOnTop = ({ of, seen }: Text): boolean =>
    document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2)?.contains(of) === true;
  // Cells of a grid pass under those that are frozen.
  const loose = texts.filter((text) => text.of.closest('.data-grid') === null && isOnTop(text));
  const overlaps = loose.flatMap((a, at) =>
    loose.slice(at + 1).flatMap((b) => {
      const shared = both(a.seen, b.seen);
      return widthOf(shared) > 2 && heightOf(shared) > 5 ? [`“${a.words}” lies over “${b.words}”`] : [];
    }),
  );
  return [...cut.map(({ words, of }) => `“${words}” is cut off in ${of.closest('[class]')?.className ?? ''}`), ...overlaps];
};

/** @param what the state, for the message */
export const checkSpacing = async (page: Page, what: string): Promise<void> => {
  expect(await page.evaluate(findFaults), what).toEqual([]);
};
