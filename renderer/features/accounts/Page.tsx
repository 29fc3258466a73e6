/** The page of an account: how it stands, what happened, and its orders, contacts and sites as grids of their own. */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { formatCell } from '../../../shared/domain/format.ts';
import { openPeek, setPeekTarget } from '../../state/peek.ts';
import { titleTab } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { openNewOrder } from '../order/newOrder.ts';
import type { RecordHandle } from '../record/useRecord.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { LogForm } from './LogForm.tsx';
import { AccountTab, accountTabs } from './AccountTab.tsx';
import '../record/record.css';

type Fact = { readonly field: string; readonly label: string; readonly sub?: string };

const facts: readonly Fact[] = [
  { field: 'revenue_12m', label: 'Revenue, 12 months' },
  { field: 'open_orders', label: 'Open orders' },
  { field: 'overdue_orders', label: 'Overdue' },
  { field: 'last_contact_on', label: 'Last contact' },
  { field: 'next_step_on', label: 'Next step', sub: 'next_step' },
  { field: 'renewal_on', label: 'Renewal' },
];

const FactStrip = ({ record }: { readonly record: RecordHandle }): ReactElement => {
  const text = (field: string): string => {
    const column = record.columns.get(field);
    if (!column || !record.row) return '';
    const view = record.display.cell(column, record.row);
    return [view.text, column.kind === 'money' && view.text !== '' ? (view.beside ?? record.display.setting.currency) : null]
      .filter(Boolean)
      .join(' ');
  };
  return (
    <div className="facts-strip">
      {facts.map(({ field, label, sub }) => (
        <dl className="fact" key={field}>
          <dt>{label}</dt>
          <dd>{text(field) || '–'}</dd>
          {sub !== undefined && <dd className="sub">{text(sub)}</dd>}
        </dl>
      ))}
    </div>
  );
};

export const AccountPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'accounts', id, screen: `accounts/${id}`, setting });
  const [tab, setTab] = useState(accountTabs[0]?.key ?? 'timeline');
  const [isLogging, setIsLogging] = useState(false);
  const name = String(record.row?.v['name'] ?? '') || 'Account';
  useEffect(() => {
    if (record.row) titleTab('accounts', id, name);
  }, [id, name, record.row]);
  useEffect(() => setPeekTarget({ table: 'accounts', id }), [id]);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.isNew || record.row?.gone) return <EmptyState text="This account was deleted. Undo brings it back." />;
  const tier = record.columns.get('tier')?.field;
  const tierText = tier && record.row ? formatCell(tier, record.row.v['tier'] ?? null, setting) : '';
  const where = [record.row?.v['code'], record.row?.v['city']].filter((part) => typeof part === 'string' && part !== '');
  const log = (): void => {
    setTab('timeline');
    setIsLogging(true);
  };
  return (
    <div className="account-page" data-testid="account-page">
      <div className="viewbar">
        <h1>{name}</h1>
        <span className="t2 nowrap">{where.join(', ')}</span>
        {tierText !== '' && (
          <Chip tone="neutral" icon="tick">
            {`Tier ${tierText}`}
          </Chip>
        )}
        <span className="grow" />
        <div className="acts">
          <Button icon="note" onClick={() => openPeek('record')}>
            Details
          </Button>
          <Button icon="phone" onClick={log}>
            Log a contact
          </Button>
          <Button kind="primary" icon="plus" onClick={openNewOrder}>
            Order
          </Button>
        </div>
      </div>
      <FactStrip record={record} />
      <nav className="subtabs" aria-label={`${name}, parts`}>
        {accountTabs.map(({ key, label }) => (
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
      {isLogging && tab === 'timeline' && <LogForm account={id} onClose={() => setIsLogging(false)} />}
      <AccountTab key={tab} account={id} tab={tab} />
    </div>
  );
};
