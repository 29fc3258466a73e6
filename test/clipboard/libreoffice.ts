/**
 * Takes from LibreOffice Calc what a copy of its cells puts on the clipboard: a document is made for each case, its
 * cells are selected and asked for as text and as HTML, all in a profile of its own without a display.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Text for a cell; a formula or a figure, read as the locale has it, begins with `=`. */
export type Sheet = {
  readonly name: string;
  readonly cells: readonly (readonly string[])[];
  /** Ranges that are one cell. */
  readonly merged?: readonly string[];
  /** Number formats by range, as English writes them. */
  readonly formats?: readonly (readonly [range: string, format: string])[];
  /** Rows that are not shown, as a filter leaves them. */
  readonly hidden?: readonly number[];
};

export type Taken = { readonly text: string; readonly html: string };

export const hasLibreOffice = (): boolean => spawnSync('soffice', ['--version'], { timeout: 60_000 }).status === 0;

const basicText = (text: string): string =>
  text
    .split(/([\n\t"])/)
    .filter((part) => part !== '')
    .map((part) => (/^[\n\t"]$/.test(part) ? `Chr(${part.codePointAt(0)})` : `"${part}"`))
    .join(' & ') || '""';

const fillSheet = ({ cells, merged = [], formats = [], hidden = [] }: Sheet): readonly string[] => [
  ...cells.flatMap((row, r) =>
    row.map((text, c) => {
      const cell = `sheet.getCellByPosition(${c}, ${r})`;
      return text.startsWith('=') ? `${cell}.setFormula(${basicText(text)})` : `${cell}.setString(${basicText(text)})`;
    }),
  ),
  ...merged.map((range) => `sheet.getCellRangeByName("${range}").merge(True)`),
  ...formats.flatMap(([range, format]) => [
    `key = doc.NumberFormats.queryKey(${basicText(format)}, english, False)`,
    `If key = -1 Then key = doc.NumberFormats.addNew(${basicText(format)}, english)`,
    `sheet.getCellRangeByName("${range}").NumberFormat = key`,
  ]),
  ...hidden.map((row) => `sheet.Rows.getByIndex(${row}).IsVisible = False`),
];

const takeSheet = (sheet: Sheet, out: string): readonly string[] => [
  'doc = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden)',
  'sheet = doc.Sheets.getByIndex(0)',
  ...fillSheet(sheet),
  `doc.CurrentController.select(sheet.getCellRangeByPosition(0, 0, ${(sheet.cells[0]?.length ?? 1) - 1}, ${sheet.cells.length - 1}))`,
  'content = doc.CurrentController.getTransferable()',
  `Save content, "text/plain;charset=utf-16", "${pathToFileURL(`${out}.txt`).href}"`,
  `Save content, "text/html", "${pathToFileURL(`${out}.html`).href}"`,
  'doc.close(True)',
];

const save = `
Sub Save(content, kind As String, url As String)
  Dim file, stream, data
  For Each flavor In content.getTransferDataFlavors()
    If InStr(flavor.MimeType, kind) = 1 Then
      data = content.getTransferData(flavor)
      file = createUnoService("com.sun.star.ucb.SimpleFileAccess")
      stream = file.openFileWrite(url)
      If VarType(data) = 8 Then
        Dim text
        text = createUnoService("com.sun.star.io.TextOutputStream")
        text.setOutputStream(stream)
        text.setEncoding("UTF-8")
        text.writeString(data)
        text.closeOutput()
      Else
        stream.writeBytes(data)
        stream.closeOutput()
      End If
      Exit Sub
    End If
  Next
End Sub
`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const doctype = (name: string, file: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${name} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "${file}">\n`;

const writeProfile = (folder: string, code: string): void => {
  const basic = path.join(folder, 'user', 'basic');
  const standard = path.join(basic, 'Standard');
  mkdirSync(standard, { recursive: true });
  const library = 'xmlns:library="http://openoffice.org/2000/library"';
  writeFileSync(
    path.join(basic, 'script.xlc'),
    `${doctype('library:libraries', 'libraries.dtd')}<library:libraries ${library} xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>`,
  );
  writeFileSync(
    path.join(standard, 'script.xlb'),
    `${doctype('library:library', 'library.dtd')}<library:library ${library} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>`,
  );
  writeFileSync(
    path.join(standard, 'Module1.xba'),
    `${doctype('script:module', 'module.dtd')}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">${escapeXml(code)}</script:module>`,
  );
};

/** @param folder an empty folder of the caller's */
export const takeFromLibreOffice = (folder: string, sheets: readonly Sheet[]): readonly Taken[] => {
  const out = (at: number): string => path.join(folder, `case-${at}`);
  const body = sheets.flatMap((sheet, at) => takeSheet(sheet, out(at))).join('\n');
  const setUp = [
    'Dim hidden(0) As New com.sun.star.beans.PropertyValue',
    'hidden(0).Name = "Hidden"',
    'hidden(0).Value = True',
  ].join('\n');
  const english = 'Dim english As New com.sun.star.lang.Locale\nenglish.Language = "en"\nenglish.Country = "US"';
  const profile = pathToFileURL(path.join(folder, 'profile')).href;
  const run = (...args: readonly string[]): void => {
    const locale = { LC_ALL: 'en_GB.UTF-8', LANG: 'en_GB.UTF-8' };
    execFileSync('soffice', [`-env:UserInstallation=${profile}`, '--headless', '--norestore', ...args], {
      timeout: 60_000,
      env: { ...process.env, ...locale },
      stdio: 'ignore',
    });
  };
  // The first start fills the profile, and would write over what is in it.
  run('--terminate_after_init');
  writeProfile(
    path.join(folder, 'profile'),
    `Sub Main\n${setUp}\n${english}\n${body}\nStarDesktop.terminate()\nEnd Sub\n${save}`,
  );
  run('macro:///Standard.Module1.Main');
  return sheets.map((_, at) => ({ text: readFileSync(`${out(at)}.txt`, 'utf8'), html: readFileSync(`${out(at)}.html`, 'utf8') }));
};
