/** A document as the bytes of a PDF. A total never stands on a page without a line above it. */
import type { Content } from 'pdfmake/interfaces.js';
import type { DocumentData, DocumentOption, MadeDocument, PageSize } from './document.ts';
import { createFigures, type Figures } from './document-figures.ts';
import { companyOf, documentHead, titleOf } from './document-head.ts';
import { linesTable, planLines, type LinesTable } from './document-lines.ts';
import { loadFonts, printPages } from './document-pages.ts';
import { SMALL, TEXT, textWidth } from './document-style.ts';
import { sumsBlock } from './document-sums.ts';
import { createShown } from './document-text.ts';
import { pageOf, type Template } from './document-template.ts';

type Setting = {
  readonly data: DocumentData;
  readonly template: Template;
  readonly figures: Figures;
  readonly page: PageSize;
  readonly plan: LinesTable;
};

/** @param isSplit the last line goes over with the sums, below column heads of its own */
const optionBlock = (
  option: DocumentOption,
  at: number,
  isSplit: boolean,
  { template, figures, plan }: Setting,
): readonly Content[] => {
  const { lines, sums, title } = option;
  const last = `lines:${at}`;
  const kept = isSplit ? lines.slice(0, -1) : lines;
  const head: readonly Content[] =
    title === null ? [] : [{ text: title, bold: true, fontSize: TEXT + 2, outline: true, margin: [0, at === 0 ? 0 : 14, 0, 4] }];
  return [
    ...head,
    linesTable(kept, plan, template, isSplit ? `kept:${at}` : last),
    ...(isSplit ? [{ ...linesTable(lines.slice(-1), plan, template, last), pageBreak: 'before' as const }] : []),
    sumsBlock(sums, template, figures, `sums:${at}`),
  ];
};

const endBlocks = ({ data, template }: Setting): readonly Content[] => {
  const { words, closing, colours, show } = template;
  const block = (label: string, text: string | null): readonly Content[] =>
    text === null || text === ''
      ? []
      : [
          {
            stack: [
              ...(label === ''
                ? []
                : [
                    {
                      text: label,
                      fontSize: SMALL,
                      color: colours.soft,
                      margin: [0, 0, 0, 2] as [number, number, number, number],
                    },
                  ]),
              { text },
            ],
            margin: [0, 14, 0, 0],
          },
        ];
  return [
    ...block(words.instructions, data.instructions),
    ...(show.notes ? block(words.notes, data.notes) : []),
    ...block('', closing[data.kind]),
  ];
};

const pagesOf = ({ data, template, page }: Setting) => {
  const title = titleOf(data, template);
  return {
    title: [title, data.number ?? template.words.unnumbered].join(' '),
    head: [title, data.number ?? ''].filter((part) => part !== '').join(' '),
    company: companyOf(data, template),
    author: data.author,
    created: data.created,
    locale: data.locale,
    template,
    page,
  };
};

/** Prints until no total stands alone at the top of a page: an option more is mended each time. */
const printWhole = async (setting: Setting): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> => {
  const { data, template, figures, page } = setting;
  const split = new Set<number>();
  for (;;) {
    const places = new Map<string, number>();
    const { bytes, pages } = await printPages(pagesOf(setting), {
      ...(data.mark === null
        ? {}
        : { watermark: { text: template.words[data.mark], color: '#000000', opacity: 0.07, bold: true, fontSize: 110 } }),
      content: [
        ...documentHead(data, template, figures, textWidth(page)),
        ...data.options.flatMap((option, at) => optionBlock(option, at, split.has(at), setting)),
        ...endBlocks(setting),
      ],
      // Never asks for a break: it only looks where things came to stand.
      pageBreakBefore: ({ id, startPosition }) => {
        if (typeof id === 'string') places.set(id, startPosition.pageNumber);
        return false;
      },
    });
    const alone = data.options.findIndex(
      ({ lines }, at) => lines.length > 1 && !split.has(at) && places.get(`lines:${at}`) !== places.get(`sums:${at}`),
    );
    if (alone === -1) return { bytes, pages };
    split.add(alone);
  }
};

/**
 * Lays out and prints. The same data, template and time give the same bytes.
 * @param folder where the fonts lie, @param asked the paper; null = as the template or the locale has it
 */
export const printDocument = async (
  given: DocumentData,
  template: Template,
  folder: string,
  asked: PageSize | null,
): Promise<MadeDocument> => {
  const { clean, unshown } = createShown(loadFonts(folder));
  const data = clean(given);
  const lacking = unshown();
  const shown = clean(template);
  const figures = createFigures(data, clean);
  const page = pageOf(asked, template, data.locale);
  const plan = planLines(
    data.options.flatMap(({ lines }) => lines),
    shown,
    figures,
    textWidth(page),
  );
  return { ...(await printWhole({ data, template: shown, figures, page, plan })), unshown: lacking };
};
