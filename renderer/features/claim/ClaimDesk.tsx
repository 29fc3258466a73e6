/** Answers the commands of the claim in focus, on its page or in the register; and asks what they need. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { AskDialog } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { useRow } from '../record/useRow.ts';
import { useSetting } from '../register/useSetting.ts';
import { answer, asks, file, type About, type ClaimAsk } from './asks.ts';
import { useClaim } from './useClaim.ts';

const AskCommand = ({ ask, onAsk }: { readonly ask: ClaimAsk; readonly onAsk: (ask: ClaimAsk) => void }): null => {
  useCommand(ask.command, () => onAsk(ask));
  return null;
};

type Props = {
  readonly id: string;
  /** Waits for everything typed so far. */
  readonly settle?: () => Promise<void>;
};

export const ClaimDesk = ({ id, settle }: Props): ReactElement | null => {
  const row = useRow('claims', id).data;
  const story = useClaim(id).data;
  const { today, currency } = useSetting();
  const [asking, setAsking] = useState<ClaimAsk | null>(null);
  const status = String(row?.v['status'] ?? '');
  const isHere = row !== undefined && row !== null && row.gone === undefined;
  const about: About = { id, status, today, missing: story?.missing ?? [] };
  const ask = async (one: ClaimAsk): Promise<void> => {
    await settle?.();
    setAsking(one);
  };
  const next = status === 'draft' ? file : answer;
  useCommand('claim.next', isHere && next.states.includes(status) ? () => ask(next) : null);
  if (!isHere) return null;
  const own = row.v['currency'];
  return (
    <>
      {asks.map((one) =>
        one.states.includes(status) ? <AskCommand key={one.command} ask={one} onAsk={(chosen) => void ask(chosen)} /> : null,
      )}
      {asking !== null && (
        <AskDialog
          title={asking.title}
          questions={asking.questions(about)}
          currency={typeof own === 'string' && own !== '' ? own : (currency ?? '')}
          {...(asking.command === 'claim.file' && story !== undefined && story.blocked !== null ? { note: story.blocked } : {})}
          onClose={() => setAsking(null)}
          onDone={async (answers) => {
            const refusal = await tryStep(asking.done, () => asking.run(about, answers));
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        />
      )}
    </>
  );
};
