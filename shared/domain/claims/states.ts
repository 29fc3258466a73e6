/** The life of a claim on a carrier (T2). What was filed has left the house: it is answered, or withdrawn in writing. */
export const claimStates = [
  { key: 'draft', label: 'Draft', aliases: ['new'], tone: 'neutral', icon: 'draft', action: 'Back to draft' },
  { key: 'filed', label: 'Filed', aliases: ['sent', 'open'], tone: 'info', icon: 'arr-r', action: 'File', isFrozen: true },
  {
    key: 'acknowledged',
    label: 'Acknowledged',
    aliases: ['in process'],
    tone: 'info',
    icon: 'tick',
    action: 'Acknowledged',
    isFrozen: true,
  },
  {
    key: 'offered',
    label: 'Offer made',
    aliases: ['offer'],
    tone: 'warning',
    icon: 'alert',
    action: 'Offer made',
    isFrozen: true,
  },
  { key: 'declined', label: 'Declined', aliases: ['denied'], tone: 'danger', icon: 'x', action: 'Declined', isFrozen: true },
  { key: 'paid', label: 'Paid', aliases: ['settled'], tone: 'success', icon: 'tick', action: 'Paid', isFrozen: true },
  { key: 'withdrawn', label: 'Withdrawn', aliases: ['closed'], tone: 'neutral', icon: 'x', action: 'Withdraw', isFrozen: true },
] as const;

type ClaimState = (typeof claimStates)[number]['key'];

const steps: readonly (readonly [from: ClaimState, to: ClaimState, isReversible?: false])[] = [
  ['draft', 'filed', false],
  ['draft', 'withdrawn'],
  ['filed', 'acknowledged'],
  ...(['filed', 'acknowledged', 'offered', 'declined'] as const).flatMap((from) =>
    (['offered', 'declined', 'paid', 'withdrawn'] as const).filter((to) => to !== from).map((to) => [from, to] as const),
  ),
];

export const claimMoves = steps.map(([from, to, isReversible = true]) => ({ from, to, isReversible }));
