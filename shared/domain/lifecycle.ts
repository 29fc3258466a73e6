/**
 * The life cycles of documents as tables: states, the moves between them, and which moves undo may take back
 * (DECISIONS.md 3). A state is only ever changed by a transition; what can be derived (late, shipped) is a chip and
 * not a state.
 */
import { bookingMoves, bookingStates } from './booking/states.ts';
import { claimMoves, claimStates } from './claims/states.ts';
import { returnMoves, returnStates } from './returns/states.ts';
import { caseMoves, caseStates } from './sla/states.ts';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'waiting';

export type State = {
  readonly key: string;
  readonly label: string;
  readonly aliases?: readonly string[];
  readonly tone: Tone;
  /** Name of an icon of the one set. */
  readonly icon: string;
  /** What the move into it is called, as a command. */
  readonly action: string;
  /** Nobody may change quantities, prices and products of the lines any more. */
  readonly isFrozen?: boolean;
};

type Move = {
  readonly from: string;
  readonly to: string;
  readonly isReversible: boolean;
  /** States another may have moved it to meanwhile, unseen: this move stands, and that one does not. */
  readonly over?: readonly string[];
};

type Lifecycle = { readonly initial: string; readonly states: readonly State[]; readonly moves: readonly Move[] };

const move = (from: string, to: string, isReversible = true): Move => ({ from, to, isReversible });

/** What was sent is what the customer holds: its lines never change again, a revision does (Q2, Q6). */
const quoteStates: readonly State[] = [
  { key: 'draft', label: 'Draft', aliases: ['new'], tone: 'neutral', icon: 'draft', action: 'Back to draft' },
  { key: 'in_review', label: 'In review', aliases: ['pending'], tone: 'waiting', icon: 'pause', action: 'Ask for approval' },
  { key: 'approved', label: 'Approved', tone: 'info', icon: 'tick', action: 'Approve' },
  { key: 'sent', label: 'Sent', aliases: ['open', 'presented'], tone: 'info', icon: 'arr-r', action: 'Send', isFrozen: true },
  {
    key: 'accepted',
    label: 'Accepted',
    aliases: ['won', 'closed won'],
    tone: 'success',
    icon: 'tick',
    action: 'Accept',
    isFrozen: true,
  },
  {
    key: 'partly_accepted',
    label: 'Partly accepted',
    aliases: ['part won'],
    tone: 'success',
    icon: 'tick',
    action: 'Accept some lines',
    isFrozen: true,
  },
  {
    key: 'rejected',
    label: 'Rejected',
    aliases: ['lost', 'declined', 'closed lost'],
    tone: 'neutral',
    icon: 'x',
    action: 'Reject',
    isFrozen: true,
  },
  {
    key: 'withdrawn',
    label: 'Withdrawn',
    aliases: ['cancelled', 'canceled'],
    tone: 'neutral',
    icon: 'x',
    action: 'Withdraw',
    isFrozen: true,
  },
  {
    key: 'superseded',
    label: 'Superseded',
    aliases: ['revised', 'replaced'],
    tone: 'neutral',
    icon: 'arr-r',
    action: 'Supersede',
    isFrozen: true,
  },
];

const invoiceStates: readonly State[] = [
  { key: 'draft', label: 'Draft', aliases: ['new'], tone: 'neutral', icon: 'draft', action: 'Back to draft' },
  {
    key: 'issued',
    label: 'Issued',
    aliases: ['open', 'posted', 'sent'],
    tone: 'info',
    icon: 'arr-r',
    action: 'Issue',
    isFrozen: true,
  },
  { key: 'void', label: 'Void', aliases: ['cancelled', 'canceled'], tone: 'neutral', icon: 'x', action: 'Void', isFrozen: true },
];

const disputeStates: readonly State[] = [
  { key: 'open', label: 'Open', aliases: ['new'], tone: 'waiting', icon: 'pause', action: 'Open again' },
  { key: 'answered', label: 'Answered', tone: 'info', icon: 'arr-r', action: 'Answer' },
  { key: 'closed', label: 'Closed', aliases: ['resolved'], tone: 'neutral', icon: 'tick', action: 'Close', isFrozen: true },
];

