/** Currencies of ISO 4217 and the digits of their minor unit. A code that is not here is an issue, never a guess. */

const TWO_DIGITS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU ' +
  'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR ' +
  'KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK ' +
  'PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD ' +
  'USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const NO_DIGITS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';
const FOUR_DIGITS = 'CLF UYW';

const table = new Map<string, number>(
  [NO_DIGITS, '', TWO_DIGITS, THREE_DIGITS, FOUR_DIGITS].flatMap((codes, digits) =>
    codes
      .split(' ')
      .filter(Boolean)
      .map((code) => [code, digits] as const),
  ),
);

export const isCurrency = (code: string): boolean => table.has(code);

/** Digits of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD; 2 where the code is not known. */
export const minorDigits = (code: string | null): number => (code === null ? 2 : (table.get(code) ?? 2));

/** All codes, in order. */
export const currencyCodes: readonly string[] = [...table.keys()].sort();

/** What a sign in front of or behind an amount may stand for. */
const signs: Readonly<Record<string, readonly string[]>> = {
  '£': ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'LBP', 'SYP'],
  '€': ['EUR'],
  $: 'USD AUD CAD NZD HKD SGD MXN ARS CLP COP TWD BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD UYU'.split(' '),
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₺': ['TRY'],
  '₽': ['RUB'],
  '₴': ['UAH'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '฿': ['THB'],
  zł: ['PLN'],
  kč: ['CZK'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  ft: ['HUF'],
  r$: ['BRL'],
  us$: ['USD'],
  a$: ['AUD'],
  au$: ['AUD'],
  c$: ['CAD'],
  ca$: ['CAD'],
  nz$: ['NZD'],
  hk$: ['HKD'],
  s$: ['SGD'],
};

/** The currencies a sign or code can mean; empty where it is neither. */
export const currenciesOf = (mark: string): readonly string[] => {
  const code = mark.toUpperCase();
  if (table.has(code)) return [code];
  const sign = mark.toLowerCase();
  return Object.hasOwn(signs, sign) ? (signs[sign] ?? []) : [];
};
