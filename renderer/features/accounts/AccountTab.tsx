/** One part of an account: a register narrowed to it, with new rows that belong to it. */
import type { ReactElement } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { DataGrid } from '../../grid/DataGrid.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import { useRegister, useSourceState } from '../../grid/useSource.ts';
import type { Sort } from '../../grid/window/register.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { setStatus } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { nameOfRow } from '../record/names.ts';
import { useFirstFocus } from '../register/useRegisterFocus.ts';
import type { RegisterColumns } from '../register/useColumns.ts';
import { useColumns } from '../register/useColumns.ts';
import { useSetting } from '../register/useSetting.ts';

type Part = {
  readonly key: string;
  readonly label: string;
  readonly table: TableName;
  /** The field that names the account, and how. */
  readonly by: string;
  readonly isRef: boolean;
  readonly sort: Sort;
  readonly columns: RegisterColumns;
};

export const accountTabs: readonly Part[] = [
  {
    key: 'timeline',
    label: 'Timeline',
    table: 'activities',
    by: 'about',
    isRef: true,
    sort: [{ field: 'at', dir: 'desc' }],
    columns: { order: ['at', 'kind', 'summary', 'body', 'person_id'], without: ['about'], frozenTo: 'at', stretch: 'summary' },
  },
  {
    key: 'orders',
    label: 'Orders',
    table: 'orders',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'ordered_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
  },
  {
    key: 'bookings',
    label: 'Bookings',
    table: 'bookings',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'pickup_from', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
  },
  {
    key: 'invoices',
    label: 'Invoices',
    table: 'invoices',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'due_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
  },
  {
    key: 'issues',
    label: 'Issues',
    table: 'cases',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'opened_at', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'title' },
  },
  {
    key: 'tasks',
    label: 'Tasks',
    table: 'tasks',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'due_on', dir: 'asc' }],
    columns: { without: ['account_id'], frozenTo: 'what' },
  },
  {
    key: 'promises',
    label: 'Promises',
    table: 'commitments',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'due_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'what' },
  },
  {
    key: 'contacts',
    label: 'Contacts',
    table: 'contacts',
    by: 'party',
    isRef: true,
    sort: [{ field: 'name', dir: 'asc' }],
    columns: { without: ['party'] },
  },
  {
    key: 'sites',
    label: 'Sites',
    table: 'sites',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'name', dir: 'asc' }],
    columns: { without: ['account_id'] },
  },
];

/** Records with a page of their own, and what makes a new one. */
const pages: Partial<Record<TableName, CommandId>> = {
  orders: 'new.order',
  bookings: 'new.booking',
  invoices: 'new.invoice',
  cases: 'new.issue',
};

const Part = ({ account, part }: { readonly account: string; readonly part: Part }): ReactElement => {
  const { key, table, by, isRef, sort, columns: options } = part;
  const { one, many } = tableOf(table);
  const setting = useSetting();
  const value = isRef ? `accounts/${account}` : account;
  const filter = useMemo((): Filter => ({ field: by, is: 'eq', value }), [by, value]);
  const start = useMemo(() => ({ [by]: value }), [by, value]);
  const kept = useColumns(`account.${key}`, table, setting, options);
  const source = useRegister({ table, screen: `accounts/${account}`, filter, sort, setting, start });
  const state = useSourceState(source);
  const grid = useRef<GridHandle>(null);
  const { count } = state;
  useEffect(() => {
    setStatus({ rows: count === null ? null : { shown: count, noun: (count === 1 ? one : many).toLowerCase() } });
  }, [count, one, many]);
  useFirstFocus(`account.${account}.${key}`, source, grid, kept !== null && (state.count ?? 0) > 0);
  const addRow = (): void => {
    grid.current?.focusCell(source.addRow(), null);
  };
  const paged = pages[table] === undefined ? null : table;
  const create = pages[table];
  useCommand('new.here', create === undefined ? addRow : () => void runCommand(create));
  useCommand(
    'record.open',
    paged !== null
      ? () => {
          const cell = grid.current?.focused();
          if (!cell) return false;
          return openRecord(paged, cell.row.id, nameOfRow(paged, cell.row));
        }
      : null,
  );
  const isEmpty = state.count === 0 && state.drafts === 0 && !state.isLoading;
  return (
    <>
      {state.error && <ErrorBar error={state.error} onRetry={() => void source.reapply()} />}
      <div className="grid-area">
        {kept && (
          <DataGrid
            ref={grid}
            source={source}
            columns={kept.columns}
            setting={setting}
            label={`${many} of this account`}
            sort={sort}
            onLayout={kept.save}
            onOpen={(row) => paged !== null && openRecord(paged, row.id, nameOfRow(paged, row))}
          />
        )}
        {isEmpty && (
          <div className="grid-empty">
            <EmptyState text={key === 'timeline' ? 'No contact yet. Log the first one.' : `No ${many.toLowerCase()} here yet.`}>
              <Button icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
                New {one.toLowerCase()}
              </Button>
            </EmptyState>
          </div>
        )}
      </div>
    </>
  );
};

export const AccountTab = ({ account, tab }: { readonly account: string; readonly tab: string }): ReactElement | null => {
  const part = accountTabs.find(({ key }) => key === tab);
  return part ? <Part account={account} part={part} /> : null;
};
