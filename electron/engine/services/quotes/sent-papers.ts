/**
 * What was sent, as it was (Q6): the paper byte by byte and everything it says as canonical JSON, each with its SHA-256.
 * Kept in the file with the revision, so that it is there on every device and in every copy.
 */
import { sha256 } from '../../files/sha256.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import { canonicalJson, type Canonical } from '../../../../shared/domain/canonical.ts';
import { plainOf } from '../document/plain.ts';
import type { DocumentData, MadeDocument } from '../../files/document.ts';
import type { Reader, StorePatch } from '../../store/api.ts';

type Sent = {
  readonly quote: string;
  /** Of the commercial content (A3). */
  readonly content: string;
  readonly revision: number;
  readonly recipient: string | null;
  readonly channel: string;
  readonly actor: string;
  /** UTC ms. */
  readonly at: number;
};

/** The row that keeps what was sent. */
export const keptPatch = (id: string, sent: Sent, data: DocumentData, made: MadeDocument): StorePatch => {
  const snapshot = canonicalJson({ v: 1, ...(plainOf({ ...sent, paper: data }) as { readonly [key: string]: Canonical }) });
  return {
    kind: 'insert',
    table: 'sent_quotes',
    id,
    values: {
      quote_id: sent.quote,
      number: data.number,
      revision: sent.revision,
      recipient: sent.recipient,
      channel: sent.channel,
      actor: sent.actor,
      at: sent.at,
      snapshot,
      snapshot_hash: sha256(snapshot),
      pdf: Buffer.from(made.bytes).toString('base64'),
      pdf_hash: sha256(made.bytes),
      pages: made.pages,
    },
  };
};

export type Kept = { readonly bytes: Uint8Array; readonly pages: number; readonly at: number };

/**
 * The paper that went out with a quote, the first where two devices sent it; null where none is kept.
 * @throws AppError `damaged-file` where the bytes are not those that were sent
 */
export const keptPaper = (quote: string, read: Reader): Kept | null => {
  const [row] = read.children('sent_quotes', quote);
  if (row === undefined) return null;
  const bytes = new Uint8Array(Buffer.from(String(row['pdf'] ?? ''), 'base64'));
  if (sha256(bytes) !== row['pdf_hash'] || sha256(String(row['snapshot'] ?? '')) !== row['snapshot_hash'])
    throw new AppError('damaged-file', 'What was kept of the quote as it was sent is damaged. Restore the file from a backup.', {
      quote,
    });
  return { bytes, pages: Number(row['pages'] ?? 0), at: Number(row['at'] ?? 0) };
};
