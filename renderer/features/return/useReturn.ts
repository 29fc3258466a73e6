/** How far a return went and what settling it comes to, as its page and panel show them. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';

export type ReturnStory = OutputOf<WorkbenchContract['returns.story']>;

export const useReturn = (id: string) =>
  useEngine(
    'returns.story',
    { id },
    { tables: [['returns', id], 'fulfilments', 'invoices', 'credit_notes', 'credit_lines', 'settings'], isKept: true },
  );
