/** Opens a workbook of any kind. */
import { AppError } from '../../../shared/contract/define.ts';
import { decodeText } from './encoding.ts';
import type { Workbook } from './workbook-cells.ts';
import { isBareXls, isOle, isZip } from './workbook-kind.ts';
import { markupOf, openPage, openXml2003 } from './workbook-markup.ts';
import { isOds, openOds, openOdsContent } from './workbook-ods.ts';
import { openXls } from './workbook-xls.ts';
import { openXlsb } from './workbook-xlsb.ts';
import { findWorkbookPart, openXlsx } from './workbook-xlsx.ts';
import { openZip, type Zip } from './zip.ts';

const openArchive = (zip: Zip, file: string): Workbook => {
  if (isOds(zip)) return openOds(zip, file);
  const part = findWorkbookPart(zip);
  if (part === null) {
    const what = zip.names.some((name) => name.startsWith('word/'))
      ? 'a Word document'
      : 'a zip archive without a workbook in it: unpack it first';
    throw new AppError('bad-file', `${file} is ${what}`, { file });
  }
  return part.endsWith('.bin') ? openXlsb(zip, part, file) : openXlsx(zip, part);
};

/** Opens a workbook of any kind; null where the bytes are plain text after all. @throws AppError `bad-file`, `too-large` */
export const openWorkbook = (bytes: Uint8Array, file: string): Workbook | null => {
  if (isZip(bytes)) return openArchive(openZip(bytes, file), file);
  if (isOle(bytes)) return openXls(bytes, file);
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
