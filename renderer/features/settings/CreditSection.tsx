/** From when on the workbench warns and holds for credit, and the limit of who has none (K1, K2). */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { PolicyField, type PolicyPart } from './PolicyField.tsx';
import { useWhole } from './useWhole.ts';

type Policy = OutputOf<WorkbenchContract['app.credit']>;

const parts: readonly PolicyPart<keyof Policy>[] = [
  {
    key: 'limit',
    label: 'Limit of the company',
    kind: 'money',
    most: Number.MAX_SAFE_INTEGER,
    isOptional: true,
    help: 'Of accounts without a limit of their own or of an account above them. Empty = none.',
  },
  {
    key: 'warnAt',
    label: 'Warn from, % of the limit',
    kind: 'percent',
    most: 1_000_000,
    help: 'An order that takes the account there is confirmed with a warning.',
  },
  {
    key: 'graceDays',
    label: 'Days of grace',
    kind: 'integer',
    most: 3650,
    help: 'Overdue for longer than this, the orders of an account are held.',
  },
];

export const CreditSection = (): ReactElement | null => {
  const asked = useEngine('app.credit', {}, { tables: ['settings'] });
  const { value: policy, error, change } = useWhole(asked, asked.data, (next: Policy) => client['app.setCredit'](next));
  if (policy === undefined) return null;
  return (
    <>
      <h2 className="h3">Credit</h2>
      {error !== null && <ErrorBar error={error} />}
      <div className="two">
        {parts.map((part) => (
          <PolicyField
            key={part.key}
            part={part}
            value={policy[part.key]}
            onValue={(value) => change({ ...policy, [part.key]: value })}
          />
        ))}
      </div>
    </>
  );
};
