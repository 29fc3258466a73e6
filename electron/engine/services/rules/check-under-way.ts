/**
 * What is said of documents and lines only while they may still be put right: an account on stop, a product that is discontinued,
 * a quantity that its packs do not come to (P4). It hangs on other rows; whichever of them changes, or comes, the same is said.
 */
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import { documents, documentTables, isDocumentTable, type DocumentTable } from '../../../../shared/model/documents.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { checkPack } from './check-packs.ts';
import { documentOf } from './lines.ts';

const issue = (field: string, code: ProblemCode): RuleIssue => ({ field, code, level: levelOf(code) });

/** What may still be put right; later warnings would only be noise. */
const UNDER_WAY = ['draft', 'submitted', 'in_review', 'approved'] as const;

const isUnderWay = (document: StoredRow | undefined): boolean => (UNDER_WAY as readonly unknown[]).includes(document?.['status']);

const isOnStop = (account: StoredRow | undefined): boolean => account?.['status'] === 'on_stop';
const isDiscontinued = (product: StoredRow | undefined): boolean => product?.['status'] === 'discontinued';

const named = (table: TableName, id: unknown, read: Reader): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

export const checkStop = (document: StoredRow, read: Reader): readonly RuleIssue[] =>
  isUnderWay(document) && isOnStop(named('accounts', document['account_id'], read)) ? [issue('account_id', 'ACCOUNT_STOP')] : [];

export const checkGoods = (table: DocumentTable, line: StoredRow, read: Reader): readonly RuleIssue[] => {
  if (!isUnderWay(documentOf(table, line, read))) return [];
  const isStopped = isDiscontinued(named('products', line['product_id'], read));
  return [...(isStopped ? [issue('product_id', 'PRODUCT_STOPPED')] : []), ...(table === 'orders' ? checkPack(line, read) : [])];
};

const documentsUnderWay = (account: string, read: Reader): readonly Beside[] =>
  documentTables.flatMap((table) =>
    read
      .match(table, 'account_id', account)
      .filter((id) => isUnderWay(read.get(table, id)))
      .map((id) => ({ table, id })),
  );

const linesUnderWay = (product: unknown, read: Reader): readonly Beside[] =>
  typeof product !== 'string'
    ? []
    : documentTables.flatMap((table) =>
        read.linesOf(table, product, UNDER_WAY).map((id) => ({ table: documents[table].lines, id })),
      );

type Version = StoredRow | undefined;

/** What a product is sold in, by its own unit. */
const isSoldOtherwise = (was: Version, is: Version): boolean =>
  ['uom', 'pack_qty', 'min_qty'].some((field) => (was?.[field] ?? null) !== (is?.[field] ?? null));

/** @param was the row before the change; undefined where it was not there @param is after it; undefined where it is gone */
export const besideUnderWay = (table: TableName, was: Version, is: Version, read: Reader): readonly Beside[] => {
  const id = was?.id ?? is?.id ?? '';
  if (table === 'accounts') return isOnStop(was) === isOnStop(is) ? [] : documentsUnderWay(id, read);
  if (table === 'products')
    return isDiscontinued(was) === isDiscontinued(is) && !isSoldOtherwise(was, is) ? [] : linesUnderWay(id, read);
  if (table === 'product_units')
    return [...new Set([was?.['product_id'], is?.['product_id']])].flatMap((product) => linesUnderWay(product, read));
  if (!isDocumentTable(table) || isUnderWay(was) === isUnderWay(is)) return [];
  const { lines, link } = documents[table];
  return read.match(lines, link, id).map((line) => ({ table: lines, id: line }));
};
