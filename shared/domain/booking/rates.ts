/**
 * What a carrier costs (B3): the contract rate of the lane first, then spot, with minimum and fuel; never chosen by price
 * alone, so the on-time score stands beside every offer and nothing is picked by itself.
 */
import { divideRounded, tenTo } from '../decimal.ts';

const MICRO = 1_000_000n;

/** The usual weight of a cubic metre on the road, in kilograms. */
const PER_CUBIC = 333;

/** Kilograms and cubic metres in millionths. @param perCubic kilograms a cubic metre counts as, whole; null = as usual on the road */
export const chargeableWeight = (weight: bigint, volume: bigint, perCubic: number | null): bigint => {
  const byVolume = volume * BigInt(perCubic ?? PER_CUBIC);
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
  /** Kilograms a cubic metre counts as, whole; null = as usual on the road. */
  readonly perCubic: number | null;
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
  /** 10^-6 kg; null = not known. */
  readonly weight: bigint | null;
  /** 10^-6 m³. */
  readonly volume: bigint;
  readonly pieces: number | null;
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

/** What a rate charges for of a load, in 10^-6 kg: each rate counts volume in its own way. */
const chargeableOf = ({ perCubic }: Rate, { weight, volume }: Load): bigint | null =>
  weight === null ? null : chargeableWeight(weight, volume, perCubic);

/** How closely a rate fits a load; null where it does not. */
const fitOf = (rate: Rate, load: Load): number | null => {
  const [from, to] = [closeness(rate.origin, load.origin), closeness(rate.destination, load.destination)];
  if (from === null || to === null || !isValid(rate, load.day)) return null;
  if (rate.service !== null && load.service !== null && rate.service !== load.service) return null;
  const chargeable = chargeableOf(rate, load);
  const isInBand = chargeable === null || (chargeable >= rate.from && (rate.to === null || chargeable < rate.to));
  return isInBand ? from + to : null;
};

/** How many of its basis are charged, in 10^-6; null where the load does not say what the rate goes by. */
const unitsOf = (rate: Rate, load: Load): bigint | null => {
  const { basis, from, to } = rate;
  const chargeable = chargeableOf(rate, load);
  const hasBand = from > 0n || to !== null;
  if ((basis === 'kg' || hasBand) && chargeable === null) return null;
  if (basis === 'kg') return chargeable;
  if (basis === 'flat') return MICRO;
  return load.pieces === null ? null : BigInt(load.pieces) * MICRO;
};

export type Cost = { readonly base: bigint; readonly fuel: bigint; readonly total: bigint; readonly isMinimum: boolean };

/** Minor units; null where weight or pieces are not known. Fuel is on what is charged, the minimum too. @param digits of the currency */
export const costOf = (rate: Rate, load: Load, digits: number): Cost | null => {
  const { price, minimum, fuel } = rate;
  const units = unitsOf(rate, load);
  if (units === null) return null;
  const exact = divideRounded(price * units, tenTo(12 - digits));
  const base = exact < minimum ? minimum : exact;
  const surcharge = divideRounded(base * fuel, MICRO);
  return { base, fuel: surcharge, total: base + surcharge, isMinimum: exact < minimum };
};

/** On-time deliveries of a partner; null where too few are known to say. */
type Score = { readonly share: number; readonly n: number } | null;

export type Offer = {
  readonly rate: Rate;
  /** Null = it cannot be told yet. */ readonly cost: Cost | null;
  readonly score: Score;
};

type Fit = { readonly rate: Rate; readonly fit: number };

const rank = ({ kind }: Rate): number => (kind === 'contract' ? 0 : 1);

/** Contract before spot, then the closest lane, then what holds since later; ids only so that all devices agree. */
const isBetter = (one: Fit, than: Fit): boolean => {
  const [a, b] = [one.rate, than.rate];
  if (rank(a) !== rank(b)) return rank(a) < rank(b);
  if (one.fit !== than.fit) return one.fit > than.fit;
  const [from, other] = [a.validFrom ?? '', b.validFrom ?? ''];
  return from === other ? a.id < b.id : from > other;
};

const compareOffers = (a: Offer, b: Offer): number => {
  const byKind = rank(a.rate) - rank(b.rate);
  if (byKind !== 0) return byKind;
  if (a.cost === null || b.cost === null) {
    const unpriced = Number(a.cost === null) - Number(b.cost === null);
    return unpriced === 0 ? (a.rate.id < b.rate.id ? -1 : 1) : unpriced;
  }
  return a.cost.total === b.cost.total ? (a.rate.id < b.rate.id ? -1 : 1) : a.cost.total < b.cost.total ? -1 : 1;
};

/**
 * What each partner would take, one rate each: its contract before its spot rate, the closest lane among these, the later
 * of two. Contracts stand first, then by cost, what cannot be priced last; the person chooses.
 */
export const offersFor = (
  load: Load,
  rates: readonly Rate[],
  about: { readonly digits: number; readonly scoreOf: (partner: string) => Score },
): readonly Offer[] => {
  const best = new Map<string, Fit>();
  for (const rate of rates) {
    const fit = fitOf(rate, load);
    if (fit === null) continue;
    const found = best.get(rate.partner);
    if (found === undefined || isBetter({ rate, fit }, found)) best.set(rate.partner, { rate, fit });
  }
  return [...best.values()]
    .map(({ rate }): Offer => ({ rate, cost: costOf(rate, load, about.digits), score: about.scoreOf(rate.partner) }))
    .toSorted(compareOffers);
};
