/** Deciding conflicts: every choice is an ordinary change of the record with a word about what stood beside it. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { StorePatch, WriteStore } from '../../store/api.ts';
import { changeBy } from '../access/identity.ts';

type Item = Parameters<Commands['sync.resolve']>[0]['items'][number];

/** The value of a head as it was written, before it is gone from the list. */
type ValueOf = (item: Pick<Item, 'table' | 'row' | 'field'>, head: Item['heads'][number]) => CellValue | undefined;

const takePatch = (item: Item, value: CellValue): StorePatch => {
  const { table, row: id, field } = item;
  if (field === '_st') return { kind: value === 1 ? 'undelete' : 'delete', table, id };
  return { kind: 'update', table, id, values: { [field]: value } };
};

const choicePatches = (item: Item, valueOf: ValueOf): readonly StorePatch[] => {
  const { table, row: id, choice } = item;
  if (choice.how === 'keep') return [];
  if (choice.how === 'edit') return [{ kind: 'update', table, id, values: { [choice.field]: { '?': choice.text } } }];
  const head = item.heads[choice.head];
  const value = head === undefined ? undefined : valueOf(item, head);
  if (value === undefined)
    throw new AppError('not-found', 'That value is not there any more. Somebody else may have decided it.', { table, id });
  return [takePatch(item, value)];
};

const sayStep = (items: readonly Item[]): string => {
  const [first] = items;
  if (first === undefined || items.length > 1) return `Decide ${items.length} conflicts`;
  const label = isTableName(first.table) ? (fieldOf(first.table, first.field)?.label ?? first.field) : first.field;
  return `Decide conflict of ${first.field === '_st' ? 'a deletion' : label}`;
};

export const resolveConflicts =
  (store: WriteStore, valueOf: ValueOf): Commands['sync.resolve'] =>
  ({ items }, context) => {
    const patches = items.flatMap((item): readonly StorePatch[] => [
      ...choicePatches(item, valueOf),
      {
        kind: 'resolve',
        table: item.table,
        id: item.row,
        field: item.field,
        heads: item.heads.map(({ stamp, device }) => [stamp, device] as const),
      },
    ]);
    const { inverse: _, ...changed } = store.apply(
      patches,
      changeBy(store, context, { label: sayStep(items), screen: 'screen:sync' }),
    );
    return changed;
  };
