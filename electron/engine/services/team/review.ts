/**
 * Deciding conflicts: every choice is an ordinary change of the record with a word about what stood beside it. A move that
 * could not be made where it stands among all (SYNC.md 1, 17) is one of them: it is left so, or made now as by hand.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { fieldOf, isTableName, tableOf } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { LocalReader, Reader, StorePatch, WriteStore } from '../../store/api.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import type { ReadStore } from '../../store/read/read-store.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { actorOf, changeBy } from '../access/identity.ts';
import { roleOf } from '../approval/authority.ts';
import { whyNotMove } from '../records/records-read.ts';
import { refuseRights } from '../rules/right-guards.ts';

type Item = Parameters<Commands['sync.resolve']>[0]['items'][number];

/** What stands beside, before it is gone from the list. */
type Heads = Pick<SyncStore, 'headValue' | 'refusedMove' | 'sayingSame'>;

const isState = ({ table, field }: Pick<Item, 'table' | 'field'>): boolean =>
  isTableName(table) && fieldOf(table, field)?.kind === 'state';

const takePatch = (item: Item, value: CellValue): StorePatch => {
  const { table, row: id, field } = item;
  if (field === '_st') return { kind: value === 1 ? 'undelete' : 'delete', table, id };
  // The text beside a state is put into its cell.
  return { kind: 'update', table, id, values: { [fieldOfRegister(field)]: value } };
};

/** The move that could not be made then, from where the record is now: what it asks for and brings with it are as ever. */
const movePatch = ({ table, row, field }: Item, head: Item['heads'][number], heads: Heads): StorePatch | undefined => {
  const move = heads.refusedMove({ table, row, field }, head);
  return move && { kind: 'transition', table: move.table, id: row, field, to: move.to, why: move.why };
};

const choicePatches = (item: Item, heads: Heads): readonly StorePatch[] => {
  const { table, row: id, choice } = item;
  if (choice.how === 'keep') return [];
  if (choice.how === 'edit') return [{ kind: 'update', table, id, values: { [choice.field]: { '?': choice.text } } }];
  const head = item.heads[choice.head];
  const move = head !== undefined && isState(item) ? movePatch(item, head, heads) : undefined;
  if (move !== undefined) return [move];
  const value = head === undefined ? undefined : heads.headValue(item, head);
  if (value === undefined)
    throw new AppError('not-found', 'That value is not there any more. Somebody else may have decided it.', { table, id });
  return [takePatch(item, value)];
};

/**
 * Whether one stands or the other is for those to decide who could write it (A2), however they say so: to write what stands once
 * more, or into another field, closes it too.
 * @throws AppError `denied`
 */
const refuseDeciding = (item: Item, actor: string, store: WriteStore, heads: Heads): void => {
  const { table, row } = item;
  // An owner sets all of it, and what stands is nobody's loss.
  if (!isTableName(table) || roleOf(actor, store) === 'owner') return;
  const values = item.heads.map((head) => heads.headValue(item, head)).filter((value) => value !== undefined);
  const [refusal] = values.flatMap((value) => refuseRights(takePatch(item, value), store.get(table, row), actor, store) ?? []);
  if (refusal !== undefined) throw new AppError('denied', `${refusal} Nothing was changed.`, { table, id: row });
};

/** Whether one item of a decision restores the record that another is of. */
const isRestoreOf = ({ table, row, field, choice }: Item, of: Item): boolean =>
  field === '_st' && choice.how === 'take' && table === of.table && row === of.row;

/**
 * What is deleted is not written: only what stands can be kept, and whether it stays deleted is decided by itself.
 * @throws AppError `blocked`
 */
const refuseDeleted = (item: Item, store: WriteStore, heads: Heads): void => {
  const { table, row, field, choice } = item;
  if (!isTableName(table) || field === '_st' || choice.how === 'keep' || store.get(table, row) !== undefined) return;
  if (item.heads.every((head) => heads.headValue(item, head) === undefined && heads.refusedMove(item, head) === undefined))
    return;
  const why = `This ${inSentence(tableOf(table).one)} was deleted: keep what stands, or restore it first. Nothing was changed.`;
  throw new AppError('blocked', why, { table, id: row });
};

const sayStep = (items: readonly Item[]): string => {
  const [first] = items;
  if (first === undefined || items.length > 1) return `Decide ${items.length} conflicts`;
  const label = isTableName(first.table)
    ? (fieldOf(first.table, fieldOfRegister(first.field))?.label ?? first.field)
    : first.field;
  return `Decide conflict of ${first.field === '_st' ? 'a deletion' : label}`;
};

export const resolveConflicts =
  (store: WriteStore, heads: Heads): Commands['sync.resolve'] =>
  ({ items }, context) => {
    for (const item of items) {
      refuseDeciding(item, actorOf(store, context), store, heads);
      if (!items.some((other) => isRestoreOf(other, item))) refuseDeleted(item, store, heads);
    }
    // What is restored is there before anything is written in it.
    const inOrder = items.toSorted((one, other) => Number(other.field === '_st') - Number(one.field === '_st'));
    const patches = inOrder.flatMap((item): readonly StorePatch[] => [
      ...choicePatches(item, heads),
      {
        kind: 'resolve',
        table: item.table,
        id: item.row,
        field: item.field,
        keeps: item.choice.how === 'keep',
        heads: [...item.heads, ...heads.sayingSame(item, item.heads)].map(({ stamp, device }) => [stamp, device] as const),
      },
    ]);
    const { inverse: _, ...changed } = store.apply(
      patches,
      changeBy(store, context, { label: sayStep(items), screen: 'screen:sync' }),
    );
    return changed;
  };

export type ReviewDeps = {
  readonly store: ReadStore;
  readonly read: Reader;
  readonly local: LocalReader;
  readonly locale: string;
  readonly context: () => ReadContext;
};

/** Conflicts with what keeps a move that is one of them from being made now. */
export const readReview = ({ store, ...asking }: ReviewDeps, limit: number): Awaited<ReturnType<Queries['sync.review']>> => {
  const { count, fields } = store.review(limit);
  return {
    count,
    fields: fields.map(({ heads, ...place }) => ({
      ...place,
      heads: heads.map(({ move, ...head }) => ({
        ...head,
        move: move && {
          ...move,
          blocked: whyNotMove(asking, place.table, place.row, place.field, String(head.value)),
        },
      })),
    })),
  };
};
