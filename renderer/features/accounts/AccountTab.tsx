/** One part of an account: a register narrowed to it, with new rows that belong to it. */
import type { ReactElement } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { DataGrid } from '../../grid/DataGrid.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import { useRegister, useSourceState } from '../../grid/useSource.ts';
import type { Sort } from '../../grid/window/register.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { setStatus } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { openInvoiceOf } from '../invoices/openInvoiceOf.ts';
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
  /** Where its rows are made, when not here. */
  readonly made?: string;
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
    key: 'quotes',
    label: 'Quotes',
    table: 'quotes',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'quoted_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
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
    key: 'credits',
    label: 'Credit notes',
    table: 'credit_notes',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'credited_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
    made: 'A credit note is made from its invoice.',
  },
  {
    key: 'payments',
    label: 'Payments',
    table: 'payments',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'received_on', dir: 'desc' }],
    columns: { without: ['account_id'], frozenTo: 'received_on' },
    made: 'A payment is recorded on the invoice it is for.',
  },
  {
    key: 'queries',
    label: 'Queries',
    table: 'disputes',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'due_on', dir: 'asc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
    made: 'A query is opened on its invoice.',
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
    key: 'claims',
    label: 'Claims',
    table: 'claims',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'next_due', dir: 'asc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
  },
  {
    key: 'returns',
    label: 'Returns',
    table: 'returns',
    by: 'account_id',
    isRef: false,
    sort: [{ field: 'due_on', dir: 'asc' }],
    columns: { without: ['account_id'], frozenTo: 'number' },
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
  quotes: 'new.quote',
  orders: 'new.order',
  bookings: 'new.booking',
  invoices: 'new.invoice',
  cases: 'new.issue',
  claims: 'new.claim',
  returns: 'new.return',
};

/** Whether its records open as pages; the others show beside what is in front. */
export const hasPage = (table: TableName): boolean => pages[table] !== undefined;

type Settle = ((payment: string) => void) | null;

/** What opening a row does; null where there is nothing to open. What hangs on an invoice opens it. */
const openerOf = (table: TableName, settle: Settle): ((row: GridRow) => void) | null => {
  if (pages[table] !== undefined) return (row) => openRecord(table, row.id, nameOfRow(table, row));
  if (table === 'payments') return settle && ((row) => settle(row.id));
  return table === 'credit_notes' || table === 'disputes' ? openInvoiceOf : null;
};

type PartProps = { readonly account: string; readonly part: Part; readonly onSettle: Settle };

const Part = ({ account, part, onSettle }: PartProps): ReactElement => {
  const { key, table, by, isRef, sort, columns: options, made } = part;
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
  const create = pages[table];
  const make = create === undefined ? addRow : () => void runCommand(create);
  useCommand('new.here', made === undefined ? make : () => say(made));
  const open = openerOf(table, onSettle);
  useCommand(
    'record.open',
    open &&
      (() => {
        const cell = grid.current?.focused();
        if (!cell) return false;
        open(cell.row);
        return undefined;
      }),
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
            onOpen={(row) => open?.(row)}
          />
        )}
        {isEmpty && (
          <div className="grid-empty">
            <EmptyState
              text={
                key === 'timeline'
                  ? 'No contact yet. Log the first one.'
                  : `No ${many.toLowerCase()} here yet.${made === undefined ? '' : ` ${made}`}`
              }
            >
              {made === undefined && (
                <Button icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
                  New {one.toLowerCase()}
                </Button>
              )}
            </EmptyState>
          </div>
        )}
      </div>
    </>
  );
};

type Props = { readonly account: string; readonly tab: string; readonly onSettle: Settle };

export const AccountTab = ({ account, tab, onSettle }: Props): ReactElement | null => {
  const part = accountTabs.find(({ key }) => key === tab);
  return part ? <Part account={account} part={part} onSettle={onSettle} /> : null;
};
