/** `workbench document`: a quote, an order, an invoice or a credit note by its number, as a PDF. */
import { resolve } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import type { Client } from '../../../shared/contract/index.ts';
import type { Asked } from './usage.ts';
import { usage, type Work } from './work.ts';

export const pageOf = ({ values: { page } }: Asked): 'a4' | 'letter' | null => {
  if (page === undefined || page === 'a4' || page === 'letter') return page ?? null;
  throw usage(`--page is a4 or letter, not “${page}”.`);
};

const tables = ['quotes', 'orders', 'invoices', 'credit_notes'] as const;

/** What has the number: no series says for sure what a number of another system is of. */
const make = async ({ client, options }: Work, number: string, how: Omit<Parameters<Client['orders.document']>[0], 'of'>) => {
  for (const table of tables) {
    try {
      return await client[`${table}.document`]({ of: { number }, ...how }, options);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found')) throw error;
    }
  }
  throw new AppError('not-found', `There is no quote, order, invoice or credit note ${number}.`, { number });
};

/** Says what was written, and what of it nobody can read. */
export const printMade = ({ asked, output }: Work, done: Awaited<ReturnType<Client['orders.document']>>): void => {
  if (asked.values.json) return output.json(done);
  output.print(`${done.pages} ${done.pages === 1 ? 'page' : 'pages'} written to ${done.path}`);
  if (done.unshown !== '') output.note(`workbench: the font has no shape for these characters: ${done.unshown}`);
};

export const runDocument = async (work: Work): Promise<void> => {
  const { asked, folder } = work;
  const { to, locale = null, copy } = asked.values;
  if (to === undefined || to === '') throw usage('document needs --to. Try workbench document --help.');
  const done = await make(work, asked.args[0] ?? '', {
    to: resolve(folder, to),
    locale,
    page: pageOf(asked),
    whenBusy: copy === true ? 'copy' : 'refuse',
  });
  printMade(work, done);
};
