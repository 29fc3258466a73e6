/** What is told several times before its day, as SQL: the alerts and how its end is said. */

/**
 * The day of the last alert that has come, else of the first; once it is over, the day itself.
 * @param day an ISO day, as SQL
 * @param alerts days before it
 */
export const alertDay = (day: string, alerts: readonly number[]): string =>
  `CASE WHEN ${day} < :today THEN ${day} ${alerts
    .toSorted((a, b) => a - b)
    .map((days) => `WHEN ${day} <= date(:today, '+${days} days') THEN date(${day}, '-${days} days')`)
    .join(' ')} ELSE date(${day}, '-${Math.max(...alerts)} days') END`;

/** `ends in 12 days`, `ends tomorrow`, `ended`. */
export const sayEnd = (day: string): string => {
  const left = `CAST(julianday(${day}) - julianday(:today) AS INTEGER)`;
  return `CASE ${left} WHEN 0 THEN 'ends today' WHEN 1 THEN 'ends tomorrow'
    ELSE CASE WHEN ${day} < :today THEN 'ended' ELSE 'ends in ' || ${left} || ' days' END END`;
};
