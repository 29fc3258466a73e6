/**
 * What a change does to the price of a line (RULES P8): the prices make it and remake it when product, quantity, unit,
 * customer or day changes; what a person typed stays, with what the prices say beside it; what came with a file, a
 * quote or a sale is left alone. Only while the document may still change.
 */
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import { settlePrice, typedPrice, type LinePrice, type PricedBy } from '../../../../shared/domain/pricing/manual.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { documents, type DocumentTable, type LineTable } from '../../../../shared/model/documents.ts';
import { plain } from '../records/fields.ts';
import { priceLine, type Asking } from '../pricing/price-book.ts';
import { goodsOf } from '../pricing/price-goods.ts';

type Settled = Readonly<Record<string, CellValue>>;
type Cells = Readonly<Record<string, Scalar>>;

/** What of a line its price hangs on. */
const LINE_KEYS: readonly string[] = ['product_id', 'qty', 'uom'];
/** And what of its document. */
const DOCUMENT_KEYS: readonly string[] = [
  ...['account_id', 'site_id', 'currency', 'sales_channel'],
  ...['price_on', 'ordered_on', 'quoted_on'],
];

const BY: Readonly<Record<string, PricedBy>> = { 0: 'engine', 1: 'hand' };

/** A line's price, and who it is by, as its row says. */
export const priceOfLine = (line: StoredRow): LinePrice => ({
  price: typeof line['price'] === 'number' ? line['price'] : null,
  by: BY[String(line['by_hand'])] ?? null,
  enginePrice: typeof line['engine_price'] === 'number' ? line['engine_price'] : null,
});

/** What the prices make has no reason of a person's. */
const reasonAfter = (line: StoredRow, values: Settled): Settled =>
  values['by_hand'] === 0 && values['price_why'] === undefined && (line['price_why'] ?? null) !== null
    ? { ...values, price_why: null }
    : values;

/** The cells of a line that say its price. */
const priceCells = ({ price, by, enginePrice }: LinePrice): Settled => ({
  price,
  by_hand: by === null ? null : by === 'hand' ? 1 : 0,
  engine_price: enginePrice,
});

/** The cells that change from one to the other. What stays is not written: text that could not be read stands there too. */
const movedCells = (now: LinePrice, after: LinePrice): Settled => {
  const before = priceCells(now);
  return Object.fromEntries(Object.entries(priceCells(after)).filter(([key, value]) => before[key] !== value));
};

const plainCells = (values: Settled): Cells =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));

type Said = { readonly price: number | null };

const says = (line: Cells, document: Cells | undefined, asking: Asking): Said =>
  priceLine(line, document, asking)?.trace ?? { price: null };

/** A price that somebody wrote, readable or not, or took away: it is theirs, unless the prices say the same. */
const written = (values: Settled, trace: Said): Settled => {
  const price = values['price'] ?? null;
  if (price === null || typeof price === 'number') return { ...values, ...priceCells(typedPrice(price, trace)) };
  return { ...values, by_hand: 1, engine_price: trace.price };
};

/** A new line's price: the one that came with it, else what the prices say. One without a product has none to look for. */
export const newLinePrice = (values: Settled, document: Cells | undefined, asking: Asking): Settled => {
  // P2 level 0: what was quoted is the price, whatever the prices say of another quantity.
  if ((values['quote_line_id'] ?? null) !== null) return values;
  const cells = plainCells(values);
  const isWritten = (values['price'] ?? null) !== null;
  if (isWritten) return written(values, says(cells, document, asking));
  const asked = priceLine(cells, document, asking);
  return asked === null ? values : { ...values, ...priceCells({ price: asked.trace.price, by: 'engine', enginePrice: null }) };
};

/** A document and its lines, as a change of either sees them. */
export type Priced = { readonly table: DocumentTable; readonly document: StoredRow | undefined; readonly asking: Asking };

const isOpen = ({ table, document }: Priced): boolean =>
  document === undefined || !isFrozen(documents[table].lifecycle, String(document['status']));

/** A price stands on the line, or text that was meant for one. */
const hasPrice = (table: LineTable, line: StoredRow, read: Reader): boolean =>
  line['price'] !== null || read.issues(table, line.id).some(({ field, origin }) => field === 'price' && origin === 'parse');

/**
 * Another product has another price. What was written before there was one, or what no price is found to take the
 * place of, stays.
 */
const ofOtherProduct = (line: StoredRow, values: Settled, { price }: Said, { table, asking }: Priced): Settled => {
  const now = priceOfLine(line);
  const isThere = now.by !== 'engine' && hasPrice(documents[table].lines, line, asking.read);
  const isKept = isThere && (line['product_id'] === null || price === null);
  const after: LinePrice = isKept ? settlePrice(now, { price }) : { price, by: 'engine', enginePrice: null };
  return { ...values, ...movedCells(now, after) };
};

