/** What is open in the form of a page is handed over, and waited for until the engine has answered it. */
import type { RecordHandle } from './useRecord.ts';

export const settleForm = async (record: Pick<RecordHandle, 'settled'>): Promise<void> => {
  const { activeElement } = document;
  if (activeElement instanceof HTMLInputElement && activeElement.closest('.docform')) activeElement.blur();
  await record.settled();
};
