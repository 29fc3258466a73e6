/**
 * A draft that two devices issued before they met (SYNC.md 18): the record takes the numbers and the days of the paper that stands,
 * so that what was written beside them is no conflict to decide, and the one thing to say is that it was issued twice.
 */
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { IssuedPaper, StorePatch, WriteStore } from '../../store/api.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { eventsOfIssuing } from '../rules/invoices.ts';
import { isIssuedTable } from '../document/issued.ts';
import { readIssued } from '../document/issued-content.ts';
import { applySettled } from './settling.ts';

/** The device's own. */
const NUMBER = 'number';
/** When what was billed was. */
const DAY = 'happened_on';

/** The days that issuing gives a record, and where its paper says them. */
const DAYS = { invoices: { issued_on: 'date', due_on: 'due' }, credit_notes: { credited_on: 'date' } } as const;
/** What issuing gives a record that its paper does not say. */
const UNSAID = { invoices: ['fx_policy'], credit_notes: [] } as const;

type Store = WriteStore & { readonly sync: Pick<SyncStore, 'openHeads' | 'headValue'> };
type Place = { readonly table: keyof typeof DAYS; readonly id: string };
type Papers = { readonly stands: IssuedPaper; readonly others: readonly IssuedPaper[] };

type Head = readonly [stamp: number, device: string];

/** What was written beside what stands in a field, unseen. Of what says the same there is nothing to decide. */
const besideOf = (table: TableName, id: string, field: string, store: Store) => {
  const { sync } = store;
  const now = store.get(table, id)?.[field] ?? null;
  return sync.openHeads(table, id, field).flatMap((head: Head) => {
    const value = sync.headValue({ table, row: id, field }, { stamp: head[0], device: head[1] });
    return value === undefined || value === now ? [] : [{ head, value, device: head[1] }];
  });
};

/** What stands stays: what was written beside it is nothing to decide. */
const leave = (table: TableName, id: string, field: string, store: Store): readonly StorePatch[] => {
  const heads = besideOf(table, id, field, store).map(({ head }) => head);
  return heads.length === 0 ? [] : [{ kind: 'resolve', table, id, field, heads }];
};

type Written = { readonly value: CellValue; readonly device: string };

/** What stands in a field, and what was written beside it. */
const writtenIn = (field: string, { table, id }: Place, store: Store): readonly Written[] => [
  { value: store.get(table, id)?.[field] ?? null, device: store.stampOf(table, id, field)?.device ?? '' },
  ...besideOf(table, id, field, store),
];

type Wanted = { readonly value: Scalar; readonly isOfOther: (value: CellValue) => boolean };

/** Only where the record still says what another of its papers does, or it is still open: what a person wrote since is theirs. */
const settle = (field: string, { value, isOfOther }: Wanted, { table, id }: Place, store: Store): readonly StorePatch[] => {
  const now = store.get(table, id)?.[field] ?? null;
  const beside = leave(table, id, field, store);
  if (now === value) return beside;
  if (beside.length === 0 && !isOfOther(now)) return [];
  return [{ kind: 'update', table, id, values: { [field]: value } }];
};

/** What the device whose paper stands wrote in a field that two wrote unseen: it belongs to that paper, though it is not on it. */
const asItsDevice = (field: string, { stands }: Papers, place: Place, store: Store): readonly StorePatch[] => {
  const own = writtenIn(field, place, store).find(({ device }) => store.local.known(device)?.code === stands.device);
  if (own === undefined || (typeof own.value === 'object' && own.value !== null))
    return leave(place.table, place.id, field, store);
  return settle(field, { value: own.value, isOfOther: () => false }, place, store);
};

/** A paper bears the legal number of who gave it one, else its own: each stays in its own field, and the legal one of no other paper (N1). */
const numberPatches = (papers: Papers, place: Place, store: Store): readonly StorePatch[] => {
  const { stands, others } = papers;
  const { legal } = tableOf(place.table);
  const isOfOther = (value: CellValue): boolean => value !== null && others.some(({ number }) => number === value);
  if (legal === undefined) return settle(NUMBER, { value: stands.number, isOfOther }, place, store);
  const isLegal = writtenIn(legal, place, store).some(({ value }) => value === stands.number);
  if (isLegal)
    return [...settle(legal, { value: stands.number, isOfOther }, place, store), ...asItsDevice(NUMBER, papers, place, store)];
  return [
    ...settle(legal, { value: null, isOfOther }, place, store),
    ...settle(NUMBER, { value: stands.number, isOfOther }, place, store),
  ];
};

const dayOn = (paper: IssuedPaper, word: string): string | null =>
  (readIssued(paper)?.facts ?? []).flatMap((fact) => (fact.word === word && 'day' in fact ? [fact.day] : []))[0] ?? null;

const dayPatches = ({ stands, others }: Papers, place: Place, store: Store): readonly StorePatch[] =>
  Object.entries(DAYS[place.table]).flatMap(([field, word]) => {
    const value = dayOn(stands, word);
    const isOfOther = (day: CellValue): boolean => day !== null && others.some((other) => dayOn(other, word) === day);
    return value === null ? [] : settle(field, { value, isOfOther }, place, store);
  });

const patchesOf = (table: TableName, id: string, store: Store): readonly StorePatch[] => {
  if (!isIssuedTable(table)) return [];
  const [stands, ...others] = store.issuedOf(table, id);
  if (stands === undefined || stands.number === null) return [];
  const [papers, place] = [
    { stands, others },
    { table, id },
  ];
  return [
    ...numberPatches(papers, place, store),
    ...dayPatches(papers, place, store),
    ...UNSAID[table].flatMap((field) => asItsDevice(field, papers, place, store)),
  ];
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
    .flatMap(({ table, id }) => [...patchesOf(table, id, store), ...(table === 'invoices' ? seenPatches(id, store) : [])]);
  applySettled(store, 'Issued twice: the first paper stands', patches);
};
