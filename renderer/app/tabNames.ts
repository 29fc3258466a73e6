/** How a tab is called and drawn, in the strip, in the list of all tabs and as the title of the window. */
import { tableOf } from '../../shared/model/index.ts';
import type { Tab } from '../state/tabs.ts';
import type { IconName } from '../ui/Icon.tsx';
import { iconOfTable, screenOf } from './screens.ts';

export const iconOfTab = (tab: Tab): IconName =>
  tab.kind === 'screen' ? (screenOf(tab.screen)?.icon ?? 'file') : iconOfTable(tab.table);

export const titleOf = (tab: Tab): string =>
  tab.kind === 'screen' ? (screenOf(tab.screen)?.title ?? tab.screen) : tab.title || tableOf(tab.table).one;
