/** The trace of a line's price, and pricing a draft again on purpose (RULES P1, P9). */
import { sha256 } from '../../files/sha256.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { discountOnTop } from '../../../../shared/domain/discount.ts';
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import { costOf, defaultLimits, isCostStale, marginOf } from '../../../../shared/domain/margin.ts';
import { lineNet, lineWorkOf, type LineWork } from '../../../../shared/domain/money.ts';
import { leastPrice } from '../../../../shared/domain/pricing/room.ts';
import { engineSays } from '../../../../shared/domain/pricing/manual.ts';
import { repriceRow, type RepriceRow } from '../../../../shared/domain/pricing/reprice.ts';
import { traceText, type Trace } from '../../../../shared/domain/pricing/trace.ts';
import { documentOfLines, documents, type DocumentTable, type LineTable } from '../../../../shared/model/documents.ts';
import { inSentence } from '../../../../shared/domain/in-sentence.ts';
import { tableOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { costIn } from '../money/fx.ts';
import { changeBy } from '../access/identity.ts';
import { headerShares } from '../orders/worked.ts';
import { priceLine, type Asking } from './price-book.ts';
import { priceOfLine } from '../rules/line-price.ts';
import { documentOf } from '../rules/lines.ts';

type Env = Pick<EngineEnv, 'zone' | 'clock'>;
type Traced = Awaited<ReturnType<Queries['prices.trace']>>;

const rowOf = (read: Reader, table: DocumentTable | LineTable, id: string): StoredRow => {
  const row = read.get(table, id);
  if (!row) throw new AppError('not-found', `The ${inSentence(tableOf(table).one)} is not here or was deleted.`, { table, id });
  return row;
};

/** Codes, else names, of the lists a trace speaks of. */
const listNames = (trace: Trace, read: Reader): Record<string, string> => {
  const ids = new Set(trace.looks.flatMap(({ list }) => (list === null ? [] : [list])));
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const list = read.get('price_lists', id);
      return list === undefined ? [] : [[id, String(list['code'] ?? list['name'] ?? '')] as const];
    }),
  );
};

type Priced = {
  readonly table: DocumentTable | undefined;
  readonly document: StoredRow | undefined;
  readonly currency: string;
};

/** The margin of what stands on the line, its discounts taken off, that of the whole too; null where there is nothing to judge by. */
const marginOfLine = (
  line: StoredRow,
  { table, document, currency }: Priced,
  work: LineWork,
  { read, today }: Asking,
): Traced['margin'] => {
  const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
  const { price, discount } = line;
  const cost = table === undefined ? null : costIn(table, document, product, read);
  if (typeof price !== 'number' || cost === null) return null;
  const digits = minorDigits(currency);
  const qty = typeof line['qty'] === 'number' && line['qty'] > 0 ? line['qty'] : 1_000_000;
  const header = table === undefined || document === undefined ? 0 : headerShares(table, document, read).fraction;
  const off = discountOnTop(typeof discount === 'number' ? discount : 0, header);
  const net = lineNet({ qty, price, discount: off }, work, digits);
  const costOn = typeof product?.['cost_on'] === 'string' ? product['cost_on'] : null;
  return {
    percent: marginOf(net, costOf(qty, cost, digits)).percent,
    least: leastPrice(cost, defaultLimits.floor, off),
    cost,
    costOn,
    isStale: isCostStale(costOn, today, defaultLimits.costDays),
    floor: defaultLimits.floor,
  };
};

const positionOf = ({ position }: StoredRow): number | null => (typeof position === 'number' ? position : null);