const taskStates: readonly State[] = [
  {
    key: 'open',
    label: 'Open',
    aliases: ['not started', 'in progress', 'new'],
    tone: 'neutral',
    icon: 'draft',
    action: 'Reopen',
  },
  {
    key: 'waiting',
    label: 'Waiting',
    aliases: ['deferred', 'waiting on someone else'],
    tone: 'waiting',
    icon: 'pause',
    action: 'Wait',
  },
  { key: 'done', label: 'Done', aliases: ['completed', 'complete', 'closed'], tone: 'success', icon: 'tick', action: 'Done' },
  { key: 'cancelled', label: 'Cancelled', aliases: ['canceled', 'dropped'], tone: 'neutral', icon: 'x', action: 'Cancel' },
];

const promiseStates: readonly State[] = [
  { key: 'open', label: 'Open', aliases: ['new'], tone: 'info', icon: 'clock', action: 'Open again' },
  { key: 'kept', label: 'Kept', aliases: ['done'], tone: 'success', icon: 'tick', action: 'Kept' },
  { key: 'missed', label: 'Missed', aliases: ['broken'], tone: 'danger', icon: 'alert', action: 'Missed' },
  { key: 'released', label: 'Released', aliases: ['cancelled', 'withdrawn'], tone: 'neutral', icon: 'x', action: 'Release' },
];

const lifecycles: Readonly<Record<string, Lifecycle>> = {
  order: {
    initial: 'draft',
    states: [
      { key: 'draft', label: 'Draft', aliases: ['new', 'open'], tone: 'neutral', icon: 'draft', action: 'Back to draft' },
      { key: 'submitted', label: 'Submitted', tone: 'info', icon: 'arr-u', action: 'Submit' },
      {
        key: 'confirmed',
        label: 'Confirmed',
        aliases: ['accepted', 'processing'],
        tone: 'info',
        icon: 'tick',
        action: 'Confirm',
        isFrozen: true,
      },
      {
        key: 'cancelled',
        label: 'Cancelled',
        aliases: ['canceled', 'void'],
        tone: 'neutral',
        icon: 'x',
        action: 'Cancel',
        isFrozen: true,
      },
      {
        key: 'closed',
        label: 'Closed',
        aliases: ['complete', 'completed', 'done', 'shipped'],
        tone: 'success',
        icon: 'tick',
        action: 'Close',
        isFrozen: true,
      },
    ],
    moves: [
      move('draft', 'submitted'),
      move('draft', 'cancelled'),
      move('submitted', 'draft'),
      move('submitted', 'confirmed'),
      move('submitted', 'cancelled'),
      move('confirmed', 'cancelled'),
      move('confirmed', 'closed'),
      move('closed', 'confirmed'),
    ],
  },
  quote: {
    initial: 'draft',
    states: quoteStates,
    moves: [
      move('draft', 'in_review'),
      move('draft', 'approved'),
      move('draft', 'withdrawn'),
      move('in_review', 'draft'),
      move('in_review', 'approved'),
      move('in_review', 'withdrawn'),
      move('approved', 'draft'),
      move('approved', 'sent', false),
      move('approved', 'withdrawn'),
      ...['draft', 'in_review', 'approved', 'sent'].map((from) => move(from, 'superseded', false)),
      ...['accepted', 'partly_accepted', 'rejected', 'withdrawn'].map((to) => move('sent', to, false)),
      move('partly_accepted', 'accepted', false),
      move('superseded', 'sent', false),
    ],
  },
  invoice: {
    initial: 'draft',
    states: invoiceStates,
    // What was issued is the customer's, and the tax office's: a credit note takes it back, nothing else.
    // So a paper that went out counts, whoever voided the draft before they heard of it.
    moves: [{ ...move('draft', 'issued', false), over: ['void'] }, move('draft', 'void')],
  },
  booking: { initial: 'need', states: bookingStates, moves: bookingMoves },
  case: { initial: 'new', states: caseStates, moves: caseMoves },
  claim: { initial: 'draft', states: claimStates, moves: claimMoves },
  return: { initial: 'requested', states: returnStates, moves: returnMoves },
  dispute: {
    initial: 'open',
    states: disputeStates,
    moves: [
      move('open', 'answered'),
      move('answered', 'open'),
      move('open', 'closed'),
      move('answered', 'closed'),
      move('closed', 'open'),
    ],
  },
  task: {
    initial: 'open',
    states: taskStates,
    moves: [
      ...['waiting', 'done', 'cancelled'].map((to) => move('open', to)),
      ...['open', 'done', 'cancelled'].map((to) => move('waiting', to)),
      move('done', 'open'),
      move('cancelled', 'open'),
    ],
  },
  promise: {
    initial: 'open',
    states: promiseStates,
    moves: ['kept', 'missed', 'released'].flatMap((end) => [move('open', end), move(end, 'open')]),
  },
};

