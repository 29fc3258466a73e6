/** What a document comes to, row by row, so that every step from the lines to the total can be read off. */
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { DocumentSums } from './document.ts';
import type { Figures } from './document-figures.ts';
import { sumsLayout, TEXT } from './document-style.ts';
import type { TemplateData } from './document-template.ts';

const WIDTH = 270;
/** More rows than this may go over a page. */
const MANY = 20;

type Row = { readonly label: string; readonly amount: string };

/** Puts values into the places of a template's words. */
export const fill = (words: string, values: Readonly<Record<string, string>>): string =>
  words.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

const rowsOf = (sums: DocumentSums, { words }: TemplateData, figures: Figures): readonly Row[] => {
  const row = (label: string, amount: bigint): Row => ({ label, amount: figures.money(amount) });
  const taxes = sums.taxes.map(({ code, rate, base, tax }) =>
    row(
      fill(sums.isTaxIncluded ? words.taxWithin : words.tax, { code, rate: figures.percent(rate), base: figures.money(base) }),
      tax,
    ),
  );
  const before = [
    ...(sums.rounding === 0n ? [] : [row(words.rounding, sums.rounding)]),
    ...(sums.discount === 0n ? [] : [row(words.discounted, -sums.discount)]),
    ...sums.charges.map(({ label, amount }) => row(label, amount)),
    ...(sums.isTaxIncluded ? [] : taxes),
  ];
  return before.length === 0 ? [] : [row(words.subtotal, sums.net - sums.rounding), ...before];
};

/** The sums, at the right, kept together. @param id by which it is found on its page */
export const sumsBlock = (sums: DocumentSums, template: TemplateData, figures: Figures, id: string): Content => {
  const { words, colours } = template;
  const plain = rowsOf(sums, template, figures).map(({ label, amount }): TableCell[] => [
    { text: label, color: colours.soft },
    { text: amount, alignment: 'right' },
  ]);
  const total: TableCell[] = [
    { text: words.total, bold: true, fontSize: TEXT + 1, id },
    { text: figures.money(sums.total), bold: true, fontSize: TEXT + 1, alignment: 'right' },
  ];
  const within = sums.isTaxIncluded
    ? sums.taxes.map(({ code, rate, base, tax }): Content => ({
        text: `${fill(words.taxWithin, { code, rate: figures.percent(rate), base: figures.money(base) })}: ${figures.money(tax)}`,
        color: colours.soft,
        alignment: 'right',
        margin: [0, 2, 4, 0],
      }))
    : [];
  return {
    unbreakable: plain.length + within.length < MANY,
    margin: [0, 6, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width: WIDTH,
        stack: [{ table: { widths: [WIDTH - 130, 114], body: [...plain, total] }, layout: sumsLayout(colours) }, ...within],
      },
    ],
  };
};
