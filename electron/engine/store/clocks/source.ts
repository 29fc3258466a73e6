/**
 * What a source of clocks is: rows of one table that are due by a day, as the parts of two statements. The first reads only
 * what ranking needs, by the index of the due column and for the window asked for; the second reads what is shown, of the
 * few rows that are.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import type { Why } from '../../../../shared/domain/today/rank.ts';

export type ClockSource = {
  /** Part of every row's key, which snoozes keep: never renamed. */
  readonly key: string;
  /** What it reads, for the row that says it failed. */
  readonly label: string;
  readonly why: Why;
  /** What it is called once the day has passed, where that is something else. */
  readonly whyLate?: Why;
  /** With the row as `t`; what has the index of the due day comes first. */
  readonly from: string;
  /** The same beginning with the row, where `from` begins with another table. */
  readonly fromRow?: string;
  /** The rows that are open and due by `:upto`, or of a moment by `:end`. May read `:today` and `:now` too. */
  readonly where: string;
  /** An ISO day, to its end where there is no time; or `at`, a moment in UTC milliseconds. */
  readonly due?: string;
  readonly at?: string;
  /** `10:00` on the clocks of the company. */
  readonly time?: string;
  /** Money at stake, minor units, and its currency. */
  readonly money?: string;
  readonly currency?: string;
  /** What is at stake in digits where it is not money: 4 = as if thousands. */
  readonly stake?: string;
  readonly owner: string;
  readonly account: string;
  readonly item: string;
  readonly next: string;
  /** The record it is about: where opening the row goes. Left out, the row itself. */
  readonly record?: { readonly table: TableName; readonly id: string };
  readonly table: TableName;
};
