/**
 * What selected cells come to, in figures a person can trust: numbers of one unit only, money by currency, never a
 * total over two of them. The figures of loaded rows are made here, those of others in the engine; both look the same.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { editText, formatCell } from '../../../shared/domain/format.ts';
import type { CellField } from '../../../shared/domain/parse/cell.ts';
import { currencyOf } from '../../../shared/domain/shown.ts';
import type { GridColumn } from '../columns.ts';
import { lineKey } from '../columns.ts';
import type { Setting } from '../display.ts';
import { isFilled } from '../filled.ts';
import type { Figures } from '../window/register.ts';

type Figure = Figures['figures'][number];

/** One figure of the status bar; `copy` = what a click puts on the clipboard. */
export type RangeStat = { readonly label: string; readonly value: string; readonly copy: string };

type Unit = { readonly key: string; readonly field: CellField; readonly currency: string | null };

const millionth = 1_000_000n;

const isPriced = ({ kind, field }: GridColumn): boolean =>
  kind === 'money' || (field.kind === 'decimal' && field.per === 'price');

const unitOf = (column: GridColumn, currency: string): Unit | null => {
  const money = currency === '' ? null : currency;
  if (column.key === lineKey) return null;
  switch (column.kind) {
    case 'money':
      return { key: `money ${currency}`, field: { kind: 'money' }, currency: money };
    case 'integer':
      return { key: 'number', field: { kind: 'decimal', per: 'quantity', places: 0 }, currency: null };
    case 'decimal':
      return isPriced(column)
        ? { key: `price ${currency}`, field: { kind: 'decimal', per: 'price', places: 2 }, currency: money }
        : { key: 'number', field: { kind: 'decimal', per: 'quantity', places: 0 }, currency: null };
    case 'percent':
      return { key: 'percent', field: { kind: 'percent' }, currency: null };
    case 'duration':
      return { key: 'duration', field: { kind: 'duration' }, currency: null };
    default:
      return null;
  }
};

type Tally = { readonly unit: Unit; count: bigint; sum: bigint; min: bigint; max: bigint };

const big = (value: string | null): bigint => BigInt(value ?? '0');

/** The figures of several columns and parts, brought together by what they are counted in. */
const tallies = (figures: readonly Figure[], columns: readonly GridColumn[]): readonly Tally[] => {
  const byUnit = new Map<string, Tally>();
  for (const figure of figures) {
    const column = columns.find(({ key }) => key === figure.field);
    const unit = column && unitOf(column, figure.currency);
    if (!unit) continue;
    const scale = column.kind === 'integer' ? millionth : 1n;
    const [sum, min, max] = [big(figure.sum) * scale, big(figure.min) * scale, big(figure.max) * scale];
    const known = byUnit.get(unit.key);
    if (!known) byUnit.set(unit.key, { unit, count: BigInt(figure.count), sum, min, max });
    else {
      known.count += BigInt(figure.count);
      known.sum += sum;
      if (min < known.min) known.min = min;
      if (max > known.max) known.max = max;
    }
  }
  return [...byUnit.values()];
};

/** Half away from zero; at four decimals where the scale has six. */
const average = ({ sum, count, unit }: Tally): bigint => {
  const step = unit.field.kind === 'decimal' ? 100n : 1n;
  const parts = count * step;
  const half = sum < 0n ? -parts / 2n : parts / 2n;
  return ((sum + half) / parts) * step;
};

type Text = { readonly value: string; readonly copy: string };

/** @param isNamed whether the currency is said, as the columns do not say one for all */
const textOf = ({ field, currency }: Unit, value: bigint, setting: Setting, isNamed: boolean): Text => {
  const context = { ...setting, currency: currency ?? setting.currency };
  const text = formatCell(field, String(value), context);
  return { value: isNamed && currency !== null ? `${text} ${currency}` : text, copy: editText(field, String(value), context) };
};

const stat = (label: string, texts: readonly Text[]): RangeStat => ({
  label,
  value: texts.map(({ value }) => value).join(' · '),
  copy: texts.map(({ copy }) => copy).join('\t'),
});

/** Figures as they stand in the status bar: one unit has all four, several have a sum each. */
export const statsOf = ({ filled, figures }: Figures, columns: readonly GridColumn[], setting: Setting): readonly RangeStat[] => {
  const count = { label: 'Count', value: filled.toLocaleString(setting.locale), copy: String(filled) };
  const all = tallies(figures, columns);
  const [only, ...more] = all;
  if (!only) return [count];
  const isNamed = more.length > 0 || all.some(({ unit: { currency } }) => currency !== null && currency !== setting.currency);
  const text = (tally: Tally, value: bigint): Text => textOf(tally.unit, value, setting, isNamed);
  const sums = stat(
    'Sum',
    all.map((tally) => text(tally, tally.sum)),
  );
  if (more.length > 0) return [count, sums];
  return [
    count,
    sums,
    stat('Average', [text(only, average(only))]),
    stat('Min', [text(only, only.min)]),
    stat('Max', [text(only, only.max)]),
  ];
};

/** Cells of loaded rows: these rows, each in these columns. */
export type Loaded = { readonly rows: readonly GridRow[]; readonly columns: readonly GridColumn[] };

type Sum = { count: number; sum: bigint; min: bigint; max: bigint };

/** The figures of loaded rows. Exact: sums are made of whole numbers. */
export const figuresOf = (parts: readonly Loaded[], setting: Setting): Figures => {
  const sums = new Map<string, Sum & { readonly field: string; readonly currency: string }>();
  let filled = 0;
  for (const { rows, columns } of parts) {
    const shown = columns.filter(({ key }) => key !== lineKey);
    for (const row of rows) {
      for (const column of shown) {
        if (!isFilled(row, column.key)) continue;
        filled += 1;
        const value = row.v[column.key];
        const isBad = row.i?.[column.key]?.raw != null;
        if (isBad || value === null || value === undefined || unitOf(column, '') === null) continue;
        add(sums, column, isPriced(column) ? (currencyOf(row, setting) ?? '') : '', BigInt(value));
      }
    }
  }
  const figures = [...sums.values()].map(({ sum, min, max, ...one }) => ({
    ...one,
    sum: `${sum}`,
    min: `${min}`,
    max: `${max}`,
  }));
  return { filled, figures };
};

const add = (
  sums: Map<string, Sum & { readonly field: string; readonly currency: string }>,
  { key: field }: GridColumn,
  currency: string,
  value: bigint,
): void => {
  const key = `${field} ${currency}`;
  const known = sums.get(key);
  if (!known) return void sums.set(key, { field, currency, count: 1, sum: value, min: value, max: value });
  known.count += 1;
  known.sum += value;
  if (value < known.min) known.min = value;
  if (value > known.max) known.max = value;
};

export const joinFigures = (parts: readonly Figures[]): Figures => ({
  filled: parts.reduce((sum, { filled }) => sum + filled, 0),
  figures: parts.flatMap(({ figures }) => figures),
});
