/**
 * Posting: legal numbers for what waits for them (N1). A draft invoice is marked as ready on any device, a credit note made
 * elsewhere counts at once and waits as well; the one device that gives the numbers lists and posts them. Where none is named any more, any does so
 * under their own.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { isTableName, tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { LocalReader, Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { changeBy } from '../access/identity.ts';
import { applyStep } from '../access/step.ts';
import { companyToday } from '../company/company.ts';
import { numberingOf, refusePosting } from '../company/issuing.ts';
import { invoiceGuard } from '../rules/bill-guards.ts';
import type { BillingDeps } from './invoices.ts';
import { issueUnderOwn } from './without-issuer.ts';

type Known = Reader & { readonly local: Pick<LocalReader, 'known'> };
type Document = { readonly table: TableName; readonly id: string };

/** Whether documents of a table go out under their own numbers. A draft invoice is issued by a person then, and waits for nothing. */
const isUnderOwn = (table: TableName, read: Pick<Reader, 'setting'>): boolean => numberingOf(table, read).issuer === null;

/**
 * What waits, of every kind with a legal series, the longest first. What counts and waited when nobody was named any more goes out by
 * the device it was made on; should that come no more, by any.
 */
const waitingIn = (read: Reader) =>
  tableNames
    .filter((table) => tableOf(table).legal !== undefined && !(table === 'invoices' && isUnderOwn(table, read)))
    .flatMap((table) => read.toPost(table).flatMap((id) => ({ table, row: read.get(table, id) })))
    .flatMap(({ table, row }) => (row === undefined ? [] : [{ table, row }]))
    .toSorted((a, b) => String(a.row['ready_on']).localeCompare(String(b.row['ready_on'])));

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const accountOf = (row: StoredRow, read: Reader): string | null => {
  const account = textOf(row['account_id']);
  return account === null ? null : textOf(read.get('accounts', account)?.['name']);
};

export const postingQueries = ({
  read,
  local,
}: {
  readonly read: Reader;
  readonly local: LocalReader;
}): Pick<Queries, 'numbers.waiting'> => ({
  'numbers.waiting': () =>
    read.together(() => {
      const refusals = new Map<TableName, string | null>();
      const waiting = waitingIn(read).map(({ table, row }) => {
        const refusal = refusals.has(table) ? (refusals.get(table) ?? null) : refusePosting(table, read, local);
        refusals.set(table, refusal);
        return {
          table,
          id: row.id,
          number: textOf(row['number']),
          account: accountOf(row, read),
          ready_on: String(row['ready_on']),
          refusal,
        };
      });
      return { is_here: waiting.some(({ refusal }) => refusal === null), waiting };
    }),
});

/** Why a document is not posted, in words; null where it can be. */
const refuse = ({ table }: Document, row: StoredRow | undefined, store: Known): string | null => {
  if (row === undefined || tableOf(table).legal === undefined) return 'It is not here, or has no legal number.';
  if (table === 'invoices' && isUnderOwn(table, store))
    return `No device is named that gives ${inSentence(tableOf(table).many)} legal numbers.`;
  if (row[tableOf(table).legal ?? ''] !== null) return 'It has its legal number already.';
  if (table !== 'invoices')
    return row['ready_on'] === null ? 'It was given before there were legal numbers.' : refusePosting(table, store, store.local);
  if (row['status'] !== 'draft') return 'It is no draft any more.';
  return invoiceGuard(row, 'issued', store, refusePosting(table, store, store.local));
};

/** Posts one in a change of its own: what is refused takes no number, and the next gets the one after the last. */
const post = ({ table, id }: Document, screen: string | null, context: CallContext, store: WriteStore): void => {
  const what = { label: `Post ${inSentence(tableOf(table).one)}`, screen };
  if (table === 'invoices')
    return void applyStep(store, context, what, [{ kind: 'transition', table, id, field: 'status', to: 'issued', why: null }]);
  const change = changeBy(store, context, { ...what, isCommand: true, silent: true });
  if (isUnderOwn(table, store)) {
    const patches = issueUnderOwn(table, store, (one) => one === id);
    return void store.apply(patches, change);
  }
  const values = { [tableOf(table).legal ?? '']: store.nextLegal(table), ready_on: null };
  const patches = [
    { kind: 'update', table, id, values },
    { kind: 'issue', table, id },
  ] as const;
  store.apply(patches, change);
};

const why = (error: unknown): string => {
  if (error instanceof AppError && error.code !== 'internal' && error.code !== 'io') return error.message;
  throw error;
};

const postAll =
  ({ store }: BillingDeps): Commands['numbers.post'] =>
  ({ documents, screen }, context) => {
    const wanted =
      documents === null
        ? waitingIn(store)
            .filter(({ table }) => refusePosting(table, store, store.local) === null)
            .map(({ table, row }): Document => ({ table, id: row.id }))
        : documents.flatMap(({ table, id }): Document[] => (isTableName(table) ? [{ table, id }] : []));
    const posted: { table: string; id: string; number: string }[] = [];
    const refused: { table: string; id: string; name: string; why: string }[] = [];
    for (const document of wanted) {
      const { table, id } = document;
      const row = store.get(table, id);
      const name = textOf(row?.['number']) ?? tableOf(table).one;
      const refusal = refuse(document, row, store);
      try {
        if (refusal !== null) throw new AppError('blocked', refusal, { table, id });
        post(document, screen, context, store);
        const now = store.get(table, id);
        posted.push({ table, id, number: String(now?.[tableOf(table).legal ?? ''] ?? now?.['number'] ?? '') });
      } catch (error) {
        refused.push({ table, id, name, why: why(error) });
      }
    }
    return { posted, refused };
  };

const ready =
  ({ store, env }: BillingDeps): Commands['invoices.ready'] =>
  ({ id, isReady, screen }, context) => {
    const invoice = store.get('invoices', id);
    if (invoice?.['status'] !== 'draft') throw new AppError('illegal-transition', 'Only a draft is made ready to post.', { id });
    if (!isReady)
      return applyStep(store, context, { label: 'Not ready to post', screen }, [
        { kind: 'update', table: 'invoices', id, values: { ready_on: null } },
      ]);
    if (numberingOf('invoices', store).issuer === null)
      throw new AppError('blocked', 'Invoices are numbered on the device they are issued on: issue it here.', { id });
    const refusal = invoiceGuard(invoice, 'issued', store, null);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    // What it is known by until it has its legal number, and beside it from then on.
    const number = textOf(invoice['number']) ?? store.nextNumber('invoices');
    const values = { number, ready_on: companyToday(store, env) };
    return applyStep(store, context, { label: 'Ready to post', screen }, [{ kind: 'update', table: 'invoices', id, values }]);
  };

export const postingCommands = (deps: BillingDeps): Pick<Commands, 'numbers.post' | 'invoices.ready'> => ({
  'numbers.post': postAll(deps),
  'invoices.ready': ready(deps),
});
