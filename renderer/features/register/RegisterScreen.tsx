/**
 * The screen of a register. Accounts, contacts, products, partners and orders are this with their own columns and
 * views; a view may show another table, as the catalogue does with its groups.
 */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { RegisterProps } from './Register.tsx';
import { Register } from './Register.tsx';
import { recall, remember } from './remembered.ts';

export type { RegisterView } from './Views.tsx';

export const RegisterScreen = (props: RegisterProps): ReactElement => {
  const { screen, table, views } = props;
  const [key, setKey] = useState(() => recall(screen).view || (views[0]?.key ?? ''));
  const view = views.find((one) => one.key === key) ?? views[0];
  const choose = (next: string): void => {
    remember(screen, { view: next });
    setKey(next);
  };
  if (!view) return <EmptyState text="There is no view here." />;
  const shown = view.table ?? table;
  return <Register {...props} key={shown} view={view} table={shown} onView={choose} />;
};
