/** The team: where it meets and when it was met, who is in it, what waits to be sent, and what is odd. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { tableNames } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { Findings, Setup, TEST_MS } from './Setup.tsx';
import type { SyncState } from './team.ts';
import { sayAuthor, sayChanges, sayMoment } from './words.ts';

type Streams = OutputOf<WorkbenchContract['sync.streams']>;

const minutes = (ms: number): string => `${Math.round(ms / 60_000).toLocaleString()} min`;

const Warnings = ({
  state,
  devices,
}: {
  readonly state: SyncState;
  readonly devices: Streams['devices'];
}): ReactElement | null => {
  const fast = devices.flatMap(({ ahead, ...device }) =>
    ahead === null ? [] : [`${sayAuthor(device)}: its clock was ${minutes(ahead)} ahead. Set the clock of that computer.`],
  );
  const all = [...fast, ...(state.met?.warnings ?? [])];
  if (all.length === 0) return null;
  return (
    <>
      <h2 className="h3">Warnings</h2>
      <ul className="list sync-found">
        {all.map((text) => (
          <li key={text} className="warning-t">
            <Icon name="alert" size={14} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

const Devices = ({ devices }: { readonly devices: Streams['devices'] }): ReactElement =>
  devices.length === 0 ? (
    <p className="muted">Nobody else has been met yet.</p>
  ) : (
    <table className="mini">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Last change seen</th>
          <th scope="col" className="num">
            Changes
          </th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.device}>
            <td>{sayAuthor(device)}</td>
            <td>{sayMoment(device.at)}</td>
            <td className="num">{device.changes.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

const Waiting = ({ waiting }: { readonly waiting: Streams['waiting'] }): ReactElement =>
  waiting.length === 0 ? (
    <p className="muted">Everything done here has been given to the team.</p>
  ) : (
    <table className="mini">
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Who</th>
          <th scope="col">When</th>
          <th scope="col" className="num">
            Values
          </th>
        </tr>
      </thead>
      <tbody>
        {waiting.map(({ label, who, at, changes }, place) => (
          // Two changes may be called the same and made at one moment.
          // eslint-disable-next-line react/no-array-index-key
          <tr key={`${at}/${place}`}>
            <td>{label}</td>
            <td>{who}</td>
            <td>{sayMoment(at)}</td>
            <td className="num">{changes.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

/** Why the team is not met, and that nothing is lost by it. */
const Offline = ({ state }: { readonly state: SyncState }): ReactElement | null => {
  const { failed, unsent, isOut, device } = state;
  if (failed === null && !isOut) return null;
  const kept = `${sayChanges(unsent)} ${unsent === 1 ? 'is' : 'are'} safe on this computer.`;
  const said = isOut
    ? `This device, ${device}, was taken out of the team and stays out: nothing is given or taken any more. ${kept} To go on with the team, ask whoever keeps its key, and join it from a new, empty file.`
    : `Working offline since ${sayMoment(failed?.since ?? 0)}. ${kept} ${failed?.message ?? ''}`;
  return (
    <div className="sync-off warning-t">
      <Icon name="alert" size={14} />
      <p>{said}</p>
    </div>
  );
};

const TestHere = ({ place }: { readonly place: NonNullable<SyncState['place']> }): ReactElement => {
  const test = useMutation({
    mutationFn: () => client['sync.test']({ ...place, team: null, isNew: false }, { timeoutMs: TEST_MS }),
  });
  return (
    <>
      <div className="row">
        <Button blocked={test.isPending ? 'it is being tried' : undefined} onClick={() => test.mutate()}>
          Test it
        </Button>
      </div>
      {test.data && <Findings tested={test.data} />}
      {test.error !== null && <ErrorBar error={test.error} />}
    </>
  );
};

const Joined = ({ state }: { readonly state: SyncState }): ReactElement => {
  const { data, error } = useEngine('sync.streams', {}, { tables: tableNames });
  const { org, device, place, key, met, unsent, territories } = state;
  return (
    <>
      <Offline state={state} />
      <KeyValue
        pairs={[
          { label: 'Meets at', value: place?.hub ?? 'nowhere yet: say below where' },
          {
            label: 'Last met',
            value:
              met === null
                ? 'not yet'
                : `${sayMoment(met.at)}, ${sayChanges(met.received)} taken, ${met.sent.toLocaleString()} given`,
          },
          { label: 'To send', value: unsent.toLocaleString() },
          { label: territories.length === 1 ? 'Territory' : 'Territories', value: territories.join(', ') },
          { label: 'This device', value: device },
          ...(key === null ? [] : [{ label: 'Its key', value: `in ${key}` }]),
          { label: 'Team', value: (org ?? '').slice(0, 12) },
        ]}
      />
      {place !== null && <TestHere place={place} />}
      {error !== null && <ErrorBar error={error} />}
      <Warnings state={state} devices={data?.devices ?? []} />
      {data && (
        <>
          <h2 className="h3">Colleagues</h2>
          <Devices devices={data.devices} />
          <h2 className="h3">To be sent</h2>
          <Waiting waiting={data.waiting} />
        </>
      )}
      <details className="more">
        <summary>The team meets somewhere else now</summary>
        <Setup title="Where the team meets" />
      </details>
    </>
  );
};

export const Team = ({ state }: { readonly state: SyncState }): ReactElement =>
  state.org === null ? (
    <>
      <p className="t2">
        A team shares accounts, orders and everything else of its workbench. Each works on a file of their own, with or without a
        network; what they did is exchanged through a folder or a database of your company.
      </p>
      <Setup title="Meet your team" />
    </>
  ) : (
    <Joined state={state} />
  );
