/** Where this file stands with its team, in the status bar: from rounds that were made, never from what a network says. */
import type { ReactElement } from 'react';
import { useSaid } from '../../state/announce.ts';
import { runCommand } from '../../state/commands.ts';
import { openScreen } from '../../state/tabs.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { SyncState } from './team.ts';
import { showPart, useSync, useSyncState } from './team.ts';
import { sayMoment } from './words.ts';

const standing = ({ met, failed }: SyncState): string => {
  if (failed !== null) return `Offline since ${sayMoment(failed.since)}`;
  return met === null ? 'Not met yet' : `Met ${sayMoment(met.at)}`;
};

export const SyncStatus = (): ReactElement | null => {
  const { data } = useSyncState();
  const isRunning = useSync((state) => state.isRunning);
  const isOffline = data?.failed !== null && data?.failed !== undefined;
  useSaid(isOffline && data.org !== null ? `Offline, ${data.unsent} changes are kept on this computer` : '');
  if (data === undefined || data.org === null) return null;
  const { unsent, conflicts } = data;
  return (
    <>
      {conflicts > 0 && (
        <button type="button" className="st st-b warning-t" onClick={() => void runCommand('sync.review')}>
          <Icon name="conflict" size={14} />
          {conflicts.toLocaleString()} {conflicts === 1 ? 'conflict' : 'conflicts'}
        </button>
      )}
      <button
        type="button"
        className={isOffline ? 'st st-b warning-t' : 'st st-b'}
        data-sync={isRunning ? 'running' : isOffline ? 'offline' : 'met'}
        onClick={() => {
          showPart('team');
          openScreen('sync');
        }}
      >
        <Icon name="sync" size={14} />
        {isRunning ? 'Meeting the team …' : standing(data)}
        {unsent > 0 && `, ${unsent.toLocaleString()} to send`}
      </button>
    </>
  );
};
