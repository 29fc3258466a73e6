/**
 * Where the approval of a quote stands (A3, A4): what somebody may not offer on their own, who was asked, what was decided
 * of this very content, and what an earlier decision was of another one.
 */
import { sayTrigger } from '../../../../shared/domain/approval/say.ts';
import { isClear, latestRound, standingOf, type Decision, type Standing } from '../../../../shared/domain/approval/standing.ts';
import { stepsFor, type Step } from '../../../../shared/domain/approval/steps.ts';
import type { Authority } from '../../../../shared/domain/approval/limits.ts';
import { judgeMargin, type Trigger } from '../../../../shared/domain/margin.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import type { Blocker } from '../orders/blockers.ts';
import { authority, nameBehind } from './authority.ts';
import { judgeQuote, type Asking, type Judged } from './judge.ts';

/** A request or an answer, as it was written. */
export type Turn = {
  readonly id: string;
  readonly kind: 'ask' | 'approve' | 'decline' | 'recall';
  readonly level: Step['level'] | null;
  readonly hash: string;
  readonly actor: string;
  readonly note: string | null;
  readonly at: number;
  readonly device: string;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const turnOf = (row: StoredRow): Turn => ({
  id: row.id,
  kind: textOf(row['kind']) as Turn['kind'],
  level: row['level'] === 1 || row['level'] === 2 ? row['level'] : null,
  hash: textOf(row['hash']),
  actor: textOf(row['actor']),
  note: textOf(row['note']) || null,
  at: typeof row['at'] === 'number' ? row['at'] : 0,
  device: textOf(row['device']),
});

const turnsOf = (quote: string, read: Reader): readonly Turn[] => read.children('approvals', quote).map(turnOf);

const decisionsIn = (turns: readonly Turn[]): readonly Decision[] =>
  turns.flatMap(({ id, kind, level, hash, actor, note, at, device }) =>
    level === null || (kind !== 'approve' && kind !== 'decline')
      ? []
      : [{ id, hash, level, verdict: kind === 'approve' ? 'approve' : 'refuse', by: actor, reason: note, at, device } as const],
  );

export type Approval = {
  readonly judged: Judged;
  /** Whoever asks now. */
  readonly own: Authority;
  /** The request that is open or was answered, of this content; null while none is. */
  readonly ask: Turn | null;
  /** By whose limits the steps are: the one who asked, else whoever asks now. */
  readonly by: Authority;
  readonly steps: readonly Step[];
  readonly standing: Standing;
  /** Whether it may go out as it is. */
  readonly isClear: boolean;
  /** The last that was approved of another content. */
  readonly voided: Turn | null;
  /** When the last turn was taken, by the clock of who took it; 0 where there is none. */
  readonly lastAt: number;
};

const stepsBy = ({ limits }: Authority, { document }: Judged, today: string): readonly Step[] =>
  limits === null ? [] : stepsFor(document, limits, today);

/** @param quote its row, or what it is going to be, @param actor who wants to send, ask or decide */
export const approvalOf = (quote: StoredRow, actor: string, asking: Asking): Approval => {
  const { read, today } = asking;
  const judged = judgeQuote(quote, asking);
  const turns = turnsOf(quote.id, read);
  const round = latestRound(turns.filter(({ hash }) => hash === judged.hash));
  const ask = round.find(({ kind }) => kind === 'ask') ?? null;
  const own = authority(actor, read);
  const by = ask === null ? own : authority(ask.actor, read);
  const steps = stepsBy(by, judged, today);
  const recalls = round.flatMap((turn) => (turn.kind === 'recall' ? [{ ...turn, by: turn.actor }] : []));
  const standing = standingOf(judged.hash, steps, decisionsIn(round), recalls);
  return {
    judged,
    own,
    ask,
    by,
    steps,
    standing,
    // What somebody else asked for is not free because it was so for them.
    isClear:
      stepsBy(own, judged, today).length === 0 ||
      (ask !== null && standing.status === 'approved') ||
      (ask === null && isClear(standing)),
    voided: turns.findLast(({ hash, kind }) => kind === 'approve' && hash !== judged.hash) ?? null,
    lastAt: turns.reduce((last, { at }) => Math.max(last, at), 0),
  };
};

/** The cell that a trigger is about: what would be changed to be free of it. */
const fieldOf = ({ cause, line }: Trigger): string => {
  if (cause === 'terms') return 'terms';
  if (cause === 'validity') return 'valid_to';
  if (cause === 'text') return 'wording';
  if (cause === 'discount') return 'discount';
  return line !== null && (cause === 'cost_missing' || cause === 'cost_stale') ? 'product_id' : 'price';
};

const HEAD: ReadonlySet<string> = new Set(['terms', 'valid_to', 'wording']);

/** Each trigger of some steps with its figure and its limit, as the cell it is about. */
const triggersOf = ({ judged, by }: Approval, quote: StoredRow, steps: readonly Step[], today: string): readonly Blocker[] => {
  const { limits } = by;
  if (limits === null) return [];
  const { document, lines } = judgeMargin(judged.document, limits, today);
  const firstLine = judged.lines[0]?.id ?? quote.id;
  return steps.flatMap(({ triggers }) =>
    triggers.map((trigger): Blocker => {
      const line = judged.lines.find(({ id }) => id === trigger.line);
      const margin = trigger.line === null ? document : lines.get(trigger.line);
      const discount = judged.document.lines.find(({ id }) => id === trigger.line)?.discount ?? 0;
      const said = sayTrigger(trigger, { margin, discount, document: judged.document, limits });
      const field = fieldOf(trigger);
      const isHead = HEAD.has(field);
      return {
        table: isHead ? 'quotes' : 'quote_lines',
        row: isHead ? quote.id : (trigger.line ?? firstLine),
        field,
        code: trigger.cause.toUpperCase(),
        message: `${line === undefined ? 'The quote' : `Line ${line['position'] ?? ''}`}: ${said}`,
      };
    }),
  );
};

/** Everything that somebody has to agree to before the quote goes out, cell by cell; empty where nothing is left. */
export const approvalBlockers = (approval: Approval, quote: StoredRow, { today }: Asking): readonly Blocker[] => {
  if (approval.isClear) return [];
  const { standing, steps } = approval;
  return triggersOf(approval, quote, standing.status === 'refused' ? steps : standing.open, today);
};

/** What those have to look at who were asked; before that, what there is to ask for. */
export const reasonsOf = (approval: Approval, quote: StoredRow, asking: Asking): readonly Blocker[] =>
  approval.ask !== null && approval.standing.status === 'pending'
    ? triggersOf(approval, quote, approval.standing.open, asking.today)
    : approvalBlockers(approval, quote, asking);

/** Why a quote may not go out yet, as far as approval goes, in a few words; null where it may. */
export const sayMissing = ({ isClear: isGone, ask, standing, voided }: Approval, read: Reader): string | null => {
  if (isGone) return null;
  const declined = standing.stands.find(({ verdict }) => verdict === 'refuse');
  if (declined !== undefined) {
    const why = declined.reason === null ? '' : `: ${declined.reason}`;
    return `${nameBehind(declined.by, read)} declined it${why}.`;
  }
  if (ask !== null && standing.status === 'pending')
    return `${nameBehind(ask.actor, read)} asked for approval, and it is not given yet.`;
  return voided === null
    ? 'It needs approval before it is sent.'
    : `What ${nameBehind(voided.actor, read)} approved was changed since: it needs approval again.`;
};
