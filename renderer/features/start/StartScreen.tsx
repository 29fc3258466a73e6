/** The first run: three ways in and one way back, and five keys that cover most of the day. */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { showChord } from '../../../shared/chords.ts';
import type { CommandId } from '../../../shared/commands.ts';
import { useHost, useInfo } from '../../client/info.ts';
import { useSaid } from '../../state/announce.ts';
import { useCommand } from '../../state/commands.ts';
import { openScreen } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { platform, showKeys } from '../../ui/platform.ts';
import { Restore } from '../backups/Restore.tsx';
import { useSyncState } from '../sync/team.ts';
import { JoinedTeam, JoinWay } from './JoinWay.tsx';
import { SetupForm } from './SetupForm.tsx';
import { openSampleFile, useSample } from './useSetup.ts';

type CardProps = {
  readonly command: CommandId;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly points: readonly string[];
  readonly onChoose: () => void;
  readonly isFirst?: boolean;
};

const Card = ({ command, icon, title, text, points, onChoose, isFirst }: CardProps): ReactElement => (
  <button type="button" className="start" onClick={onChoose} data-focus-first={isFirst || undefined}>
    <span className="start-h">
      <Icon name={icon} />
      <b>{title}</b>
      <span className="grow" />
      <Kbd of={command} />
    </span>
    <span className="t2">{text}</span>
    <span className="ticks">
      {points.map((point) => (
        <span key={point}>{point}</span>
      ))}
    </span>
  </button>
);

const fiveKeys = (): readonly (readonly [string, string, string])[] => [
  ['Letters', 'Type to edit', 'the cell you are on'],
  [showChord('Tab', platform), 'Next cell', 'Enter goes down'],
  [showKeys('problem.next') ?? '', 'Next problem', 'what needs a fix'],
  [showKeys('peek.toggle') ?? '', 'Peek', 'without leaving the list'],
  [showKeys('palette.open') ?? '', 'Find anything', 'records and commands'],
];

const FiveKeys = (): ReactElement => (
  <section className="keys5">
    <h2 className="h3">Five keys cover most of the day</h2>
    <ol>
      {fiveKeys().map(([key, what, more]) => (
        <li key={what}>
          <kbd className="cap">{key}</kbd>
          <b>{what}</b>
          <span className="muted">{more}</span>
        </li>
      ))}
    </ol>
  </section>
);

type WaysProps = {
  readonly onForm: (then: 'import' | 'accounts') => void;
  readonly onRestore: () => void;
  readonly onJoin: () => void;
};

const Ways = ({ onForm, onRestore, onJoin }: WaysProps): ReactElement => {
  const [error, setError] = useState<unknown>(null);
  const sample = (): void => void openSampleFile().catch(setError);
  const toImport = (): void => onForm('import');
  const toEmpty = (): void => onForm('accounts');
  useCommand('start.sample', sample);
  useCommand('start.import', toImport);
  useCommand('start.empty', toEmpty);
  useCommand('start.restore', onRestore);
  useCommand('start.join', onJoin);
  return (
    <>
      <h1 className="first-t">Where would you like to begin?</h1>
      <p className="first-p t2">Everything you enter is kept on this computer, at once, with or without a network.</p>
      {error !== null && <ErrorBar error={error} />}
      <div className="starts">
        <Card
          command="start.sample"
          icon="flask"
          title="Explore sample data"
          text="A small trading company to try things on, kept apart from your own data."
          points={['Accounts, contacts, products and orders', 'Nothing in it is real', 'Leave it at any time with Start my own']}
          onChoose={sample}
          isFirst
        />
        <Card
          command="start.import"
          icon="import"
          title="Import from files"
          text="Bring what you have. Every row is checked before anything is written."
          points={['Accounts, then contacts', 'Products and prices', 'Orders and their lines']}
          onChoose={toImport}
        />
        <Card
          command="start.empty"
          icon="plus"
          title="Start empty"
          text="An empty workbench, ready for the first account."
          points={['Type into any cell; it is saved as you type', 'Import later, as often as you like']}
          onChoose={toEmpty}
        />
      </div>
      <p className="first-more t2">
        Been here before?{' '}
        <Button kind="flat" command="start.restore" onClick={onRestore}>
          Restore a backup
        </Button>
      </p>
      <p className="first-more t2">
        Does your team work with it already?{' '}
        <Button kind="flat" command="start.join" onClick={onJoin}>
          Join a team
        </Button>
      </p>
      <FiveKeys />
    </>
  );
};

const RestoreWay = ({ onBack }: { readonly onBack: () => void }): ReactElement => (
  <>
    <h1 className="first-t">Restore a backup</h1>
    <p className="first-p t2">A copy takes the place of the empty file, and you go on from there.</p>
    <Restore />
    <div className="row">
      <Button onClick={onBack}>Back</Button>
    </div>
  </>
);

/** An empty sample file fills itself: nobody opens it to look at nothing. */
const MakingSample = (): ReactElement => {
  const { mutate, error, reset } = useSample();
  useEffect(() => mutate(), [mutate]);
  useSaid('Making the sample data. A few seconds, once.');
  return (
    <>
      <h1 className="first-t">Making the sample data</h1>
      <p className="first-p t2">A few seconds, once.</p>
      {error !== null && (
        <ErrorBar
          error={error}
          onRetry={() => {
            reset();
            mutate();
          }}
        />
      )}
    </>
  );
};

type Then = 'import' | 'accounts' | 'restore' | 'join';

const Form = ({ then, onBack }: { readonly then: Then | null; readonly onBack: () => void }): ReactElement => {
  const { data: info } = useInfo();
  const isKnown = info?.company != null;
  return (
    <>
      <h1 className="first-t">{isKnown ? 'Please look over these' : 'A few things, once'}</h1>
      <p className="first-p t2">
        {isKnown
          ? 'This file was made without asking. Amounts and dates are read by what stands here.'
          : 'They decide how amounts and dates are read.'}
      </p>
      <SetupForm onDone={() => openScreen(then === 'import' ? 'import' : 'accounts')} {...(isKnown ? {} : { onBack })} />
    </>
  );
};

const Content = (): ReactElement => {
  const { data: info } = useInfo();
  const { data: where } = useHost();
  const { data: team } = useSyncState();
  const [then, setThen] = useState<Then | null>(null);
  const toWays = (): void => setThen(null);
  if (where?.which === 'sample') return <MakingSample />;
  if (team?.org != null && then !== 'accounts') return <JoinedTeam team={team} onAlone={() => setThen('accounts')} />;
  if (then === 'restore') return <RestoreWay onBack={toWays} />;
  if (then === 'join') return <JoinWay onBack={toWays} />;
  if (info?.company == null && then === null)
    return <Ways onForm={setThen} onRestore={() => setThen('restore')} onJoin={() => setThen('join')} />;
  return <Form then={then} onBack={toWays} />;
};

export const StartScreen = (): ReactElement => (
  <main className="first" data-region="page" data-where="start" tabIndex={-1}>
    <div className="first-in">
      <p className="first-n">Account Workbench</p>
      <Content />
    </div>
  </main>
);
