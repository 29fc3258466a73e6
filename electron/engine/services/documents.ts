/**
 * Papers for the other side: an order as a PDF. What has a cell with an error is not made, since nobody outside could see
 * that the figure is not to be trusted. Nothing in the file is changed by it.
 */
import { dirname, extname, join } from 'node:path';
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands } from '../../../shared/contract/index.ts';
import type { EngineEnv } from '../env.ts';
import { makeDocument } from '../files/document.ts';
import { openPart, type WhenBusy } from '../files/part.ts';
import type { Reader, StoredRow } from '../store/api.ts';
import { documentBlockers, sayBlockers } from './blockers.ts';
import { orderDocument } from './document/order.ts';
import { localeOf, placeOf } from './exports.ts';
import { orderQueries } from './orders.ts';

export type DocumentDeps = {
  readonly env: Pick<EngineEnv, 'db' | 'clock' | 'locale'>;
  readonly read: Reader;
  /** Who and which company makes the document. */
  readonly about: (call: CallContext) => { readonly author: string; readonly company: string };
};

type Named = { readonly id: string } | { readonly number: string };

/** @throws AppError `not-found`, `ambiguous` */
const findOrder = (of: Named, read: Reader): StoredRow => {
  const ids = 'id' in of ? [of.id] : read.match('orders', 'number', of.number);
  if (ids.length > 1) throw new AppError('ambiguous', `${ids.length} orders have this number. Open the one you mean.`, { ids });
  const order = ids[0] === undefined ? undefined : read.get('orders', ids[0]);
  if (order !== undefined) return order;
  const name = 'number' in of ? `There is no order ${of.number}.` : 'The order is not here or was deleted.';
  throw new AppError('not-found', name, of);
};

/** @throws AppError `blocked`, with every cell */
const refuseFaulty = (id: string, read: Reader): void => {
  const blockers = documentBlockers('orders', id, read);
  if (blockers.length > 0) {
    throw new AppError('blocked', `No document was made. ${sayBlockers(blockers)}`, { order: id, blockers });
  }
};

/** @throws AppError `invalid`, and those of a place for files */
const pdfPlace = (to: string, db: string): string => {
  if (extname(to).toLowerCase() === '.pdf') return placeOf(to, db);
  throw new AppError('invalid', 'The name of the file must end in .pdf. Nothing was written.', { path: to });
};

const writeFile = (path: string, bytes: Uint8Array, whenBusy: WhenBusy): string => {
  const file = openPart(path, whenBusy);
  try {
    file.append(bytes);
    return file.done();
  } catch (error) {
    file.drop();
    throw error;
  }
};

export const createDocuments = ({ env, read, about }: DocumentDeps): Pick<Commands, 'orders.document'> => ({
  'orders.document': async ({ of, to, locale, page, whenBusy }, call) => {
    const order = findOrder(of, read);
    refuseFaulty(order.id, read);
    const path = pdfPlace(to, env.db);
    const { author, company } = about(call);
    const making = { author, company, created: env.clock(), locale: localeOf(locale, env.locale) };
    const totals = await orderQueries({ read })['orders.totals']({ id: order.id }, call);
    const data = read.together(() => orderDocument(order, totals, read, making));
    const { bytes, pages, unshown } = await makeDocument({ data, page, own: join(dirname(env.db), 'documents') }, () => {
      if (call.signal.aborted) throw new AppError('cancelled', 'The document was cancelled. No file was written.');
    });
    return { path: writeFile(path, bytes, whenBusy), pages, unshown };
  },
});