/** The life cycle of a name, or null. */
export const lifecycleOf = (name: string): Lifecycle | null =>
  Object.hasOwn(lifecycles, name) ? (lifecycles[name] ?? null) : null;

export const stateOf = (name: string, key: string): State | null =>
  lifecycleOf(name)?.states.find((state) => state.key === key) ?? null;

export const initialOf = (name: string): string => lifecycleOf(name)?.initial ?? '';

/** The states a life cycle allows from a state, in the order they stand. */
export const allowedFrom = (name: string, from: string): readonly string[] =>
  (lifecycleOf(name)?.moves ?? []).filter((one) => one.from === from).map((one) => one.to);

/** Whether undo may take a move back: nothing left the house by it. */
export const isReversible = (name: string, from: string, to: string): boolean =>
  (lifecycleOf(name)?.moves ?? []).some((one) => one.from === from && one.to === to && one.isReversible);

export const isFrozen = (name: string, state: string): boolean => stateOf(name, state)?.isFrozen === true;

export type Transition = {
  readonly from: string;
  readonly to: string;
  /** Imports may set any state. */
  readonly source: string;
  /** For an undo: the transition that led here. */
  readonly undoes?: { readonly from: string; readonly to: string };
};

const isLegal = (name: string, now: string, { from, to, source, undoes }: Transition): boolean => {
  if (stateOf(name, to) === null) return false;
  if (source === 'import') return true;
  if (from !== now) return false;
  if (source === 'undo' && undoes) return undoes.to === now && undoes.from === to && isReversible(name, to, now);
  return allowedFrom(name, now).includes(to);
};

/** Whether a move stands, and the one before it does not, which whoever made it had not seen. */
const isOver = (name: string, last: Transition | null, { from, to }: Transition): boolean =>
  last?.from === from &&
  (lifecycleOf(name)?.moves ?? []).some((one) => one.from === from && one.to === to && one.over?.includes(last.to) === true);

/** `overruled`: the move before it, which does not stand any more. */
type Judgement = { readonly isLegal: boolean; readonly overruled: Transition | null };

/** Transitions of a row one by one, in stamp order: the same on every device, whenever each of them arrived there. */
export const startFold = (name: string, initial: string) => {
  let state = initial;
  let last: Transition | null = null;
  return {
    state: (): string => state,
    take(transition: Transition): Judgement {
      const isLegalHere = isLegal(name, state, transition);
      const overruled: Transition | null = !isLegalHere && isOver(name, last, transition) ? last : null;
      if (!isLegalHere && overruled === null) return { isLegal: false, overruled };
      state = transition.to;
      last = transition;
      return { isLegal: true, overruled };
    },
  };
};

/**
 * The state a row is in after transitions in stamp order, and which of them do not stand: they were not legal where they stood, or
 * another went before. Those are kept for review and change nothing.
 */
export const foldStates = (
  name: string,
  initial: string,
  transitions: readonly Transition[],
): { readonly state: string; readonly refused: readonly Transition[] } => {
  const fold = startFold(name, initial);
  const refused = new Set<Transition>();
  for (const transition of transitions) {
    const { isLegal: stands, overruled } = fold.take(transition);
    if (!stands) refused.add(transition);
    if (overruled !== null) refused.add(overruled);
  }
  return { state: fold.state(), refused: transitions.filter((one) => refused.has(one)) };
};
