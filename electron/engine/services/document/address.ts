/** Addresses as they stand on an envelope, from the fields that accounts, sites and orders share. */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { StoredRow } from '../../store/api.ts';

export const textOf = (value: Scalar | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** `WA`, `NSW`: a region that is written behind the town, and the postcode behind both. */
const SHORT_REGION = /^[A-Z]{2,3}$/;

const townLines = (city: string, region: string, postcode: string): readonly string[] =>
  SHORT_REGION.test(region)
    ? [[[city, region].filter((part) => part !== '').join(', '), postcode].filter((part) => part !== '').join(' ')]
    : [[postcode, city].filter((part) => part !== '').join(' '), region];

/** Street, town, country; blank lines left out. @param prefix of the fields, `ship_` on an order */
export const addressOf = (row: StoredRow, prefix = ''): readonly string[] => {
  const part = (name: string): string => textOf(row[`${prefix}${name}`]);
  return [part('street'), ...townLines(part('city'), part('region'), part('postcode')), part('country')].filter(
    (line) => line !== '',
  );
};

/** A name and the address below it; empty where there is no row. */
export const namedAddress = (row: StoredRow | undefined): readonly string[] =>
  row === undefined ? [] : [textOf(row['name']), ...addressOf(row)].filter((line) => line !== '');
