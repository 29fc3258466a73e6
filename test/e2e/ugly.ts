/**
 * A truly ugly export for the import desk: Windows-1252, semicolons, a title and a note above the header, a total below,
 * decimal commas, one column of dates that only a person can settle, one with a day that does not exist, accounts with
 * leading zeros and one that nobody has, and text where an amount belongs.
 */
import fs from 'node:fs';
import type { Workbench } from './app.ts';

const accounts = ['00388', '00391', '00407', '00421', '00446', '00468'] as const;
const towns = ['Café Nürnberg', 'Straße 4, Köln', 'Hull, gate 5', 'Leith'] as const;

const two = (n: number): string => String(n).padStart(2, '0');

/** Without a time zone and without a clock: the same file every time. */
const line = (n: number): string => {
  const account = n === 5 ? '0388' : (accounts[n % accounts.length] ?? '');
  const requested = n === 9 ? '30/02/2026' : `${two(13 + (n % 15))}/03/2026`;
  const freight = n === 14 ? 'see invoice' : `${1 + (n % 3)}.${two(n)}0,${two((n * 7) % 100)}`;
  return [
    `SO-${90410 + n}`,
    account,
    `MK-${10870 + n}`,
    `${two(1 + (n % 12))}/${two(1 + ((n * 5) % 12))}/2025`,
    requested,
    freight,
    n % 4 === 0 ? `"Lieferung an ""${towns[n % towns.length] ?? ''}"""` : (towns[n % towns.length] ?? ''),
  ].join(';');
};

export const uglyName = 'open-orders-12-mar.csv';
export const uglyRows = 24;

const text = [
  'Offene Aufträge, Gebiet Süd;;;;;;',
  'Vertraulich – nur für den internen Gebrauch;;;;;;',
  ';;;;;;',
  'Order no.;Customer;PO ref;Order date;Requested;Freight;Verladung',
  ...Array.from({ length: uglyRows }, (_, n) => line(n)),
  'Grand Totals (24 records);;;;;48.211,80;',
].join('\r\n');

/** Windows-1252 where it differs from Latin-1: the dash. */
const bytes = (): Buffer => {
  const out = Buffer.from(text.replaceAll('–', '\u0096'), 'latin1');
  return out;
};

export const writeUgly = (file: string): void => fs.writeFileSync(file, bytes());

/** The accounts that the file speaks of, all but the one that is missing. */
export const fillAccounts = async (workbench: Workbench, newId: () => string): Promise<void> => {
  const patches = accounts.map((code, at) => ({
    kind: 'insert',
    table: 'accounts',
    id: newId(),
    values: { code, name: `Customer ${at + 1}`, currency: 'GBP' },
  }));
  await workbench.call('records.apply', { patches, label: 'Fill' });
};
