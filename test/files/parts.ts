/** Workbooks written part by part, so that a test says exactly what stands in the file; the bad ones too. */
import { crc32, deflateRawSync } from 'node:zlib';

export type Part = {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** What the directory claims. */ readonly claims?: number;
  readonly flags?: number;
};

const header = (
  signature: number,
  size: number,
  fields: readonly (readonly [at: number, value: number, bytes: 2 | 4])[],
): Buffer => {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, value, width] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
};

/** A zip archive of some parts, packed. */
export const zipOf = (parts: readonly Part[]): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, claims, flags = 0 } of parts) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw);
    const size = claims ?? raw.length;
    const title = Buffer.from(name);
    const local = header(0x04034b50, 30, [
      [6, flags, 2],
      [8, 8, 2],
      [14, crc32(raw), 4],
      [18, packed.length, 4],
      [22, size, 4],
      [26, title.length, 2],
    ]);
    files.push(local, title, packed);
    directory.push(
      header(0x02014b50, 46, [
        [8, flags, 2],
        [10, 8, 2],
        [16, crc32(raw), 4],
        [20, packed.length, 4],
        [24, size, 4],
        [28, title.length, 2],
        [42, at, 4],
      ]),
      title,
    );
    at += local.length + title.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = header(0x06054b50, 22, [
    [8, parts.length, 2],
    [10, parts.length, 2],
    [12, list.length, 4],
    [16, at, 4],
  ]);
  return Buffer.concat([...files, list, end]);
};

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const relations = (inside: string): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;

export type Sheets = Readonly<Record<string, string>>;
type Extra = {
  readonly strings?: string;
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  readonly hidden?: string;
};

/**
 * The parts of an .xlsx.
 * @param sheets the rows of each sheet, as XML
 * @param extra shared strings as XML; number formats, the nth of which is style n + 1
 */
export const xlsxParts = (sheets: Sheets, { strings, formats = [], date1904 = false, hidden }: Extra = {}): readonly Part[] => {
  const names = Object.keys(sheets);
  const list = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"${name === hidden ? ' state="hidden"' : ''}/>`,
  );
  const codes = formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code.replaceAll('"', '&quot;')}"/>`);
  const styles = formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`);
  return [
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relations(relation('r1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `<workbook><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(
        names.map((_, at) => relation(`r${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
          relation('s', 'styles', 'styles.xml') +
          relation('t', 'sharedStrings', 'sharedStrings.xml'),
      ),
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet><numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', data: `<sst>${strings ?? ''}</sst>` },
    ...Object.values(sheets).map((rows, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ];
};

export const xlsxOf = (sheets: Sheets, extra: Extra = {}): Buffer => zipOf(xlsxParts(sheets, extra));

/** Rows of a sheet, every cell a text. */
export const sheetOf = (...rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`).join('');

/** The parts of an .ods: its automatic styles and its tables, as XML. */
export const odsOf = (tables: string, styles = ''): Buffer =>
  zipOf([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
    {
      name: 'content.xml',
      data: `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    },
  ]);

/** A container of Office before 2007 that holds one empty stream of a name. */
export const oleOf = (stream: string): Buffer => {
  const bytes = Buffer.alloc(512 * 3, 0xff);
  bytes.fill(0, 0, 76);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(0xfffffffe, 60);
  bytes.writeUInt32LE(0xfffffffe, 68);
  bytes.writeUInt32LE(0, 76);
  bytes.writeUInt32LE(0xfffffffd, 512);
  bytes.writeUInt32LE(0xfffffffe, 516);
  bytes.fill(0, 1024);
  const entry = (at: number, name: string, type: number): void => {
    bytes.write(name, at, 'utf16le');
    bytes.writeUInt16LE(name.length * 2 + 2, at + 64);
    bytes[at + 66] = type;
    bytes.writeUInt32LE(0xfffffffe, at + 116);
  };
  entry(1024, 'Root Entry', 5);
  entry(1024 + 128, stream, 2);
  return bytes;
};
