/** Temperature on the way (C19): a reading outside the range is an excursion once it lasts longer than its allowance. */

/** Degrees Celsius in 10^-6; UTC ms. */
export type Reading = { readonly at: number; readonly temperature: number };

export type Excursion = { readonly from: number; readonly to: number; readonly worst: number; readonly isHigh: boolean };

type Range = { readonly min: number | null; readonly max: number | null; readonly allowance: number };

const sideOf = (temperature: number, { min, max }: Range): 'low' | 'high' | null =>
  max !== null && temperature > max ? 'high' : min !== null && temperature < min ? 'low' : null;

type Stretch = Excursion & { readonly isOpen: boolean };

/** The stretches so far with one reading more: it goes on with the last, ends it, or begins another. */
const withReading = (stretches: readonly Stretch[], { at, temperature }: Reading, range: Range): readonly Stretch[] => {
  const side = sideOf(temperature, range);
  const last = stretches.at(-1);
  const before = stretches.slice(0, -1);
  const isHigh = side === 'high';
  if (last?.isOpen === true && side !== null && last.isHigh === isHigh) {
    const worst = isHigh ? Math.max(last.worst, temperature) : Math.min(last.worst, temperature);
    return [...before, { ...last, to: at, worst }];
  }
  const ended = last === undefined ? [] : [last.isOpen ? { ...last, to: at, isOpen: false } : last];
  return side === null
    ? [...before, ...ended]
    : [...before, ...ended, { from: at, to: at, worst: temperature, isHigh, isOpen: true }];
};

/** Stretches outside the range on one side that lasted longer than the allowance, to the reading that ended them. */
export const excursionsOf = (readings: readonly Reading[], range: Range): readonly Excursion[] =>
  readings
    .toSorted((a, b) => a.at - b.at)
    .reduce<readonly Stretch[]>((found, reading) => withReading(found, reading, range), [])
    .filter(({ from, to }) => to - from > range.allowance)
    .map(({ from, to, worst, isHigh }) => ({ from, to, worst, isHigh }));
