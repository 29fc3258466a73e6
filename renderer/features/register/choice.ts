/** Which view of a screen is in front, for as long as the window is open; anything may choose one, as the palette does. */
import { create } from 'zustand';
import type { ScreenId } from '../../state/tabs.ts';

type Choices = { readonly choices: Partial<Record<ScreenId, string>> };

const useStore = create<Choices>(() => ({ choices: {} }));

/** The key of the view chosen last; '' where none was. */
export const useChosenView = (screen: ScreenId): string => useStore((state) => state.choices[screen] ?? '');

export const chooseView = (screen: ScreenId, key: string): void =>
  useStore.setState(({ choices }) => ({ choices: { ...choices, [screen]: key } }));
