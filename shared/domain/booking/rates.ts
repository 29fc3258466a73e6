/**
 * What a carrier costs (B3): the contract rate of the lane first, then spot, with minimum and fuel; never chosen by price
 * alone, so the on-time score stands beside every offer and nothing is picked by itself.
 */
import { divideRounded, tenTo } from '../decimal.ts';

const MICRO = 1_000_000n;

/** Kilograms and cubic metres in millionths. @param perCubic kilograms a cubic metre counts as, whole */
export const chargeableWeight = (weight: bigint, volume: bigint, perCubic: number): bigint => {
  const byVolume = volume * BigInt(perCubic);
  return byVolume > weight ? byVolume : weight;
};

type Basis = 'flat' | 'kg' | 'piece';

export type Rate = {
  readonly id: string;
  readonly partner: string;
  readonly service: string | null;
  readonly kind: 'contract' | 'spot';
  readonly chargeCode: string;
  /** Countries or prefixes of postcodes; null = anywhere. */
  readonly origin: string | null;
  readonly destination: string | null;
  readonly basis: Basis;
  /** The band of chargeable weight in 10^-6 kg: from it on, up to but without its end. */
  readonly from: bigint;
  readonly to: bigint | null;
  /** Of the currency in 10^-6, for one of its basis. */
  readonly price: bigint;
  /** Minor units. */
  readonly minimum: bigint;
  /** A fraction in 10^-6. */
  readonly fuel: bigint;
  readonly currency: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};

export type Place = { readonly country: string | null; readonly postcode: string | null };

export type Load = {
  readonly origin: Place;
  readonly destination: Place;
  readonly service: string | null;
  /** 10^-6 kg. */
  readonly chargeable: bigint;
  readonly pieces: number;
  /** The day of the pick-up: prices hold by it, not by today. */
  readonly day: string;
};

const fold = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** How closely a lane end names a place: the length of what it says, 0 for anywhere, null where it is another place. */
const closeness = (end: string | null, { country, postcode }: Place): number | null => {
  if (end === null || end.trim() === '') return 0;
  const wanted = fold(end);
  if (country !== null && fold(country) === wanted) return 1;
  return postcode !== null && fold(postcode).startsWith(wanted) ? 1 + wanted.length : null;
};

const isValid = ({ validFrom, validTo }: Rate, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);

/** How closely a rate fits a load; null where it does not. */
const fitOf = (rate: Rate, load: Load): number | null => {
  const [from, to] = [closeness(rate.origin, load.origin), closeness(rate.destination, load.destination)];
  if (from === null || to === null || !isValid(rate, load.day)) return null;
  if (rate.service !== null && load.service !== null && rate.service !== load.service) return null;
  return load.chargeable >= rate.from && (rate.to === null || load.chargeable < rate.to) ? from + to : null;
};

export type Cost = { readonly base: bigint; readonly fuel: bigint; readonly total: bigint; readonly isMinimum: boolean };

/** Minor units. Fuel is on what is charged, the minimum too. @param digits of the currency */
export const costOf = ({ basis, price, minimum, fuel }: Rate, load: Load, digits: number): Cost => {
  const units = basis === 'flat' ? MICRO : basis === 'kg' ? load.chargeable : BigInt(load.pieces) * MICRO;
  const exact = divideRounded(price * units, tenTo(12 - digits));
  const base = exact < minimum ? minimum : exact;
  const surcharge = divideRounded(base * fuel, MICRO);
  return { base, fuel: surcharge, total: base + surcharge, isMinimum: exact < minimum };
};

/** On-time deliveries of a partner; null where too few are known to say. */
type Score = { readonly share: number; readonly n: number } | null;

export type Offer = { readonly rate: Rate; readonly cost: Cost; readonly score: Score };

/**
 * What each partner would take, one rate each: its contract before its spot rate, the closest lane among these. Contracts
 * stand first, then by cost; the person chooses.
 */
export const offersFor = (
  load: Load,
  rates: readonly Rate[],
  about: { readonly digits: number; readonly scoreOf: (partner: string) => Score },
): readonly Offer[] => {
  const best = new Map<string, { readonly rate: Rate; readonly fit: number }>();
  const rank = (kind: Rate['kind']): number => (kind === 'contract' ? 0 : 1);
  for (const rate of rates) {
    const fit = fitOf(rate, load);
    if (fit === null) continue;
    const found = best.get(rate.partner);
    const isBetter =
      found === undefined ||
      rank(rate.kind) < rank(found.rate.kind) ||
      (rate.kind === found.rate.kind && (fit > found.fit || (fit === found.fit && rate.id < found.rate.id)));
    if (isBetter) best.set(rate.partner, { rate, fit });
  }
  return [...best.values()]
    .map(({ rate }): Offer => ({ rate, cost: costOf(rate, load, about.digits), score: about.scoreOf(rate.partner) }))
    .toSorted((a, b) => {
      const byKind = rank(a.rate.kind) - rank(b.rate.kind);
      if (byKind !== 0) return byKind;
      return a.cost.total === b.cost.total ? (a.rate.id < b.rate.id ? -1 : 1) : a.cost.total < b.cost.total ? -1 : 1;
    });
};
