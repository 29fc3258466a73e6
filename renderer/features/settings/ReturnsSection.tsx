/** How long goods may be returned, how soon we answer, and what is kept of a refund (T1). */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { PolicyField, type PolicyPart } from './PolicyField.tsx';
import { useWhole } from './useWhole.ts';

type Policy = OutputOf<WorkbenchContract['app.returns']>;

const parts: readonly PolicyPart<keyof Policy>[] = [
  {
    key: 'windowDays',
    label: 'May be returned for, days',
    kind: 'integer',
    most: 3650,
    isOptional: true,
    help: 'From the last delivery of a line. Later needs a reason. Empty = always.',
  },
  {
    key: 'answerDays',
    label: 'We answer within, days',
    kind: 'integer',
    most: 3650,
    help: 'Each step that is ours: answering, inspecting, settling. Today tells when it is due.',
  },
  {
    key: 'feeShare',
    label: 'Restocking fee, % of the credit',
    kind: 'percent',
    most: 1_000_000,
    help: 'What a refund begins with; it can be another on each return.',
  },
];

export const ReturnsSection = (): ReactElement | null => {
  const asked = useEngine('app.returns', {}, { tables: ['settings'] });
  const { value: policy, error, change } = useWhole(asked, asked.data, (next: Policy) => client['app.setReturns'](next));
  if (policy === undefined) return null;
  return (
    <>
      <h2 className="h3">Return terms</h2>
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
