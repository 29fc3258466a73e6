/** Answers the commands of the return in focus, on its page or in the register; and asks what they need. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { useCommand } from '../../state/commands.ts';
import { AskDialog } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { useRow } from '../record/useRow.ts';
import { useSetting } from '../register/useSetting.ts';
import { asks, nextOf, type About, type ReturnAsk } from './asks.ts';
import { useReturn } from './useReturn.ts';

const AskCommand = ({ ask, onAsk }: { readonly ask: ReturnAsk; readonly onAsk: (ask: ReturnAsk) => void }): null => {
  useCommand(ask.command, () => onAsk(ask));
  return null;
};

type Props = {
  readonly id: string;
  /** Waits for everything typed so far. */
  readonly settle?: () => Promise<void>;
};

const numberIn = (row: GridRow | null | undefined, field: string): number | null => {
  const value = row?.v[field];
  return typeof value === 'number' ? value : null;
};

export const ReturnDesk = ({ id, settle }: Props): ReactElement | null => {
  const row = useRow('returns', id).data;
  const story = useReturn(id).data;
  const { today, locale } = useSetting();
  const [asking, setAsking] = useState<ReturnAsk | null>(null);
  const isHere = row !== undefined && row !== null && row.gone === undefined;
  const about: About = {
    id,
    status: String(row?.v['status'] ?? ''),
    operation: String(row?.v['operation'] ?? ''),
    asked: numberIn(row, 'qty'),
    authorised: numberIn(row, 'authorised'),
    received: numberIn(row, 'received'),
    story,
    today,
    locale,
  };
  const ask = async (one: ReturnAsk): Promise<void> => {
    await settle?.();
    setAsking(one);
  };
  const next = nextOf(about);
  useCommand('return.next', isHere && next !== undefined ? () => ask(next) : null);
  if (!isHere) return null;
  return (
    <>
      {asks.map((one) =>
        one.isNow(about) ? <AskCommand key={one.command} ask={one} onAsk={(chosen) => void ask(chosen)} /> : null,
      )}
      {asking !== null && (
        <AskDialog
          title={asking.title}
          questions={asking.questions(about)}
          currency={story?.currency ?? ''}
          {...(asking.note === undefined ? {} : { note: asking.note(about) })}
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
