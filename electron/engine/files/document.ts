/**
 * A paper for the other side of the table, as plain data: what it is, between whom, what it lists and comes to. Nothing
 * here knows how it is laid out, nor where the figures come from; they are printed as they are given, never computed.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { fromWire } from '../../../shared/rpc/wire.ts';
import { programPath } from '../options.ts';
import type { BriefPaper } from './brief-paper.ts';
import type { FromDocumentThread } from './document-thread.ts';

/** What it is decides its title and what the parties are called: the words stand in the template. */
export type DocumentKind = 'quote' | 'order' | 'invoice' | 'credit_note';

/** Named by the template, in this order; a fact that is not known is left out, not shown blank. */
export const documentFacts = [
  'subject',
  'revision',
  'reference',
  'date',
  'due',
  'order',
  'invoice',
  'ratesTo',
  'transit',
  'freeTime',
  'validTo',
  'requested',
  'promised',
  'terms',
  'incoterm',
  'carrier',
  'delivery',
  'window',
  'billTo',
  'contact',
] as const;

export type DocumentFact = { readonly word: (typeof documentFacts)[number] } & (
  | { readonly text: string }
  | { readonly day: string }
);

/** One of a group of which one is taken, or a line that may be left out. What is not `isCounted` is in no sum. */
export type DocumentOffer = { readonly group: string | null; readonly isCounted: boolean };

/** Quantity, prices and discount in millionths; net in minor units. */
export type DocumentLine = {
  readonly position: number;
  readonly sku: string;
  readonly description: string;
  readonly note: string | null;
  readonly qty: number | null;
  readonly uom: string;
  /** The price before anything is taken off, where it is not the line's own price. */
  readonly list: number | null;
  readonly price: number | null;
  readonly discount: number | null;
  readonly net: bigint | null;
  /** What the other side may choose by it; null where there is nothing to choose. */
  readonly offer: DocumentOffer | null;
};

/** Minor units. `rate` in millionths. */
export type DocumentSums = {
  readonly net: bigint;
  /** What makes the lines add up to the total where the whole is rounded once. */
  readonly rounding: bigint;
  readonly discount: bigint;
  /** Each in words of its own. */
  readonly charges: readonly { readonly label: string; readonly amount: bigint }[];
  readonly taxes: readonly { readonly code: string; readonly rate: number; readonly base: bigint; readonly tax: bigint }[];
  readonly isTaxIncluded: boolean;
  readonly total: bigint;
};

/** Lines with a total of their own. An order has one; a quote may offer several to choose from. */
export type DocumentOption = {
  readonly title: string | null;
  readonly lines: readonly DocumentLine[];
  readonly sums: DocumentSums;
};

export type DocumentData = {
  readonly kind: DocumentKind;
  /** Null until it has one. */
  readonly number: string | null;
  /** Written across every page of what nobody may rely on. */
  readonly mark: 'draft' | 'cancelled' | 'withdrawn' | 'superseded' | null;
  /** BCP 47: how figures and days look, and which paper is usual. */
  readonly locale: string;
  readonly currency: string;
  /** Who it goes to, line by line, the name first. */
  readonly party: readonly string[];
  readonly attention: string | null;
  readonly deliverTo: readonly string[];
  readonly facts: readonly DocumentFact[];
  /** Said before the lines. */
  readonly wording: string | null;
  readonly options: readonly DocumentOption[];
  readonly instructions: string | null;
  readonly notes: string | null;
  readonly company: string;
  readonly author: string;
  /** UTC ms, in the file's properties. The same data at the same time is the same file, byte for byte. */
  readonly created: number;
};

export type PageSize = 'a4' | 'letter';

export type DocumentStart = {
  readonly data: DocumentData | BriefPaper;
  /** Null: what is usual where the locale is spoken, unless the template says. */
  readonly page: PageSize | null;
  /** A folder with a template of the company's own; it need not be there. */
  readonly own: string;
};

export type MadeDocument = {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** Characters that the font has no shape for: each stands as `�`. */
  readonly unshown: string;
};

/** What a thread may use, in megabytes. */
const HEAP_MB = 1024;
/** How often a cancel is looked for, in milliseconds. */
const BEAT_MS = 40;

const failed = (why: unknown): AppError =>
  new AppError('internal', `The document could not be made: ${why instanceof Error ? why.message : String(why)}`);

/**
 * Lays a document out in a thread of its own, so that nobody waits while it is made.
 * @param breathe called every now and then; what it throws ends the work
 * @throws AppError `bad-file` for a template that cannot be used, `internal`, and what `breathe` throws
 */
export const makeDocument = async (start: DocumentStart, breathe: () => void): Promise<MadeDocument> => {
  const worker = new Worker(programPath(import.meta.url, './document-thread'), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    execArgv: [],
  });
  let isOver = false;
  const made = new Promise<MadeDocument>((resolve, reject) => {
    worker.on('message', (message: FromDocumentThread) =>
      message.k === 'made' ? resolve(message) : reject(fromWire(message.error)),
    );
    worker.on('error', (error: unknown) => reject(failed(error)));
    worker.on('exit', () => reject(failed('its thread ended')));
  });
  const over = made.then(
    () => void (isOver = true),
    () => void (isOver = true),
  );
  try {
    while (!isOver) {
      await Promise.race([over, wait(BEAT_MS)]);
      breathe();
    }
    const { bytes, pages, unshown } = await made;
    return { bytes, pages, unshown };
  } finally {
    await worker.terminate();
  }
};
