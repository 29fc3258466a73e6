/** What partners would take for a booking (B3), and how they keep their word (C19). */
import { sayFaults } from '../../../../shared/domain/booking/documents.ts';
import { chargeableWeight, offersFor, type Load, type Offer, type Rate } from '../../../../shared/domain/booking/rates.ts';
import { acceptanceScore, onTimeScore } from '../../../../shared/domain/booking/score.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { currencyOf } from '../records/fields.ts';
import { bigOf } from '../billing/receivables.ts';
import { bigOrNull, bookingById, faultsOf, numberOf, pictureOfBooking, textOf, visitDay } from './read.ts';

/** Deliveries a score looks back on. */
const LOOKED_BACK = 100;

const rateOf = (row: StoredRow, currency: string): Rate => ({
  id: row.id,
  partner: String(row['partner_id'] ?? ''),
  service: textOf(row['service']),
  kind: row['kind'] === 'spot' ? 'spot' : 'contract',
  chargeCode: textOf(row['code']) ?? 'FRT',
  origin: textOf(row['origin']),
  destination: textOf(row['destination']),
  basis: row['basis'] === 'flat' || row['basis'] === 'piece' ? row['basis'] : 'kg',
  from: bigOf(row['from_weight']),
  to: bigOrNull(row['to_weight']),
  price: bigOf(row['price']),
  perCubic: numberOf(row['per_cubic']),
  minimum: bigOf(row['minimum']),
  fuel: bigOf(row['fuel']),
  currency: textOf(row['currency']) ?? currency,
  validFrom: textOf(row['valid_from']),
  validTo: textOf(row['valid_to']),
});

/** How a partner kept its word: deliveries to their window, tenders taken. */
export const scoreOf = (partner: string, read: Reader) => {
  const own = read.match('bookings', 'partner_id', partner).slice(-LOOKED_BACK);
  const deliveries = own.flatMap((id) => {
    const window = numberOf(read.get('bookings', id)?.['deliver_to']);
    const { deliveredAt } = pictureOfBooking(read, id);
    return window === null || deliveredAt === null ? [] : [{ window, deliveredAt }];
  });
  const answers = read
    .match('tenders', 'partner_id', partner)
    .slice(-LOOKED_BACK)
    .map((id) => String(read.get('tenders', id)?.['answer'] ?? ''));
  return { onTime: onTimeScore(deliveries), acceptance: acceptanceScore(answers) };
};

/** The weight that is charged for by a rate, or without one; null while nobody said what it weighs. */
export const chargeableOf = ({ weight, volume }: StoredRow, rate: Rate | undefined): bigint | null =>
  typeof weight === 'number' ? chargeableWeight(bigOf(weight), bigOf(volume), rate?.perCubic ?? null) : null;

type About = { readonly read: Reader; readonly zone: string; readonly today: string };

const loadOf = (booking: StoredRow, { zone, today }: About): Load => ({
  origin: { country: textOf(booking['from_country']), postcode: textOf(booking['from_postcode']) },
  destination: { country: textOf(booking['to_country']), postcode: textOf(booking['to_postcode']) },
  service: textOf(booking['service']),
  weight: bigOrNull(booking['weight']),
  volume: bigOf(booking['volume']),
  pieces: numberOf(booking['pieces']),
  day: visitDay(booking, zone) ?? today,
});

/** The offers for a booking, of all partners or of one. Rates in other currencies are not compared. */
export const offersOf = (booking: StoredRow, about: About, partner: string | null = null): readonly Offer[] => {
  const { read } = about;
  const currency = currencyOf('bookings', booking, read) ?? '';
  const ids =
    partner === null
      ? ['contract', 'spot'].flatMap((kind) => read.match('partner_rates', 'kind', kind))
      : read.match('partner_rates', 'partner_id', partner);
  const rates = ids
    .flatMap((id) => read.get('partner_rates', id) ?? [])
    .map((row) => rateOf(row, currency))
    .filter((rate) => rate.currency === currency);
  const scores = new Map<string, ReturnType<typeof onTimeScore>>();
  const known = (one: string): ReturnType<typeof onTimeScore> => {
    const found = scores.get(one);
    if (found !== undefined) return found;
    const made = scoreOf(one, read).onTime;
    scores.set(one, made);
    return made;
  };
  return offersFor(loadOf(booking, about), rates, { digits: minorDigits(currency || null), scoreOf: known });
};

export const offerQuery =
  (about: () => About, draftOf: (order: string, read: Reader, zone: string) => StoredRow): Queries['bookings.offers'] =>
  (of) => {
    const now = about();
    const { read } = now;
    const booking = 'id' in of ? bookingById(read, of.id) : draftOf(of.order, read, now.zone);
    const day = visitDay(booking, now.zone) ?? now.today;
    const kind = textOf(booking['kind']) ?? 'shipment';
    return {
      currency: currencyOf('bookings', booking, read) ?? '',
      offers: offersOf(booking, now).map(({ rate, cost, score }) => ({
        partner: rate.partner,
        name: textOf(read.get('partners', rate.partner)?.['name']) ?? '',
        rate: rate.id,
        kind: rate.kind,
        service: rate.service,
        code: rate.chargeCode,
        base: cost === null ? null : String(cost.base),
        fuel: cost === null ? null : String(cost.fuel),
        total: cost === null ? null : String(cost.total),
        is_minimum: cost?.isMinimum === true,
        score,
        papers: sayFaults(faultsOf({ partner: rate.partner, kind, day }, read), day),
      })),
    };
  };
