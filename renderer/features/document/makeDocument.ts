/** A document as a PDF: where it goes is asked where the host can ask, else it goes into the folder of exports. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { PrintedTable } from '../../../shared/model/documents.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { client, whenWritten } from '../../client/client.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { fitName, isWriting, runWriting, sayWritten } from '../export/useExport.ts';
import type { Blocker } from '../order/useDocument.ts';
import { nameOfRow } from '../record/names.ts';

/** The longest that thousands of lines may take. */
export const LONGEST_MS = 600_000;
/** Long names of customers make no long names of files. */
const LONGEST_NAME = 80;

/** Where a paper of such a name goes; null where nobody wants it after all. */
export const askPlace = (title: string): Promise<string | null> => {
  const name = `${fitName(title).slice(0, LONGEST_NAME).trim()}.pdf`;
  if (!canPick()) return Promise.resolve(name);
  return pickPath('save', 'Save as PDF', { suggest: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] });
};

const sayUnshown = (unshown: string): string =>
  unshown === '' ? '' : ` The font has no shape for ${[...unshown].slice(0, 8).join(' ')}: look it over before you send it.`;

/** Says what was written, and what of it cannot be read. */
export const sayMade = ({ path, pages, unshown, sent, issued }: OutputOf<WorkbenchContract['orders.document']>): void => {
  const as = sent !== null ? ', as sent,' : issued !== null ? ', as issued,' : '';
  const differs = issued?.differs === true ? ' The records say something else today; the paper does not change.' : '';
  sayWritten(`${pages === 1 ? 'One page' : `${pages} pages`}${as} written to ${path}.${differs}${sayUnshown(unshown)}`, path);
};

/** One of several papers, and what its file is called. */
type Paper = { readonly sha: string; readonly name: string };

/**
 * @param onBlocked told every cell that keeps the document from being made
 * @param paper the one that is meant, where several were given out
 */
export const makeDocument = async (
  table: PrintedTable,
  id: string,
  onBlocked: (blockers: readonly Blocker[]) => void,
  paper: Paper | null = null,
): Promise<void> => {
  if (isWriting()) return;
  await whenWritten();
  // A credit note is whole from the moment it is given.
  const { blockers } = table === 'credit_notes' ? { blockers: [] } : await client[`${table}.blockers`]({ id });
  if (blockers.length > 0) return onBlocked(blockers);
  const row = await client['records.get']({ table, id });
  const to = await askPlace(`${tableOf(table).one} ${paper?.name ?? nameOfRow(table, row)}`);
  if (to === null) return;
  await runWriting(null, async (whenBusy, signal) => {
    const call = { signal, timeoutMs: LONGEST_MS };
    sayMade(await client[`${table}.document`]({ of: paper === null ? { id } : { id, paper: paper.sha }, to, whenBusy }, call));
  });
};
