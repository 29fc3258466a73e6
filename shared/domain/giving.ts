/** What giving an account to another territory does, in words for whoever is about to do it; the same on every surface. */
export const givingWords: readonly string[] = [
  'The account goes with all that hangs on it: contacts, quotes, orders, invoices, cases, tasks, files.',
  'Who works only in the territory that it is in now loses sight of it, each when they next meet the team; what they have not sent yet still arrives.',
  'Its history begins anew: what happened before stays in the log of the old territory.',
  'Undo does not bring it back; it can be given back.',
];
