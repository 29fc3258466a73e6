/**
 * Freight quotes (Q4): the charges a mode of transport is quoted by, as the company has set them up, and what keeps a quote
 * of one from going out. A surcharge nobody thought of is the classic loss, so each has its line, with or without a price.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { chargeBlocks, type QuotedCharge } from '../../../../shared/domain/quote/charges.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import type { Blocker } from '../orders/blockers.ts';
import { settingPatches } from '../company/company.ts';
import { changeBy } from '../access/identity.ts';
import { bigOf, textOf } from '../billing/receivables.ts';
import { applyStep } from '../access/step.ts';

const KEY = 'charges';
type Template = Parameters<Commands['app.setCharges']>[0]['templates'][number];

const isCharge = (value: unknown): value is Template['charges'][number] =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && 'mandatory' in value;

const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' &&
  value !== null &&
  'mode' in value &&
  typeof value.mode === 'string' &&
  'charges' in value &&
  Array.isArray(value.charges) &&
  value.charges.every(isCharge);

const templatesIn = (read: Reader): readonly Template[] => {
  const value = read.setting(KEY);
  return Array.isArray(value) ? value.filter(isTemplate) : [];
};

const templateOf = (mode: unknown, read: Reader): Template | undefined =>
  templatesIn(read).find((template) => template.mode === mode);

const productOf = (code: string, read: Reader): StoredRow | undefined => {
  const [id] = read.match('products', 'sku', code);
  return id === undefined ? undefined : read.get('products', id);
};

/** Charges that stand on a quote; a price of nothing says that it is inside the rate. */
const quotedOf = (quote: string, read: Reader): readonly QuotedCharge[] =>
  read.children('quote_lines', quote).flatMap((line) => {
    const { product_id: id, price, net } = line;
    const code = typeof id === 'string' ? textOf(read.get('products', id)?.['sku']) : null;
    if (code === null) return [];
    return [{ code, amount: price === null ? null : bigOf(net), isIncluded: price === 0 }];
  });

const SAID = {
  RATES_UNTIL: ['rates_to', 'Say to which day the rates hold'],
  TRANSIT: ['transit', 'Say what transit is assumed'],
  FREE_TIME: ['free_days', 'Say how much free time there is'],
} as const;

/** What keeps a freight quote from going out, beside its cells. A line without a price is said where it stands. */
export const freightBlockers = (quote: StoredRow | undefined, read: Reader): readonly Blocker[] => {
  const template = templateOf(quote?.['charge_mode'], read);
  if (quote === undefined || template === undefined) return [];
  const mandatory = template.charges.filter((one) => one.mandatory).map(({ code }) => code);
  const quoted = quotedOf(quote.id, read);
  const terms = {
    ratesUntil: textOf(quote['rates_to']),
    transit: textOf(quote['transit']),
    freeDays: typeof quote['free_days'] === 'number' ? quote['free_days'] : null,
  };
  return chargeBlocks({ mode: template.mode, mandatory }, quoted, terms).flatMap(({ code, charge }): readonly Blocker[] => {
    const at = { table: 'quotes', row: quote.id, code };
    if (code !== 'CHARGE_BLANK') return [{ ...at, field: SAID[code][0], message: SAID[code][1] }];
    const isThere = quoted.some((one) => one.code === charge);
    return isThere ? [] : [{ ...at, field: 'line_count', message: `The charge ${charge} of ${template.mode} is missing` }];
  });
};

export const freightQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'app.charges'> => ({
  'app.charges': () => ({
    templates: templatesIn(read).map(({ mode, charges }) => ({
      mode,
      charges: charges.map((charge) => ({ ...charge, product: textOf(productOf(charge.code, read)?.['name']) })),
    })),
  }),
});

type Deps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids'> };

const setCharges =
  ({ store, env }: Deps): Commands['app.setCharges'] =>
  ({ templates }, context) => {
    if (new Set(templates.map(({ mode }) => mode)).size < templates.length)
      throw new AppError('invalid', 'A mode of transport stands there twice.', { field: 'mode' });
    if (templates.some(({ charges }) => new Set(charges.map(({ code }) => code)).size < charges.length))
      throw new AppError('invalid', 'A charge stands there twice.', { field: 'code' });
    const patches = settingPatches(store, env.ids, { [KEY]: templates });
    if (patches.length > 0) store.apply(patches, changeBy(store, context, { label: 'Freight charges', silent: true }));
    return {};
  };

const charge =
  ({ store, env }: Deps): Commands['quotes.charge'] =>
  ({ id, mode, screen }, context) => {
    const quote = store.get('quotes', id);
    if (quote === undefined) throw new AppError('not-found', 'The quote is not here or was deleted.', { table: 'quotes', id });
    const template = templateOf(mode, store);
    if (template === undefined) throw new AppError('not-found', `No charges are set up for ${mode}.`, { mode });
    const unknown = template.charges.filter(({ code }) => productOf(code, store) === undefined).map(({ code }) => code);
    if (unknown.length > 0)
      throw new AppError('blocked', `There is no product ${unknown.join(', ')}: charges are products. Nothing was changed.`, {
        mode,
      });
    const there = new Set(quotedOf(id, store).map(({ code }) => code));
    const lines = template.charges.flatMap(({ code }): readonly StorePatch[] => {
      const product = there.has(code) ? undefined : productOf(code, store);
      if (product === undefined) return [];
      const values = { quote_id: id, product_id: product.id, qty: 1_000_000 };
      return [{ kind: 'insert', table: 'quote_lines', id: env.ids(), values }];
    });
    const label = `Charges of ${mode}`;
    return applyStep(store, context, { label, screen }, [
      { kind: 'update', table: 'quotes', id, values: { charge_mode: mode } },
      ...lines,
    ]);
  };

export const freightCommands = (deps: Deps): Pick<Commands, 'app.setCharges' | 'quotes.charge'> => ({
  'app.setCharges': setCharges(deps),
  'quotes.charge': charge(deps),
});
