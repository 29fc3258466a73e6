/** An order that is billed a unit at a time (F3): what all its invoices ask of a line is worked out once for a change. */
import { expect, test } from 'vitest';
import { createChecks } from '../../electron/engine/services/rules/check.ts';
import { openBilling } from './billing.ts';

test('many invoices of a line are looked at together, and none of them says that it bills what another does', async () => {
  const { desk, line, deliver, issued } = openBilling();
  const invoices: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    deliver(1);
    invoices.push(await issued());
  }
  const asked: string[] = [];
  const check = createChecks({
    ...desk.store,
    children: (table, owner) => {
      if (table === 'schedule_lines' && owner === line) asked.push(owner);
      return desk.store.children(table, owner);
    },
  });
  for (const id of invoices) expect(check('invoices', desk.store.get('invoices', id) ?? { id })).toEqual([]);
  expect(asked).toHaveLength(1);
});
