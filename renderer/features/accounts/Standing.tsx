/**
 * What an account owes and is about to owe, by age, against its limit (K1 to K3): one line under its facts, with the parts
 * behind the figure and how old it is. Nothing is shown of an account that owes nothing and has no limit.
 */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { Chip } from '../../ui/Chip.tsx';
import { useSetting } from '../register/useSetting.ts';
import './standing.css';

const BUCKETS = ['Not due', '1–30 days', '31–60', '61–90', 'Over 90'];

const tables = [
  'accounts',
  'orders',
  'order_lines',
  'fulfilments',
  'invoices',
  'invoice_lines',
  'credit_notes',
  'credit_lines',
  'payments',
  'allocations',
  'disputes',
  'payment_plans',
  'instalments',
] as const;

const useStanding = (id: string) => useEngine('accounts.standing', { id }, { tables, isKept: true }).data;

const results = {
  ok: null,
  warn: { tone: 'warning', icon: 'alert', label: 'Near its credit limit' },
  hold: { tone: 'danger', icon: 'pause', label: 'Credit hold' },
} as const;

export const Standing = ({ id }: { readonly id: string }): ReactElement | null => {
  const standing = useStanding(id);
  const { locale } = useSetting();
  if (!standing || (standing.exposure.total === '0' && standing.limit === null)) return null;
  const { currency, exposure, ageing, limit, room, age, result, why, others } = standing;
  const money = (value: string): string => formatMoney(value, currency, locale);
  const chip = results[result];
  const parts = [
    `Open invoices ${money(exposure.receivables)}`,
    ...(exposure.credits === '0' ? [] : [`credits not set against one −${money(exposure.credits)}`]),
    `confirmed and not billed ${money(exposure.unbilled)}`,
  ];
  return (
    <section className="standing" aria-label="Credit and ageing" data-testid="standing">
      <dl>
        <div>
          <dt>Exposure {currency}</dt>
          <dd title={parts.join(', ')}>
            <b>{money(exposure.total)}</b>
          </dd>
        </div>
        <div>
          <dt>Credit left</dt>
          <dd>{limit === null || room === null ? 'No limit' : `${money(room)} of ${money(limit)}`}</dd>
        </div>
        {ageing.buckets.map((amount, at) => (
          <div key={BUCKETS[at]} className={at > 0 && amount !== '0' ? 'late' : ''}>
            <dt>{BUCKETS[at]}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        <div>
          <dt>Disputed</dt>
          <dd>{money(ageing.disputed)}</dd>
        </div>
      </dl>
      <p className="t2">
        {chip && (
          <Chip tone={chip.tone} icon={chip.icon}>
            {chip.label}
          </Chip>
        )}
        <span>
          {[
            why,
            `${parts.join(', ')}.`,
            others > 0 ? `${others} in another currency, not counted.` : null,
            age === null ? null : `Figures ${age}.`,
          ]
            .filter((part) => part !== null)
            .join(' ')}
        </span>
      </p>
    </section>
  );
};
