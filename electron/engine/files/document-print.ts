/**
 * A document as the bytes of a PDF. Nothing of it comes from outside: fonts and picture are handed over as bytes, no path
 * and no address in a text is ever followed. A total never stands on a page without a line above it.
 */
import { join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { readBytes } from './disk.ts';
import type { DocumentData, DocumentOption, MadeDocument, PageSize } from './document.ts';
import { createFigures, type Figures } from './document-figures.ts';
import { companyOf, documentHead, titleOf } from './document-head.ts';
import { linesTable, planLines, type LinesTable } from './document-lines.ts';
import { FONT, FOOT, HEAD, MARGIN, paperOf, SMALL, TEXT, textWidth } from './document-style.ts';
import { fill, sumsBlock } from './document-sums.ts';
import { createShown } from './document-text.ts';
import { pageOf, type Template } from './document-template.ts';

const REGULAR = 'fonts/Roboto-Regular.ttf';
const BOLD = 'fonts/Roboto-Medium.ttf';
/** Characters of a head that surely fit beside each other. */
const HEAD_CHARACTERS = 46;

type Setting = {
  readonly data: DocumentData;
  readonly template: Template;
  readonly figures: Figures;
  readonly page: PageSize;
  readonly plan: LinesTable;
};

const cut = (text: string): string => (text.length > HEAD_CHARACTERS ? `${text.slice(0, HEAD_CHARACTERS - 1)}…` : text);

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

/** From the second page on: what this is a page of. */
const pageHead = ({ data, template, page }: Setting) => {
  const name = [titleOf(data, template), data.number ?? ''].filter((part) => part !== '').join(' ');
  return (current: number): Content =>
    current === 1
      ? ''
      : {
          columns: [
            { width: textWidth(page) / 2 - 8, text: cut(name), bold: true },
            { width: textWidth(page) / 2 - 8, text: cut(companyOf(data, template)), alignment: 'right' },
          ],
          fontSize: SMALL,
          color: template.colours.soft,
          margin: [MARGIN, 28, MARGIN, 0],
        };
};

const pageFoot =
  ({ template, page }: Setting) =>
  (current: number, count: number): Content => ({
    columns: [
      { width: textWidth(page) - 122, stack: template.footer.map((text) => ({ text })) },
      { width: 110, alignment: 'right', text: fill(template.words.page, { page: String(current), pages: String(count) }) },
    ],
    columnGap: 12,
    fontSize: SMALL - 1,
    color: template.colours.soft,
    margin: [MARGIN, 16, MARGIN, 0],
  });

/** @param split options whose last line goes over with the sums, @param found told the page of each marked node */
const define = (
  setting: Setting,
  split: ReadonlySet<number>,
  found: (id: string, page: number) => void,
): TDocumentDefinitions => {
  const { data, template, figures, page } = setting;
  const { colours, words, picture } = template;
  const title = [titleOf(data, template), data.number ?? words.unnumbered].join(' ');
  return {
    pageSize: { ...paperOf(page) },
    pageMargins: [MARGIN, HEAD, MARGIN, FOOT],
    // Plain PDF 1.3: from 1.4 on the library adds a description in XML, into which it writes names as they are.
    version: '1.3',
    language: data.locale,
    displayTitle: true,
    info: {
      title,
      author: data.author,
      subject: companyOf(data, template),
      creator: 'Account Workbench',
      creationDate: new Date(data.created),
    },
    defaultStyle: { font: FONT, fontSize: TEXT, color: colours.ink, lineHeight: 1.15 },
    ...(picture === null
      ? {}
      : {
          images: {
            logo: `data:image/${picture[0] === 0x89 ? 'png' : 'jpeg'};base64,${Buffer.from(picture).toString('base64')}`,
          },
        }),
    ...(data.mark === null
      ? {}
      : { watermark: { text: words[data.mark], color: '#000000', opacity: 0.07, bold: true, fontSize: 110 } }),
    header: pageHead(setting),
    footer: pageFoot(setting),
    content: [
      ...documentHead(data, template, figures, textWidth(page)),
      ...data.options.flatMap((option, at) => optionBlock(option, at, split.has(at), setting)),
      ...endBlocks(setting),
    ],
    // Never asks for a break: it only looks where things came to stand.
    pageBreakBefore: ({ id, startPosition }) => {
      if (typeof id === 'string') found(id, startPosition.pageNumber);
      return false;
    },
  };
};

/** What the library has in Node, and its types know only of the browser. */
const { virtualfs } = pdfmake as unknown as {
  readonly virtualfs: { readonly writeFileSync: (name: string, bytes: Buffer) => void };
};

const loadFonts = (regular: Uint8Array, bold: Uint8Array): void => {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  virtualfs.writeFileSync(REGULAR, Buffer.from(regular));
  virtualfs.writeFileSync(BOLD, Buffer.from(bold));
  pdfmake.setFonts({ [FONT]: { normal: REGULAR, bold: BOLD, italics: REGULAR, bolditalics: BOLD } });
};

/** Prints until no total stands alone at the top of a page: an option more is mended each time. */
const printWhole = async (setting: Setting): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> => {
  const split = new Set<number>();
  for (;;) {
    const places = new Map<string, number>();
    const counted = { pages: 0 };
    const definition = define(setting, split, (id, page) => void places.set(id, page));
    const foot = definition.footer as (current: number, count: number) => Content;
    const bytes = await pdfmake
      .createPdf({
        ...definition,
        footer: (current, count) => {
          counted.pages = count;
          return foot(current, count);
        },
      })
      .getBuffer();
    const alone = setting.data.options.findIndex(
      ({ lines }, at) => lines.length > 1 && !split.has(at) && places.get(`lines:${at}`) !== places.get(`sums:${at}`),
    );
    if (alone === -1) return { bytes: new Uint8Array(bytes), pages: counted.pages };
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
  const regular = readBytes(join(folder, REGULAR));
  loadFonts(regular, readBytes(join(folder, BOLD)));
  const { clean, unshown } = createShown(regular);
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
