/** Where this file stands with its team, in the status bar: from rounds that were made, never from what a network says. */
import type { ReactElement } from 'react';
import { useId } from 'react';
import { useSaid } from '../../state/announce.ts';
import { runCommand } from '../../state/commands.ts';
import { openScreen } from '../../state/tabs.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { SyncState } from './team.ts';
import { showPart, useSync, useSyncState } from './team.ts';
import { sayChanges, sayMoment } from './words.ts';

const OUT = 'This device was taken out of the team';

const standing = ({ met, failed, isOut }: SyncState): string => {
  if (isOut) return OUT;
  if (failed !== null) return `Offline since ${sayMoment(failed.since)}`;
  return met === null ? 'Not met yet' : `Met ${sayMoment(met.at)}`;
};

const openTeam = (): void => {
  showPart('team');
  openScreen('sync');
};

const NOT_ALL = 'Not all was taken and given';

/** What waits for somebody, in the words of the Sync screen: a round that came to its end is not all well for that. */
const Waiting = ({ lines }: { readonly lines: readonly string[] }): ReactElement => {
  const id = useId();
  return (
    <button type="button" className="st st-b st-why warning-t" data-waiting aria-describedby={id} onClick={openTeam}>
      <Icon name="alert" size={14} />
      {NOT_ALL}
      <span id={id} className="st-whole pop" aria-hidden="true">
        {lines.join(' ')}
      </span>
    </button>
  );
};

export const SyncStatus = (): ReactElement | null => {
  const { data } = useSyncState();
  const isRunning = useSync((state) => state.isRunning);
  const isOffline = data?.failed !== null && data?.failed !== undefined;
  const waiting = data?.met?.waiting ?? [];
  const held = waiting.length > 0 ? `${NOT_ALL}. ${waiting.join(' ')}` : '';
  const kept = `${sayChanges(data?.unsent ?? 0)} kept on this computer`;
  useSaid(isOffline && data.org !== null ? `${data.isOut ? OUT : 'Offline'}, ${kept}` : held);
  if (data === undefined || data.org === null) return null;
  const { unsent, conflicts } = data;
  return (
    <>
      {waiting.length > 0 && <Waiting lines={waiting} />}
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
        onClick={openTeam}
      >
        <Icon name="sync" size={14} />
        {isRunning ? 'Meeting the team …' : standing(data)}
        {unsent > 0 && `, ${unsent.toLocaleString()} to send`}
      </button>
    </>
  );
};
