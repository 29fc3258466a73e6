/** A document as a PDF: where it goes is asked where the host can ask, else it goes into the folder of exports. */
import type { PrintedTable } from '../../../shared/model/documents.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { client, whenWritten } from '../../client/client.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { fitName, isWriting, runWriting, sayWritten } from '../export/useExport.ts';
import type { Blocker } from '../order/useDocument.ts';
import { nameOfRow } from '../record/names.ts';

/** The longest that thousands of lines may take. */
const LONGEST_MS = 600_000;
/** Long names of customers make no long names of files. */
const LONGEST_NAME = 80;

const placeOf = async (table: PrintedTable, id: string): Promise<string | null> => {
  const row = await client['records.get']({ table, id });
  const name = `${fitName(`${tableOf(table).one} ${nameOfRow(table, row)}`)
    .slice(0, LONGEST_NAME)
    .trim()}.pdf`;
  if (!canPick()) return name;
  return pickPath('save', 'Save as PDF', { suggest: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] });
};

const sayUnshown = (unshown: string): string =>
  unshown === '' ? '' : ` The font has no shape for ${[...unshown].slice(0, 8).join(' ')}: look it over before you send it.`;

/** @param onBlocked told every cell that keeps the document from being made */
export const makeDocument = async (
  table: PrintedTable,
  id: string,
  onBlocked: (blockers: readonly Blocker[]) => void,
): Promise<void> => {
  if (isWriting()) return;
  await whenWritten();
  // A credit note is whole from the moment it is given.
  const { blockers } = table === 'credit_notes' ? { blockers: [] } : await client[`${table}.blockers`]({ id });
  if (blockers.length > 0) return onBlocked(blockers);
  const to = await placeOf(table, id);
  if (to === null) return;
  await runWriting(null, async (whenBusy, signal) => {
    const call = { signal, timeoutMs: LONGEST_MS };
    const { path, pages, unshown, sent } = await client[`${table}.document`]({ of: { id }, to, whenBusy }, call);
    const what = `${pages === 1 ? 'One page' : `${pages} pages`}${sent === null ? '' : ', as sent,'}`;
    sayWritten(`${what} written to ${path}.${sayUnshown(unshown)}`, path);
  });
};
