/**
 * The page of an order: its head as a form, its lines as a grid, what it comes to, and what can be done with it.
 * Everything typed is saved at once; confirming is the only step that asks for everything to be right.
 */
import type { ReactElement } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isFrozen as isFrozenState } from '../../../shared/domain/lifecycle.ts';
import { chipOf } from '../../grid/chips.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { useLines } from '../../grid/useSource.ts';
import { useCommand } from '../../state/commands.ts';
import { openPeek, setPeekTarget } from '../../state/peek.ts';
import { titleTab } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { Chip } from '../../ui/Chip.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useRecord } from '../record/useRecord.ts';
import type { RecordHandle } from '../record/useRecord.ts';
import { useColumns } from '../register/useColumns.ts';
import { usePerson, useSetting } from '../register/useSetting.ts';
import { Blockers } from './Blockers.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { HeaderForm } from './HeaderForm.tsx';
import { Lines } from './Lines.tsx';
import { accountOfNew, isOpenedNew } from './newOrder.ts';
import { OrderActions } from './OrderActions.tsx';
import { OrderSums } from './OrderSums.tsx';
import { ShipDialog } from './ShipDialog.tsx';
import { nextTarget } from './walk.ts';
import type { Blocker } from './useOrderActions.ts';
import { useOrderActions } from './useOrderActions.ts';
import '../record/record.css';

const lineColumns = {
  order: ['position', 'product_id', 'qty', 'uom', 'price', 'discount', 'net', 'description', 'requested', 'promised', 'note'],
  frozenTo: 'product_id',
  stretch: 'description',
  without: ['order_id'],
  show: ['note'],
};

/** What a new order starts with. */
const useStart = (id: string) => {
  const { today, currency } = useSetting();
  const person = usePerson();
  return useMemo(() => {
    if (!isOpenedNew(id)) return undefined;
    const account = accountOfNew(id);
    return {
      ordered_on: today,
      ...(currency === null ? {} : { currency }),
      ...(person === null ? {} : { owner_id: person }),
      ...(account === null ? {} : { account_id: account }),
    };
  }, [id, today, currency, person]);
};

const nameOf = (record: RecordHandle): string => {
  const number = record.row?.v['number'];
  if (typeof number === 'string' && number !== '') return number;
  return record.isNew ? 'New order' : 'Draft';
};

const accountName = (record: RecordHandle): string => {
  const column = record.columns.get('account_id');
  return column && record.row ? record.display.cell(column, record.row).text : '';
};

export const OrderPage = ({ id }: { readonly id: string }): ReactElement => {
  const screen = `orders/${id}`;
  const setting = useSetting();
  const start = useStart(id);
  const record = useRecord({ table: 'orders', id, screen, setting, start });
  const currency = typeof record.row?.v['currency'] === 'string' ? record.row.v['currency'] : setting.currency;
  const kept = useColumns('order_lines', 'order_lines', useSetting(currency), lineColumns);
  const status = record.row?.v['status'];
  const isFrozen = typeof status === 'string' && isFrozenState('order', status);
  const lineStart = useMemo(() => ({ order_id: id }), [id]);
  const source = useLines({
    table: 'order_lines',
    owner: id,
    screen,
    setting: useSetting(currency),
    start: lineStart,
    hasGhost: !isFrozen,
    before: record.make,
    also: ['schedule_lines', 'fulfilments'],
  });
  const grid = useRef<GridHandle>(null);
  const [dialog, setDialog] = useState<'ship' | 'cancel' | null>(null);
  const settle = async (): Promise<void> => {
    grid.current?.commitOpen();
    if (document.activeElement instanceof HTMLInputElement && document.activeElement.closest('.docform'))
      document.activeElement.blur();
    await record.settled();
    await source?.commit.settled();
  };
  const actions = useOrderActions(id, settle);
  const name = nameOf(record);
  const toLines = (): void => {
    if (source) grid.current?.focusCell(source.addRow(null), 'product_id');
  };
  const goTo = ({ table, row, field }: Pick<Blocker, 'table' | 'row' | 'field'>): void => {
    if (table === 'orders') document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus();
    else if (grid.current?.focusCell(row, field) !== true) toLines();
  };
  const walk = (back: boolean) => async (): Promise<void> => {
    const field = document.activeElement?.closest('[data-field]')?.getAttribute('data-field');
    const here = field === null || field === undefined ? null : { table: 'orders', row: id, field };
    await settle();
    const cell = grid.current?.focused();
    const next = nextTarget(
      {
        head: record.row,
        headColumns: [...record.columns.values()],
        lines: source?.rows().map((row) => source.edits.over(row)) ?? [],
        lineColumns: kept?.columns ?? [],
        blockers: actions.blockers,
      },
      here ?? (cell ? { table: 'order_lines', row: cell.row.id, field: cell.column.key } : null),
      back,
    );
    if (next) goTo(next);
    else say('Nothing needs attention here.');
  };

  useEffect(() => titleTab('orders', id, name), [id, name]);
  useEffect(() => setPeekTarget(record.isNew ? null : { table: 'orders', id }), [id, record.isNew]);
  useCommand('order.confirm', isFrozen ? null : actions.confirm);
  useCommand('order.ship', status === 'confirmed' ? () => setDialog('ship') : null);
  useCommand('order.duplicate', record.isNew ? null : actions.duplicate);
  useCommand('problem.next', walk(false));
  useCommand('problem.previous', walk(true));

  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.row?.gone || (record.isNew && !start)) return <EmptyState text="This order was deleted. Undo brings it back." />;
  const statusColumn = record.columns.get('status');
  const chip = statusColumn && record.row ? chipOf(statusColumn.field, record.row, 'status') : null;
  return (
    <div className="order-page" data-where="order" data-testid="order-page">
      <div className="viewbar">
        <h1>{name}</h1>
        {chip && (
          <Chip tone={chip.tone} icon={chip.icon}>
            {chip.label}
          </Chip>
        )}
        <span className="t2 grow nowrap">{accountName(record)}</span>
        <OrderSums id={id} isEnabled={!record.isNew && record.row !== undefined} />
        <OrderActions
          status={typeof status === 'string' ? status : null}
          isNew={record.isNew}
          onConfirm={() => void actions.confirm()}
          onShip={() => setDialog('ship')}
          onCancel={() => setDialog('cancel')}
          onDuplicate={() => void actions.duplicate()}
          onHistory={() => openPeek('history')}
        />
      </div>
      <HeaderForm record={record} lock={() => null} onDone={toLines} hasFocus={start !== undefined && record.isNew} />
      <Blockers blockers={actions.blockers} onGo={goTo} onDismiss={actions.dismiss} />
      {source && kept && (
        <Lines
          ref={grid}
          id={id}
          source={source}
          kept={kept}
          currency={currency}
          isFrozen={isFrozen}
          isNew={record.isNew}
          name={name}
        />
      )}
      {dialog === 'ship' && (
        <ShipDialog
          onClose={() => setDialog(null)}
          onShip={(on) => {
            setDialog(null);
            void actions.ship(on);
          }}
        />
      )}
      {dialog === 'cancel' && (
        <CancelDialog
          onClose={() => setDialog(null)}
          onCancel={(why) => {
            setDialog(null);
            void actions.move('cancelled', why);
          }}
        />
      )}
    </div>
  );
};
