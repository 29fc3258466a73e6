/** What is still to be done about a record, on its page. */
import type { ReactElement } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { peekAt } from '../../state/peek.ts';
import { RowList } from '../record/RowList.tsx';

const MANY = 20;
const OPEN = ['open', 'waiting'];

export const TasksAbout = ({ table, id }: { readonly table: TableName; readonly id: string }): ReactElement | null => {
  const { data } = useEngine(
    'view.first',
    {
      table: 'tasks',
      filter: {
        all: [
          { field: 'about', is: 'eq', value: `${table}/${id}` },
          { field: 'status', in: OPEN },
        ],
      },
      sort: [{ field: 'due_on', dir: 'asc' }],
      limit: MANY,
    },
    { tables: ['tasks', 'people'] },
  );
  // Most records have none: no room is taken to say so.
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <RowList
      title="To do"
      table="tasks"
      rows={data.rows}
      show={['what', 'due_on', 'owner_id']}
      onOpen={({ id: task }) => peekAt({ table: 'tasks', id: task })}
    />
  );
};
