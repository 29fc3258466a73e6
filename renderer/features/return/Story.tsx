/** How far a return went: whose turn it is, until when it could be asked for, and what it is settled for. */
import type { ReactElement } from 'react';
import { formatCell, formatMoney } from '../../../shared/domain/format.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { useReturn, type ReturnStory } from './useReturn.ts';
import '../record/form-page.css';

const Money = ({ story }: { readonly story: ReturnStory }): ReactElement => {
  const { locale } = useSetting();
  const { credit, fee, currency, unbilled, credits } = story;
  const rows = [
    { label: 'Credit before tax', amount: BigInt(credit) },
    { label: 'Restocking fee', amount: -BigInt(fee) },
  ].filter(({ amount }) => amount !== 0n);
  return (
    <section className="sec" aria-label="Credit">
      <h2 className="h3">Credit</h2>
      {rows.length === 0 && <p className="muted">Nothing is credited as it stands.</p>}
      {rows.length > 0 && (
        <table className="mini">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="num">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, amount }) => (
              <tr key={label}>
                <td>{label}</td>
                <td className="num">{formatMoney(String(amount), currency, locale)}</td>
              </tr>
            ))}
            {credits.map(({ id, invoice, number, amount }) => (
              <tr key={id}>
                <td>
                  <Button onClick={() => openRecord('invoices', invoice, 'Invoice')}>Credit note {number}</Button>
                </td>
                <td className="num">{formatMoney(amount, currency, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unbilled !== '0' && (
        <p className="muted">Part of what is accepted is on no invoice: it is not billed, and not credited.</p>
      )}
    </section>
  );
};

export const ReturnStoryView = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data: story, error, refetch } = useReturn(id);
  const setting = useSetting();
  if (error) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (story === undefined) return null;
  const { next, last_day: last, is_late: isLate } = story;
  const window =
    last === null
      ? null
      : `${isLate ? 'Asked for after' : 'Asked for by'} ${formatCell({ kind: 'date' }, last, setting)}, its last day.`;
  return (
    <div className="record-story" data-testid="return-story">
      {next !== null && (
        <section className="sec reason" aria-label="What is to do">
          <p className="warning-t">
            <Icon name="alert" size={14} /> {next}
          </p>
        </section>
      )}
      {window !== null && (
        <section className="sec" aria-label="Window">
          <h2 className="h3">Window</h2>
          <p className={isLate ? 'warning-t' : 'muted'}>{window}</p>
        </section>
      )}
      <Money story={story} />
    </div>
  );
};
