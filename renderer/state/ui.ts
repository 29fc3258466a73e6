/** How this device likes to see things: theme, row height, text size, rail, panel. Kept per device. */
import { create } from 'zustand';
import type { Density, Mode } from '../ui/tokens.ts';
import { densities } from '../ui/tokens.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Percent. */
export const textSizes = [90, 100, 110, 125, 150] as const;

export type UiState = {
  readonly theme: Theme;
  readonly density: Density;
  readonly textSize: number;
  readonly isRailNarrow: boolean;
  readonly hasSeenKeys: boolean;
};

export const useUi = create<UiState>(() => ({
  theme: 'system',
  density: 'standard',
  textSize: 100,
  isRailNarrow: false,
  hasSeenKeys: false,
}));

const after = <T>(list: readonly T[], now: T): T => list[(list.indexOf(now) + 1) % list.length] ?? now;

export const nextTheme = (): void => useUi.setState(({ theme }) => ({ theme: after(themes, theme) }));
export const densityAfter = (now: Density): Density => after(densities, now);
export const nextDensity = (): void => useUi.setState(({ density }) => ({ density: densityAfter(density) }));
export const stepTextSize = (by: 1 | -1): void =>
  useUi.setState(({ textSize }) => ({
    textSize:
      by > 0
        ? (textSizes.find((s) => s > textSize) ?? textSize)
        : ([...textSizes].reverse().find((s) => s < textSize) ?? textSize),
  }));

const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

const modeOf = (theme: Theme): Mode => (theme === 'system' ? (darkSystem().matches ? 'dark' : 'light') : theme);

/** Writes the choice to the root element, now and whenever it or the system's theme changes. */
export const followUi = (): void => {
  const root = document.documentElement;
  const apply = (): void => {
    const { theme, density, textSize } = useUi.getState();
    root.dataset['agThemeMode'] = modeOf(theme);
    root.dataset['density'] = density;
    root.style.setProperty('--scale', String(textSize / 100));
  };
  apply();
  useUi.subscribe(apply);
  darkSystem().addEventListener('change', apply);
};
