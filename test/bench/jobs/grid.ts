/**
 * The grid as it is used: the real page in a browser, on the large file. What the page does is judged by its wall time
 * beside the processor time of its own thread; the limits are taken in the same run.
 */
import { measureKeys } from '../grid/keys.ts';
import { measureLists } from '../grid/lists.ts';
import { fillContacts } from '../grid/long.ts';
import { openPage, openRegister } from '../grid/page.ts';
import { measurePaste } from '../grid/paste.ts';
import { measureScroll } from '../grid/scroll.ts';
import { runJob, type Job } from '../job.ts';
import type { Row } from '../rows.ts';

const measureOrders = async (job: Job): Promise<readonly Row[]> => {
  const bench = await openPage(job.copy(job.file, 'shown.db'), job.path('host'));
  try {
    await openRegister(bench, 'Orders');
    return [
      ...(await measureKeys(bench, job)),
      ...(await measureLists(bench, job)),
      ...(await measureScroll(bench, job, 'all orders', job.times(200_000, 4000))),
      ...(await measurePaste(bench, job)),
    ];
  } finally {
    await bench.close();
  }
};

const measureLong = async (job: Job): Promise<readonly Row[]> => {
  const count = job.times(1_000_000, 20_000);
  const db = job.copy(job.file, 'long.db');
  fillContacts(db, count);
  const bench = await openPage(db, job.path('host'));
  try {
    await openRegister(bench, 'Contacts');
    return await measureScroll(bench, job, `${count.toLocaleString('en-GB')} rows`, count);
  } finally {
    await bench.close();
  }
};

await runJob(async (job) => {
  if (!process.env['WORKBENCH_CHROMIUM'])
    return { rows: [], faults: [], skipped: 'there is no Chromium, Chrome or Edge here; WORKBENCH_CHROMIUM may name one' };
  return { rows: [...(await measureOrders(job)), ...(await measureLong(job))], faults: [] };
});
