/** The page of an account: how it stands, what happened, and its orders, contacts and sites as grids of their own. */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { formatCell } from '../../../shared/domain/format.ts';
import { goneText } from '../../../shared/domain/gone.ts';
import { chipOf } from '../../grid/chips.ts';
import { useCommand } from '../../state/commands.ts';
import { openPeek, setPeekTarget } from '../../state/peek.ts';
import { titleTab } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { openNewOrder } from '../order/newOrder.ts';
import { useSettling } from '../payments/useSettling.tsx';
import type { RecordHandle } from '../record/useRecord.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { AccountTab, accountTabs } from './AccountTab.tsx';
import { Brief } from './Brief.tsx';
import { showAccountTab, useAccountTab } from './accountTab.ts';
import { LogForm } from '../tasks/LogForm.tsx';
import { FactStrip } from './FactStrip.tsx';
import { Standing } from './Standing.tsx';
import '../record/record.css';

const briefTab = { key: 'brief', label: 'Brief' } as const;

/** Said only where it asks for something: an active account needs no word. */
const Status = ({ record }: { readonly record: RecordHandle }): ReactElement | null => {
  const column = record.columns.get('status');
  const chip = column && record.row ? chipOf(column.field, record.row, 'status') : null;
  return chip ? (
    <Chip tone={chip.tone} icon={chip.icon}>
      {chip.label}
    </Chip>
  ) : null;
};

export const AccountPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'accounts', id, screen: `accounts/${id}`, setting });
  const tab = useAccountTab(({ front }) => front[id]) ?? 'timeline';
  const setTab = (key: string): void => showAccountTab(id, key);
  const [isLogging, setIsLogging] = useState(false);
  const { settle, box } = useSettling(id, null, `accounts/${id}`);
  const name = String(record.row?.v['name'] ?? '') || 'Account';
  useEffect(() => {
    if (record.row) titleTab('accounts', id, name);
  }, [id, name, record.row]);
  useEffect(() => setPeekTarget({ table: 'accounts', id }), [id]);
  const log = (): void => {
    setTab('timeline');
    setIsLogging(true);
  };
  useCommand('new.note', log);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.isNew || record.row?.gone) return <EmptyState text={goneText(record.row?.gone ?? 'deleted', 'account')} />;
  const tier = record.columns.get('tier')?.field;
  const tierText = tier && record.row ? formatCell(tier, record.row.v['tier'] ?? null, setting) : '';
  const where = [record.row?.v['code'], record.row?.v['city']].filter((part) => typeof part === 'string' && part !== '');
  return (
    <div className="account-page" data-testid="account-page">
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <span className="t2 head-sub">{where.join(', ')}</span>
        {tierText !== '' && <Chip tone="neutral">{`Tier ${tierText}`}</Chip>}
        <Status record={record} />
        <span className="grow" />
        <div className="acts">
          <Button icon="note" onClick={() => openPeek('record')}>
            Details
          </Button>
          {settle !== null && <Button onClick={() => settle(null)}>Set payment</Button>}
          <Button icon="phone" command="new.note" onClick={log}>
            Log a contact
          </Button>
          <Button kind="primary" icon="plus" onClick={openNewOrder}>
            Order
          </Button>
        </div>
      </div>
      <FactStrip record={record} />
      <Standing id={id} />
      <nav className="subtabs" data-region="parts" aria-label={`${name}, parts`}>
        {[briefTab, ...accountTabs].map(({ key, label }) => (
          <button
            key={key}
            type="button"
            className={key === tab ? 'view on' : 'view'}
            aria-current={key === tab || undefined}
            onClick={() => setTab(key)}
          >
            {label}
          </button>
        ))}
      </nav>
      <div className="fill" data-region="rows">
        {isLogging && tab === 'timeline' && <LogForm about={`accounts/${id}`} onClose={() => setIsLogging(false)} />}
        {tab === briefTab.key ? (
          <Brief key={id} account={id} />
        ) : (
          <AccountTab key={tab} account={id} tab={tab} onSettle={settle} />
        )}
      </div>
      {box}
    </div>
  );
};
