/**
 * A change that was under way when the engine ended: nobody can know whether it was done, so the engine is asked once
 * it is back. What arrived is not sent again; what did not is sent once more, and only once, because a change that
 * ends the engine twice is refused with its reason. Knows the two commands that carry typed text.
 */
import { AppError } from '../../shared/contract/define.ts';
import type { ArgsOf } from '../../shared/contract/define.ts';
import type { Client, WorkbenchContract } from '../../shared/contract/index.ts';
import type { Changed, Patch } from '../../shared/contract/shapes.ts';

type Apply = ArgsOf<WorkbenchContract['records.apply']>;
type Transition = ArgsOf<WorkbenchContract['records.transition']>;
type Port = Pick<Client, 'records.get' | 'records.history'>;

export type ResendHost = {
  readonly port: Port;
  /** Resolves when the engine answers, at once where it does. */
  readonly whenBack: () => Promise<void>;
  /** The clock of this computer, which is the engine's too. */
  readonly now: () => number;
};

const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'engine-gone';

/** How far back a record's history is looked through: what others did to it while the engine was away. */
const looked = 50;

type Sought = { readonly table: string; readonly id: string; readonly fields: readonly string[]; readonly label: string | null };

const isInHistory = async (port: Port, since: number, { table, id, fields, label }: Sought): Promise<boolean> => {
  const { entries } = await port['records.history']({ table, id, limit: looked });
  return entries.some(
    (entry) =>
      entry.part === null &&
      entry.at >= since &&
      (label === null ? entry.kind === 'transition' : entry.label === label) &&
      entry.changes.some(({ field }) => fields.includes(field)),
  );
};

/** A transaction is there whole or not at all, so one of its patches speaks for all: the one that leaves the clearest trace. */
const witnessOf = (patches: readonly Patch[]): Patch | undefined =>
  patches.find(({ kind }) => kind === 'insert') ?? patches.find(({ kind }) => kind !== 'update') ?? patches[0];

const hasArrived = async (port: Port, since: number, { patches, label }: Apply): Promise<boolean> => {
  const witness = witnessOf(patches);
  if (!witness) return true;
  const { table, id } = witness;
  if (witness.kind === 'update') return isInHistory(port, since, { table, id, fields: Object.keys(witness.values), label });
  const row = await port['records.get']({ table, id });
  if (witness.kind === 'insert') return row !== null;
  return (row?.gone !== undefined) === (witness.kind === 'delete');
};

const hasMoved = (port: Port, since: number, { table, id, field }: Transition): Promise<boolean> =>
  isInHistory(port, since, { table, id, fields: [field], label: null });

const send = async (
  { whenBack, now }: ResendHost,
  call: () => Promise<Changed>,
  arrived: (since: number) => Promise<Changed | null>,
): Promise<Changed> => {
  await whenBack();
  const since = now();
  try {
    return await call();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  for (;;) {
    await whenBack();
    try {
      const answer = await arrived(since);
      if (answer) return answer;
      break;
    } catch (error) {
      // It ended again while it was asked: nothing was sent, so it can be asked once more.
      if (!isGone(error)) throw error;
    }
  }
  return call();
};

/** `records.apply` that survives the end of the engine. The undo step of what arrived unseen is not known: null. */
export const applySurely = (host: ResendHost, args: Apply, call: () => Promise<Changed>): Promise<Changed> =>
  send(host, call, async (since) => {
    if (!(await hasArrived(host.port, since, args))) return null;
    return { rows: args.patches.map(({ table, id }) => ({ table, id })), issues: [], step: null };
  });

/** `records.transition` that survives the end of the engine. */
export const moveSurely = (host: ResendHost, args: Transition, call: () => Promise<Changed>): Promise<Changed> =>
  send(host, call, async (since) => {
    if (!(await hasMoved(host.port, since, args))) return null;
    return { rows: [{ table: args.table, id: args.id }], issues: [], step: null };
  });
