/** The keyboard of the specs: orders made by it, and the counts of what the page heard for the keyboard-only paths. */
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { focused, focusedField, saved } from './desk.ts';

type Press = (chord: string) => Promise<void>;

type Keys = {
  readonly press: (...chords: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
};

export const keysOn = ({ keyboard }: Page): Keys => ({
  press: async (...chords) => {
    for (const chord of chords) await keyboard.press(chord);
  },
  type: (text) => keyboard.type(text),
});

export type Input = { readonly keys: number; readonly pointers: number };

/**
 * Counts what the page hears from now on, over reloads too: keys that went down (a chord counts each of its keys) and
 * presses of any pointer. @returns how to read the counts
 */
export const watchInput = async (page: Page): Promise<() => Promise<Input>> => {
  const heard = { keydown: 0, pointerdown: 0 };
  await page.exposeFunction('heardInput', (type: keyof typeof heard) => {
    heard[type] += 1;
  });
  const watch = (): void => {
    for (const type of ['keydown', 'pointerdown']) {
      const tell = (event: Event): void => {
        if (!(event instanceof KeyboardEvent && event.repeat))
          (Reflect.get(window, 'heardInput') as (type: string) => void)(type);
      };
      window.addEventListener(type, tell, { capture: true });
    }
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
  return async () => {
    // What the page told before this is answered has been heard.
    await page.evaluate(() => undefined);
    return { keys: heard.keydown, pointers: heard.pointerdown };
  };
};

/** Ends a path: how many keys, no more than the target and a tenth, and no pointer. */
export const finish = async (name: string, heard: () => Promise<Input>, target?: number): Promise<void> => {
  const { keys, pointers } = await heard();
  console.log(`${name}: ${keys} keys${target === undefined ? '' : `, target ${target}`}.`);
  if (target !== undefined) expect(keys, name).toBeLessThanOrEqual(Math.floor(target * 1.1));
  expect(pointers, 'pointers').toBe(0);
};

/** `Mod+Shift+N` `O`, and the account's field has the focus. */
export const newOrder = async (page: Page, press: Press): Promise<void> => {
  await press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /New order/ })).toBeVisible();
  await press('O');
  await expect(page.locator('[data-field="account_id"] [role="combobox"]')).toBeFocused();
};

/** The focus is in the lines of an order, where a SKU is typed. */
export const inLines = async (page: Page): Promise<void> => {
  await expect(focused(page)).toBeVisible();
  expect(await focusedField(page)).toBe('product_id');
};

/** A SKU and a quantity on each line. */
export const typeLines = async ({ press, type }: Keys, lines: readonly (readonly [string, string])[]): Promise<void> => {
  for (const [sku, qty] of lines) {
    await type(sku);
    await press('Tab');
    await type(qty);
    await press('Enter');
  }
};

/** A new order for Harbour Foods with its reference, up to its lines. */
export const startOrder = async (page: Page, { press, type }: Keys): Promise<void> => {
  await newOrder(page, press);
  await type('harb');
  await press('Enter');
  await type('HF-582');
  await press('Enter');
  await inLines(page);
};

/** A new order for Harbour Foods of two lines, the second with a quantity that is none. */
export const faultyOrder = async (page: Page): Promise<void> => {
  const keys = keysOn(page);
  await startOrder(page, keys);
  await typeLines(keys, [
    ['1001', '12'],
    ['1002', '6o'],
  ]);
  await saved(page);
};
