/** Why a return may not move on yet, or be changed once it did (T1). */
import { operationOf } from '../../../../shared/domain/returns/states.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { textOf } from '../booking/read.ts';

/** What asks for more than the state, and the command that does. */
const COMMANDS: Readonly<Record<string, string>> = {
  authorised: 'Use “Authorise or deny”: it asks how many.',
  denied: 'Use “Authorise or deny”: it asks why.',
  received: 'Use “Receive”: it asks how many came back.',
  accepted: 'Use “Inspect”: it asks how much is accepted.',
  rejected: 'Use “Inspect”: it asks why.',
  settled: 'Use “Settle”: it makes the credit note.',
};

/** Why a return may not move on, in words, or null. */
export const returnGuard = (row: StoredRow, to: string, isCommand: boolean): string | null => {
  const comesBack = operationOf(String(row['operation']))?.comesBack !== false;
  if (!comesBack && (to === 'labelled' || to === 'received')) return 'The goods stay with the customer: settle it.';
  if (comesBack && to === 'settled' && row['status'] === 'authorised') return 'Nothing came back yet: receive it first.';
  // What was authorised is asked for again, and labels are sent, without more to say.
  const isBack = to === 'authorised' && row['status'] === 'labelled';
  return isCommand || isBack ? null : (COMMANDS[to] ?? null);
};

const SETTLING: readonly string[] = ['fee_share', 'finding'];

/** Why a return may not be changed so. */
export const refuseReturned = (patch: StorePatch, before: StoredRow | undefined): string | null => {
  if (before === undefined) return null;
  const name = textOf(before['number']) ?? 'The return';
  const { status } = before;
  if (patch.kind === 'delete' && status !== 'requested') return `${name} stays on record: only what was not answered is deleted.`;
  if (patch.kind !== 'update' || status !== 'settled') return null;
  const isChanged = SETTLING.some((field) => Object.hasOwn(patch.values, field) && patch.values[field] !== before[field]);
  return isChanged ? `${name} is settled by what it says. Nothing was changed.` : null;
};

const INSPECTED: readonly unknown[] = ['accepted', 'rejected', 'settled'];

/** Whether even undo leaves it: what was settled has its credit note, what was inspected was here. */
export const isReturnKept = ({ status }: StoredRow, field: string | null): boolean =>
  field === null ? INSPECTED.includes(status) : status === 'settled';

/** Whether what came back stays on its order line, for what was found of it since. */
export const isInspected = (event: StoredRow, read: Reader): boolean => {
  const number = textOf(event['source']);
  if (event['kind'] !== 'returned' || number === null) return false;
  const [id] = read.match('returns', 'number', number);
  return id !== undefined && INSPECTED.includes(read.get('returns', id)?.['status']);
};
