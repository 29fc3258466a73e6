/**
 * Invoices and credit notes as they were issued (SYNC.md 18): what the paper says, as canonical JSON. It is printed from that, so
 * that neither an address nor the name of a product that changes later changes what was given out. Who it was for the attention
 * of, and who of us is to be asked, are people: they are named as the file knows them today, and nobody once they are erased.
 */
import { canonicalJson } from '../../../../shared/domain/canonical.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { sha256 } from '../../files/sha256.ts';
import type { DocumentData } from '../../files/document.ts';
import type { IssuedPaper, Reader, StoredRow } from '../../store/api.ts';
import { invoiceTotals } from '../billing/billing-read.ts';
import { currencyOf } from '../records/fields.ts';
import { creditDocument, invoiceDocument, isWaiting } from './invoice.ts';
import type { PaperMaking } from './parts.ts';
import { plainOf } from './plain.ts';
import { VERSION, type IssuedContent } from './issued-content.ts';

const issuedTables = ['invoices', 'credit_notes'] as const;
type IssuedTable = (typeof issuedTables)[number];

/** Whether what is issued of a table is kept; a quote that was sent keeps its paper as a record of its own. */
export const isIssuedTable = (table: TableName): table is IssuedTable => issuedTables.some((one) => one === table);

/** What a paper says today. */
export const paperOf: Readonly<Record<IssuedTable, (row: StoredRow, read: Reader, making: PaperMaking) => DocumentData>> = {
  invoices: (invoice, read, making) => invoiceDocument(invoice, invoiceTotals(invoice, read), read, making),
  credit_notes: (note, read, making) => creditDocument(note, currencyOf('credit_notes', note, read) ?? '', read, making),
};

const PEOPLE: readonly string[] = ['contact'] satisfies readonly DocumentData['facts'][number]['word'][];

/** Without what is of the printing, not of the document, and without people. */
const contentOf = ({ author: _a, created: _c, locale: _l, attention: _t, mark: _m, facts, ...rest }: DocumentData) => ({
  ...rest,
  facts: facts.filter(({ word }) => !PEOPLE.includes(word)),
});

/** What is kept of a document that goes out now. Of one beyond `most` bytes, what it is called and the SHA-256 of what it says. */
export const issuedBody = (data: DocumentData, most: number): string => {
  const { kind, number, currency, ...rest } = contentOf(data);
  const head = { v: VERSION, kind, number, currency };
  const body = canonicalJson(plainOf({ ...head, ...rest }));
  const bytes = Buffer.byteLength(body);
  return bytes <= most ? body : canonicalJson({ ...head, bytes, sha: sha256(body) });
};

/** What a document says, issued now; null for what is not issued, or keeps its paper otherwise. */
export const paperToIssue = (table: TableName, row: StoredRow, read: Reader, most: number) => {
  // What waits for its legal number is given out when it has it.
  if (!isIssuedTable(table) || isWaiting(table, row, read)) return null;
  const company = read.setting('name');
  const making = { author: '', company: typeof company === 'string' ? company : '', created: 0, locale: '' };
  const number = row['legal_number'] ?? row['number'];
  return {
    number: typeof number === 'string' ? number : null,
    body: issuedBody(paperOf[table](row, read, making), most),
  };
};

/** The paper as it was issued, with the people it names today. */
export const asIssued = ({ facts, ...said }: IssuedContent, today: DocumentData): DocumentData => ({
  ...today,
  ...said,
  facts: [...facts, ...today.facts.filter(({ word }) => PEOPLE.includes(word))],
  mark: null,
});

/** Whether a document would say today what it said when it was issued. */
export const saysTheSame = ({ body }: Pick<IssuedPaper, 'body'>, today: DocumentData): boolean => {
  const now = issuedBody(today, Number.MAX_SAFE_INTEGER);
  return now === body || issuedBody(today, 0) === body;
};
