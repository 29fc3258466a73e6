/** The people of the company, and what each may offer and approve by themselves. Registers like any other. */
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { forgetRows } from './forgetRows.ts';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'active', label: 'Active', filter: { field: 'active', is: 'eq', value: 1 } },
];

export const PeopleSection = (): ReactElement => {
  useEffect(() => forgetRows, []);
  return <RegisterScreen screen="settings" table="people" views={views} sort={[{ field: 'name', dir: 'asc' }]} />;
};

const limitViews: readonly RegisterView[] = [{ key: 'all', label: 'All', filter: null }];

export const LimitsSection = (): ReactElement => {
  useEffect(() => forgetRows, []);
  return (
    <RegisterScreen screen="settings" table="approval_limits" views={limitViews} sort={[{ field: 'person_id', dir: 'asc' }]} />
  );
};
