/** What a hub in PostgreSQL is told of devices that come no more: only who has what they gave can bring it. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Certificate } from '../hub.ts';
import type { Ask } from './connection.ts';
import { hasFunction } from './has.ts';

/** Whether members can bring what such devices gave. */
export const hearsOfGone = (ask: Ask): Promise<boolean> => hasFunction(ask, 'tell_segment');

/** @throws AppError `blocked` where an earlier version made the hub */
export const tellDevice = async (ask: Ask, { dev, code, key, signature }: Certificate): Promise<void> => {
  if (!(await hearsOfGone(ask)))
    throw new AppError('blocked', 'An earlier version made this hub. Its administrator makes it ready: workbench hub init.');
  await ask('SELECT workbench.tell_device($1, $2, $3, $4)', [dev, code, key, signature]);
};
