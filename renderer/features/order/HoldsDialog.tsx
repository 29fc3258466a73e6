/** The holds of an order: those that stand, each with its release, those that were released, and a new one to put on. */
import type { KeyboardEvent, ReactElement } from 'react';
import { useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatDate } from '../../../shared/domain/format.ts';
import { holdReasons, isHoldReason, type HoldReason } from '../../../shared/domain/order/holds.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSetting } from '../register/useSetting.ts';
import type { HoldActions } from './holdActions.ts';
import { useOnce } from '../../ui/useOnce.ts';

type Hold = OutputOf<WorkbenchContract['orders.holds']>['holds'][number];

type Props = { readonly id: string; readonly actions: HoldActions; readonly onClose: () => void };

const reason = fieldOf('order_holds', 'reason');
const reasons = (reason?.kind === 'choice' ? reason.choices : []).flatMap(({ key, label }) =>
  isHoldReason(key) ? [{ value: key, label } as const] : [],
);

const onEnter = (run: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') run();
};

const Row = ({ hold, onRelease }: { readonly hold: Hold; readonly onRelease: () => void }): ReactElement => {
  const { locale } = useSetting();
  const day = (value: string | null): string => (value === null ? '' : formatDate(value, locale));
  return (
    <tr>
      <td>
        <Chip tone={hold.is_open ? 'waiting' : 'success'} icon={hold.is_open ? 'pause' : 'tick'}>
          {hold.reason}
        </Chip>
      </td>
      <td className="stretch">{hold.why}</td>
      <td>{[day(hold.held_on), hold.held_by].filter(Boolean).join(', ')}</td>
      <td>{[day(hold.released_on), hold.released_by, hold.release_why].filter(Boolean).join(', ')}</td>
      <td>{hold.is_open && <Button onClick={onRelease}>Release …</Button>}</td>
    </tr>
  );
};

const List = ({ holds, onRelease }: { readonly holds: readonly Hold[]; readonly onRelease: (hold: Hold) => void }) => (
  <table className="mini" aria-label="Holds">
    <thead>
      <tr>
        <th scope="col">Hold</th>
        <th scope="col">Why</th>
        <th scope="col">Put on</th>
        <th scope="col">Released</th>
        <th scope="col" aria-label="Release" />
      </tr>
    </thead>
    <tbody>
      {holds.map((hold) => (
        <Row key={hold.id} hold={hold} onRelease={() => onRelease(hold)} />
      ))}
    </tbody>
  </table>
);

const Release = ({
  hold,
  actions,
  toHolds,
  onDone,
}: {
  readonly hold: Hold;
  readonly actions: HoldActions;
  /** Puts the focus back among the holds: what stood under it may be gone. */
  readonly toHolds: () => void;
  readonly onDone: () => void;
}): ReactElement => {
  const { today } = useSetting();
  const [why, setWhy] = useState('');
  const [to, setTo] = useState(today);
  const [refusal, setRefusal] = useState<string | null>(null);
  const release = useOnce(async () => {
    const refused = await actions.release(hold.id, why, hold.is_credit ? to : null);
    setRefusal(refused);
    if (refused === null) onDone();
  });
  return (
    <Dialog
      title={`Release: ${hold.reason}`}
      onClose={onDone}
      finalFocus={() => {
        toHolds();
        return false;
      }}
      foot={
        <>
          <Button onClick={onDone}>Keep the hold</Button>
          <Button kind="primary" onClick={release}>
            Release
          </Button>
        </>
      }
    >
      <Field
        label="Why"
        isRequired
        help="It stands in the history of the order."
        {...(refusal === null ? {} : { error: refusal })}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.target.value)}
            onKeyDown={onEnter(release)}
          />
        )}
      </Field>
      {hold.is_credit && (
        <Field label="Released to" help="The last day it holds for, year first; for no more than the order comes to now.">
          {(control) => (
            <input
              {...control}
              className="input"
              value={to}
              onChange={(event) => setTo(event.target.value)}
              onKeyDown={onEnter(release)}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
};

export const HoldsDialog = ({ id, actions, onClose }: Props): ReactElement | null => {
  const { data, error, refetch } = useEngine('orders.holds', { id }, { tables: ['order_holds', 'order_lines', ['orders', id]] });
  const [because, setBecause] = useState<HoldReason>(holdReasons[0]);
  const [why, setWhy] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  if (data === undefined && error === null) return null;
  const hold = async (): Promise<void> => {
    const refused = await actions.hold(because, why);
    setRefusal(refused);
    if (refused === null) setWhy('');
  };
  const holds = data?.holds ?? [];
  return (
    <Dialog
      title="Holds"
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button kind="primary" onClick={() => void hold()}>
            Put on hold
          </Button>
        </>
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      {releasing && (
        <Release
          hold={releasing}
          actions={actions}
          toHolds={() => body.current?.querySelector('select')?.focus()}
          onDone={() => setReleasing(null)}
        />
      )}
      {holds.length === 0 ? <p className="muted">Nothing holds this order.</p> : <List holds={holds} onRelease={setReleasing} />}
      <div ref={body}>
        <Field label="New hold" help="While it stands, the order is not confirmed and nothing of it goes out.">
          {(control) => (
            <Select {...control} value={because} options={reasons} onChange={(next) => setBecause(next ?? holdReasons[0])} />
          )}
        </Field>
      </div>
      <Field label="Why" isRequired {...(refusal === null ? {} : { error: refusal })}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.target.value)}
            onKeyDown={onEnter(() => void hold())}
          />
        )}
      </Field>
    </Dialog>
  );
};
