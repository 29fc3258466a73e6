/** The window: rail, tabs, the page in front, the side panel, the status bar. */
import type { ReactElement } from 'react';
import { Suspense, useEffect } from 'react';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useInfo } from '../client/info.ts';
import { setPeekTarget } from '../state/peek.ts';
import { clearStatus } from '../state/status.ts';
import type { Tab } from '../state/tabs.ts';
import { activeTab, keyOf, useTabs } from '../state/tabs.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ExportDialog } from '../features/export/ExportDialog.tsx';
import { NewIssue } from '../features/issues/NewIssue.tsx';
import { FollowUps } from '../features/tasks/FollowUps.tsx';
import { Boundary } from './Boundary.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { Peek } from './Peek.tsx';
import { Rail } from './Rail.tsx';
import { RecordFields } from './RecordFields.tsx';
import { takeFocus } from './regions.ts';
import { recordPages, screenOf } from './screens.ts';
import { StatusBar } from './StatusBar.tsx';
import { titleOf } from './tabNames.ts';
import { TabStrip } from './TabStrip.tsx';
import { FrameCommands } from './FrameCommands.ts';
import { useIsRailNarrow } from './useRail.ts';

const leavePage = (): void => {
  clearStatus();
  setPeekTarget(null);
};

const Page = ({ tab }: { readonly tab: Tab }): ReactElement => {
  // Each page says what the bar and the panel show; what it said goes with it. The focus comes along.
  useEffect(() => {
    takeFocus();
    return leavePage;
  }, []);
  if (tab.kind === 'record') {
    const RecordPage = recordPages[tab.table];
    return RecordPage === undefined ? <RecordFields table={tab.table} id={tab.id} /> : <RecordPage id={tab.id} />;
  }
  const screen = screenOf(tab.screen);
  return screen === undefined ? (
    <EmptyState text="This screen is not part of this version. The rail has those that are." />
  ) : (
    <screen.Component />
  );
};

/** Whether the page in front has records that the panel can show. */
const hasPanel = (tab: Tab): boolean => {
  const screen = tab.kind === 'screen' ? screenOf(tab.screen) : undefined;
  return tab.kind === 'record' || screen?.table !== undefined || screen?.hasRows === true;
};

export const Frame = (): ReactElement => {
  const tab = useTabs(activeTab);
  const key = keyOf(tab);
  const isNarrow = useIsRailNarrow();
  const { data: info } = useInfo();
  const { reset } = useQueryErrorResetBoundary();
  useEffect(() => {
    document.title = [titleOf(tab), info?.company?.name || info?.file, 'Account Workbench'].filter(Boolean).join(' · ');
  }, [tab, info]);
  return (
    <div className={isNarrow ? 'app rail-mini' : 'app'}>
      <FrameCommands />
      <Rail />
      <div className="main">
        <TabStrip />
        <NoticeBar />
        <div className="screen">
          <main className="page" aria-label={titleOf(tab)} data-region="page" tabIndex={-1}>
            <Boundary key={key} onRetry={reset}>
              <Suspense>
                <Page tab={tab} />
              </Suspense>
            </Boundary>
          </main>
          {hasPanel(tab) && <Peek tab={tab} />}
        </div>
      </div>
      <StatusBar />
      <ExportDialog />
      <FollowUps />
      <NewIssue />
    </div>
  );
};