const changedPrice = (line: StoredRow, values: Settled, priced: Priced): Settled => {
  const { document, asking } = priced;
  if (!isOpen(priced)) return values;
  const cells = { ...line, ...plainCells(values) };
  if (values['price'] !== undefined) return written(values, says(cells, document, asking));
  if (!LINE_KEYS.some((key) => values[key] !== undefined && values[key] !== line[key])) return values;
  if (values['product_id'] !== undefined && cells['product_id'] !== line['product_id']) {
    const asked = priceLine(cells, document, asking);
    return asked === null ? values : ofOtherProduct(line, values, asked.trace, priced);
  }
  const now = priceOfLine(line);
  return now.by === null ? values : { ...values, ...movedCells(now, settlePrice(now, says(cells, document, asking))) };
};

/** What a change of a line makes of its price. */
export const changedLinePrice = (line: StoredRow, values: Settled, priced: Priced): Settled =>
  reasonAfter(line, changedPrice(line, values, priced));

/** The price of a line made anew, where it changes. */
const settledPatches = (table: LineTable, line: StoredRow, document: StoredRow, asking: Asking): readonly StorePatch[] => {
  const now = priceOfLine(line);
  const moved = now.by === null ? {} : movedCells(now, settlePrice(now, says(line, document, asking)));
  return Object.keys(moved).length > 0 ? [{ kind: 'update', table, id: line.id, values: moved }] : [];
};

/** The lines whose prices change with their document: another customer, another day, other money. */
export const changedDocumentPrices = (
  table: DocumentTable,
  before: StoredRow,
  values: Settled,
  asking: Asking,
): readonly StorePatch[] => {
  const changes = DOCUMENT_KEYS.some((key) => values[key] !== undefined && plain(values[key]) !== (before[key] ?? null));
  if (!changes || !isOpen({ table, document: before, asking })) return [];
  const after = { ...before, ...plainCells(values) };
  const { lines } = documents[table];
  return asking.read.children(lines, before.id).flatMap((line) => settledPatches(lines, line, after, asking));
};

/** What of a line counts on others of its document (P6). */
const COUNTED_KEYS: readonly string[] = ['product_id', 'qty', 'uom', 'option_group', 'optional', 'chosen'];

/** The lines of a document that patches write, as they are about to stand; none where nothing that counts on others changes. */
const linesToBe = (table: LineTable, patches: readonly StorePatch[], read: Reader): ReadonlyMap<string, Cells | null> => {
  const toBe = new Map<string, Cells | null>();
  for (const patch of patches) {
    if (patch.table !== table) continue;
    if (patch.kind === 'delete') toBe.set(patch.id, null);
    if (patch.kind === 'undelete') toBe.set(patch.id, read.getAny(table, patch.id) ?? null);
    if (!('values' in patch) || !COUNTED_KEYS.some((key) => patch.values[key] !== undefined)) continue;
    // Expanded: what was typed is read by now.
    const values = plainCells(patch.values as Settled);
    toBe.set(patch.id, { ...(toBe.get(patch.id) ?? read.get(table, patch.id)), ...values });
  }
  return toBe;
};

const groupsIn = (lines: readonly (Cells | null | undefined)[], read: Reader): ReadonlySet<string> =>
  new Set(
    lines.flatMap((line) => {
      const product = line?.['product_id'];
      return typeof product === 'string' ? (goodsOf(product, read)?.groups ?? []) : [];
    }),
  );

/**
 * The prices of the lines of a document that count the lines of a group (P6): they change with each of them, and with a
 * choice that takes another one out of the total.
 * @param patches what is about to be written of the document's lines
 */
export const groupPrices = (priced: Priced, patches: readonly StorePatch[]): readonly StorePatch[] => {
  const { table, document, asking } = priced;
  const { read } = asking;
  if (document === undefined || !isOpen(priced) || !read.hasGroupBreaks()) return [];
  const { lines } = documents[table];
  const toBe = linesToBe(lines, patches, read);
  const groups = groupsIn(
    [...toBe].flatMap(([id, after]) => [read.get(lines, id), after]),
    read,
  );
  const stored = read.children(lines, document.id).filter(({ id }) => !toBe.has(id));
  const coming = [...toBe].flatMap(([id, cells]) => (cells === null ? [] : [{ ...cells, id }]));
  return [...stored, ...coming]
    .filter((line) => [...groupsIn([line], read)].some((group) => groups.has(group)))
    .flatMap((line) => settledPatches(lines, line, document, { ...asking, toBe }));
};
