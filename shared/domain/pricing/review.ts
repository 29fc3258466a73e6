/**
 * When a price that was agreed on is to be looked at again (P9): the prices say another now, by more than a fiftieth (2 %) of
 * what it is held against. A confirmed order keeps its prices whatever they say: it is only told.
 */
export const REVIEW_SHARE = 50;

/** @param held what it is held against; scaled, as `says` @param says what the prices say now; null = nothing */
export const isToReview = (held: number, says: number | null): boolean =>
  says !== null && Math.abs(says - held) * REVIEW_SHARE > Math.abs(held);
