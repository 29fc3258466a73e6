/** The day an invoice is due follows from its terms, which were agreed with its order: an earlier one may be typed, a later one is another offer (A2, K3). */
import { dueDay } from '../../../../shared/domain/credit/terms.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';

/** Why a due day that is typed may not be; null where it may. @param today the company's */
export const refuseLaterDue = (patch: StorePatch, before: StoredRow | undefined, today: () => string): string | null => {
  if (patch.kind !== 'update' || patch.table !== 'invoices' || typeof before?.['order_id'] !== 'string') return null;
  const { due_on: due } = patch.values;
  if (typeof due !== 'string' || due === before['due_on']) return null;
  const { terms } = before;
  const last = dueDay(typeof terms === 'string' ? terms : null, today());
  return due > last ? `Due: its terms give until ${last}. Amend the terms of its order first. Nothing was changed.` : null;
};
