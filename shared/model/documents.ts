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

export type DocumentTable = keyof typeof documents;
export type LineTable = (typeof documents)[DocumentTable]['lines'];

export const documentTables = Object.keys(documents) as readonly DocumentTable[];

export const isDocumentTable = (name: string): name is DocumentTable => Object.hasOwn(documents, name);

/** The document whose lines stand in a table; undefined for any other table. */
export const documentOfLines = (table: string): DocumentTable | undefined =>
  documentTables.find((name) => documents[name].lines === table);
