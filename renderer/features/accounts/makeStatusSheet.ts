/** The open shipments of an account as a file for its customer. */
import { client, whenWritten } from '../../client/client.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import { LONGEST_MS } from '../document/makeDocument.ts';
import { fitName, isWriting, runWriting, sayWritten } from '../export/useExport.ts';
import { nameOfRow } from '../record/names.ts';

/** Long names of customers make no long names of files. */
const LONGEST_NAME = 80;
/** The first is what is suggested; a name that ends in the other is written as that. */
const filters = [
  { name: 'Excel workbook', extensions: ['xlsx'] },
  { name: 'CSV', extensions: ['csv'] },
];

const askPlace = (title: string): Promise<string | null> => {
  const suggest = `${fitName(title).slice(0, LONGEST_NAME).trim()}.xlsx`;
  return canPick() ? pickPath('save', 'Save the status sheet', { suggest, filters }) : Promise.resolve(suggest);
};

export const makeStatusSheet = async (account: string): Promise<void> => {
  if (isWriting()) return;
  await whenWritten();
  const row = await client['records.get']({ table: 'accounts', id: account });
  const to = await askPlace(`Shipments of ${nameOfRow('accounts', row)}`);
  if (to === null) return;
  await runWriting(null, async (whenBusy, signal) => {
    const { path, rows } = await client['export.status']({ account, to, whenBusy }, { signal, timeoutMs: LONGEST_MS });
    sayWritten(`${rows.toLocaleString()} ${rows === 1 ? 'shipment' : 'shipments'} written to ${path}.`, path);
  });
};
