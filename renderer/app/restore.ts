/** What this device remembers of the window, read once at boot. Everything read is checked: it may be from another version. */
import { onEvent } from '../client/client.ts';
import { keepStore, readKept } from '../client/local.ts';
import { keptDesk } from '../features/import/kept.ts';
import { useDrafts } from '../state/drafts.ts';
import { usePeek } from '../state/peek.ts';
import { pickTabs, readTabs, useTabs } from '../state/tabs.ts';
import type { UiState } from '../state/ui.ts';
import { textSizes, themes, useUi } from '../state/ui.ts';
import { densities } from '../ui/tokens.ts';

const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The kept looks, each only where it is one this version knows. */
export const readUi = (value: unknown): Partial<UiState> => {
  const kept = partsOf(value);
  const theme = themes.find((known) => known === kept['theme']);
  const density = densities.find((known) => known === kept['density']);
  const textSize = textSizes.find((known) => known === kept['textSize']);
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(density === undefined ? {} : { density }),
    ...(textSize === undefined ? {} : { textSize }),
    ...(typeof kept['isRailNarrow'] === 'boolean' ? { isRailNarrow: kept['isRailNarrow'] } : {}),
    ...(typeof kept['hasSeenKeys'] === 'boolean' ? { hasSeenKeys: kept['hasSeenKeys'] } : {}),
  };
};

const readTexts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(partsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** Reads what was kept, again after each new connection until it worked: nothing is written over it unread. */
export const restoreState = (): void => {
  const stop = onEvent('connected', () => void readKept().then(take, () => undefined));
  const take = (values: Readonly<Record<string, unknown>>): void => {
    stop();
    follow(values);
  };
};

const follow = (values: Readonly<Record<string, unknown>>): void => {
  const stops = [
    keepStore({ name: 'look', store: useUi, pick: (state) => state, read: readUi }, values),
    keepStore({ name: 'tabs', store: useTabs, pick: pickTabs, read: readTabs }, values),
    keepStore(
      {
        name: 'drafts',
        store: useDrafts,
        pick: ({ texts }) => texts,
        read: (kept) => ({ texts: { ...readTexts(kept), ...useDrafts.getState().texts } }),
      },
      values,
    ),
    keepStore(
      { name: 'peek', store: usePeek, pick: ({ isOpen }) => isOpen, read: (kept) => ({ isOpen: kept === true }) },
      values,
    ),
    keepStore(keptDesk, values),
  ];
  // What is not written yet goes out before the window does: a field that is being typed into hands over first. A cell's
  // editor keeps its text by itself.
  window.addEventListener('pagehide', () => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest('[data-where="grid"]') === null) activeElement.blur();
    for (const stop of stops) stop();
  });
};
