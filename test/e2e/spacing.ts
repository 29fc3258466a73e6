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
  type Text = { readonly words: string; readonly box: DOMRect; readonly of: Element };
  const isHidden = (of: Element): boolean =>
    of.closest('[aria-hidden="true"], .vh, script, style') !== null || !of.checkVisibility({ visibilityProperty: true });
  /** What is left of a box inside everything that cuts it off for good; what scrolls does not. */
  const seenOf = (of: Element, box: DOMRect): { readonly width: number; readonly height: number } => {
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    for (let at: Element | null = of; at !== null; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      if (overflowX === 'hidden' || overflowX === 'clip')
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      if (overflowY === 'hidden' || overflowY === 'clip')
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return { width: right - left, height: bottom - top };
  };
  const texts: Text[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const of = node.parentElement;
    const words = (node.textContent ?? '').trim();
    if (of === null || words === '' || isHidden(of)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    texts.push({ words, box: range.getBoundingClientRect(), of });
  }
  const isControl = ({ of }: Text): boolean =>
    of.closest('button, .chip, .fchip, label, th, dt, h1, h2, h3, [role="columnheader"]') !== null;
  const cut = texts.filter((text) => {
    const seen = seenOf(text.of, text.box);
    // A line stands a little taller than its letters.
    return isControl(text) && (seen.width < text.box.width - 1 || seen.height < text.box.height - 5);
  });
  // Cells of a grid pass under those that are frozen.
  const loose = texts.filter(({ of }) => of.closest('.data-grid') === null);
  const overlaps = loose.flatMap((a, at) =>
    loose.slice(at + 1).flatMap((b) => {
      const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const isUnder = (one: Text): boolean => {
        const { left, top, width: w, height: h } = one.box;
        return document.elementFromPoint(left + w / 2, top + h / 2)?.contains(one.of) !== true;
      };
      return width > 2 && height > 5 && !isUnder(a) && !isUnder(b) ? [`“${a.words}” lies over “${b.words}”`] : [];
    }),
  );
  return [...cut.map(({ words, of }) => `“${words}” is cut off in ${of.closest('[class]')?.className ?? ''}`), ...overlaps];
};

/** @param what the state, for the message */
export const checkSpacing = async (page: Page, what: string): Promise<void> => {
  expect(await page.evaluate(findFaults), what).toEqual([]);
};
