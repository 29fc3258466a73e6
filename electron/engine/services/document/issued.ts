/**
 * Invoices and credit notes as they were issued (SYNC.md 18): what the paper says, as canonical JSON. It is printed from that, so
 * that neither an address nor the name of a product that changes later changes what was given out. Who it was for the attention
 * of, and who of us is to be asked, are people: they are named as the file knows them today, and nobody once they are erased.
 */
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import { canonicalJson } from '../../../../shared/domain/canonical.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { sha256 } from '../../files/sha256.ts';
import { documentFacts, type DocumentData } from '../../files/document.ts';
import type { IssuedPaper, Reader, StoredRow } from '../../store/api.ts';
import { invoiceTotals } from '../billing/billing-read.ts';
import { currencyOf } from '../records/fields.ts';
import { creditDocument, invoiceDocument } from './invoice.ts';
import type { PaperMaking } from './parts.ts';
import { plainOf } from './plain.ts';

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

const VERSION = 1;

/** What is kept of a document that goes out now. Of one beyond `most` bytes, what it is called and the SHA-256 of what it says. */
export const issuedBody = (data: DocumentData, most: number): string => {
  const { kind, number, currency, ...rest } = contentOf(data);
  const head = { v: VERSION, kind, number, currency };
  const body = canonicalJson(plainOf({ ...head, ...rest }) as Parameters<typeof canonicalJson>[0]);
  const bytes = Buffer.byteLength(body);
  return bytes <= most ? body : canonicalJson({ ...head, bytes, sha: sha256(body) });
};

/** What a document says, issued now; null for what is not issued, or keeps its paper otherwise. */
export const paperToIssue = (table: TableName, row: StoredRow, read: Reader, most: number) => {
  if (!isIssuedTable(table)) return null;
  const company = read.setting('name');
  const making = { author: '', company: typeof company === 'string' ? company : '', created: 0, locale: '' };
  const number = row['number'];
  return {
    number: typeof number === 'string' ? number : null,
    body: issuedBody(paperOf[table](row, read, making), most),
  };
};

const MOST_ROWS = 20_000;
const text = z.string().max(20_000);
const lineOfText = z.array(text).max(50);
const minor = z
  .string()
  .regex(/^-?\d{1,40}$/)
  .transform(BigInt);
const number = z.int().nullable();

const content = z.object({
  v: z.literal(VERSION),
  kind: z.enum(['invoice', 'credit_note']),
  number: text.nullable(),
  currency: z.string().max(10),
  company: text,
  party: lineOfText,
  deliverTo: lineOfText,
  facts: z
    .array(z.union([z.object({ word: z.enum(documentFacts), text }), z.object({ word: z.enum(documentFacts), day: z.iso.date() })]))
    .max(50),
  wording: text.nullable(),
  instructions: text.nullable(),
  notes: text.nullable(),
  options: z
    .array(
      z.object({
        title: text.nullable(),
        lines: z
          .array(
            z.object({
              ...{ position: z.int(), sku: text, description: text, note: text.nullable(), qty: number, uom: text },
              ...{ list: number, price: number, discount: number, net: minor.nullable(), offer: z.null() },
            }),
          )
          .max(MOST_ROWS),
        sums: z.object({
          ...{ net: minor, rounding: minor, discount: minor, total: minor, isTaxIncluded: z.boolean() },
          charges: z.array(z.object({ label: text, amount: minor })).max(50),
          taxes: z.array(z.object({ code: text, rate: z.int(), base: minor, tax: minor })).max(MOST_ROWS),
        }),
      }),
    )
    .min(1)
    .max(1),
});
export type IssuedContent = z.output<typeof content>;

/**
 * What a document said when it was issued; null where that was too long to be kept, or is not to be read by this build.
 * @throws AppError `damaged-file` where the bytes are not those that were issued
 */
export const readIssued = ({ body, sha }: Pick<IssuedPaper, 'body' | 'sha'>): IssuedContent | null => {
  if (sha256(body) !== sha)
    throw new AppError('damaged-file', 'What was kept of the document as it was issued is damaged. Restore the file from a backup.', {
      sha,
    });
  try {
    return content.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
};

/** The paper as it was issued, with the people it names today. */
export const asIssued = ({ v: _, facts, ...said }: IssuedContent, today: DocumentData): DocumentData => ({
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
