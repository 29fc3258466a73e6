/**
 * What every page of ours has, whatever is printed on it: paper, fonts, a head from the second page on, a foot with its
 * number. Nothing comes from outside: fonts and picture are handed over as bytes, no path and no address in a text is followed.
 */
import { join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { readBytes } from './disk.ts';
import type { PageSize } from './document.ts';
import { FONT, FOOT, HEAD, MARGIN, paperOf, SMALL, TEXT, textWidth } from './document-style.ts';
import { fill } from './document-sums.ts';
import type { Template } from './document-template.ts';

const REGULAR = 'fonts/Roboto-Regular.ttf';
const BOLD = 'fonts/Roboto-Medium.ttf';
/** Characters of a head that surely fit beside each other. */
const HEAD_CHARACTERS = 46;

export type Pages = {
  /** What it is, in the file's properties and the window of a reader. */
  readonly title: string;
  /** What it is, at the top of every page but the first. */
  readonly head: string;
  readonly company: string;
  readonly author: string;
  /** UTC ms. */
  readonly created: number;
  readonly locale: string;
  readonly template: Template;
  readonly page: PageSize;
};

const cut = (text: string): string => (text.length > HEAD_CHARACTERS ? `${text.slice(0, HEAD_CHARACTERS - 1)}…` : text);

const pageHead =
  ({ head, company, template, page }: Pages) =>
  (current: number): Content =>
    current === 1
      ? ''
      : {
          columns: [
            { width: textWidth(page) / 2 - 8, text: cut(head), bold: true },
            { width: textWidth(page) / 2 - 8, text: cut(company), alignment: 'right' },
          ],
          fontSize: SMALL,
          color: template.colours.soft,
          margin: [MARGIN, 28, MARGIN, 0],
        };

const pageFoot = ({ template, page }: Pages, current: number, count: number): Content => ({
  columns: [
    { width: textWidth(page) - 122, stack: template.footer.map((text) => ({ text })) },
    { width: 110, alignment: 'right', text: fill(template.words.page, { page: String(current), pages: String(count) }) },
  ],
  columnGap: 12,
  fontSize: SMALL - 1,
  color: template.colours.soft,
  margin: [MARGIN, 16, MARGIN, 0],
});

const pictureOf = ({ picture }: Template): Pick<TDocumentDefinitions, 'images'> =>
  picture === null
    ? {}
    : {
        images: { logo: `data:image/${picture[0] === 0x89 ? 'png' : 'jpeg'};base64,${Buffer.from(picture).toString('base64')}` },
      };

/** What the library has in Node, and its types know only of the browser. */
const { virtualfs } = pdfmake as unknown as {
  readonly virtualfs: { readonly writeFileSync: (name: string, bytes: Buffer) => void };
};

/** @param folder where the fonts lie @returns the bytes of the one that text is set in */
export const loadFonts = (folder: string): Uint8Array => {
  const regular = readBytes(join(folder, REGULAR));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  virtualfs.writeFileSync(REGULAR, Buffer.from(regular));
  virtualfs.writeFileSync(BOLD, Buffer.from(readBytes(join(folder, BOLD))));
  pdfmake.setFonts({ [FONT]: { normal: REGULAR, bold: BOLD, italics: REGULAR, bolditalics: BOLD } });
  return regular;
};

/** @param more what stands on the pages, and what only this kind has */
export const printPages = async (
  pages: Pages,
  more: Pick<TDocumentDefinitions, 'content' | 'watermark' | 'pageBreakBefore'>,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> => {
  const { title, company, author, created, locale, template, page } = pages;
  const counted = { pages: 0 };
  const bytes = await pdfmake
    .createPdf({
      pageSize: { ...paperOf(page) },
      pageMargins: [MARGIN, HEAD, MARGIN, FOOT],
      // Plain PDF 1.3: from 1.4 on the library adds a description in XML, into which it writes names as they are.
      version: '1.3',
      language: locale,
      displayTitle: true,
      info: { title, author, subject: company, creator: 'Account Workbench', creationDate: new Date(created) },
      defaultStyle: { font: FONT, fontSize: TEXT, color: template.colours.ink, lineHeight: 1.15 },
      ...pictureOf(template),
      header: pageHead(pages),
      footer: (current, count) => {
        counted.pages = count;
        return pageFoot(pages, current, count);
      },
      ...more,
    })
    .getBuffer();
  return { bytes: new Uint8Array(bytes), pages: counted.pages };
};
