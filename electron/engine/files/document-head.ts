/** The top of a document: who writes to whom, what it is, and what else there is to know before the first line. */
import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import type { DocumentData, DocumentFact } from './document.ts';
import type { Figures } from './document-figures.ts';
import { SMALL } from './document-style.ts';
import { fill } from './document-sums.ts';
import type { Template } from './document-template.ts';

const FACTS = 210;
const LABEL = 84;
const GAP = 16;

/** A document that binds nobody yet is not called by the name of one that does. */
export const titleOf = ({ kind, mark }: Pick<DocumentData, 'kind' | 'mark'>, { kinds }: Pick<Template, 'kinds'>): string =>
  mark === 'draft' ? kinds[kind].draft : kinds[kind].title;

export const companyOf = ({ company }: Pick<DocumentData, 'company'>, template: Pick<Template, 'company'>): string =>
  template.company.name ?? company;

// Every width is a number: a column that takes what is left would grow with a word without end, off the page.
export const letterhead = (data: Pick<DocumentData, 'company'>, template: Template, width: number): Content => {
  const { colours, logo, picture } = template;
  const name: Content = { text: companyOf(data, template), bold: true, fontSize: 13, color: colours.accent };
  return {
    columns: [
      logo === null || picture === null
        ? { width: width - FACTS - GAP, ...name }
        : { width: width - FACTS - GAP, stack: [{ image: 'logo', fit: [logo.width, logo.height] }] },
      {
        width: FACTS,
        alignment: 'right',
        fontSize: SMALL,
        color: colours.soft,
        stack: [...(picture === null ? [] : [{ ...name, fontSize: 10 }]), ...template.company.lines.map((text) => ({ text }))],
      },
    ],
    columnGap: GAP,
    margin: [0, 0, 0, 26],
  };
};

const partyBlock = (label: string, lines: readonly string[], soft: string, width: number): Column => ({
  width,
  stack: [
    { text: label, fontSize: SMALL, color: soft, margin: [0, 0, 0, 2] },
    ...lines.map((text, at): Content => ({ text, bold: at === 0 })),
  ],
});

const parties = (data: DocumentData, { kinds, words, colours }: Template, width: number): Column => {
  const attention = data.attention === null ? [] : [fill(words.attention, { name: data.attention })];
  const each = data.deliverTo.length === 0 ? width : (width - GAP) / 2;
  return {
    width,
    columns: [
      partyBlock(kinds[data.kind].party, [...data.party, ...attention], colours.soft, each),
      ...(data.deliverTo.length === 0 ? [] : [partyBlock(words.deliverTo, data.deliverTo, colours.soft, each)]),
    ],
    columnGap: GAP,
  };
};

const textOf = (fact: DocumentFact, figures: Figures): string => ('day' in fact ? figures.day(fact.day) : fact.text);

const factsTable = (data: DocumentData, { kinds, words, colours }: Template, figures: Figures): Column => {
  const rows: readonly (readonly [string, string])[] = [
    [kinds[data.kind].number, data.number ?? words.unnumbered],
    ...data.facts.map((fact) => [words[fact.word], textOf(fact, figures)] as const),
  ];
  return {
    width: FACTS,
    table: {
      widths: [LABEL, FACTS - LABEL - 4],
      body: rows.map(([label, text], at): TableCell[] => [
        { text: label, color: colours.soft, fontSize: SMALL, margin: [0, 1, 0, 0] },
        { text, bold: at === 0 },
      ]),
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: (at) => (at === 0 ? 0 : 4),
      paddingRight: () => 0,
      paddingTop: () => 0.5,
      paddingBottom: () => 0.5,
    },
  };
};

/** Everything above the lines. @param width of the text, in points */
export const documentHead = (data: DocumentData, template: Template, figures: Figures, width: number): readonly Content[] => [
  letterhead(data, template, width),
  { text: titleOf(data, template), bold: true, fontSize: 18, outline: true, margin: [0, 0, 0, 10] },
  { columns: [parties(data, template, width - FACTS - GAP), factsTable(data, template, figures)], columnGap: GAP },
  ...(data.wording === null ? [] : [{ text: data.wording, margin: [0, 16, 0, 0] as [number, number, number, number] }]),
  {
    text: fill(template.words.amounts, { currency: data.currency }),
    fontSize: SMALL,
    color: template.colours.soft,
    alignment: 'right',
    margin: [0, 16, 4, 2],
  },
];
