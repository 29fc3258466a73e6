/** An exchange rate in words. */
import { formatDate, formatScaled } from '../../../shared/domain/format.ts';

type Rate = {
  /** The company's own. */
  readonly currency: string;
  /** Millionths. */
  readonly rate: number;
  readonly way: 'theirs' | 'ours';
  readonly on: string;
  readonly source: string;
};

/** `1 GBP = 1.0842 EUR, 5 Jan 2026, ECB`: what money in another currency is by. */
export const sayRate = ({ currency: own, rate, way, on, source }: Rate, other: string, locale: string): string => {
  const [one, many] = way === 'theirs' ? [own, other] : [other, own];
  return [`1 ${one} = ${formatScaled(String(rate), 6, 0, 6, locale)} ${many}`, formatDate(on, locale), source]
    .filter((part) => part !== '')
    .join(', ');
};
