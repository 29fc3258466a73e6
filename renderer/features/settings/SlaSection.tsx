/** What is agreed about time: policies in their order, calendars and holidays, who is on duty. Registers like any other. */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { Button } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { AskDialog, type Question } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { forgetRows } from './forgetRows.ts';

type Sorted = NonNullable<RegisterView['sort']>[number];

const view = (table: TableName, label: string, sort: Sorted): RegisterView => ({
  key: table,
  label,
  filter: null,
  table,
  sort: [sort],
});

const views: readonly RegisterView[] = [
  view('sla_policies', 'Policies', { field: 'place', dir: 'asc' }),
  view('sla_calendars', 'Calendars', { field: 'name', dir: 'asc' }),
  view('sla_holidays', 'Holidays', { field: 'day', dir: 'asc' }),
  view('sla_duties', 'Rota', { field: 'from_on', dir: 'desc' }),
];

const screen = 'screen:settings';
const HOURS: readonly Question[] = [{ key: 'hours', label: 'Working hours', kind: 'text', start: 'Mon-Fri 09:00-17:00' }];

/** What changed holds for new issues; those that are open come under it only when somebody says so (L9). */
const recalculate = async (): Promise<void> => {
  try {
    const { count } = await client['cases.recalculate']({ screen });
    sayUndoable(count === 0 ? 'Every open issue stands as it is agreed now.' : `${count} open issues have new terms.`);
  } catch (error) {
    say(messageOf(error), { tone: 'danger' });
  }
};

export const SlaSection = (): ReactElement => {
  useEffect(() => forgetRows, []);
  const [isAsking, setIsAsking] = useState(false);
  const first = useEngine('view.first', { table: 'sla_policies', limit: 1 }, { tables: ['sla_policies'], isKept: true });
  const hasNone = first.data?.rows.length === 0;
  return (
    <>
      <RegisterScreen
        screen="settings"
        table="sla_policies"
        views={views}
        sort={[{ field: 'place', dir: 'asc' }]}
        acts={
          hasNone ? (
            <Button onClick={() => setIsAsking(true)}>Set up the usual four</Button>
          ) : (
            <Button onClick={() => void recalculate()}>Recalculate open issues</Button>
          )
        }
      />
      {isAsking && (
        <AskDialog
          title="Set up SLA clocks"
          note="A calendar and four policies by severity, to be changed as you agree."
          questions={HOURS}
          currency=""
          onClose={() => setIsAsking(false)}
          onDone={async ({ hours }) => {
            const start = () => client['sla.start']({ hours: String(hours ?? ''), screen });
            const refusal = await tryStep('SLA clocks set up.', start);
            if (refusal === null) setIsAsking(false);
            return refusal;
          }}
        />
      )}
    </>
  );
};
