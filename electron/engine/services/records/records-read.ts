/** Reading records: as grid rows, by what a person types, by name; what is wrong with them, and where they may go. */
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import { allowedFrom, stateOf } from '../../../../shared/domain/lifecycle.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Change, LocalReader, Reader, StoredRow } from '../../store/api.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import type { ReadStore } from '../../store/read/read-store.ts';
import { refusePosting } from '../company/issuing.ts';
import { refusePatch } from '../rules/refuse.ts';

type Names = 'get' | 'children' | 'lookup' | 'labels' | 'issues' | 'marks' | 'transitions';
type RecordQueries = Pick<Queries, `records.${Names}`>;
type Transitions = ReturnType<RecordQueries['records.transitions']>;

/** Somebody at the desk, as the rules ask: nothing is written under it. */
const asking: Change = { actor: '', source: 'edit', label: '', reason: null, screen: null, window: '' };

const stateField = (name: string, key: string) => {
  const field = isTableName(name) ? fieldOf(name, key) : undefined;
  if (!isTableName(name) || field?.kind !== 'state') {
    throw new AppError('invalid', `"${key}" of ${name} is not a status.`, { table: name, field: key });
  }
  return { name, lifecycle: field.lifecycle };
};

type Asking = Pick<Deps, 'read' | 'local' | 'locale' | 'context'>;

const blockedMove = (
  { read, local, locale, context }: Asking,
  table: TableName,
  row: StoredRow,
  field: string,
  to: string,
): string | null =>
  refusePatch({ kind: 'transition', table, id: row.id, field, to, why: null }, row, {
    change: asking,
    read,
    today: () => context().today,
    now: () => context().now,
    locale,
    legal: { refusal: (of, document) => refusePosting(of, read, local, document) },
    typed: null,
  });

const transitionsOf = (deps: Asking, table: string, id: string, key: string): Awaited<Transitions> => {
  const { name, lifecycle } = stateField(table, key);
  const row = deps.read.get(name, id);
  if (row === undefined) throw new AppError('not-found', 'The record is not here, or was deleted.', { table: name, id });
  const now = String(row[key] ?? '');
  const to = allowedFrom(lifecycle, now).map((state) => ({
    state,
    label: stateOf(lifecycle, state)?.action ?? state,
    blocked: blockedMove(deps, name, row, key, state),
  }));
  return { now, to };
};

/** Why a record may not be moved to a state from the one it is in now; null where it may. */
export const whyNotMove = (deps: Asking, table: string, id: string, key: string, to: string): string | null => {
  const { name, lifecycle } = stateField(table, key);
  const row = deps.read.get(name, id);
  if (row === undefined) return 'The record is not here, or was deleted.';
  const now = String(row[key] ?? '');
  const label = (state: string): string => stateOf(lifecycle, state)?.label ?? state;
  return allowedFrom(lifecycle, now).includes(to)
    ? blockedMove(deps, name, row, key, to)
    : `What is ${inSentence(label(now))} does not become ${inSentence(label(to))}.`;
};

type Deps = {
  readonly store: ReadStore;
  readonly read: Reader;
  readonly local: Pick<LocalReader, 'known'>;
  readonly locale: string;
  /** What a reading depends on beside the rows, as it is now. */
  readonly context: () => ReadContext;
};

export const recordQueries = ({ store, read, local, locale, context }: Deps): RecordQueries => ({
  'records.get': ({ table, id }): GridRow | null => store.get(table, id, context()),
  'records.children': ({ table, owner }) => ({ rows: [...store.children(table, owner, context())] }),
  'records.lookup': ({ table, text, limit }) => ({
    rows: store.lookup(table, text, limit).map(({ id, code, title, note }) => ({ id, code, title, note })),
  }),
  'records.labels': ({ table, ids }) => ({ labels: Object.fromEntries(store.labels(table, ids)) }),
  'records.issues': (asked) => {
    const { count, issues } = store.issues(asked);
    return { count, issues: [...issues] };
  },
  'records.marks': ({ table, ids }) => ({ marks: [...store.marks(table, ids)] }),
  'records.transitions': ({ table, id, field }) => transitionsOf({ read, local, locale, context }, table, id, field),
});
