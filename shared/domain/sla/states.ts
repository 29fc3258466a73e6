/** The life of an issue (L1): a part of domain/lifecycle. A merged one lives on in the other. */
import type { State } from '../lifecycle.ts';

export const caseStates: readonly State[] = [
  { key: 'new', label: 'New', tone: 'info', icon: 'draft', action: 'Back to new' },
  {
    key: 'open',
    label: 'In progress',
    aliases: ['open', 'working', 'assigned', 'acknowledged', 'reopened', 'escalated'],
    tone: 'info',
    icon: 'arr-r',
    action: 'Work on it',
  },
  {
    key: 'waiting',
    label: 'Waiting',
    aliases: ['on hold', 'pending', 'paused'],
    tone: 'waiting',
    icon: 'pause',
    action: 'Pause',
  },
  { key: 'resolved', label: 'Resolved', aliases: ['solved', 'fixed'], tone: 'success', icon: 'tick', action: 'Resolve' },
  { key: 'closed', label: 'Closed', aliases: ['done'], tone: 'neutral', icon: 'tick', action: 'Close' },
  { key: 'merged', label: 'Merged', aliases: ['duplicate'], tone: 'neutral', icon: 'arr-r', action: 'Merge' },
];

const to = (from: string, ...states: readonly string[]) => states.map((one) => ({ from, to: one, isReversible: true }));

export const caseMoves = [
  ...to('new', 'open', 'waiting', 'resolved', 'merged'),
  ...to('open', 'waiting', 'resolved', 'merged'),
  ...to('waiting', 'open', 'resolved', 'merged'),
  ...to('resolved', 'open', 'closed'),
  ...to('closed', 'open'),
];

/** The states in which somebody still has to do something. */
export const openStates: readonly string[] = ['new', 'open', 'waiting'];
