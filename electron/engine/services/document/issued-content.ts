/** What is kept of a document that was issued, read again: it may come from another device, and is judged before it is printed. */
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import { documentFacts } from '../../files/document.ts';
import { sha256 } from '../../files/sha256.ts';
import type { IssuedPaper } from '../../store/api.ts';

/** Of what is kept: another is not read by this build. */
export const VERSION = 1;

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
    .array(
      z.union([z.object({ word: z.enum(documentFacts), text }), z.object({ word: z.enum(documentFacts), day: z.iso.date() })]),
    )
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
export type IssuedContent = Omit<z.output<typeof content>, 'v'>;

/**
 * What a document said when it was issued; null where that was too long to be kept, or is not to be read by this build.
 * @throws AppError `damaged-file` where the bytes are not those that were issued
 */
export const readIssued = ({ body, sha }: Pick<IssuedPaper, 'body' | 'sha'>): IssuedContent | null => {
  if (sha256(body) !== sha)
    throw new AppError(
      'damaged-file',
      'What was kept of the document as it was issued is damaged. Restore the file from a backup.',
      {
        sha,
      },
    );
  try {
    const { data } = content.safeParse(JSON.parse(body));
    if (data === undefined) return null;
    const { v: _version, ...said } = data;
    return said;
  } catch {
    return null;
  }
};
