/** How the public reading views say amounts, moments and keys; and the search tables. Migrations only. */

/** Minor units in one unit of a currency (ISO 4217). */
const units = (currency: string): string => `CASE
    WHEN ${currency} IN ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV','XAF','XOF','XPF') THEN 1
    WHEN ${currency} IN ('BHD','IQD','JOD','KWD','LYD','OMR','TND') THEN 1000
    WHEN ${currency} IN ('CLF','UYW') THEN 10000
    ELSE 100 END`;

export const money = (amount: string, currency: string): string => `${amount} * 1.0 / ${units(currency)}`;
export const decimal = (value: string): string => `${value} / 1000000.0`;

/** Millionths as exact decimal text without trailing zeros. */
export const exact = (micros: string): string => `CASE WHEN ${micros} < 0 THEN '-' ELSE '' END || (abs(${micros}) / 1000000)
    || rtrim(rtrim(printf('.%06d', abs(${micros}) % 1000000), '0'), '.')`;

export const instant = (ms: string): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${ms} / 1000, 'unixepoch')`;

/** A key in words. Compared without regard to case, so that 'carrier' finds 'Carrier'. */
export const word = (value: string, labels: Readonly<Record<string, string>>): string => `CASE ${value}
    ${Object.entries(labels)
      .map(([key, label]) => `WHEN '${key}' THEN '${label}'`)
      .join(' ')} ELSE ${value} END COLLATE NOCASE`;

export const firstOf = (list: string): string => `json_extract(${list}, '$[0][1]')`;

export const searchTables = (tables: readonly string[]): string =>
  tables
    .map(
      (table) => `CREATE VIRTUAL TABLE search_${table} USING fts5(words, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4');`,
    )
    .join('\n');
