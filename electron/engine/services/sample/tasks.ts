/** Tasks and promises of the sample: some late, some due, some done; on each of the first days of a newcomer there is one. */
import { addDays, instantAt } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { StorePatch } from '../../store/api.ts';
import type { Making, Masters } from './masters.ts';

type Cells = Readonly<Record<string, CellInput>>;

/** What is to be done, how many days from today it is due, and how it stands. */
const TASKS: readonly { readonly what: string; readonly kind: string; readonly due: number | null; readonly more?: Cells }[] = [
  { what: 'Chase proof of delivery', kind: 'chase', due: -2, more: { priority: '1' } },
  { what: 'Call about the new terms', kind: 'call', due: 0, more: { due_time: '15:30' } },
  { what: 'Send the delivery figures', kind: 'mail', due: 0, more: { repeat: 'every week', priority: '2' } },
  { what: 'Visit with the vented crate samples', kind: 'visit', due: 1, more: { due_time: '10:00' } },
  { what: 'Ask for the artwork of the labels', kind: 'mail', due: 2 },
  { what: 'Agree next month’s call-offs', kind: 'call', due: 5, more: { repeat: 'every month on the last day' } },
  { what: 'Collect the returned pallets', kind: 'do', due: 9, more: { priority: '3' } },
  { what: 'Hear back about the trial order', kind: 'chase', due: 3, more: { status: 'waiting' } },
  { what: 'Confirm the loading times', kind: 'call', due: -1, more: { status: 'done' } },
  { what: 'Read through the tender', kind: 'do', due: null },
];

const PROMISES: readonly { readonly what: string; readonly due: number; readonly more?: Cells }[] = [
  { what: 'Replacement lids at no charge', due: -1 },
  { what: 'A price for the 400 litre pallet box', due: 1 },
  { what: 'Samples of the folding crate', due: 4 },
  { what: 'Copies of the certificates', due: -12, more: { status: 'kept' } },
  { what: 'A visit to the new cold store', due: -25, more: { status: 'missed' } },
];

/** One of each for so many accounts. */
const ACCOUNTS_PER_TASK = 4;
const ACCOUNTS_PER_PROMISE = 8;

/** They draw from nothing: the same ones on any day. */
export function* makeTasks({ size, ids, today, zone }: Making, { accounts }: Masters): Generator<StorePatch> {
  const accountAt = (at: number) => accounts[(at * 3) % accounts.length] ?? accounts[0];
  for (let at = 0; at < Math.ceil(size.accounts / ACCOUNTS_PER_TASK); at += 1) {
    const task = TASKS[at % TASKS.length];
    const account = accountAt(at);
    if (task === undefined) continue;
    const { what, kind, due, more = {} } = task;
    const done: Cells = more['status'] === 'done' ? { done_at: instantAt(zone, addDays(today, -1), '16:20') } : {};
    const due_on = due === null ? null : addDays(today, due);
    const own = { what, kind, due_on, account_id: account.id, about: `accounts/${account.id}`, owner_id: account.owner };
    yield { kind: 'insert', table: 'tasks', id: ids(), values: { ...own, ...more, ...done } };
  }
  for (let at = 0; at < Math.ceil(size.accounts / ACCOUNTS_PER_PROMISE); at += 1) {
    const promise = PROMISES[at % PROMISES.length];
    const account = accountAt(at);
    if (promise === undefined) continue;
    const { what, due, more = {} } = promise;
    const due_on = addDays(today, due);
    const kept: Cells = more['status'] === 'kept' ? { kept_on: due_on } : {};
    const own = { what, due_on, made_on: addDays(due_on, -6), account_id: account.id, owner_id: account.owner };
    yield { kind: 'insert', table: 'commitments', id: ids(), values: { ...own, ...more, ...kept } };
  }
}
