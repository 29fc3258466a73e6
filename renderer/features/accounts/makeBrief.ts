/** The brief of an account as a PDF, to be read or printed where there is no screen. */
import { client, whenWritten } from '../../client/client.ts';
import { askPlace, LONGEST_MS, sayMade } from '../document/makeDocument.ts';
import { isWriting, runWriting } from '../export/useExport.ts';
import { nameOfRow } from '../record/names.ts';

/** @param since ISO day; null = since the last visit */
export const makeBrief = async (account: string, since: string | null): Promise<void> => {
  if (isWriting()) return;
  await whenWritten();
  const row = await client['records.get']({ table: 'accounts', id: account });
  const to = await askPlace(`Brief ${nameOfRow('accounts', row)}`);
  if (to === null) return;
  await runWriting(null, async (whenBusy, signal) => {
    const call = { signal, timeoutMs: LONGEST_MS };
    sayMade(await client['accounts.brief_document']({ of: { id: account }, since, to, whenBusy }, call));
  });
};
