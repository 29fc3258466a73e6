/**
 * The life of one line of a return (T1): asked for, authorised or denied, labelled, received, inspected, settled. What was
 * authorised or received only in part is told by the quantities and is no state.
 */
export const returnStates = [
  {
    key: 'requested',
    label: 'Requested',
    aliases: ['new', 'pending'],
    tone: 'waiting',
    icon: 'pause',
    action: 'Back to requested',
  },
  {
    key: 'authorised',
    label: 'Authorised',
    aliases: ['authorized', 'approved'],
    tone: 'info',
    icon: 'tick',
    action: 'Authorise',
  },
  { key: 'denied', label: 'Denied', aliases: ['refused'], tone: 'neutral', icon: 'x', action: 'Deny', isFrozen: true },
  { key: 'labelled', label: 'Label sent', aliases: ['label sent'], tone: 'info', icon: 'arr-r', action: 'Send label' },
  { key: 'received', label: 'Received', tone: 'info', icon: 'arr-u', action: 'Receive' },
  { key: 'accepted', label: 'Accepted', aliases: ['inspected'], tone: 'success', icon: 'tick', action: 'Accept what came back' },
  { key: 'rejected', label: 'Rejected', tone: 'danger', icon: 'x', action: 'Reject what came back' },
  { key: 'settled', label: 'Settled', aliases: ['closed'], tone: 'success', icon: 'tick', action: 'Settle', isFrozen: true },
] as const;

export type ReturnState = (typeof returnStates)[number]['key'];

const steps: readonly (readonly [from: ReturnState, to: ReturnState, isReversible?: false])[] = [
  ['requested', 'authorised'],
  ['requested', 'denied'],
  ['authorised', 'requested'],
  ['authorised', 'labelled'],
  ['authorised', 'received'],
  // Kept by the customer: nothing comes back.
  ['authorised', 'settled', false],
  ['labelled', 'authorised'],
  ['labelled', 'received'],
  ['received', 'accepted'],
  ['received', 'rejected'],
  ['accepted', 'settled', false],
  ['rejected', 'settled', false],
];

export const returnMoves = steps.map(([from, to, isReversible = true]) => ({ from, to, isReversible }));

/** What becomes of the goods and the money of a line (T1). */
export const returnOperations = [
  { key: 'refund', label: 'Refund, goods come back', comesBack: true, isCredited: true, goesOutAgain: false },
  { key: 'refund_keep', label: 'Refund, goods stay', comesBack: false, isCredited: true, goesOutAgain: false },
  { key: 'replace', label: 'The same again', comesBack: true, isCredited: false, goesOutAgain: true },
  { key: 'replace_other', label: 'Another product instead', comesBack: true, isCredited: false, goesOutAgain: false },
  { key: 'repair', label: 'Repair', comesBack: true, isCredited: false, goesOutAgain: true },
  { key: 'not_ordered', label: 'Goods nobody ordered', comesBack: true, isCredited: false, goesOutAgain: false },
] as const;

export type ReturnOperation = (typeof returnOperations)[number]['key'];

export const operationOf = (key: string): (typeof returnOperations)[number] | null =>
  returnOperations.find((one) => one.key === key) ?? null;

/** What we have to do next of a return; null where it is the customer's turn, or it is over. */
export const ourStep = (status: string, operation: string): string | null => {
  if (status === 'requested') return 'Authorise or deny it';
  if (status === 'authorised') return operationOf(operation)?.comesBack === false ? 'Settle it' : null;
  if (status === 'received') return 'Inspect what came back';
  return status === 'accepted' || status === 'rejected' ? 'Settle it' : null;
};
