/** A PDF as another program reads it: its words page by page, and what its plain parts say of fonts and properties. */
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

export type ReadPdf = {
  readonly pages: readonly string[];
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
  /** Fonts by name, and whether each has its shapes with it. */
  readonly fonts: readonly string[];
  /** What the file would do by itself when it is opened. */
  readonly acts: readonly unknown[];
  readonly raw: string;
};

/** Line ends are where the reader saw them, not where the words were: one space is as good as any. */
const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

export const readPdf = async (bytes: Uint8Array): Promise<ReadPdf> => {
  const raw = Buffer.from(bytes).toString('latin1');
  // The reader takes the bytes it is given away with it.
  const proxy = await getDocumentProxy(Uint8Array.from(bytes));
  const { text } = await extractText(proxy, { mergePages: false });
  const { info } = await getMeta(proxy);
  const links: readonly unknown[] = await (await proxy.getPage(1)).getAnnotations();
  const acts = [await proxy.getJSActions(), await proxy.getOpenAction(), await proxy.getAttachments(), ...links].filter(Boolean);
  await proxy.loadingTask.destroy();
  const pages = text.map(flat);
  return {
    pages,
    text: pages.join(' '),
    info,
    fonts: [...raw.matchAll(/\/FontName \/([\w+-]+)/g)].map(([, name]) => name ?? ''),
    raw,
    acts,
  };
};

export const countOf = (text: string, part: string): number => text.split(part).length - 1;
