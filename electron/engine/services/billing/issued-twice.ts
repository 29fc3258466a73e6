/**
 * A draft that two devices issued before they met (SYNC.md 18): the record takes the number and the days of the paper that stands,
 * so that what was written beside them is no conflict to decide, and the one thing to say is that it was issued twice.
 */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { IssuedPaper, StorePatch, WriteStore } from '../../store/api.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { eventsOfIssuing } from '../rules/invoices.ts';
import { isIssuedTable } from '../document/issued.ts';
import { readIssued } from '../document/issued-content.ts';

/** The device's own. */
const NUMBER = 'number';
/** When what was billed was. */
const DAY = 'happened_on';

/** The fields that issuing gives a record, and where its paper says them. */
const DAYS = { invoices: { issued_on: 'date', due_on: 'due' }, credit_notes: { credited_on: 'date' } } as const;

const daysOf = (table: keyof typeof DAYS, paper: IssuedPaper): Readonly<Record<string, Scalar>> => {
  const facts = readIssued(paper)?.facts ?? [];
  return Object.fromEntries(
    Object.entries(DAYS[table]).flatMap(([field, word]) =>
      facts.flatMap((fact) => (fact.word === word && 'day' in fact ? [[field, fact.day]] : [])),
    ),
  );
};

type Store = WriteStore & { readonly sync: Pick<SyncStore, 'openHeads'> };

/** What stands stays: what was written beside it is nothing to decide. */
const leave = (table: TableName, id: string, field: string, { sync }: Store): readonly StorePatch[] => {
  const heads = sync.openHeads(table, id, field);
  return heads.length === 0 ? [] : [{ kind: 'resolve', table, id, field, heads }];
};

/** The field that the papers name: of two that gave legal numbers, which both wrote, the legal one (N1). */
const numberField = (table: TableName, id: string, { sync }: Store): string => {
  const { legal } = tableOf(table);
  return legal !== undefined && sync.openHeads(table, id, legal).length > 0 ? legal : NUMBER;
};

/** Only where the record still says what another of its papers does: what a person wrote since is theirs. */
const patchOf = (table: TableName, id: string, store: Store): readonly StorePatch[] => {
  if (!isIssuedTable(table)) return [];
  const [stands, ...others] = store.issuedOf(table, id);
  const field = numberField(table, id, store);
  const number = store.get(table, id)?.[field] ?? null;
  if (stands === undefined || stands.number === null || number === stands.number) return [];
  if (others.every((other) => other.number !== number)) return [];
  const update = { kind: 'update', table, id, values: { [field]: stands.number, ...daysOf(table, stands) } } as const;
  // Beside a legal number the device's own is on no paper.
  return field === NUMBER ? [update] : [update, ...leave(table, id, NUMBER, store)];
};

/** What was billed by both is one event: that they wrote different days of it is nothing to decide. */
const seenPatches = (invoice: string, store: Store): readonly StorePatch[] =>
  store
    .children('invoice_lines', invoice)
    .flatMap((line) => eventsOfIssuing(line.id, store))
    .flatMap((id) => leave('fulfilments', id, DAY, store));

/** Call after every round with the others. */
export const settleIssuedTwice = (store: Store): void => {
  const patches = store
    .issuedTwice()
    .flatMap(({ table, id }) => [...patchOf(table, id, store), ...(table === 'invoices' ? seenPatches(id, store) : [])]);
  if (patches.length === 0) return;
  const change = { actor: store.device.id, reason: null, screen: null, window: '', silent: true, isCommand: true } as const;
  try {
    store.apply(patches, { ...change, source: 'merge', label: 'Issued twice: the first paper stands' });
  } catch (error) {
    // Beside a newer build this one only reads: that one does it.
    if (!(error instanceof AppError) || error.code !== 'read-only') throw error;
  }
};
