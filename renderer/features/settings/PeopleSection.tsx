/** The people of the company, and what each may offer and approve by themselves. Registers like any other. */
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { setPeekTarget } from '../../state/peek.ts';
import { clearStatus } from '../../state/status.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'active', label: 'Active', filter: { field: 'active', is: 'eq', value: 1 } },
];

/** What the register said of itself to the bar and the panel goes with it: the page itself stays. */
const forget = (): void => {
  clearStatus();
  setPeekTarget(null);
};

export const PeopleSection = (): ReactElement => {
  useEffect(() => forget, []);
  return <RegisterScreen screen="settings" table="people" views={views} sort={[{ field: 'name', dir: 'asc' }]} />;
};

const limitViews: readonly RegisterView[] = [{ key: 'all', label: 'All', filter: null }];

export const LimitsSection = (): ReactElement => {
  useEffect(() => forget, []);
  return (
    <RegisterScreen screen="settings" table="approval_limits" views={limitViews} sort={[{ field: 'person_id', dir: 'asc' }]} />
  );
};
