/** The way to what needs a fix when it is not in the grid in front: the first cell with an error, on any screen. */
import { isTableName } from '../../shared/model/index.ts';
import { client } from '../client/client.ts';
import { say } from '../state/toasts.ts';
import { showCell } from './showRecord.ts';

export const goToProblem = async (): Promise<void> => {
  const { issues } = await client['records.issues']({ level: 'error', limit: 1 });
  const [first] = issues;
  if (first === undefined || !isTableName(first.table)) say('Nothing needs attention anywhere.');
  else showCell(first.table, first.row, first.field);
};
