/** Erasing a person from the command line: said in words first, and done only when asked for sure. */
import { eraseWords } from '../../../shared/domain/erasure.ts';
import { usage, type Work } from './work.ts';

export const runErase = async ({ client, asked, output, options }: Work): Promise<void> => {
  const [id = ''] = asked.args;
  if (asked.values.sure !== true) throw usage(`${eraseWords.join(' ')} Add --sure to do it.`);
  const erased = await client['records.erase']({ table: 'contacts', id }, options);
  if (asked.values.json) return output.json(erased);
  output.print(erased.fields.length === 0 ? 'It held nothing of a person.' : `Erased: ${erased.fields.join(', ')}`);
  if (!erased.isWiped)
    output.note('workbench: parts of the file that are free may still hold some of it, until they are written over.');
};
