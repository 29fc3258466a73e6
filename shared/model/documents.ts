/**
 * The documents that have lines: where a document's lines stand and how a line names it. Whatever treats the lines of
 * an order and of a quote alike asks here, so that a further document is one entry more.
 */
type Document = {
  readonly lines: string;
  /** The field of a line that names its document. */
  readonly link: string;
  readonly lifecycle: string;
};

export const documents = {
  quotes: { lines: 'quote_lines', link: 'quote_id', lifecycle: 'quote' },
  orders: { lines: 'order_lines', link: 'order_id', lifecycle: 'order' },
} as const satisfies Readonly<Record<string, Document>>;

/** Those and the ones that are made of others and priced by none: what they share is head, lines, number and life cycle. */
export const papers = {
  ...documents,
  invoices: { lines: 'invoice_lines', link: 'invoice_id', lifecycle: 'invoice' },
} as const satisfies Readonly<Record<string, Document>>;

export type PaperTable = keyof typeof papers;
export type PaperLineTable = (typeof papers)[PaperTable]['lines'];

export const isPaperTable = (name: string): name is PaperTable => Object.hasOwn(papers, name);

/** Those and the credit note: what a customer is handed on paper. */
export type PrintedTable = PaperTable | 'credit_notes';

export const isPrintedTable = (name: string): name is PrintedTable => isPaperTable(name) || name === 'credit_notes';

/** Whatever moves from state to state by the rules: papers, the queries about them, bookings, issues, what is to be done and promised. */
export const stated = {
  ...papers,
  disputes: { lifecycle: 'dispute' },
  bookings: { lifecycle: 'booking' },
  cases: { lifecycle: 'case' },
  claims: { lifecycle: 'claim' },
  returns: { lifecycle: 'return' },
  tasks: { lifecycle: 'task' },
  commitments: { lifecycle: 'promise' },
} as const;

export type StatedTable = keyof typeof stated;

export const isStatedTable = (name: string): name is StatedTable => Object.hasOwn(stated, name);

/** The paper whose lines stand in a table; undefined for any other table. */
export const paperOfLines = (table: string): PaperTable | undefined =>
  (Object.keys(papers) as readonly PaperTable[]).find((name) => papers[name].lines === table);

export type DocumentTable = keyof typeof documents;
export type LineTable = (typeof documents)[DocumentTable]['lines'];

export const documentTables = Object.keys(documents) as readonly DocumentTable[];

export const isDocumentTable = (name: string): name is DocumentTable => Object.hasOwn(documents, name);

/** The document whose lines stand in a table; undefined for any other table. */
export const documentOfLines = (table: string): DocumentTable | undefined =>
  documentTables.find((name) => documents[name].lines === table);
