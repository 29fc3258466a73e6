/** What partners would take: contract rates first, then spot, fuel in it, the on-time score beside it. Nothing is chosen. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../../shared/domain/format.ts';
import { useEngine } from '../../client/cache.ts';
import { useSetting } from '../register/useSetting.ts';
import './booking.css';

const MOST = 6;

export const sayShare = (score: { readonly share: number; readonly n: number } | null): string =>
  score === null ? 'no record' : `${Math.round(score.share / 10_000)} % of ${score.n}`;

export const Offers = ({ of }: { readonly of: { readonly id: string } | { readonly order: string } }): ReactElement | null => {
  const { data } = useEngine('bookings.offers', of, { tables: ['partner_rates', 'partner_papers', 'bookings'], isKept: true });
  const { locale } = useSetting();
  if (data === undefined || data.offers.length === 0) return null;
  const money = (amount: string): string => formatMoney(amount, data.currency, locale);
  return (
    <section className="offers" aria-label="Rates">
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">Rates</th>
            <th scope="col">Kind</th>
            <th scope="col" className="num">
              With fuel
            </th>
            <th scope="col" className="num">
              On time
            </th>
          </tr>
        </thead>
        <tbody>
          {data.offers.slice(0, MOST).map((offer) => (
            <tr key={offer.partner} title={offer.papers ?? undefined}>
              <td>
                {offer.name}
                {offer.papers !== null && <span className="danger-t"> {offer.papers}</span>}
              </td>
              <td>{offer.kind === 'contract' ? 'Contract' : 'Spot'}</td>
              <td className="num">
                {offer.total === null ? <span className="muted">weight or pieces missing</span> : money(offer.total)}
                {offer.is_minimum && <span className="muted"> min.</span>}
              </td>
              <td className="num">{sayShare(offer.score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
