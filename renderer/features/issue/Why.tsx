/** Why this due time (L11): every stretch that counted and every one that did not, with the sum so far. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { formatCell } from '../../../shared/domain/format.ts';
import { clockNames } from '../../../shared/domain/sla/kinds.ts';
import { sayWork } from '../../../shared/domain/sla/words.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';
import type { Story } from './useIssue.ts';

type Clock = Story['clocks'][number];

const useTime = (zone: string) => {
  const setting = useSetting();
  const format = new Intl.DateTimeFormat(setting.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  return {
    day: (day: string): string =>
      `${new Intl.DateTimeFormat(setting.locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))} ${formatCell({ kind: 'date' }, day, setting)}`,
    time: (ms: number): string => format.format(ms),
  };
};

const Steps = ({ id, clock, zone }: { readonly id: string; readonly clock: Clock; readonly zone: string }): ReactElement => {
  const { data } = useEngine('cases.why', { id, clock: clock.key }, { tables: [['cases', id], 'case_events'], isKept: true });
  const { day, time } = useTime(zone);
  const steps = data?.steps ?? [];
  return (
    <table className="mini why">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">From, to</th>
          <th scope="col">Counts as</th>
          <th scope="col" className="num">
            Running
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, at) => {
          const isLast = at === steps.length - 1 && clock.due !== null;
          const isNewDay = steps[at - 1]?.day !== step.day;
          const counts =
            step.counts === 'work'
              ? `${sayWork(step.work)}${isLast ? ', due' : ''}`
              : `${step.counts === 'pause' ? 'Paused: ' : ''}${step.note ?? ''}`;
          return (
            <tr
              key={`${step.day}-${step.from ?? 'day'}`}
              className={isLast ? 'big' : step.counts === 'work' ? undefined : 'muted'}
            >
              <td>{isNewDay ? day(step.day) : ''}</td>
              <td>{step.from === null || step.to === null ? 'all day' : `${time(step.from)} to ${time(step.to)}`}</td>
              <td>{counts}</td>
              <td className="num">{sayWork(step.sum)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Of the clock that matters now: the first response until it is given, then the resolution; any can be chosen. */
export const Why = ({ id, story }: { readonly id: string; readonly story: Story }): ReactElement | null => {
  const [chosen, setChosen] = useState<Clock['key']>('resolve');
  const able = story.clocks.filter(({ start, target }) => start !== null && target !== null);
  const clock = able.find(({ key }) => key === chosen) ?? able.at(-1);
  if (clock === undefined || story.calendar === null) return null;
  return (
    <section className="sec" aria-label="Why this due time">
      <h2 className="h3">Why this due time</h2>
      <div className="views">
        {able.map(({ key }) => (
          <button
            key={key}
            type="button"
            className={key === clock.key ? 'view on' : 'view'}
            aria-pressed={key === clock.key}
            onClick={() => setChosen(key)}
          >
            {clockNames.find((one) => one.key === key)?.label}
          </button>
        ))}
      </div>
      {clock.by_hand !== null && <p className="t2">Set by hand: {clock.by_hand}</p>}
      <Steps id={id} clock={clock} zone={story.calendar.zone} />
      <dl className="why-facts">
        <dt>Target</dt>
        <dd>{sayWork((clock.target ?? 0) * 60_000)} of working time</dd>
        <dt>Policy</dt>
        <dd>
          {story.policy}
          {story.version !== null && `, version ${story.version}`}
        </dd>
        <dt>Calendar</dt>
        <dd>
          {story.calendar.name}, {story.calendar.zone}
        </dd>
        {clock.given_back > 0 && (
          <>
            <dt>Given back</dt>
            <dd>{sayWork(clock.given_back)} of the pauses fell in working time</dd>
          </>
        )}
      </dl>
    </section>
  );
};