const traceOf = (table: LineTable, id: string, asking: Asking): Traced => {
  const { read } = asking;
  const line = rowOf(read, table, id);
  const owner = documentOfLines(table);
  const document = owner === undefined ? undefined : documentOf(owner, line, read);
  const asked = priceLine(line, document, asking);
  const now = priceOfLine(line);
  const currency = typeof document?.['currency'] === 'string' ? document['currency'] : '';
  const about = asked && {
    qty: typeof line['qty'] === 'number' ? line['qty'] : null,
    uom: asked.ask.uom,
    currency,
    date: asked.ask.date,
  };
  return {
    trace: asked?.trace ?? null,
    hash: asked === null ? null : sha256(traceText(asked.trace)),
    position: positionOf(line),
    price: now.price,
    by: now.by,
    why: now.by === 'hand' && typeof line['price_why'] === 'string' && line['price_why'] !== '' ? line['price_why'] : null,
    says: engineSays(now),
    asked: about,
    lists: asked === null ? {} : listNames(asked.trace, read),
    margin: marginOfLine(line, { table: owner, document, currency }, lineWorkOf(document?.['line_rounding']), asking),
  };
};

type Row = RepriceRow & Readonly<{ position: number | null; sku: string | null; description: string | null }>;

const repricing = (table: DocumentTable, document: StoredRow, asking: Asking): readonly Row[] =>
  asking.read.children(documents[table].lines, document.id).map((line) => {
    const trace = priceLine(line, document, asking)?.trace ?? { outcome: 'unpriced', price: null };
    const sku = typeof line['product_id'] === 'string' ? asking.read.get('products', line['product_id'])?.['sku'] : null;
    return {
      ...repriceRow(line.id, priceOfLine(line), trace),
      position: positionOf(line),
      sku: typeof sku === 'string' ? sku : null,
      description: typeof line['description'] === 'string' ? line['description'] : null,
    };
  });

const askingOf = (read: Reader, env: Env): Asking => ({ read, today: companyToday(read, env) });

export const priceQueries = ({
  read,
  env,
}: {
  readonly read: Reader;
  readonly env: Env;
}): Pick<Queries, 'prices.trace' | 'prices.repricing'> => ({
  'prices.trace': ({ table, line }) => read.together(() => traceOf(table, line, askingOf(read, env))),
  'prices.repricing': ({ table, id }) =>
    read.together(() => ({ rows: [...repricing(table, rowOf(read, table, id), askingOf(read, env))] })),
});

const CHANGING: readonly Row['change'][] = ['up', 'down', 'new', 'unpriced', 'same'];

/** A line that nobody named keeps the price a person set. */
const isTaken = ({ change, before, after, says }: Row, isNamed: boolean): boolean =>
  change === 'kept' ? isNamed && says !== null : CHANGING.includes(change) && !(change === 'unpriced' && before === after);

/**
 * Lines whose price is made anew: writing what the prices say leaves a line to them. One that stands as it is may have
 * come with a file.
 */
const repricePatches = (
  table: DocumentTable,
  document: StoredRow,
  named: ReadonlySet<string> | null,
  asking: Asking,
): readonly StorePatch[] =>
  repricing(table, document, asking)
    .filter((row) => (named?.has(row.line) ?? true) && isTaken(row, named !== null))
    .map(({ line, change, after, says }) => ({
      kind: 'update',
      table: documents[table].lines,
      id: line,
      values: { price: change === 'kept' ? says : after },
    }));

/** A line a person asked for says which it was, in the history and at undo. */
const labelOf = (document: StoredRow, named: ReadonlySet<string> | null): string => {
  const name = document['number'] === null ? 'a draft' : String(document['number']);
  return named === null ? `Re-price ${name}` : `Re-price ${named.size} ${named.size === 1 ? 'line' : 'lines'} of ${name}`;
};

export const priceCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Env;
}): Pick<Commands, 'prices.reprice'> => ({
  'prices.reprice': ({ table, id, lines, screen }, context) => {
    const document = rowOf(store, table, id);
    if (isFrozen(documents[table].lifecycle, String(document['status'])))
      throw new AppError('blocked', 'Only a draft is priced again: what was sent or confirmed keeps its prices.', { id });
    const named = lines === null ? null : new Set(lines);
    const patches = repricePatches(table, document, named, askingOf(store, env));
    const label = labelOf(document, named);
    const { inverse: _, ...changed } = store.apply(patches, changeBy(store, context, { label, screen }));
    return changed;
  },
});
