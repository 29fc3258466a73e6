/** Giving an account to another territory from the command line: said in words first, and done only when asked for sure. */
import { givingWords } from '../../../shared/domain/giving.ts';
import { needed } from './sync.ts';
import { usage, type Work } from './work.ts';

export const runMove = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  const [account = ''] = asked.args;
  const territory = needed(work, 'territory');
  if (asked.values.sure !== true) throw usage(`${givingWords.join(' ')} Add --sure to do it.`);
  const moved = await client['sync.move']({ account, territory }, { ...options, timeoutMs: 3_600_000 });
  if (asked.values.json) return output.json(moved);
  output.print(`Given to ${territory}: ${moved.rows} records. The account is ${moved.account} there.`);
};
