/** The people of the company. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

export const PeopleSection = (): ReactElement => {
  const { data } = useEngine('app.people', {}, { tables: ['people'] });
  const people = data?.people ?? [];
  if (data !== undefined && people.length === 0) return <EmptyState text="No people yet." />;
  return (
    <ul className="people">
      {people.map(({ id, name, email }) => (
        <li key={id} className="row">
          <b>{name}</b> <span className="muted">{email}</span>
        </li>
      ))}
    </ul>
  );
};
