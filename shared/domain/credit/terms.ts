/** When an invoice is to be paid by, from the terms as people write them: `30 days`, `Net 14`, `30 days end of month`. */
import { addDays, endOfMonth } from '../dates.ts';

/** Where the terms say no number of days. */
const USUAL_DAYS = 30;

/** @param terms as written, null = nothing agreed. @param issued the day it is issued */
export const dueDay = (terms: string | null, issued: string): string => {
  const text = (terms ?? '').toLowerCase();
  if (/\b(?:prepaid|advance|at once|immediate(?:ly)?|on receipt|cash)\b/.test(text)) return issued;
  const days = Number(/\b(\d{1,3})\b/.exec(text)?.[1] ?? USUAL_DAYS);
  const day = addDays(issued, days);
  return /\b(?:end of month|eom)\b/.test(text) ? endOfMonth(day) : day;
};
