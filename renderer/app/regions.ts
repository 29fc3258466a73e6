/**
 * The regions of the window and the tour through them (F6). The focus is always somewhere: when what had it goes
 * away, it falls to the page and never to nothing.
 */
import { firstIn } from '../ui/firstIn.ts';
import { findLastPlaceBy, focusFellTo } from '../ui/lastPlace.ts';

const REGIONS = '[data-region]';
const FOCUSABLE =
  'a[href], button, input:not([type="hidden"]), select, textarea, [tabindex]:not([tabindex="-1"]), [role="gridcell"][tabindex]';

const lastIn = new WeakMap<Element, HTMLElement>();

const isPage = (region: HTMLElement): boolean => region.dataset['region'] === 'page';

const isShown = (region: HTMLElement): boolean => region.offsetParent !== null || region.offsetWidth > 0;

const innerOf = (region: HTMLElement): readonly HTMLElement[] =>
  [...region.querySelectorAll<HTMLElement>(REGIONS)].filter(isShown);

/**
 * The stops of the tour: a page that is made of regions is walked through them, not entered as a whole. A bar over the
 * rows is a stop of its own, before the rows.
 */
const regions = (): readonly HTMLElement[] => {
  const shown = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(isShown);
  const outer = shown.filter((region) => !shown.some((other) => other !== region && other.contains(region) && !isPage(other)));
  return outer.flatMap((region) => {
    const inner = innerOf(region);
    return isPage(region) && inner.length > 0 ? [] : [...inner, region];
  });
};

const isUsable = (element: HTMLElement): boolean => element.isConnected && element.offsetWidth > 0;

const focusOr = (target: HTMLElement | null | undefined, region: HTMLElement): void => {
  if (target == null) region.tabIndex = -1;
  (target ?? region).focus();
};

const marked = (region: HTMLElement): HTMLElement | null => region.querySelector('[data-focus-first]');

/** Where a region takes the focus: where it was last, else at its first control; undefined = it has none. */
const entryOf = (region: HTMLElement): HTMLElement | undefined => {
  const known = lastIn.get(region);
  // What lies in a bar of its own is that bar's.
  const isOwn = (element: HTMLElement): boolean => isPage(region) || (element.closest(REGIONS) ?? region) === region;
  const isKnown = known !== undefined && isUsable(known) && region.contains(known) && isOwn(known);
  const first = (): HTMLElement | undefined =>
    [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => isUsable(element) && isOwn(element));
  return isKnown ? known : (marked(region) ?? first());
};

/** Gives a region the focus, itself where it has no control. */
const enterRegion = (region: HTMLElement): void => focusOr(entryOf(region), region);

/** The next region round the window, or the one before. */
export const cycleRegion = (by: 1 | -1): void => {
  const all = regions();
  const at = all.findIndex((region) => region.contains(document.activeElement));
  const next = all[(at + by + all.length) % all.length] ?? all[0];
  if (next !== undefined) enterRegion(next);
};

const enterPage = (): void => {
  const page = document.querySelector<HTMLElement>('[data-region="page"]');
  if (page !== null) enterRegion(page);
};

const isLost = (): boolean => document.activeElement === document.body || document.activeElement === null;

/** Into the dialog that is open, else into the page. */
const recoverFocus = (): void => {
  const dialog = [...document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"]')].findLast(isShown);
  if (dialog) focusOr(firstIn(dialog) ?? entryOf(dialog), dialog);
  else enterPage();
  focusFellTo(document.activeElement);
};

/**
 * A page that just came up has the focus, unless the person is walking along the tabs: what it marks as first, else
 * itself, so that a grid can put it on a cell once its rows are there.
 */
export const takeFocus = (): void => {
  const now = document.activeElement;
  const page = document.querySelector<HTMLElement>('[data-region="page"]');
  if (page === null || now?.closest('[data-walking], [role="dialog"]') != null) return;
  if (now !== page && page.contains(now)) return;
  focusOr(marked(page), page);
  // The page itself only keeps the place of a cell whose rows are still being read.
  if (document.activeElement === page) focusFellTo(page);
};

/** Remembers where the focus was in each region and never leaves it on the document. Returns how to stop. */
export const followFocus = (): (() => void) => {
  let last: HTMLElement | null = null;
  findLastPlaceBy(() => (last !== null && isUsable(last) ? (entryOf(last) ?? last) : null));
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    focusFellTo(null);
    // A menu is over the window, wherever it hangs: what is chosen in it goes on where the person was.
    if (target.closest('[role="menu"]') !== null) return;
    const region = target.closest<HTMLElement>(REGIONS);
    if (region === target) return;
    if (region !== null) {
      lastIn.set(region, target);
      last = region;
    }
    const page = target.closest<HTMLElement>('[data-region="page"]');
    if (page !== null) lastIn.set(page, target);
  };
  const onFocusOut = (): void => {
    requestAnimationFrame(() => {
      if (isLost() && document.hasFocus()) recoverFocus();
    });
  };
  // What is taken out of the page, or disabled, while it has the focus tells nobody: the next key still goes somewhere.
  const onKeyDown = (): void => {
    if (isLost()) recoverFocus();
  };
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('focusout', onFocusOut);
  document.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('focusout', onFocusOut);
    document.removeEventListener('keydown', onKeyDown, { capture: true });
  };
};
