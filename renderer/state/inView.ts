/** The record in view: the one whose page is in front, else the one in focus on the screen. New records begin from it. */
import type { TableName } from '../../shared/model/index.ts';
import { usePeek } from './peek.ts';
import { activeTab, useTabs } from './tabs.ts';

export const recordInView = (): { readonly table: TableName; readonly id: string } | null => {
  const tab = activeTab(useTabs.getState());
  return tab.kind === 'record' ? { table: tab.table, id: tab.id } : usePeek.getState().target;
};

/** Its id, where it is of this table. */
export const inViewOf = (table: TableName): string | null => {
  const target = recordInView();
  return target?.table === table ? target.id : null;
};
