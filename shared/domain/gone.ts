/** Rows that are known and hold nothing here any more, in words. */

/** Why: it was deleted, or it went with its account to a territory that is not worked in here (SYNC 2.10). */
export const GONE = ['deleted', 'elsewhere'] as const;
export type Gone = (typeof GONE)[number];

/** For the sign at the start of a row. */
export const GONE_SIGNS: Readonly<Record<Gone, string>> = {
  deleted: 'Deleted, undo brings it back',
  elsewhere: 'With another territory, as its account',
};

/** @param one what the row is, in the singular: `order` @returns a sentence or two, in place of its cells */
export const goneText = (gone: Gone, one: string): string =>
  gone === 'deleted'
    ? `This ${one.toLowerCase()} was deleted. Undo brings it back.`
    : `This ${one.toLowerCase()} is with another territory now: its account was given there.`;
