/**
 * The page of an order: its head as a form, its lines as a grid, what it comes to, and what can be done with it.
 * Everything typed is saved at once; confirming is the only step that asks for everything to be right.
 */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { chipOf } from '../../grid/chips.ts';
import { useCommand } from '../../state/commands.ts';
import { openPeek, setPeekTarget } from '../../state/peek.ts';
import { openRecord, titleTab } from '../../state/tabs.ts';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { nameOfRow } from '../record/names.ts';
import type { RecordHandle } from '../record/useRecord.ts';
import { Blockers } from './Blockers.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { HeaderForm } from './HeaderForm.tsx';
import { Lines } from './Lines.tsx';
import { OrderActions } from './OrderActions.tsx';
import { OrderSums } from './OrderSums.tsx';
import { ShipDialog } from './ShipDialog.tsx';
import { useOrder } from './useOrder.ts';
import { useWalk } from './useWalk.ts';
import '../record/record.css';

const Status = ({ record }: { readonly record: RecordHandle }): ReactElement | null => {
  const column = record.columns.get('status');
  const chip = column && record.row ? chipOf(column.field, record.row, 'status') : null;
  return chip ? (
    <Chip tone={chip.tone} icon={chip.icon}>
      {chip.label}
    </Chip>
  ) : null;
};

/** Beside the number; an order without one is called by its account already. */
const AccountName = ({ record }: { readonly record: RecordHandle }): ReactElement | null => {
  const column = record.columns.get('account_id');
  if (!record.row?.v['number']) return null;
  const account = record.row.v['account_id'];
  const name = column ? record.display.cell(column, record.row).text : '';
  if (typeof account !== 'string') return <span className="t2 head-sub">{name}</span>;
  return (
    <button
      type="button"
      className="link head-sub"
      title="Open the account"
      onClick={() => openRecord('accounts', account, name)}
    >
      {name}
    </button>
  );
};

type Asking = 'ship' | 'cancel' | null;

const useOrderCommands = (
  { record, actions, status, isFrozen }: ReturnType<typeof useOrder>,
  ask: (asking: Asking) => void,
): void => {
  useCommand('order.confirm', isFrozen ? null : actions.confirm);
  useCommand('order.ship', status === 'confirmed' ? () => ask('ship') : null);
  useCommand('order.duplicate', record.isNew ? null : actions.duplicate);
};

export const OrderPage = ({ id }: { readonly id: string }): ReactElement => {
  const order = useOrder(id);
  const { record, kept, source, grid, lineFilter, actions, status, isFrozen, isStarted, currency } = order;
  const [asking, setAsking] = useState<Asking>(null);
  const { goTo, toLines } = useWalk(order);
  const name = record.isNew ? 'New order' : nameOfRow('orders', record.row);
  const isLoaded = record.row !== undefined;
  useEffect(() => {
    if (isLoaded) titleTab('orders', id, name);
  }, [id, name, isLoaded]);
  useEffect(() => setPeekTarget(record.isNew ? null : { table: 'orders', id }), [id, record.isNew]);
  useOrderCommands(order, setAsking);
  const answer = (act: () => Promise<void>): void => {
    setAsking(null);
    void act();
  };

  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.row?.gone) return <EmptyState text="This order was deleted. Undo brings it back." />;
  return (
    <div className="order-page" data-where="order" data-testid="order-page">
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <Status record={record} />
        <AccountName record={record} />
        <OrderSums id={id} isEnabled={isLoaded && !record.isNew} />
        <OrderActions
          status={status}
          isNew={record.isNew}
          onConfirm={() => void actions.confirm()}
          onShip={() => setAsking('ship')}
          onCancel={() => setAsking('cancel')}
          onDuplicate={() => void actions.duplicate()}
          onHistory={() => openPeek('history')}
        />
      </div>
      <HeaderForm record={record} onDone={toLines} hasFocus={record.isNew} />
      <div className="fill" data-region="lines">
        <Blockers blockers={actions.blockers} onGo={goTo} onDismiss={actions.dismiss} />
        {kept && (
          <Lines
            grid={grid}
            filter={lineFilter}
            id={id}
            source={source}
            kept={kept}
            currency={currency}
            isFrozen={isFrozen}
            isNew={record.isNew}
            takesFocus={!isStarted}
            name={name}
          />
        )}
      </div>
      {asking === 'ship' && <ShipDialog onClose={() => setAsking(null)} onShip={(on) => answer(() => actions.ship(on))} />}
      {asking === 'cancel' && (
        <CancelDialog onClose={() => setAsking(null)} onCancel={(why) => answer(() => actions.move('cancelled', why))} />
      )}
    </div>
  );
};
