/**
 * Papers for the other side as PDF: quotes, orders, invoices, credit notes. What has a cell with an error is not made, since nobody outside could see
 * that the figure is not to be trusted. Nothing in the file is changed by it.
 */
import { dirname, extname, join } from 'node:path';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { isPaperTable, type PrintedTable } from '../../../../shared/model/documents.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { tableOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import { makeDocument, type DocumentData, type MadeDocument } from '../../files/document.ts';
import { openPart, type WhenBusy } from '../../files/part.ts';
import type { IssuedPaper, Reader, StoredRow } from '../../store/api.ts';
import { documentBlockers, sayBlockers } from '../orders/blockers.ts';
import { asIssued, isIssuedTable, paperOf, saysTheSame } from './issued.ts';
import { readIssued } from './issued-content.ts';
import { orderDocument } from './order.ts';
import type { PaperMaking } from './parts.ts';
import { quoteDocument } from './quote.ts';
import { localeOf, placeOf } from '../export/exports.ts';
import { documentTotals } from '../orders/orders.ts';
import { keptPaper } from '../quotes/sent-papers.ts';

export type DocumentDeps = {
  readonly env: Pick<EngineEnv, 'db' | 'clock' | 'locale'>;
  readonly read: Reader;
  /** Who and which company makes the document. */
  readonly about: (call: CallContext) => { readonly author: string; readonly company: string };
};

type How = Pick<Parameters<Commands['orders.document']>[0], 'of' | 'locale' | 'page'>;
type Named = How['of'];

/** @throws AppError `not-found`, `ambiguous` */
const findDocument = (table: PrintedTable, of: Named, read: Reader): StoredRow => {
  const { one, many } = tableOf(table);
  const ids =
    'id' in of
      ? [of.id]
      : [
          ...new Set([
            ...read.match(table, 'number', of.number),
            ...(isIssuedTable(table) ? read.issuedAs(table, of.number) : []),
          ]),
        ];
  if (ids.length > 1)
    throw new AppError('ambiguous', `${ids.length} ${inSentence(many)} have this number. Open the one you mean.`, { ids });
  const document = ids[0] === undefined ? undefined : read.get(table, ids[0]);
  if (document !== undefined) return document;
  const why = 'id' in of ? `The ${inSentence(one)} is not here or was deleted.` : `There is no ${inSentence(one)} ${of.number}.`;
  throw new AppError('not-found', why, of);
};

/** @throws AppError `blocked`, with every cell */
const refuseFaulty = (table: PrintedTable, id: string, read: Reader): void => {
  const blockers = isPaperTable(table) ? documentBlockers(table, id, read) : [];
  if (blockers.length > 0) throw new AppError('blocked', `No document was made. ${sayBlockers(blockers)}`, { id, blockers });
};

/** @throws AppError `invalid`, and those of a place for files */
export const pdfPlace = (to: string, db: string): string => {
  if (extname(to).toLowerCase() === '.pdf') return placeOf(to, db);
  throw new AppError('invalid', 'The name of the file must end in .pdf. Nothing was written.', { path: to });
};

export const writeDocument = (path: string, bytes: Uint8Array, whenBusy: WhenBusy): string => {
  const file = openPart(path, whenBusy);
  try {
    file.append(bytes);
    return file.done();
  } catch (error) {
    file.drop();
    throw error;
  }
};

/** What each paper says. */
const data: Readonly<Record<PrintedTable, (document: StoredRow, read: Reader, making: PaperMaking) => DocumentData>> = {
  orders: (order, read, making) => orderDocument(order, documentTotals('orders', read, order.id), read, making),
  quotes: (quote, read, making) => quoteDocument(quote, documentTotals('quotes', read, quote.id), read, making),
  ...paperOf,
};

type Made = MadeDocument & {
  readonly sent: number | null;
  readonly issued: { readonly at: number; readonly differs: boolean } | null;
};

/** The paper that was sent with a quote, where one is kept. */
const keptOf = (table: PrintedTable, document: StoredRow, read: Reader): Made | null => {
  const kept = table === 'quotes' && document['sent_on'] !== null ? keptPaper(document.id, read) : null;
  return kept && { bytes: kept.bytes, pages: kept.pages, unshown: '', sent: kept.at, issued: null };
};

/**
 * The paper that was issued: the one that is named, by what it says or by its number, else the one that stands.
 * @throws AppError `not-found`
 */
const issuedOf = (table: PrintedTable, { id }: StoredRow, of: Named, read: Reader): IssuedPaper | null => {
  const papers = isIssuedTable(table) ? read.issuedOf(table, id) : [];
  if ('id' in of && of.paper !== undefined) {
    const asked = papers.find(({ sha }) => sha === of.paper);
    if (asked !== undefined) return asked;
    throw new AppError('not-found', 'That paper is not kept here. No document was made.', of);
  }
  const named = 'number' in of ? papers.find(({ number }) => number === of.number) : undefined;
  return named ?? papers[0] ?? null;
};

/** What is printed: what was issued, where it is kept; else what the rows say. */
const sayPaper = (paper: IssuedPaper | null, today: DocumentData): { readonly said: DocumentData } & Pick<Made, 'issued'> => {
  if (paper === null) return { said: today, issued: null };
  const content = readIssued(paper);
  return {
    said: content === null ? today : asIssued(content, today),
    issued: { at: paper.at, differs: !saysTheSame(paper, today) },
  };
};

export const createDocuments = ({ env, read, about }: DocumentDeps): Pick<Commands, `${PrintedTable}.document`> => {
  const print = async (table: PrintedTable, document: StoredRow, { of, locale, page }: How, call: CallContext): Promise<Made> => {
    const paper = issuedOf(table, document, of, read);
    // What went out is printed as it went out, whatever is wrong with the record today.
    if (paper === null) refuseFaulty(table, document.id, read);
    const { author, company } = about(call);
    const making = { author, company, created: env.clock(), locale: localeOf(locale, env.locale) };
    const today = read.together(() => data[table](document, read, making));
    const { said, issued } = sayPaper(paper, today);
    const made = await makeDocument({ data: said, page, own: join(dirname(env.db), 'documents') }, () => {
      if (call.signal.aborted) throw new AppError('cancelled', 'The document was cancelled. No file was written.');
    });
    return { ...made, sent: null, issued };
  };
  const make =
    (table: PrintedTable): Commands['orders.document'] =>
    async (input, call) => {
      const document = findDocument(table, input.of, read);
      const path = pdfPlace(input.to, env.db);
      const { bytes, ...made } = keptOf(table, document, read) ?? (await print(table, document, input, call));
      return { ...made, path: writeDocument(path, bytes, input.whenBusy) };
    };
  return {
    'orders.document': make('orders'),
    'quotes.document': make('quotes'),
    'invoices.document': make('invoices'),
    'credit_notes.document': make('credit_notes'),
  };
};
