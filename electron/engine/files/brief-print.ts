/** The brief of an account as the bytes of a PDF: a part after the other, read from top to bottom before going in. */
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { BriefPaper } from './brief-paper.ts';
import type { MadeDocument, PageSize } from './document.ts';
import { companyOf, letterhead } from './document-head.ts';
import { loadFonts, printPages } from './document-pages.ts';
import { linesLayout, SMALL, TEXT, textWidth } from './document-style.ts';
import { createShown } from './document-text.ts';
import { pageOf, type Template } from './document-template.ts';

/** Columns of a part, in points; what it is about has the rest. */
const DAY = 62;
const AMOUNT = 116;
/** Padding of the cells of a row, both sides of three columns. */
const PADDING = 24;

type Part = BriefPaper['parts'][number];

const rowCells = ({ on, what, note, amount, isUrgent }: Part['rows'][number], soft: string): TableCell[] => [
  { text: on, fontSize: SMALL, color: soft, margin: [0, 1, 0, 0] },
  {
    stack: [{ text: what, bold: isUrgent }, ...(note === '' ? [] : [{ text: note, fontSize: SMALL, color: soft }])],
  },
  { text: amount, alignment: 'right' },
];

const partBlock = ({ label, none, more, rows }: Part, { colours }: Template, width: number): readonly Content[] => {
  const title: Content = { text: label, bold: true, fontSize: TEXT + 2, outline: true, margin: [0, 14, 0, 4] };
  if (rows.length === 0) return [{ stack: [title, { text: none, color: colours.soft }], unbreakable: true }];
  const layout = linesLayout(colours);
  return [
    title,
    {
      table: {
        widths: [DAY, width - DAY - AMOUNT - PADDING, AMOUNT],
        dontBreakRows: true,
        body: rows.map((row) => rowCells(row, colours.soft)),
      },
      // No heads of columns: what each is can be seen.
      layout: { ...layout, hLineWidth: (row) => (row === 0 ? 0.8 : 0.4) },
    },
    ...(more === ''
      ? []
      : [{ text: more, color: colours.soft, fontSize: SMALL, margin: [4, 3, 0, 0] as [number, number, number, number] }]),
  ];
};

/** @param folder where the fonts lie, @param asked the paper; null = as the template or the locale has it */
export const printBrief = async (
  given: BriefPaper,
  template: Template,
  folder: string,
  asked: PageSize | null,
): Promise<MadeDocument> => {
  const { clean, unshown } = createShown(loadFonts(folder));
  const data = clean(given);
  const lacking = unshown();
  const shown = clean(template);
  const page = pageOf(asked, template, data.locale);
  const width = textWidth(page);
  const { soft } = shown.colours;
  const title = `Brief of ${data.name}`;
  const made = await printPages(
    { ...data, title, head: title, company: companyOf(data, shown), template: shown, page },
    {
      content: [
        letterhead(data, shown, width),
        { text: data.name, bold: true, fontSize: 18, outline: true, margin: [0, 0, 0, 2] },
        ...(data.about === ''
          ? []
          : [{ text: data.about, color: soft, margin: [0, 0, 0, 6] as [number, number, number, number] }]),
        { text: data.intro },
        ...data.parts.flatMap((part) => partBlock(part, shown, width)),
      ],
    },
  );
  return { ...made, unshown: lacking };
};
