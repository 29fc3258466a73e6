/** Where the approval of a quote stands, above its lines: who was asked, who declined and why, what a change made void. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { CommandId } from '../../../shared/commands.ts';
import { commandOf } from '../../../shared/commands.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatDate } from '../../../shared/domain/format.ts';
import { dayIn } from '../../../shared/domain/dates.ts';
import { useEngine } from '../../client/cache.ts';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';

export type Approval = OutputOf<WorkbenchContract['quotes.approval']>;

/** Read again with whatever it hangs on: the quote, its lines, what was decided, limits, people and costs. */
export const useApproval = (id: string, isEnabled: boolean): Approval | undefined =>
  useEngine(
    'quotes.approval',
    { id },
    {
      tables: [['quotes', id], 'quote_lines', 'approvals', 'approval_limits', 'people', 'products'],
      isEnabled,
      isKept: true,
    },
  ).data;

const WAITING: ReadonlySet<string | null> = new Set(['draft', 'in_review', 'approved']);

const join = (names: readonly string[]): string => (names.length === 0 ? 'nobody has this step' : names.join(' or '));

/** Decisions of people who had not heard of the one that stands; empty where there are none. */
export const sayRecorded = ({ decided, recorded }: Pick<Approval, 'decided' | 'recorded'>, on: (at: number) => string): string =>
  recorded
    .map(({ by, at, note, level, isApproved }) => {
      const isSame = decided.some((one) => one.level === level && one.isApproved === isApproved);
      const what = `${isApproved ? 'approved' : 'declined'} it${isSame ? ' too' : ''}`;
      return ` ${by} ${what}, on ${on(at)}${note === null ? '' : ` (${note})`}: the earlier decision stands.`;
    })
    .join('');

/** What is said, how urgent it is, and what can be done about it; null where there is nothing to say. */
const notice = (approval: Approval, on: (at: number) => string) => {
  const { status, asked, open, decided, voided, may, missing } = approval;
  const other = sayRecorded(approval, on);
  const decide: readonly CommandId[] = may.decide ? ['quote.approve', 'quote.decline'] : [];
  if (status === 'pending' && asked !== null) {
    const steps = open.map(({ level, people }) => `step ${level}: ${join(people)}`).join(', ');
    const note = asked.note === null ? '' : ` “${asked.note}”`;
    const actions: readonly CommandId[] = [...decide, ...(may.recall ? (['quote.recall'] as const) : [])];
    return {
      tone: 'info',
      words: `${asked.by} asked for approval on ${on(asked.at)}. Waiting for ${steps}.${note}${other}`,
      actions,
    };
  }
  if (status === 'approved' && decided.length > 0) {
    const who = decided.map(({ by, at }) => `${by} on ${on(at)}`).join(', ');
    return { tone: 'quiet', words: `Approved by ${who}.${other}`, actions: [] };
  }
  if (status === 'refused') return { tone: 'warning', words: `${missing ?? ''}${other}`, actions: ['quote.ask'] as const };
  if (status === 'needed' && voided !== null) return { tone: 'warning', words: missing ?? '', actions: ['quote.ask'] as const };
  return null;
};

type Props = { readonly approval: Approval | undefined; readonly status: string | null };

export const ApprovalBar = ({ approval, status }: Props): ReactElement | null => {
  const { locale, zone } = useSetting();
  if (approval === undefined || !WAITING.has(status)) return null;
  const said = notice(approval, (at) => formatDate(dayIn(zone, at), locale));
  if (said === null) return null;
  return (
    <section className={`bar ${said.tone}`} aria-label="Approval" data-testid="approval">
      <Icon name={said.tone === 'warning' ? 'alert' : said.tone === 'info' ? 'pause' : 'tick'} />
      <span>{said.words}</span>
      <span className="acts">
        {said.actions.map((command) => (
          <Button key={command} onClick={() => void runCommand(command)}>
            {commandOf(command).title}
          </Button>
        ))}
      </span>
    </section>
  );
};
