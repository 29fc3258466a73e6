/** `workbench document`: an order by its number, as a PDF. */
import { resolve } from 'node:path';
import type { Asked } from './usage.ts';
import { usage, type Work } from './work.ts';

const pageOf = ({ values: { page } }: Asked): 'a4' | 'letter' | null => {
  if (page === undefined || page === 'a4' || page === 'letter') return page ?? null;
  throw usage(`--page is a4 or letter, not “${page}”.`);
};

export const runDocument = async ({ client, asked, output, options, folder }: Work): Promise<void> => {
  const { to, locale = null, copy, json } = asked.values;
  if (to === undefined || to === '') throw usage('document needs --to. Try workbench document --help.');
  const done = await client['orders.document'](
    {
      of: { number: asked.args[0] ?? '' },
      to: resolve(folder, to),
      locale,
      page: pageOf(asked),
      whenBusy: copy === true ? 'copy' : 'refuse',
    },
    options,
  );
  if (json) return output.json(done);
  output.print(`${done.pages} ${done.pages === 1 ? 'page' : 'pages'} written to ${done.path}`);
  if (done.unshown !== '') output.note(`workbench: the font has no shape for these characters: ${done.unshown}`);
};
