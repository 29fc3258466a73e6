/** Which kind of workbook some bytes are, told by how they begin: names lie, and half of all `.xls` are something else. */

const startsWith = (bytes: Uint8Array, hex: string): boolean =>
  Buffer.from(bytes.subarray(0, hex.length / 2)).toString('hex') === hex;

export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, '504b0304') || startsWith(bytes, '504b0506');
export const isOle = (bytes: Uint8Array): boolean => startsWith(bytes, 'd0cf11e0a1b11ae1');
/** Workbooks of Excel 2 to 4, and bare ones of later versions. */
export const isBareXls = (bytes: Uint8Array): boolean =>
  /^09(?:00|02|04|08)(?:04|06|08|10)00/.test(Buffer.from(bytes.subarray(0, 4)).toString('hex'));

/** Whether bytes may be a workbook: what begins like markup is looked at further by `openWorkbook`. */
export const mayBeWorkbook = (head: Uint8Array): boolean => {
  if (isZip(head) || isOle(head) || isBareXls(head)) return true;
  const text = Buffer.from(head).toString('latin1').replaceAll('\0', '');
  return /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*(?:<|MIME-Version:)/i.test(text);
};
