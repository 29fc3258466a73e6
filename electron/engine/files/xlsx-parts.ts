/** The parts of a workbook beside its sheet: what it is called, who made it, what belongs together, notes on cells. */
import { columnName, escapeText, escapeXml } from './xlsx-text.ts';

export type WorkbookInfo = {
  /** Of the document, and of the sheet's tab as far as a tab can have it. */
  readonly title: string;
  readonly author: string;
  readonly company: string;
  /** UTC milliseconds. */
  readonly created: number;
};

/** Row and column count from 0. */
export type CellNote = { readonly row: number; readonly column: number; readonly text: string };

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONS = `${OFFICE}/relationships`;
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const relationsXml = (relations: readonly (readonly [type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations
    .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const typesXml = (hasNotes: boolean): string => {
  const parts = [
    ['/xl/workbook.xml', `${TYPE}.sheet.main+xml`],
    ['/xl/worksheets/sheet1.xml', `${TYPE}.worksheet+xml`],
    ['/xl/styles.xml', `${TYPE}.styles+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
    ...(hasNotes ? [['/xl/comments1.xml', `${TYPE}.comments+xml`]] : []),
  ];
  const drawings = hasNotes
    ? '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    : '';
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${drawings}${parts
    .map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`)
    .join('')}</Types>`;
};

const coreXml = ({ title, author, created }: WorkbookInfo): string => {
  const at = new Date(created).toISOString().replace(/\.\d+Z$/, 'Z');
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator><cp:lastModifiedBy>${escapeXml(author)}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;
};

const appXml = ({ company }: WorkbookInfo): string =>
  `${HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>Account Workbench</Application><Company>${escapeXml(company)}</Company></Properties>`;

/** @param table the cells of header and rows, as `$A$1:$T$100` */
const workbookXml = (name: string, table: string): string => {
  const sheet = `'${name.replaceAll("'", "''")}'!`;
  const names = [
    `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${escapeXml(`${sheet}${table}`)}</definedName>`,
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">${escapeXml(`${sheet}$1:$1`)}</definedName>`,
  ];
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets><definedNames>${names.join('')}</definedNames></workbook>`;
};

const notesXml = (notes: readonly CellNote[], author: string): string =>
  `${HEAD}<comments xmlns="${MAIN}"><authors><author>${escapeXml(author)}</author></authors><commentList>${notes
    .map(
      ({ row, column, text }) =>
        `<comment ref="${columnName(column)}${row + 1}" authorId="0"><text><t xml:space="preserve">${escapeText(text)}</t></text></comment>`,
    )
    .join('')}</commentList></comments>`;

/** Where notes are shown: programs draw them by this older language. */
const drawingXml = (notes: readonly CellNote[]): string =>
  `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${notes
    .map(
      ({ row, column }, at) =>
        `<v:shape id="_x0000_s${1025 + at}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column + 1}, 15, ${row}, 2, ${column + 4}, 15, ${row + 4}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
    )
    .join('')}</xml>`;

type Wanted = WorkbookInfo & {
  readonly name: string;
  readonly table: string;
  readonly notes: readonly CellNote[];
  readonly styles: string;
};

/** Name and text of every part but the sheet. */
export const workbookParts = (wanted: Wanted): readonly (readonly [name: string, text: string])[] => {
  const { name, table, notes, styles, author } = wanted;
  const hasNotes = notes.length > 0;
  const noted: readonly (readonly [string, string])[] = [
    [
      'xl/worksheets/_rels/sheet1.xml.rels',
      relationsXml([
        [`${RELATIONS}/vmlDrawing`, '../drawings/vmlDrawing1.vml'],
        [`${RELATIONS}/comments`, '../comments1.xml'],
      ]),
    ],
    ['xl/drawings/vmlDrawing1.vml', drawingXml(notes)],
    ['xl/comments1.xml', notesXml(notes, author)],
  ];
  return [
    ...(hasNotes ? noted : []),
    ['xl/styles.xml', styles],
    ['xl/workbook.xml', workbookXml(name, table)],
    [
      'xl/_rels/workbook.xml.rels',
      relationsXml([
        [`${RELATIONS}/worksheet`, 'worksheets/sheet1.xml'],
        [`${RELATIONS}/styles`, 'styles.xml'],
      ]),
    ],
    ['docProps/core.xml', coreXml(wanted)],
    ['docProps/app.xml', appXml(wanted)],
    ['[Content_Types].xml', typesXml(hasNotes)],
  ];
};

/** What a package starts with: where everything else is. */
export const rootRelations = (): readonly [name: string, text: string] => [
  '_rels/.rels',
  relationsXml([
    [`${RELATIONS}/officeDocument`, 'xl/workbook.xml'],
    [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    [`${RELATIONS}/extended-properties`, 'docProps/app.xml'],
  ]),
];
