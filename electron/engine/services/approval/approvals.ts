/**
 * Asking for the approval of a quote, and giving or declining it (A2 to A4). Each is a row bound to the content it was of;
 * limits lie on every device, so that none of it needs a network.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { judgeRecall, type Decision } from '../../../../shared/domain/approval/standing.ts';
import { judgeApprover, type Step } from '../../../../shared/domain/approval/steps.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { approversOf, nameBehind, whoIs } from './authority.ts';
import type { Asking } from './judge.ts';
import { approvalOf, reasonsOf, sayMissing, type Approval, type Turn } from './standing.ts';
import { documentBlockers, sayBlockers } from '../orders/blockers.ts';
import { companyToday } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { documentById } from '../orders/orders.ts';
import { applyStep } from '../access/step.ts';

type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone'>;
type Deps = { readonly store: WriteStore; readonly env: Env };
type Names = `quotes.${'ask' | 'approve' | 'decline' | 'recall'}`;
type ApprovalCommands = Pick<Commands, Names>;
type Said = Awaited<ReturnType<Queries['quotes.approval']>>;

const ownSteps = ({ own, standing }: Approval): readonly Step[] =>
  standing.open.filter(({ level }) => own.levels.includes(level));

const mayDecide = (quote: StoredRow, approval: Approval, actor: string): boolean =>
  quote['status'] === 'in_review' && approval.ask !== null && approval.ask.actor !== actor && ownSteps(approval).length > 0;

const statusOf = ({ isClear, ask, standing }: Approval): Said['status'] => {
  if (ask === null) return isClear ? 'free' : 'needed';
  return standing.status;
};

const sayApproval = (quote: StoredRow, approval: Approval, actor: string, asking: Asking): Said => {
  const { read } = asking;
  const { ask, standing, voided } = approval;
  const name = (who: string): string => nameBehind(who, read);
  const isOpen = ask !== null && standing.status === 'pending';
  const told = ({ by, at, reason, level, verdict }: Decision): Said['decided'][number] => ({
    by: name(by),
    at,
    note: reason,
    level,
    isApproved: verdict === 'approve',
  });
  return {
    status: statusOf(approval),
    hash: approval.judged.hash,
    missing: sayMissing(approval, read),
    blockers: [...reasonsOf(approval, quote, asking)],
    asked: ask && { by: name(ask.actor), at: ask.at, note: ask.note },
    decided: standing.stands.map(told),
    recorded: standing.recorded.map(told),
    open: isOpen ? standing.open.map(({ level }) => ({ level, people: [...approversOf(level, read)] })) : [],
    voided: voided && { by: name(voided.actor), at: voided.at },
    may: {
      decide: mayDecide(quote, approval, actor),
      recall: quote['status'] === 'in_review' && isOpen && ask.actor === actor,
      needsReason: ownSteps(approval).some(({ level }) => level === 2),
    },
  };
};

/** What a question about a quote is answered with. */
export type QuoteAsking = {
  readonly read: Reader;
  readonly today: () => string;
  readonly actor: (context: CallContext) => string;
};

export const approvalQueries = ({ read, today, actor }: QuoteAsking): Pick<Queries, 'quotes.approval'> => ({
  'quotes.approval': ({ id }, context) =>
    read.together(() => {
      const quote = documentById('quotes', read, id);
      const [who, asking] = [whoIs(actor(context), read), { read, today: today() }];
      return sayApproval(quote, approvalOf(quote, who, asking), who, asking);
    }),
});

const move = (id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table: 'quotes',
  id,
  field: 'status',
  to,
  why,
});

const refuse = (message: string, id: string): never => {
  throw new AppError('blocked', message, { id });
};

const nameOf = (quote: StoredRow): string => (quote['number'] === null ? 'the draft' : String(quote['number']));

