/** The clocks of an issue in words, each beside the absolute time; what to do next below them. */
import type { ReactElement } from 'react';
import { formatInstant } from '../../../shared/domain/format.ts';
import { clockNames } from '../../../shared/domain/sla/kinds.ts';
import { runCommand, useCommandRegistry } from '../../state/commands.ts';
import type { CommandId } from '../../../shared/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { useSetting } from '../register/useSetting.ts';
import type { Story } from './useIssue.ts';
import './issue.css';

type Clock = Story['clocks'][number];

const looks: Readonly<Record<string, { tone: 'success' | 'danger' | 'waiting' | 'neutral'; icon: 'tick' | 'clock' | 'pause' }>> =
  {
    met: { tone: 'success', icon: 'tick' },
    missed: { tone: 'danger', icon: 'clock' },
    paused: { tone: 'waiting', icon: 'pause' },
  };

const lookOf = ({ state, left }: Clock) =>
  left !== null && left < 0 && state !== 'missed' ? { tone: 'danger' as const, icon: 'clock' as const } : looks[state];

const One = ({ clock, zone }: { readonly clock: Clock; readonly zone: string | null }): ReactElement => {
  const setting = useSetting();
  const at = (ms: number): string => formatInstant(ms, { ...setting, zone: zone ?? setting.zone });
  const look = lookOf(clock);
  const isQuiet = clock.state !== 'running';
  return (
    <div className="clock">
      <span className="muted">{clockNames.find(({ key }) => key === clock.key)?.label}</span>
      {look === undefined ? (
        <b>{clock.words}</b>
      ) : (
        <Chip tone={look.tone} icon={look.icon} isQuiet={isQuiet}>
          {clock.words}
        </Chip>
      )}
      <span className="t2">
        {clock.end !== null ? at(clock.end) : clock.due !== null ? `due ${at(clock.due)}` : ''}
        {clock.by_hand !== null && `, by hand: ${clock.by_hand}`}
      </span>
    </div>
  );
};

const steps: readonly CommandId[] = [
  'issue.acknowledge',
  'issue.answer',
  'issue.resolve',
  'issue.pause',
  'issue.resume',
  'issue.close',
  'issue.reopen',
];

const labels: Partial<Record<CommandId, string>> = {
  'issue.acknowledge': 'Acknowledge',
  'issue.answer': 'Answer',
  'issue.resolve': 'Resolve',
  'issue.pause': 'Pause',
  'issue.resume': 'Resume',
  'issue.close': 'Close',
  'issue.reopen': 'Reopen',
};

/** The steps that can be taken now, the one that ends it first in rank. */
const Steps = (): ReactElement => {
  const handlers = useCommandRegistry((state) => state.handlers);
  const now = steps.filter((id) => (handlers.get(id)?.length ?? 0) > 0);
  return (
    <div className="acts issue-acts">
      {now.map((id) => (
        <Button key={id} kind={id === 'issue.resolve' ? 'primary' : 'plain'} command={id} onClick={() => void runCommand(id)}>
          {labels[id]}
        </Button>
      ))}
    </div>
  );
};

export const Clocks = ({ story }: { readonly story: Story }): ReactElement => {
  const shown = story.clocks.filter(({ key, state }) => key === 'respond' || key === 'resolve' || state !== 'none');
  return (
    <section className="sec" aria-label="Clocks">
      <div className="clocks">
        {shown.map((clock) => (
          <One key={clock.key} clock={clock} zone={story.calendar?.zone ?? null} />
        ))}
      </div>
      {story.none !== null && <p className="t2">No SLA: {story.none}</p>}
      <Steps />
    </section>
  );
};
