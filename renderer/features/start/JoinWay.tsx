/** The first run of somebody whose team works already: where it meets, until it has been met, and which of its people they are. */
import type { ReactElement } from 'react';
import { useInfo } from '../../client/info.ts';
import { useSaid } from '../../state/announce.ts';
import { openScreen } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { Setup } from '../sync/Setup.tsx';
import type { SyncState } from '../sync/team.ts';
import { syncNow, useSync } from '../sync/team.ts';
import { SetupForm } from './SetupForm.tsx';

export const JoinWay = ({ onBack }: { readonly onBack: () => void }): ReactElement => (
  <>
    <h1 className="first-t">Join a team</h1>
    <p className="first-p t2">What your team has comes to this computer. Then you say which of its people you are.</p>
    <div className="first-join">
      <Setup title="Meet your team" isJoining />
      <div className="row">
        <Button kind="flat" onClick={onBack}>
          Back
        </Button>
      </div>
    </div>
  </>
);

/** Nothing of the team is here yet: why, and what can be done meanwhile. */
const Unmet = ({ team, onAlone }: { readonly team: SyncState; readonly onAlone: () => void }): ReactElement => {
  const isRunning = useSync((state) => state.isRunning);
  const isFirst = team.met === null && team.failed === null;
  const said =
    isFirst || isRunning ? 'Meeting the team …' : [team.failed?.message ?? [], team.met?.warnings ?? []].flat(2).join(' ');
  useSaid(said);
  return (
    <>
      <h1 className="first-t">Joining the team</h1>
      <p className="first-p t2">{said === '' ? 'What your team has is not here yet.' : said}</p>
      {!isFirst && (
        <div className="row first-join">
          <Button kind="primary" blocked={isRunning ? 'the team is being met' : undefined} onClick={() => void syncNow()}>
            Try again
          </Button>
          <Button kind="flat" onClick={onAlone}>
            Begin meanwhile
          </Button>
        </div>
      )}
    </>
  );
};

/** @param onAlone the company is asked for, as in a file of one's own */
export const JoinedTeam = ({ team, onAlone }: { readonly team: SyncState; readonly onAlone: () => void }): ReactElement => {
  const { data: info } = useInfo();
  if (info?.company == null) return <Unmet team={team} onAlone={onAlone} />;
  return (
    <>
      <h1 className="first-t">Which of these are you?</h1>
      <p className="first-p t2">
        {`These are the people of ${info.company.name === '' ? 'your team' : info.company.name}. What you write goes with your name.`}
      </p>
      <SetupForm isOfTeam onDone={() => openScreen('accounts')} />
    </>
  );
};
