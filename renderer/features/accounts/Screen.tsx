/** The accounts: find and know a client. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { usePeek } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { GiveDialog } from './GiveDialog.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'mine', label: 'Mine', filter: { flag: 'mine' } },
  { key: 'overdue', label: 'With overdue orders', filter: { field: 'overdue_orders', is: 'gt', value: 0 } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

export const AccountsScreen = (): ReactElement => {
  const [giving, setGiving] = useState<string | null>(null);
  useCommand('account.give', () => {
    const { target } = usePeek.getState();
    if (target?.table !== 'accounts') return false;
    setGiving(target.id);
    return undefined;
  });
  return (
    <>
      <RegisterScreen
        screen="accounts"
        table="accounts"
        views={views}
        sort={[{ field: 'name', dir: 'asc' }]}
        onOpen={(row) => openRecord('accounts', row.id, nameOfRow('accounts', row))}
      />
      {giving !== null && <GiveDialog id={giving} onClose={() => setGiving(null)} />}
    </>
  );
};
