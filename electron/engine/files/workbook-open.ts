/** Opens a workbook of any kind. */
import { AppError } from '../../../shared/contract/define.ts';
import { decodeText } from './encoding.ts';
import type { Workbook } from './workbook-cells.ts';
import { isBareXls, isOle, isZip } from './workbook-kind.ts';
import { markupOf, openPage, openXml2003 } from './workbook-markup.ts';
import { isOds, openOds, openOdsContent } from './workbook-ods.ts';
import { findWorkbookPart, openXlsx } from './workbook-xlsx.ts';
import { openZip, type Zip } from './zip.ts';

const openArchive = async (zip: Zip, bytes: Uint8Array, file: string): Promise<Workbook> => {
  if (isOds(zip)) return openOds(zip, file);
  const part = findWorkbookPart(zip);
  if (part === null) {
    const what = zip.names.some((name) => name.startsWith('word/'))
      ? 'a Word document'
      : 'a zip archive without a workbook in it: unpack it first';
    throw new AppError('bad-file', `${file} is ${what}`, { file });
  }
  if (!part.endsWith('.bin')) return openXlsx(zip, part);
  // The library unpacks for itself: every part is counted and held against its checksum before.
  for (const name of zip.names) zip.read(name);
  // Loaded only where it is needed: it is larger than everything else here together.
  return (await import('./workbook-binary.ts')).openXlsb(bytes);
};

/** Opens a workbook of any kind; null where the bytes are plain text after all. @throws AppError `bad-file`, `too-large` */
export const openWorkbook = async (bytes: Uint8Array, file: string): Promise<Workbook | null> => {
  if (isZip(bytes)) return openArchive(openZip(bytes, file), bytes, file);
  if (isOle(bytes)) return (await import('./workbook-binary.ts')).openXls(bytes, file);
  if (isBareXls(bytes)) {
    throw new AppError('bad-file', `${file} was written by a spreadsheet program older than Excel 97: save it as .xlsx`, {
      file,
    });
  }
  const { text } = decodeText(bytes, null);
  const markup = markupOf(text, file);
  if (markup === null) return null;
  if (markup === 'flat-ods') return openOdsContent(bytes);
  return markup === 'html' ? openPage(text) : openXml2003(text);
};
