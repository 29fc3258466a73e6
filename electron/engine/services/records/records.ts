/** Changing records, undo, and what was: patches in, one step out. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { fieldOf, isTableName, shownAs, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { ApplyOptions, Change, LocalReader, Past, Reader, Source, StorePatch, WriteStore } from '../../store/api.ts';
import { actorOf, changeBy } from '../access/identity.ts';

type RecordCommands = Pick<
  Commands,
  'records.apply' | 'records.transition' | 'records.restore' | 'records.erase' | 'undo.undo' | 'undo.redo'
>;
type PastQueries = Pick<Queries, 'records.history' | 'undo.state'>;
type Applied = ReturnType<WriteStore['apply']>;

const knownTable = (name: string): TableName => {
  if (!isTableName(name)) throw new AppError('invalid', `There is no table “${name}”.`, { table: name });
  return name;
};

const labelOf = (table: TableName, field: string): string => fieldOf(table, field)?.label ?? field;

/** What a caller may say a change is; the others have rights that only the engine's own paths give. */
const OPEN_SOURCES: readonly Source[] = ['edit', 'paste', 'fill', 'restore'];

const openSource = (source: Source): Source => {
  if (!OPEN_SOURCES.includes(source))
    throw new AppError('denied', `A change cannot be made as “${source}” from outside.`, { source });
  return source;
};

/** The contract's answer: services keep the inverse to themselves. */
const answer = ({ rows, issues, step }: Applied) => ({ rows, issues, step });

/**
 * Patches of one transaction. Each may become several ops (a line, its schedule lines), and a transaction holds 20,000.
 */
const MOST_AT_ONCE = 2000;

type Asked = Parameters<RecordCommands['records.apply']>[0];

/** More than one transaction should hold: a batch, whole or absent and one step of undo all the same. */
const applyMany = (store: WriteStore, patches: Asked['patches'], change: Change, options: ApplyOptions) => {
  const batch = store.batch(change.label, change);
  const parts: ReturnType<typeof batch.apply>[] = [];
  try {
    for (let at = 0; at < patches.length; at += MOST_AT_ONCE)
      parts.push(batch.apply(patches.slice(at, at + MOST_AT_ONCE), options));
  } catch (error) {
    batch.undo();
    throw error;
  }
  const step = batch.done();
  return {
    rows: parts.flatMap(({ rows }) => rows),
    issues: parts.flatMap(({ issues }) => issues),
    step,
    refused: parts.flatMap(({ refused }) => refused),
  };
};

const apply = (store: WriteStore, { patches, skip, ...about }: Asked, context: CallContext) => {
  const { label, source, screen, reason } = about;
  const change = changeBy(store, context, { label, source: openSource(source), screen, reason });
  const options = { isLenient: skip === true };
  const applied =
    patches.length > MOST_AT_ONCE ? applyMany(store, patches, change, options) : store.apply(patches, change, options);
  const { rows, issues, step, refused } = applied;
  return { rows, issues, step, ...(options.isLenient ? { refused } : {}) };
};

/** An earlier value as the patch that writes it: a state by its transition, anything else as it was. */
const restorePatch = (table: TableName, id: string, field: string, value: CellValue): StorePatch => {
  if (fieldOf(table, field)?.kind === 'state' && typeof value === 'string')
    return { kind: 'transition', table, id, field, to: value, why: null };
  return { kind: 'update', table, id, values: { [field]: value } };
};

const restore = (store: WriteStore, input: Parameters<RecordCommands['records.restore']>[0], context: CallContext) => {
  const { id, field, stamp } = input;
  const table = knownTable(input.table);
  const value = store.past.valueAt(table, id, field, stamp);
  if (value === undefined)
    throw new AppError('not-found', 'That earlier value is not known here. Nothing was changed.', { table, id, field, stamp });
  const change = changeBy(store, context, { label: `Restore ${labelOf(table, field)}`, source: 'restore' });
  return answer(store.apply([restorePatch(table, id, field, value)], change));
};

type Undone = ReturnType<WriteStore['undo']>;

/** A row, and the one above it where that shows what changed. */
const whereShown = (read: Reader, { table, id, fields }: Undone['rows'][number]): Undone['rows'] => {
  const own = { table, id, fields };
  if (!isTableName(table)) return [own];
  const { owner, fields: declared } = tableOf(table);
  const link = owner === undefined ? undefined : declared[owner];
  if (owner === undefined || link?.kind !== 'link' || !isTableName(link.to)) return [own];
  const above = link.to;
  const shown = fields.flatMap((field) => shownAs(above, table, field) ?? []);
  const aboveId = shown.length === 0 ? undefined : read.getAny(table, id)?.[owner];
  return typeof aboveId === 'string' ? [own, { table: above, id: aboveId, fields: shown }] : [own];
};

const undone = (read: Reader, { step, rows, refused, elsewhere }: Undone) => ({
  step,
  rows: rows.flatMap((row) => whereShown(read, row)).map((row) => ({ ...row, fields: [...row.fields] })),
  refused: [...refused],
  elsewhere,
});

export const recordCommands = (store: WriteStore): RecordCommands => ({
  'records.apply': (input, context) => apply(store, input, context),
  'records.transition': ({ table, id, field, to, why, screen }, context) => {
    const name = knownTable(table);
    const change = changeBy(store, context, { label: `Change ${labelOf(name, field)}`, screen, reason: why });
    return answer(store.apply([{ kind: 'transition', table: name, id, field, to, why }], change));
  },
  'records.restore': (input, context) => restore(store, input, context),
  'records.erase': ({ table, id }, context) => {
    const name = knownTable(table);
    const { fields, isWiped } = store.erase(
      name,
      id,
      changeBy(store, context, { label: `Erase ${inSentence(tableOf(name).one)}` }),
    );
    return { fields: fields.map((field) => labelOf(name, field)), isWiped };
  },
  'undo.undo': (_, context) => undone(store, store.undo(changeBy(store, context, { label: 'Undo' }))),
  'undo.redo': (_, context) => undone(store, store.redo(changeBy(store, context, { label: 'Redo' }))),
});

type PastDeps = { readonly past: Past; readonly read: Reader; readonly local: LocalReader };

export const pastQueries = ({ past, read, local }: PastDeps): PastQueries => ({
  'records.history': ({ table, id, limit, before }) => past.history(knownTable(table), id, limit, before),
  'undo.state': ({ batch }, context) =>
    past.undoState(actorOf({ local, device: local.device(), get: (table, id) => read.get(table, id) }, context), batch),
});
