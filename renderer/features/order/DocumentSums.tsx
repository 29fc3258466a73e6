/** What a document comes to, and what is left out of the figure. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { papers, type PaperTable } from '../../../shared/model/documents.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';
import { sayRate } from './sayRate.ts';

const methods = { orders: 'orders.totals', quotes: 'quotes.totals', invoices: 'invoices.totals' } as const;

/** What the figures of an invoice are made of beside its lines. */
const settled = ['credit_notes', 'credit_lines', 'allocations', 'disputes'] as const;

export const useInvoiceTotals = (id: string, isEnabled: boolean) =>
  useEngine('invoices.totals', { id }, { tables: [['invoices', id], 'invoice_lines', ...settled], isEnabled, isKept: true }).data;

export const useDocumentTotals = (table: PaperTable, id: string, isEnabled = true) =>
  useEngine(
    methods[table],
    { id },
    {
      tables: [[table, id], papers[table].lines, 'schedule_lines', 'exchange_rates', ...(table === 'invoices' ? settled : [])],
      isEnabled,
      isKept: true,
    },
  ).data;

type Props = { readonly table: PaperTable; readonly id: string; readonly isEnabled?: boolean };

export const DocumentSums = ({ table, id, isEnabled = true }: Props): ReactElement | null => {
  const totals = useDocumentTotals(table, id, isEnabled);
  const { locale } = useSetting();
  if (!totals) return null;
  const { currency, net, discount, freight, tax, total, base, lines, counted } = totals;
  const left = lines - counted;
  return (
    <dl className="sums" data-testid={`${papers[table].lifecycle}-sums`}>
      {left > 0 && (
        <div>
          <dt className="warning-t">
            {left} {left === 1 ? 'line' : 'lines'} not counted
          </dt>
        </div>
      )}
      {Number(discount) !== 0 && (
        <div className="part">
          <dt>Lines</dt>
          <dd>{formatMoney(String(BigInt(net) + BigInt(discount)), currency, locale)}</dd>
        </div>
      )}
      {Number(discount) !== 0 && (
        <div className="part">
          <dt>Discount</dt>
          <dd>{formatMoney(String(-BigInt(discount)), currency, locale)}</dd>
        </div>
      )}
      <div className="part">
        <dt>Net</dt>
        <dd>{formatMoney(net, currency, locale)}</dd>
      </div>
      {Number(freight) !== 0 && (
        <div className="part">
          <dt>Freight</dt>
          <dd>{formatMoney(freight, currency, locale)}</dd>
        </div>
      )}
      {Number(tax) !== 0 && (
        <div className="part">
          <dt>Tax</dt>
          <dd>{formatMoney(tax, currency, locale)}</dd>
        </div>
      )}
      <div>
        <dt>Total {currency}</dt>
        <dd>
          <b>{formatMoney(total, currency, locale)}</b>
        </dd>
      </div>
      {base && (
        <div className="part">
          <dt>In {base.currency}</dt>
          <dd>{formatMoney(base.total, base.currency, locale)}</dd>
        </div>
      )}
      {base && (
        <div className="part rate">
          <dt>Rate</dt>
          <dd title={sayRate(base, currency, locale)}>{sayRate(base, currency, locale)}</dd>
        </div>
      )}
      {table === 'invoices' && 'open' in totals && (
        <div>
          <dt>Open</dt>
          <dd>
            <b>{formatMoney(totals.open, currency, locale)}</b>
          </dd>
        </div>
      )}
    </dl>
  );
};
