/**
 * Papers for the other side: an order or a quote as a PDF. What has a cell with an error is not made, since nobody outside could see
 * that the figure is not to be trusted. Nothing in the file is changed by it.
 */
import { dirname, extname, join } from 'node:path';
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands } from '../../../shared/contract/index.ts';
import type { DocumentTable } from '../../../shared/model/documents.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { EngineEnv } from '../env.ts';
import { makeDocument, type MadeDocument } from '../files/document.ts';
import { openPart, type WhenBusy } from '../files/part.ts';
import type { Reader, StoredRow } from '../store/api.ts';
import { documentBlockers, sayBlockers } from './blockers.ts';
import { orderDocument } from './document/order.ts';
import { quoteDocument } from './document/quote.ts';
import { localeOf, placeOf } from './exports.ts';
import { documentById, documentTotals } from './orders.ts';
import { keptPaper } from './sent-papers.ts';

export type DocumentDeps = {
  readonly env: Pick<EngineEnv, 'db' | 'clock' | 'locale'>;
  readonly read: Reader;
  /** Who and which company makes the document. */
  readonly about: (call: CallContext) => { readonly author: string; readonly company: string };
};

type How = Pick<Parameters<Commands['orders.document']>[0], 'locale' | 'page'>;
type Named = { readonly id: string } | { readonly number: string };

/** @throws AppError `not-found`, `ambiguous` */
const findDocument = (table: DocumentTable, of: Named, read: Reader): StoredRow => {
  if ('id' in of) return documentById(table, read, of.id);
  const ids = read.match(table, 'number', of.number);
  const { one, many } = tableOf(table);
  if (ids.length > 1)
    throw new AppError('ambiguous', `${ids.length} ${many.toLowerCase()} have this number. Open the one you mean.`, { ids });
  const document = ids[0] === undefined ? undefined : read.get(table, ids[0]);
  if (document === undefined) throw new AppError('not-found', `There is no ${one.toLowerCase()} ${of.number}.`, of);
  return document;
};

/** @throws AppError `blocked`, with every cell */
const refuseFaulty = (table: DocumentTable, id: string, read: Reader): void => {
  const blockers = documentBlockers(table, id, read);
  if (blockers.length > 0) throw new AppError('blocked', `No document was made. ${sayBlockers(blockers)}`, { id, blockers });
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

const papers = { orders: orderDocument, quotes: quoteDocument } as const;

type Made = MadeDocument & { readonly sent: number | null };

/** The paper that was sent with a quote, where one is kept. */
const keptOf = (table: DocumentTable, document: StoredRow, read: Reader): Made | null => {
  const kept = table === 'quotes' && document['sent_on'] !== null ? keptPaper(document.id, read) : null;
  return kept && { bytes: kept.bytes, pages: kept.pages, unshown: '', sent: kept.at };
};

export const createDocuments = ({ env, read, about }: DocumentDeps): Pick<Commands, `${DocumentTable}.document`> => {
  const print = async (table: DocumentTable, document: StoredRow, { locale, page }: How, call: CallContext): Promise<Made> => {
    refuseFaulty(table, document.id, read);
    const { author, company } = about(call);
    const making = { author, company, created: env.clock(), locale: localeOf(locale, env.locale) };
    const data = read.together(() => papers[table](document, documentTotals(table, read, document.id), read, making));
    const made = await makeDocument({ data, page, own: join(dirname(env.db), 'documents') }, () => {
      if (call.signal.aborted) throw new AppError('cancelled', 'The document was cancelled. No file was written.');
    });
    return { ...made, sent: null };
  };
  const make =
    (table: DocumentTable): Commands['orders.document'] =>
    async (input, call) => {
      const document = findDocument(table, input.of, read);
      const path = pdfPlace(input.to, env.db);
      const { bytes, ...made } = keptOf(table, document, read) ?? (await print(table, document, input, call));
      return { ...made, path: writeFile(path, bytes, input.whenBusy) };
    };
  return { 'orders.document': make('orders'), 'quotes.document': make('quotes') };
};
