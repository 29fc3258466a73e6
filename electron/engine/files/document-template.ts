/**
 * How the documents of a company look: data, never code. The standard template is ours; a company puts what it wants
 * otherwise into `documents/template.json` beside its file, with its logo, and the rest stays as it is here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/define.ts';
import { readBytes } from './disk.ts';
import { documentFacts, type PageSize } from './document.ts';

const TEMPLATE = 'template.json';
/** Bytes. */
const LARGEST_TEMPLATE = 256 * 1024;
const LARGEST_LOGO = 2 * 1024 * 1024;

export const columnNames = ['position', 'sku', 'description', 'qty', 'uom', 'list', 'price', 'discount', 'net'] as const;
export type ColumnName = (typeof columnNames)[number];

const wordNames = [
  ...documentFacts,
  ...columnNames,
  'page',
  'amounts',
  'draft',
  'cancelled',
  'withdrawn',
  'superseded',
  'unnumbered',
  'attention',
  'deliverTo',
  'chosen',
  'alternative',
  'taken',
  'optional',
  'subtotal',
  'rounding',
  'discounted',
  'tax',
  'taxWithin',
  'total',
  'instructions',
  'notes',
] as const;

const line = z.string().max(200);
const paragraph = z.string().max(4000);
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #1f4f8f');
const ofKinds = <T extends z.ZodType>(one: T) => z.strictObject({ quote: one, order: one, invoice: one, credit_note: one });

const template = z.strictObject({
  v: z.literal(1),
  /** Without a name, the one in the settings. */
  company: z.strictObject({ name: line.nullable(), lines: z.array(line).max(8) }),
  /** A picture in the same folder; it is fitted into the box, in points. */
  logo: z
    .strictObject({
      file: z.string().regex(/^[\w-][\w .-]*\.(?:png|jpe?g)$/i, 'must be the name of a .png or .jpg file in the same folder'),
      width: z.number().min(10).max(300),
      height: z.number().min(10).max(120),
    })
    .nullable(),
  colours: z.strictObject({ ink: colour, soft: colour, rule: colour, accent: colour }),
  page: z.enum(['auto', 'a4', 'letter']),
  columns: z.array(z.enum(columnNames)).min(1),
  /** Notes are for the own people until the company says that they are written for customers. */
  show: z.strictObject({ notes: z.boolean(), lineNotes: z.boolean() }),
  footer: z.array(line).max(3),
  /** A text at the end. */
  closing: ofKinds(paragraph),
  /** Titles, and what the other side is called. `draft`: the title until it is binding. */
  kinds: ofKinds(z.strictObject({ title: line, draft: line, number: line, party: line })),
  words: z.strictObject(
    Object.fromEntries(wordNames.map((name) => [name, line])) as Record<(typeof wordNames)[number], typeof line>,
  ),
});
export type TemplateData = z.output<typeof template>;
export type Template = TemplateData & { readonly picture: Uint8Array | null };

/** Beside the built engine, else where the sources have it. */
export const standardFolder = (): string => {
  const built = fileURLToPath(new URL('documents', import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL('../../../resources/documents', import.meta.url));
};

const unusable = (path: string, why: string): AppError =>
  new AppError('bad-file', `The template of your documents cannot be used: ${why}. It is ${path}.`, { path });

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readBytes(path, LARGEST_TEMPLATE)));
  } catch (error) {
    throw unusable(path, error instanceof Error ? error.message : String(error));
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is said in `over` wins, name by name; lists are taken whole. */
const merge = (base: unknown, over: unknown): unknown =>
  isObject(base) && isObject(over)
    ? Object.fromEntries(
        [...new Set([...Object.keys(base), ...Object.keys(over)])].map((key) => [
          key,
          Object.hasOwn(over, key) ? merge(base[key], over[key]) : base[key],
        ]),
      )
    : over;

const isPicture = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) || (bytes[0] === 0xff && bytes[1] === 0xd8);

const readPicture = (logo: TemplateData['logo'], folder: string): Uint8Array | null => {
  if (logo === null) return null;
  const path = join(folder, logo.file);
  const bytes = readBytes(path, LARGEST_LOGO);
  if (!isPicture(bytes)) throw unusable(path, `${logo.file} is no PNG and no JPEG picture`);
  return bytes;
};

/**
 * The template: ours, and over it the company's own where there is one.
 * @throws AppError `bad-file`, with the name of what is wrong in it
 */
export const readTemplate = (own: string, standard: string): Template => {
  const ours = readJson(join(standard, TEMPLATE));
  const path = join(own, TEMPLATE);
  const parsed = template.safeParse(existsSync(path) ? merge(ours, readJson(path)) : ours);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unusable(path, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  return { ...parsed.data, picture: readPicture(parsed.data.logo, own) };
};

/** Where paper is cut by the US Letter standard (CLDR). */
const letterRegions: ReadonlySet<string> = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '));

/** The paper: as asked, as the template says, else as is usual in the locale's region. */
export const pageOf = (asked: PageSize | null, { page }: Pick<TemplateData, 'page'>, locale: string): PageSize => {
  if (asked !== null) return asked;
  if (page !== 'auto') return page;
  return letterRegions.has(new Intl.Locale(locale).maximize().region ?? '') ? 'letter' : 'a4';
};
