/**
 * How cells look: number formats in a locale's own way, and the table of styles a workbook refers to by number. The
 * signs for decimals and thousands are not part of a format: every program shows its own reader's.
 */
import { minorDigits } from '../../../shared/domain/currency.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import type { SheetColumn, SheetKind } from './sheet.ts';
import { escapeXml } from './xlsx-text.ts';

const MOST_PLACES = 6;
/** The built-in format of a cell that stays text when somebody edits it. */
const TEXT_FORMAT = '@';
const FIRST_OWN = 164;
const builtIn: Readonly<Record<string, number>> = { General: 0, '0': 1, '#,##0': 3, [TEXT_FORMAT]: 49 };

export type Look = 'plain' | 'header' | 'issue' | 'total' | 'quoted';
type Align = 'left' | 'right' | null;

const quote = (text: string): string => `"${text.replaceAll('"', '')}"`;

/** A date with all its digits, in the locale's order and with its separator. */
const dateCode = (locale: string): string => {
  const { dateOrder, dateSeparator } = styleOf(locale);
  const parts = dateOrder.split('').map((part) => (part === 'y' ? 'yyyy' : part + part));
  return parts.join(`\\${dateSeparator}`);
};

/** An amount with its currency where the locale puts it. */
const moneyCode = (currency: string | null, locale: string): string => {
  const digits = minorDigits(currency);
  const amount = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return amount;
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(1);
  const at = parts.findIndex(({ type }) => type === 'currency');
  const symbol = parts[at]?.value ?? currency;
  const isBefore = at < parts.findIndex(({ type }) => type === 'integer');
  const isApart = parts[isBefore ? at + 1 : at - 1]?.type === 'literal' || /\p{L}$/u.test(symbol);
  const space = isApart ? '\\ ' : '';
  const positive = isBefore ? `${quote(symbol)}${space}${amount}` : `${amount}${space}${quote(symbol)}`;
  return `${positive};-${positive}`;
};

/** A whole number of something that may have parts shows no lone decimal sign. */
const decimalCode = (places: number, isWhole: boolean): string =>
  places === 0 && isWhole ? '#,##0' : `#,##0.${'0'.repeat(places)}${'#'.repeat(Math.max(0, MOST_PLACES - places))}`;

const codeOf = (kind: SheetKind, places: number, isWhole: boolean, currency: string | null, locale: string): string => {
  switch (kind) {
    case 'integer':
      return '#,##0';
    case 'decimal':
      return decimalCode(places, isWhole);
    case 'percent':
      return '0.0###%';
    case 'money':
      return moneyCode(currency, locale);
    case 'date':
      return dateCode(locale);
    case 'instant':
      return `${dateCode(locale)}\\ hh:mm`;
    case 'duration':
      return '[h]:mm:ss';
    case 'flag':
      return 'General';
    default:
      return TEXT_FORMAT;
  }
};

export type Styles = {
  /** The number of a style for a cell of a column. `isWhole`: its number has no decimals. */
  readonly of: (column: SheetColumn, look: Look, currency?: string | null, isWhole?: boolean) => number;
  /** Text in a column of another kind: as text, marked or not. */
  readonly text: (look: Look, align?: Align) => number;
  readonly xml: () => string;
};

const FILL: Readonly<Record<Look, number>> = { plain: 0, quoted: 0, header: 2, issue: 3, total: 0 };

/** Fonts, fills and borders are few and fixed: 1 = bold; 2 = header, 3 = a cell to look at; 1 = a line above. */
const FIXED = `<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECF1"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFDE3E1"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"><color rgb="FF6B7785"/></top><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`;

/** @param locale BCP 47 */
export const createStyles = (locale: string): Styles => {
  const formats = new Map<string, number>();
  const styles = new Map<string, number>();
  const formatId = (code: string): number => {
    const known = builtIn[code] ?? formats.get(code);
    if (known !== undefined) return known;
    formats.set(code, FIRST_OWN + formats.size);
    return FIRST_OWN + formats.size - 1;
  };
  const styleId = (code: string, look: Look, align: Align): number => {
    const isBold = look === 'header' || look === 'total';
    const attributes = [
      `numFmtId="${formatId(code)}" fontId="${isBold ? 1 : 0}" fillId="${FILL[look]}" borderId="${look === 'total' ? 1 : 0}" xfId="0"`,
      code === 'General' ? '' : ' applyNumberFormat="1"',
      isBold ? ' applyFont="1"' : '',
      FILL[look] > 0 ? ' applyFill="1"' : '',
      look === 'quoted' ? ' quotePrefix="1"' : '',
    ].join('');
    const xml =
      align === null ? `<xf ${attributes}/>` : `<xf ${attributes} applyAlignment="1"><alignment horizontal="${align}"/></xf>`;
    const known = styles.get(xml);
    if (known !== undefined) return known;
    styles.set(xml, styles.size);
    return styles.size - 1;
  };
  // The first style is what cells without one have.
  styleId('General', 'plain', null);
  return {
    of: ({ kind, places }, look, currency = null, isWhole = false) =>
      styleId(codeOf(kind, places, isWhole, currency, locale), look, null),
    text: (look, align = null) => styleId(TEXT_FORMAT, look, align),
    xml: () => {
      const own = [...formats].map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`);
      const numbers = own.length === 0 ? '' : `<numFmts count="${own.length}">${own.join('')}</numFmts>`;
      return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${numbers}${FIXED}
<cellXfs count="${styles.size}">${[...styles.keys()].join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
    },
  };
};
