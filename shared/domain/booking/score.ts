/** How a partner keeps its word (C19): shares in 10^-6, always with how many they are of. */

export type Delivery = { readonly window: number; readonly deliveredAt: number };

type Share = { readonly share: number; readonly n: number } | null;

const shareOf = <T>(list: readonly T[], isGood: (one: T) => boolean): Share =>
  list.length === 0 ? null : { share: Math.round((list.filter(isGood).length * 1_000_000) / list.length), n: list.length };

/** Delivered by the end of the window; on the minute is on time. */
export const onTimeScore = (deliveries: readonly Delivery[]): Share =>
  shareOf(deliveries, ({ window, deliveredAt }) => deliveredAt <= window);

/** Of the tenders answered, those taken; with an exception counts as taken. */
export const acceptanceScore = (answers: readonly string[]): Share =>
  shareOf(
    answers.filter((answer) => answer === 'accepted' || answer === 'accepted_exception' || answer === 'declined'),
    (answer) => answer !== 'declined',
  );
