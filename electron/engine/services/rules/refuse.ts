/**
 * Why a change may not be made at all. Only what would break a promise to a customer is refused; everything else is
 * kept and marked. Files and undo are not asked: they bring what happened elsewhere, or back what was.
 */
import { OFFERED } from '../../../../shared/domain/quote/offered.ts';
import { isFrozen, stateOf } from '../../../../shared/domain/lifecycle.ts';
import { documentOfLines, documents, isDocumentTable, type DocumentTable } from '../../../../shared/model/documents.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { guardMove } from './guards.ts';
import { documentOf } from './lines.ts';

type Patch = StorePatch & { readonly table: TableName };

/** What was agreed: not to be changed once an order is confirmed (O5) or a quote was sent (Q6). */
const AGREED: Partial<Record<TableName, readonly string[]>> = {
  ...OFFERED,
  orders: ['account_id', 'currency', 'rounding'],
  order_lines: ['qty', 'price', 'discount', 'product_id', 'uom', 'order_id'],
};

const isUnasked = ({ source }: Change): boolean => source === 'import' || source === 'undo' || source === 'merge';

const isFixed = (table: DocumentTable, document: StoredRow | undefined): document is StoredRow =>
  document !== undefined && isFrozen(documents[table].lifecycle, String(document['status']));

const WAYS_OUT: Readonly<Record<DocumentTable, (state: string) => string>> = {
  orders: (state) => `Duplicate it to order again, or undo the step that ${state === 'confirmed' ? 'confirmed' : 'ended'} it.`,
  quotes: (state) => (state === 'sent' ? 'Revise it to offer something else.' : 'Duplicate it to quote again.'),
};

const WHAT = {
  lines: { orders: 'its quantities, prices and products', quotes: 'its lines' },
  head: { orders: 'its account, currency and rounding', quotes: 'its account, days and terms' },
} as const;

const sayFrozen = (table: DocumentTable, document: StoredRow, what: string): string => {
  const { one } = tableOf(table);
  const state = String(document['status']);
  const label = stateOf(documents[table].lifecycle, state)?.label.toLowerCase() ?? '';
  const name = document['number'] === null ? `This ${one.toLowerCase()}` : `${one} ${document['number']}`;
  return `${name} is ${label}: ${what} no longer change here. Nothing was changed. ${WAYS_OUT[table](state)}`;
};

/** The document a patch is about, and whether it is one of its lines. */
const placeOf = (patch: Patch, before: StoredRow | undefined, read: Reader) => {
  if (patch.kind === 'transition') return null;
  const ofLine = documentOfLines(patch.table);
  const table = ofLine ?? (isDocumentTable(patch.table) ? patch.table : undefined);
  if (table === undefined) return null;
  const line = patch.kind === 'insert' ? patch.values : before;
  const document = ofLine !== undefined ? documentOf(table, line, read) : patch.kind === 'insert' ? undefined : before;
  return { table, document, isLine: ofLine !== undefined };
};

const refuseAgreed = (patch: Patch, before: StoredRow | undefined, read: Reader): string | null => {
  const place = placeOf(patch, before, read);
  if (place === null || !isFixed(place.table, place.document)) return null;
  const { table, document, isLine } = place;
  if (patch.kind === 'update') {
    const agreed = AGREED[patch.table] ?? [];
    const field = agreed.find((name) => Object.hasOwn(patch.values, name) && patch.values[name] !== before?.[name]);
    return field === undefined ? null : sayFrozen(table, document, WHAT[isLine ? 'lines' : 'head'][table]);
  }
  if (isLine) return sayFrozen(table, document, 'its lines');
  return patch.kind === 'delete' ? sayFrozen(table, document, 'its contents') : null;
};

/** Fields that only commands or files write. A row's place among its neighbours is set by putting it there. */
const refuseByHand = (patch: Patch, before: StoredRow | undefined, typed: readonly string[] | null): string | null => {
  if (patch.kind !== 'insert' && patch.kind !== 'update') return null;
  for (const [name, value] of Object.entries(patch.values)) {
    if (typed?.includes(name) === false) continue;
    const field = fieldOf(patch.table, name);
    const isPlace = name === 'position';
    if (field?.entry !== undefined && !isPlace && value !== null && value !== before?.[name]) {
      return `${field.label} is not typed: ${field.entry === 'import' ? 'it comes with imported data' : 'the workbench gives it'}.`;
    }
  }
  return null;
};

type Asked = {
  readonly change: Change;
  readonly read: Reader;
  readonly today: () => string;
  /** The fields somebody wrote, where the rules added others; null = all of them. */
  readonly typed: readonly string[] | null;
};

/** Why a patch may not be made, in plain words, or null. */
export const refusePatch = (
  patch: Patch,
  before: StoredRow | undefined,
  { change, read, today, typed }: Asked,
): string | null => {
  if (isUnasked(change)) return null;
  const byHand = change.isCommand === true ? null : refuseByHand(patch, before, typed);
  const move =
    patch.kind === 'transition' && isDocumentTable(patch.table) ? guardMove(patch.table, before, patch.to, read, today) : null;
  return byHand ?? refuseAgreed(patch, before, read) ?? move;
};

/**
 * What was sent is the customer's: not even undo changes it, as sending itself is never taken back.
 * @param field null = the row as such
 */
export const isBeyondUndo = (table: TableName, row: StoredRow, field: string | null, read: Reader): boolean => {
  if (table !== 'quotes' && table !== 'quote_lines') return false;
  const quote = table === 'quotes' ? row : documentOf('quotes', row, read);
  if (!isFixed('quotes', quote) || quote['sent_on'] === null) return false;
  return field === null || AGREED[table]?.includes(field) === true || fieldOf(table, field)?.entry === 'command';
};
