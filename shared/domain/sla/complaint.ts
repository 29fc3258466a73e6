/**
 * The steps of a complaint (L1, as ISO 10002 has them): what was done of them, what comes next, and what still stands in
 * the way of closing it. A customer who objects to the decision keeps it open.
 */
export const complaintSteps = [
  { key: 'recorded', label: 'Recorded' },
  { key: 'acknowledged', label: 'Acknowledged' },
  { key: 'assessed', label: 'Assessed' },
  { key: 'investigated', label: 'Investigated' },
  { key: 'responded', label: 'Responded' },
  { key: 'decided', label: 'Decision told' },
  { key: 'objected', label: 'Customer objects' },
] as const;

export type ComplaintStep = (typeof complaintSteps)[number]['key'];

const NEEDED = complaintSteps.filter(({ key }) => key !== 'objected');

/** The first step that is not done. An objection opens the complaint from the investigation on. */
export const nextStep = (done: readonly ComplaintStep[]): ComplaintStep | null => {
  const objected = done.lastIndexOf('objected');
  const before = new Set<ComplaintStep>(
    objected < 0 ? done : ['recorded', 'acknowledged', 'assessed', ...done.slice(objected + 1)],
  );
  return NEEDED.find(({ key }) => !before.has(key))?.key ?? null;
};

/** Why a step may not be noted now, in words, or null. Steps are noted in their order; nothing is investigated unread. */
export const judgeStep = (done: readonly ComplaintStep[], step: ComplaintStep): string | null => {
  const next = nextStep(done);
  if (step === 'objected') return next === null ? null : 'Nothing was decided that the customer could object to.';
  if (step === next) return null;
  const label = NEEDED.find(({ key }) => key === next)?.label;
  return label === undefined ? 'Every step is done: close it.' : `The next step is “${label}”.`;
};

/** Why a complaint may not be closed, in words, or null. */
export const judgeComplaintEnd = (done: readonly ComplaintStep[]): string | null => {
  const next = nextStep(done);
  const label = NEEDED.find(({ key }) => key === next)?.label;
  return label === undefined ? null : `A complaint is closed when every step is done: “${label}” is not.`;
};
