/** Giving an account to another territory from the command line: said in words first, and done only when asked for sure. */
import { AppError } from '../../../shared/contract/define.ts';
import { givingWords } from '../../../shared/domain/giving.ts';
import { isUuid } from '../../../shared/domain/uuid.ts';
import { namesOfTerritories, needed } from './sync.ts';
import { usage, type Work } from './work.ts';

/** An account by its id, or by the code that it is written with. @throws AppError `not-found`, `ambiguous` */
const accountOf = async ({ client, asked, options }: Work): Promise<string> => {
  const [name = ''] = asked.args;
  if (isUuid(name)) return name.toLowerCase();
  const sql = `SELECT id FROM v_accounts WHERE code = '${name.replaceAll("'", "''")}' COLLATE NOCASE`;
  const { rows } = await client['query.run']({ sql, limit: 10 }, options);
  const [first, ...others] = rows.map(([id]) => String(id));
  if (first === undefined)
    throw new AppError(
      'not-found',
      `There is no account with the code or id ${name}. See workbench query "SELECT id, code, name FROM v_accounts".`,
    );
  if (others.length > 0)
    throw new AppError('ambiguous', `${name} is several accounts: name one by its id, ${[first, ...others].join(' or ')}.`);
  return first;
};

export const runMove = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  const [territory = ''] = namesOfTerritories(needed(work, 'territory'));
  if (asked.values.sure !== true) throw usage(`${givingWords.join(' ')} Add --sure to do it.`);
  const account = await accountOf(work);
  const moved = await client['sync.move']({ account, territory }, { ...options, timeoutMs: 3_600_000 });
  if (asked.values.json) return output.json(moved);
  output.print(`Given to ${territory}: ${moved.rows} records. The account is ${moved.account} there.`);
};
