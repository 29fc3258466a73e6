/** What is lost in the end, per cause: credited to customers less paid by carriers (T3). */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { useSetting } from '../register/useSetting.ts';

export const Losses = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const { locale } = useSetting();
  const { data, error, refetch } = useEngine('claims.losses', {}, { tables: ['claims', 'credit_notes', 'credit_lines'] });
  return (
    <Dialog
      title="Net loss by cause"
      onClose={onClose}
      foot={
        <Button kind="primary" isFirst onClick={onClose}>
          Close
        </Button>
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      {data?.rows.length === 0 && <p className="muted">Nothing was credited or paid for a claim yet.</p>}
      {data !== undefined && data.rows.length > 0 && (
        <table className="mini" aria-label="Net loss by cause">
          <thead>
            <tr>
              <th scope="col">What happened</th>
              <th scope="col" className="num">
                Claims
              </th>
              <th scope="col" className="num">
                Credited
              </th>
              <th scope="col" className="num">
                Paid by carriers
              </th>
              <th scope="col" className="num">
                Net loss
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map(({ currency, cause, label, claims, credited, recovered, net }) => (
              <tr key={`${currency}${cause}`}>
                <td>{label}</td>
                <td className="num">{claims}</td>
                <td className="num">{formatMoney(credited, currency, locale)}</td>
                <td className="num">{formatMoney(recovered, currency, locale)}</td>
                <td className="num">{formatMoney(net, currency, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
};
