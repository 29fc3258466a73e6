/** Sync: the team, conflicts to decide, and what others did. */
import type { ReactElement } from 'react';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Away, useAway } from './Away.tsx';
import { Review } from './Review.tsx';
import { Team } from './Team.tsx';
import type { SyncPart } from './team.ts';
import { showPart, useSync, useSyncState } from './team.ts';
import './sync.css';

const parts: readonly { readonly part: SyncPart; readonly title: string }[] = [
  { part: 'team', title: 'Team' },
  { part: 'review', title: 'Conflicts' },
  { part: 'away', title: 'While you were away' },
];

export const SyncScreen = (): ReactElement => {
  const { data: state, error, refetch } = useSyncState();
  const { part, isRunning } = useSync();
  const isJoined = state !== undefined && state.org !== null;
  const { records = [], more = 0, older = 0 } = useAway(isJoined).data ?? {};
  // What came with a snapshot is not listed, and is news all the same.
  const away = records.length > 0 ? records.length + more : older;
  const shown = isJoined ? part : 'team';
  const counts: Readonly<Record<SyncPart, number>> = { team: 0, review: state?.conflicts ?? 0, away };
  return (
    <>
      <div className="viewbar">
        <h1>Sync</h1>
        <nav className="views" aria-label="Parts">
          {parts
            .filter((one) => isJoined || one.part === 'team')
            .map((one) => (
              <button
                key={one.part}
                type="button"
                className={one.part === shown ? 'view on' : 'view'}
                aria-current={one.part === shown ? 'true' : undefined}
                data-focus-first={one.part === shown || undefined}
                onClick={() => showPart(one.part)}
              >
                {counts[one.part] === 0 ? one.title : `${one.title} ${counts[one.part].toLocaleString()}`}
              </button>
            ))}
        </nav>
        <div className="acts">
          {isJoined && (
            <Button
              icon="sync"
              command="sync.now"
              blocked={isRunning ? 'the team is being met' : undefined}
              onClick={() => void runCommand('sync.now')}
            >
              Sync now
            </Button>
          )}
        </div>
      </div>
      {error !== null && <ErrorBar error={error} onRetry={() => void refetch()} />}
      <section className="settings sync" aria-label={parts.find((one) => one.part === shown)?.title}>
        {state !== undefined && shown === 'team' && <Team state={state} />}
        {shown === 'review' && <Review />}
        {shown === 'away' && <Away />}
      </section>
    </>
  );
};
