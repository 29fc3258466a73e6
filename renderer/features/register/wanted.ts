/**
 * A new row somebody asked for, perhaps on a screen that is not there yet: the palette and the New menu ask, the
 * screen answers as soon as its grid stands.
 */
import { create } from 'zustand';
import type { TableName } from '../../../shared/model/index.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { inViewOf } from '../../state/inView.ts';
import { openScreen } from '../../state/tabs.ts';

type Wanted = { readonly table: TableName; readonly values: Readonly<Record<string, string>> };

export const useWanted = create<{ readonly wanted: Wanted | null }>(() => ({ wanted: null }));

/** Opens the screen and asks for a row that starts with these values. */
export const wantRow = (screen: ScreenId, table: TableName, values: Readonly<Record<string, string>> = {}): void => {
  useWanted.setState({ wanted: { table, values } });
  openScreen(screen);
};

export const accountInView = (): string | null => inViewOf('accounts');

export const wantContact = (): void => {
  const account = accountInView();
  wantRow('contacts', 'contacts', account === null ? {} : { party: `accounts/${account}` });
};

export const dropWanted = (): void => useWanted.setState({ wanted: null });
