/** The page of an issue: its clocks and why they are due, what is known of it, what happened. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { goneText } from '../../../shared/domain/gone.ts';
import { openRecord } from '../../state/tabs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Files } from '../files/Files.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RecordStatus } from '../record/RecordStatus.tsx';
import { useRecordTab } from '../record/useRecordTab.ts';
import { TasksAbout } from '../tasks/TasksAbout.tsx';
import { isFocusInUse } from '../register/useRegisterFocus.ts';
import { Clocks } from './Clocks.tsx';
import { IssueDeeds } from './IssueDeeds.tsx';
import { Thread } from './Thread.tsx';
import { useStory } from './useIssue.ts';
import { Why } from './Why.tsx';

export const issueFacts = [
  'account_id',
  'order_id',
  'contact_id',
  'kind',
  'severity',
  'owner_id',
  'waiting_on',
  'resume_on',
  'opened_at',
  'description',
  'remedy',
  'stake',
  'cost',
  'root_cause',
  'cause_note',
];

export const IssuePage = ({ id }: { readonly id: string }): ReactElement => {
  const screen = `cases/${id}`;
  const record = usePanelRecord('cases', id, screen);
  const { story, error, retry } = useStory(id);
  const { row } = record;
  const name = useRecordTab('cases', id, row);
  const isLoaded = row !== undefined;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // There is no grid here that takes the focus: the page itself does, so that its keys are heard.
    const isHere = body.current?.closest('[data-where]')?.contains(document.activeElement) === true;
    if (isLoaded && !isHere && !isFocusInUse()) body.current?.focus();
  }, [isLoaded]);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (row?.gone) return <EmptyState text={goneText(row.gone, 'issue')} />;
  const account = row?.v['account_id'];
  const accountName = row?.l?.['account_id']?.title ?? '';
  return (
    <div className="order-page" data-where="issue" data-testid="issue-page" data-attach={screen}>
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <RecordStatus record={record} />
        <span className="t2 head-sub">{String(row?.v['number'] ?? '')}</span>
        {typeof account === 'string' && (
          <button
            type="button"
            className="link head-sub"
            title="Open the account"
            onClick={() => openRecord('accounts', account, accountName)}
          >
            {accountName}
          </button>
        )}
      </div>
      <IssueDeeds id={id} screen={screen} />
      {error && <ErrorBar error={error} onRetry={retry} />}
      <div ref={body} className="fill issue-body" data-region="rows" data-focus-first tabIndex={-1}>
        <div>
          {story && <Clocks story={story} />}
          <TasksAbout table="cases" id={id} />
          {story && <Thread story={story} />}
          <Files table="cases" id={id} />
        </div>
        <div>
          <Facts record={record} fields={['title', ...issueFacts]} />
          {story && <Why id={id} story={story} />}
        </div>
      </div>
    </div>
  );
};
