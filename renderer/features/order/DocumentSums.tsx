/** What a document comes to, and what is left out of the figure. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { documents, type DocumentTable } from '../../../shared/model/documents.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';

const methods = { orders: 'orders.totals', quotes: 'quotes.totals' } as const;

export const useDocumentTotals = (table: DocumentTable, id: string, isEnabled = true) =>
  useEngine(methods[table], { id }, { tables: [[table, id], documents[table].lines, 'schedule_lines'], isEnabled, isKept: true })
    .data;

type Props = { readonly table: DocumentTable; readonly id: string; readonly isEnabled?: boolean };

export const DocumentSums = ({ table, id, isEnabled = true }: Props): ReactElement | null => {
  const totals = useDocumentTotals(table, id, isEnabled);
  const { locale } = useSetting();
  if (!totals) return null;
  const { currency, net, freight, total, lines, counted } = totals;
  const left = lines - counted;
  return (
    <dl className="sums" data-testid={`${documents[table].lifecycle}-sums`}>
      {left > 0 && (
        <div>
          <dt className="warning-t">
            {left} {left === 1 ? 'line' : 'lines'} not counted
          </dt>
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
      <div>
        <dt>Total {currency}</dt>
        <dd>
          <b>{formatMoney(total, currency, locale)}</b>
        </dd>
      </div>
    </dl>
  );
};
