/** What can be done with the issue in view: its commands answer while it is, and what they have to know is asked. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { client } from '../../client/client.ts';
import { useCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { AskDialog } from '../invoice/AskDialog.tsx';
import { useRow } from '../record/useRow.ts';
import { useSetting } from '../register/useSetting.ts';
import { asks, type About, type Ask } from './asks.ts';
import { useStory } from './useIssue.ts';

const AskCommand = ({ ask, onAsk }: { readonly ask: Ask; readonly onAsk: (ask: Ask) => void }): null => {
  useCommand(ask.command, () => onAsk(ask));
  return null;
};

/** Why it was refused, in words, or null. */
const attempt = async (done: string, act: () => Promise<unknown>): Promise<string | null> => {
  try {
    await act();
  } catch (error) {
    return messageOf(error);
  }
  markSaved(Date.now());
  sayUndoable(done);
  return null;
};

const attemptAloud = async (done: string, act: () => Promise<unknown>): Promise<void> => {
  const refusal = await attempt(done, act);
  if (refusal !== null) say(refusal, { tone: 'danger' });
};

export const IssueDeeds = ({ id, screen }: { readonly id: string; readonly screen: string }): ReactElement => {
  const row = useRow('cases', id).data;
  const { story } = useStory(id);
  const { today, zone } = useSetting();
  const [asking, setAsking] = useState<Ask | null>(null);
  const status = String(row?.v['status'] ?? '');
  const about: About | null =
    row && story ? { id, status, severity: String(row.v['severity'] ?? 'sev3'), story, today, zone, screen } : null;
  const isComplaint = row?.v['kind'] === 'complaint';
  const now =
    about === null
      ? []
      : asks.filter(({ command, states }) => states.includes(status) && (isComplaint || command !== 'issue.step'));
  useCommand(
    'issue.resume',
    status === 'waiting' ? () => void attemptAloud('Resumed.', () => client['cases.resume']({ id, screen })) : null,
  );
  useCommand(
    'issue.close',
    status === 'resolved' ? () => void attemptAloud('Closed.', () => client['cases.close']({ id, screen })) : null,
  );
  useCommand(
    'issue.acknowledge',
    status === 'new' ? () => void attemptAloud('Acknowledged.', () => client['cases.acknowledge']({ id, screen })) : null,
  );
  return (
    <>
      {now.map((ask) => (
        <AskCommand key={ask.command} ask={ask} onAsk={setAsking} />
      ))}
      {asking !== null && about !== null && (
        <AskDialog
          title={asking.title}
          questions={asking.questions(about)}
          currency=""
          onClose={() => setAsking(null)}
          onDone={async (answers) => {
            const refusal = await attempt(asking.done, () => asking.run(about, answers));
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        />
      )}
    </>
  );
};
