/** The people at accounts and partners. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { usePeek } from '../../state/peek.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { EraseDialog } from './EraseDialog.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'mine', label: 'Mine', filter: { flag: 'mine' } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

export const ContactsScreen = (): ReactElement => {
  const [erasing, setErasing] = useState<string | null>(null);
  useCommand('contact.erase', () => {
    const { target } = usePeek.getState();
    if (target?.table !== 'contacts') return false;
    setErasing(target.id);
    return undefined;
  });
  return (
    <>
      <RegisterScreen
        screen="contacts"
        table="contacts"
        views={views}
        sort={[{ field: 'name', dir: 'asc' }]}
        columns={{ frozenTo: 'party' }}
      />
      {erasing !== null && <EraseDialog id={erasing} onClose={() => setErasing(null)} />}
    </>
  );
};
