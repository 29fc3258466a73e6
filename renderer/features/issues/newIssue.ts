/** A new issue is a new row of its register, with the account and the order in view filled in. */
import { client } from '../../client/client.ts';
import { activeTab, useTabs } from '../../state/tabs.ts';
import { usePeek } from '../../state/peek.ts';
import { accountInView, wantRow } from '../register/wanted.ts';

/** The order whose page is in front, else the one in focus. */
const orderInView = (): string | null => {
  const tab = activeTab(useTabs.getState());
  if (tab.kind === 'record') return tab.table === 'orders' ? tab.id : null;
  const { target } = usePeek.getState();
  return target?.table === 'orders' ? target.id : null;
};

export const openNewIssue = async (): Promise<void> => {
  const order = orderInView();
  if (order === null) {
    const account = accountInView();
    return wantRow('issues', 'cases', account === null ? {} : { account_id: account });
  }
  const row = await client['records.get']({ table: 'orders', id: order });
  const account = row?.v['account_id'];
  wantRow('issues', 'cases', { order_id: order, ...(typeof account === 'string' ? { account_id: account } : {}) });
};
