/** A claim's deadlines and evidence, as its page and panel show them. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';

export type ClaimStory = OutputOf<WorkbenchContract['claims.story']>;

export const useClaim = (id: string) =>
  useEngine('claims.story', { id }, { tables: [['claims', id], 'claim_evidence', 'attachments', 'partners'], isKept: true });