/** What a command works with: the quote and its approval as they stand, and the rows and the step it makes. */
const opened = ({ store, env }: Deps, id: string, context: CallContext) => {
  const quote = documentById('quotes', store, id);
  const actor = whoIs(actorOf(store, context), store);
  const asking = { read: store, today: companyToday(store, env) };
  const approval = approvalOf(quote, actor, asking);
  const turn = (kind: Turn['kind'], level: Step['level'] | null, note: string | null): StorePatch => ({
    kind: 'insert',
    table: 'approvals',
    id: env.ids(),
    values: {
      quote_id: id,
      kind,
      level,
      hash: approval.judged.hash,
      actor,
      note: note?.trim() || null,
      // Later than all that was seen, whatever the clocks: an answer comes after what it answers.
      at: Math.max(env.clock(), approval.lastAt + 1),
      device: store.device.id,
    },
  });
  const apply = (label: string, screen: string | null, patches: readonly StorePatch[]) =>
    applyStep(store, context, { label: `${label} ${nameOf(quote)}`, screen }, patches);
  return { quote, actor, approval, asking, turn, apply };
};

const ask =
  (deps: Deps): ApprovalCommands['quotes.ask'] =>
  ({ id, note, screen }, context) => {
    const { quote, approval, turn, apply } = opened(deps, id, context);
    if (quote['status'] !== 'draft') return refuse('Only a draft is handed over for approval.', id);
    const blockers = documentBlockers('quotes', id, deps.store);
    if (blockers.length > 0) throw new AppError('blocked', sayBlockers(blockers), { blockers });
    if (approval.isClear) return refuse('It needs no approval: send it.', id);
    return apply('Ask for approval of', screen, [turn('ask', null, note), move(id, 'in_review', note)]);
  };

/** The open steps that are the actor's. @throws AppError `blocked`, saying whose they are */
const stepsToDecide = ({ quote, actor, approval }: ReturnType<typeof opened>, reason: string | null): readonly Step[] => {
  const { ask: asked, own, standing } = approval;
  if (quote['status'] !== 'in_review' || asked === null) return refuse('Nobody has asked for its approval.', quote.id);
  const [first] = standing.open;
  if (first === undefined) return refuse('There is nothing left to decide.', quote.id);
  const steps = ownSteps(approval);
  for (const step of steps.length === 0 ? [first] : steps) {
    const why = judgeApprover({ id: actor, levels: own.levels }, step, { requester: asked.actor, reason });
    if (why !== null) refuse(why, quote.id);
  }
  return steps;
};

const approve =
  (deps: Deps): ApprovalCommands['quotes.approve'] =>
  ({ id, note, screen }, context) => {
    const work = opened(deps, id, context);
    const steps = stepsToDecide(work, note);
    const isAll = steps.length === work.approval.standing.open.length;
    return work.apply('Approve', screen, [
      ...steps.map(({ level }) => work.turn('approve', level, note)),
      ...(isAll ? [move(id, 'approved', note)] : []),
    ]);
  };

const decline =
  (deps: Deps): ApprovalCommands['quotes.decline'] =>
  ({ id, note, screen }, context) => {
    const work = opened(deps, id, context);
    if ((note ?? '').trim() === '') return refuse('Say why: whoever asked has to know what to change.', id);
    const [step] = stepsToDecide(work, note);
    return work.apply('Decline', screen, [work.turn('decline', step?.level ?? 1, note), move(id, 'draft', note)]);
  };

const recall =
  (deps: Deps): ApprovalCommands['quotes.recall'] =>
  ({ id, screen }, context) => {
    const { quote, actor, approval, turn, apply } = opened(deps, id, context);
    if (quote['status'] !== 'in_review' || approval.ask === null) return refuse('Nobody has asked for its approval.', id);
    const why = judgeRecall(approval.standing, approval.ask.actor, actor);
    if (why !== null) return refuse(why, id);
    return apply('Ask back', screen, [turn('recall', null, null), move(id, 'draft', null)]);
  };

export const approvalCommands = (deps: Deps): ApprovalCommands => ({
  'quotes.ask': ask(deps),
  'quotes.approve': approve(deps),
  'quotes.decline': decline(deps),
  'quotes.recall': recall(deps),
});
