/**
 * The documents that have a page of head and lines. Orders and quotes are the same page: what differs is said here, and
 * what is done with each stands in its own actions.
 */
import type { Where } from '../../../shared/commands.ts';
import { documents, isDocumentTable, type PaperLineTable, type PaperTable } from '../../../shared/model/documents.ts';
import type { RegisterColumns } from '../register/useColumns.ts';

export type DocumentKind = {
  readonly table: PaperTable;
  readonly lines: PaperLineTable;
  /** The field of a line that names its document. */
  readonly link: string;
  /** Whose commands its page answers. */
  readonly where: Where;
  /** The day a new one starts with. */
  readonly day: string;
  /** The head, in the order it stands. */
  readonly fields: readonly string[];
  /** The fields Enter stops at while they are empty: one is not required, but always asked for. */
  readonly walked: readonly string[];
  readonly columns: RegisterColumns;
  /** Made of another document: lines are taken away, never added. */
  readonly isMade?: true;
};

/** The kind where its lines have prices of their own, made by the prices; null for what bills another document. */
export const pricedKind = ({ table }: DocumentKind) => (isDocumentTable(table) ? { table, lines: documents[table].lines } : null);

export const orderKind: DocumentKind = {
  table: 'orders',
  lines: 'order_lines',
  link: 'order_id',
  where: 'order',
  day: 'ordered_on',
  fields: [
    'account_id',
    'po_ref',
    'requested',
    'promised',
    'site_id',
    'terms',
    'contact_id',
    'carrier_id',
    'ordered_on',
    'freight',
    'header_discount',
    'header_percent',
    'delivery',
    'owner_id',
    'bill_to_id',
    'delivery_window',
  ],
  walked: ['account_id', 'po_ref'],
  columns: {
    order: ['position', 'product_id', 'qty', 'uom', 'price', 'discount', 'net', 'description', 'requested', 'promised', 'note'],
    frozenTo: 'product_id',
    stretch: 'description',
    without: ['order_id'],
  },
};

export const quoteKind: DocumentKind = {
  table: 'quotes',
  lines: 'quote_lines',
  link: 'quote_id',
  where: 'quote',
  day: 'quoted_on',
  fields: [
    'account_id',
    'subject',
    'valid_to',
    'requested',
    'site_id',
    'terms',
    'contact_id',
    'customer_ref',
    'probability',
    'next_step',
    'next_step_on',
    'owner_id',
    'incoterm',
    'header_discount',
    'header_percent',
    'wording',
  ],
  walked: ['account_id', 'subject'],
  columns: {
    order: [
      'position',
      'product_id',
      'qty',
      'uom',
      'price',
      'discount',
      'net',
      'description',
      'option_group',
      'optional',
      'chosen',
      'note',
    ],
    frozenTo: 'product_id',
    stretch: 'description',
    without: ['quote_id'],
  },
};

export const invoiceKind: DocumentKind = {
  table: 'invoices',
  lines: 'invoice_lines',
  link: 'invoice_id',
  where: 'invoice',
  day: 'issued_on',
  fields: [
    'account_id',
    'order_id',
    'po_ref',
    'issued_on',
    'due_on',
    'terms',
    'contact_id',
    'legal_number',
    'ready_on',
    'owner_id',
  ],
  walked: ['account_id'],
  columns: {
    order: [
      'position',
      'product_id',
      'qty',
      'uom',
      'price',
      'discount',
      'amount',
      'description',
      'credited_qty',
      'credited',
      'note',
    ],
    frozenTo: 'product_id',
    stretch: 'description',
    without: ['invoice_id', 'order_line_id'],
  },
  isMade: true,
};
