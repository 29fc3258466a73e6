/**
 * What the person should know about the whole window: the engine is away, this is sample data, a batch is being
 * written, the last start had to mend something. One line each, nothing that blocks.
 */
import type { ReactElement, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { Events } from '../../shared/contract/events.ts';
import { host, onEvent, useConnection } from '../client/client.ts';
import { useInfo } from '../client/info.ts';
import { useSaid } from '../state/announce.ts';
import { say } from '../state/toasts.ts';
import { useUi } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { messageOf } from '../ui/ErrorBar.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';

type LineProps = {
  readonly tone: 'quiet' | 'info' | 'warning';
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly acts?: ReactNode;
  /** What is read out when the line comes up; figures that run on are not. */
  readonly said?: string;
};

const Line = ({ tone, icon, children, acts, said = '' }: LineProps): ReactElement => {
  useSaid(said);
  return (
    <div className={`bar ${tone}`}>
      <Icon name={icon} />
      <span className="grow">{children}</span>
      {acts !== undefined && <span className="acts">{acts}</span>}
    </div>
  );
};

const EngineLine = (): ReactElement | null => {
  const { status, engine, reason } = useConnection();
  if (status === 'ready' || status === 'connecting') return null;
  const text =
    engine?.state === 'locked'
      ? (engine.error?.message ?? 'Another window has this file open. This one takes over when that one closes.')
      : `The engine stopped and is being started again. Everything shown as saved is safe on this computer.${reason === null ? '' : ` (${reason})`}`;
  return (
    <Line tone="warning" icon="clock" said={text}>
      {text}
    </Line>
  );
};

const SampleLine = (): ReactElement | null => {
  const { data: info } = useInfo();
  if (info?.sample !== true) return null;
  const leave = (): void => {
    host['host.open']({ which: 'own' }).catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
  };
  return (
    <Line tone="info" icon="flask" acts={<Button onClick={leave}>Start my own</Button>}>
      <b>Sample data.</b> Made up, and kept in a file of its own.
    </Line>
  );
};

type Batch = Events['batch'];

const BatchLine = (): ReactElement | null => {
  const [batch, setBatch] = useState<Batch | null>(null);
  useEffect(() => onEvent('batch', (next) => setBatch(next.state === 'applying' ? next : null)), []);
  if (batch === null) return null;
  const of = batch.total === null ? '' : ` of ${batch.total.toLocaleString()}`;
  return (
    <Line tone="info" icon="import" said={`${batch.label}: rows are being written.`}>
      {batch.label}: {batch.done.toLocaleString()}
      {of} rows. You can go on working; rows being written are read only until it is done.
    </Line>
  );
};

const KeysLine = (): ReactElement | null => {
  const hasSeen = useUi((state) => state.hasSeenKeys);
  if (hasSeen) return null;
  return (
    <Line
      tone="quiet"
      icon="note"
      acts={<IconButton icon="x" label="Do not show this again" onClick={() => useUi.setState({ hasSeenKeys: true })} />}
    >
      Type to edit · Tab and Enter move on · <Kbd of="problem.next" /> next problem · <Kbd of="peek.toggle" /> peeks ·{' '}
      <Kbd of="palette.open" /> finds anything
    </Line>
  );
};

/** What the last start had to mend is said once per start. */
const MendedLine = (): ReactElement | null => {
  const { data: info } = useInfo();
  const [isRead, setIsRead] = useState(false);
  const notices = info?.notices ?? [];
  if (isRead || notices.length === 0) return null;
  return (
    <Line tone="warning" icon="alert" said={notices.join(' ')} acts={<Button onClick={() => setIsRead(true)}>Understood</Button>}>
      {notices.join(' ')}
    </Line>
  );
};

export const NoticeBar = (): ReactElement => (
  <section aria-label="Notices">
    <EngineLine />
    <MendedLine />
    <SampleLine />
    <BatchLine />
    <KeysLine />
  </section>
);
