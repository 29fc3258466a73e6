import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createCsv, csvRow } from '../../electron/engine/files/csv.ts';
import { readDelimited } from '../../electron/engine/files/delimited.ts';
import { listFiles, readBytes } from '../../electron/engine/files/disk.ts';
import { decodeText } from '../../electron/engine/files/encoding.ts';
import { readRows } from '../../electron/engine/files/rows.ts';
import { findSeparator } from '../../electron/engine/files/separator.ts';
import type { ReadOptions } from '../../electron/engine/files/table.ts';
import { guardText, unguardText } from '../../shared/domain/import/guard.ts';

const breathe = async (): Promise<void> => {};
const read = (bytes: Uint8Array | string, options: ReadOptions = {}) =>
  readDelimited('test.csv', typeof bytes === 'string' ? Buffer.from(bytes) : bytes, options, breathe);

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const utf16 = (text: string, big: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

/** What Windows-1252 has beyond Latin-1, as far as it is needed here. */
const EXTRA: Readonly<Record<string, number>> = { Š: 0x8a, Ž: 0x8e, š: 0x9a, ž: 0x9e, Œ: 0x8c, œ: 0x9c };
const cp1252 = (text: string): Buffer => Buffer.from([...text].map((letter) => EXTRA[letter] ?? letter.charCodeAt(0)));

describe('text that was kept from being a number', () => {
  it.each([
    ['="00042"', '00042'],
    ['"=""00042"""', '00042'],
    ['=1+2', '=1+2'],
    ['="open', '="open'],
  ])('%s is %s', async (written, is) => {
    const table = await readDelimited('x.csv', Buffer.from(`Code,Name\n${written},A\nB,C\n`), {}, async () => {});
    expect(table.rows[0]).toEqual([is, 'A']);
  });
});

describe('encoding', () => {
  it.each([
    { name: 'UTF-8 with a mark', bytes: Buffer.from('\ufeffä'), is: 'utf-8' },
    { name: 'UTF-8 without', bytes: Buffer.from('Königlich'), is: 'utf-8' },
    { name: 'UTF-16 LE with a mark', bytes: utf16('\ufeffName,Königlich', false), is: 'utf-16le' },
    { name: 'UTF-16 BE with a mark', bytes: utf16('\ufeffName,Königlich', true), is: 'utf-16be' },
    { name: 'UTF-16 LE without', bytes: utf16('Name,Königlich', false), is: 'utf-16le' },
    { name: 'UTF-16 BE without', bytes: utf16('Name,Königlich', true), is: 'utf-16be' },
    { name: 'Windows-1252', bytes: latin('Name,K\u00f6nig \u0080'), is: 'windows-1252' },
  ])('$name', ({ bytes, is }) => {
    const { text, encoding } = decodeText(bytes, null);
    expect(encoding).toMatchObject({ answer: is, sure: true });
    expect(text).toMatch(/ä|Kön/);
    expect(text.startsWith('\ufeff')).toBe(false);
  });

  const bytesOf = (hex: string) => Buffer.from(hex, 'hex');
  it.each([
    ['8eefe1722c53e17a61766f75', 'Žďár,Sázavou'],
    ['506c7a65f22c8e656c', 'Plzeň,Žel'],
    ['a3f3649f2c61', 'Łódź,a'],
    ['bff3b3772c61', 'żółw,a'],
  ])('Windows-1250 is read as such, and said to be a guess: %s', (hex, says) => {
    const { text, encoding } = decodeText(bytesOf(hex), null);
    expect([text, encoding.answer, encoding.sure]).toEqual([says, 'windows-1250', false]);
  });

  it.each([
    'Škoda,Žižkov',
    'Bjørn,Kjær',
    'père,où',
    'São João',
    'Zoë,naïve',
    'piñata ¿qué?',
    'Rohre, 100 m³ à 5 £ je Stück',
    'Œuvre, cœur',
    'Ürün',
  ])('the west stays Windows-1252: %s', (text) => {
    const { text: read, encoding } = decodeText(cp1252(text), null);
    expect([read, encoding.answer, encoding.sure]).toEqual([text, 'windows-1252', true]);
  });

  it('a recipe overrides it, and an unknown name is refused', () => {
    expect(decodeText(Buffer.from([0xe4]), 'iso-8859-5').text).toBe('ф');
    expect(() => decodeText(Buffer.from('a'), 'utf-99')).toThrow(expect.objectContaining({ code: 'bad-recipe' }));
  });

  it('says what was lost before and what was encoded twice', () => {
    expect(decodeText(Buffer.from('M\ufffdnchen'), null).encoding.because.join()).toContain('1 character was already lost');
    expect(decodeText(Buffer.from('MÃ¼nchen'), null).encoding.because.join()).toContain('encoded twice');
    expect(decodeText(Buffer.concat([Buffer.from('ä'), latin('\u00e4')]), null).encoding).toMatchObject({
      answer: 'windows-1252',
      sure: false,
    });
  });

  it.each([
    [Buffer.from('PK\u0003\u0004rest'), /workbook/],
    [Buffer.from('%PDF-1.7'), /PDF/],
    [Buffer.from([1, 0, 0, 0, 7, 0, 0, 9, 9]), /zero bytes/],
  ])('what is no text is named', (bytes, says) => {
    expect(() => decodeText(bytes, null)).toThrow(says);
    expect(() => decodeText(bytes, null)).toThrow(expect.objectContaining({ code: 'bad-file' }));
  });
});

describe('rows', () => {
  const rows = (text: string, delimiter = ',') => readRows(text, delimiter).next(100);
  it.each([
    {
      name: 'CR only',
      text: 'a,b\r1,2',
      is: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
    {
      name: 'line ends that change',
      text: 'a,b\r\n1,2\n3,4\r5,6\r\n',
      is: [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    },
    {
      name: 'breaks and doubled quotes inside',
      text: '"a\r\nb","say ""hi"""\n1,2',
      is: [
        ['a\r\nb', 'say "hi"'],
        ['1', '2'],
      ],
    },
    {
      name: 'a quote never closed',
      text: '1,"2 inch\n3,4',
      is: [
        ['1', '"2 inch'],
        ['3', '4'],
      ],
    },
    {
      name: 'text behind a closing quote',
      text: '"Large" size,x\n"y",z',
      is: [
        ['"Large" size', 'x'],
        ['y', 'z'],
      ],
    },
    { name: 'an inch sign inside', text: '12" pipe,x', is: [['12" pipe', 'x']] },
    { name: 'space around quotes', text: 'a, "b, c" ,d', is: [['a', 'b, c', 'd']] },
    { name: 'a last separator', text: 'a,', is: [['a', '']] },
    { name: 'empty quotes', text: '"",""\n', is: [['', '']] },
  ])('$name', ({ text, is }) => expect(rows(text)).toEqual(is));

  it('a separator may be several characters', () => expect(rows('a||b|c', '||')).toEqual([['a', 'b|c']]));
});

describe('separator', () => {
  it.each([
    { name: 'tab in a .csv', text: 'Name\tNote\nA, B\tx\nC, D\ty', is: 'tab', sure: true },
    { name: 'semicolon with decimal comma', text: 'Name;Price\nA;1,5\nB;2,5', is: 'semicolon', sure: true },
    { name: 'pipe', text: 'a|b\n1|2,5', is: 'pipe', sure: true },
    { name: 'caret', text: 'a^b^c\n1^2^3', is: '“^”', sure: true },
    { name: 'comma with times', text: 'a,b\n12:30,1\n13:30,2', is: 'comma', sure: true },
    { name: 'one column', text: 'a\nb\nc', is: 'none', sure: true },
    { name: 'titles above', text: 'Report\n\nof things\na,b,c\n1,2,3\n4,5,6\n7,8,9', is: 'comma', sure: true },
  ])('$name', ({ text, is, sure }) => expect(findSeparator(text, null)).toMatchObject({ answer: is, sure }));

  it('the line sep=; names it and is left out', async () => {
    const table = await read('sep=;\r\nName;Price\r\nA;1,5\r\n');
    expect(table).toMatchObject({
      headers: ['Name', 'Price'],
      rows: [['A', '1,5']],
      delimiter: { answer: 'semicolon', sure: true },
    });
  });
});

describe('the header', () => {
  it('is found under the titles of a report, which are named', async () => {
    const table = await read('Sales by month\nprinted 1 May\n\nName,Qty,When\nA,1,2024-01-01\nB,2,2024-01-02\n');
    expect(table).toMatchObject({
      headers: ['Name', 'Qty', 'When'],
      headerRow: { answer: 'row 4', sure: true },
      numbers: [5, 6],
    });
    expect(table.headerRow.because.join('\n')).toContain('above the table: “Sales by month”');
  });

  it('keeps headers of one name and of none apart', async () => {
    const table = await read(' Name ,Name,,#\nA,B,C,1\n');
    expect(table.headers).toEqual(['Name', 'Name (2)', '#3', '#']);
  });

  it('may be missing', async () => {
    expect(await read('1,2024-01-01\n2,2024-01-02\n')).toMatchObject({ headers: ['#1', '#2'], headerRow: { answer: 'none' } });
  });

  it('of two rows is one name per column', async () => {
    const table = await read(',2025,,2026,\nName,Qty,Net,Qty,Net\nA,1,2,3,4\n');
    expect(table.headers).toEqual(['Name', '2025 Qty', '2025 Net', '2026 Qty', '2026 Net']);
  });

  it('is the row that holds the headers a recipe names', async () => {
    const table = await read('x,y\nfoo,bar\nOrder ID,Note\nA,B\n', { known: ['order_id', 'note'] });
    expect(table).toMatchObject({ headers: ['Order ID', 'Note'], rows: [['A', 'B']] });
  });

  it('gives columns beyond it a name', async () => {
    expect(await read('a,b\n1,2,3\n')).toMatchObject({ headers: ['a', 'b', '#3'] });
  });
});

describe('a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'files-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('that is empty, missing, a folder or too large is refused in words', async () => {
    await expect(read('\n \n')).rejects.toMatchObject({ code: 'bad-file' });
    expect(() => listFiles(join(dir, 'none.csv'))).toThrow(expect.objectContaining({ code: 'bad-file' }));
    expect(() => readBytes(dir)).toThrow(expect.objectContaining({ code: 'bad-file' }));
    const file = createCsv(join(dir, 'big.csv'));
    file.write([['x'.repeat(100)]]);
    file.done();
    expect(() => readBytes(join(dir, 'big.csv'), 50)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('is written beside its place and renamed, or leaves nothing', () => {
    const kept = join(dir, 'kept.csv');
    const file = createCsv(kept);
    file.write([
      ['Code', 'Net'],
      ['007', -5],
      ['=1+1', 2],
      ['+49 30', null],
    ]);
    expect(readdirSync(dir)).not.toContain('kept.csv');
    file.done();
    expect(readFileSync(kept, 'utf8')).toBe("\ufeffCode,Net\r\n007,-5\r\n'=1+1,2\r\n'+49 30,\r\n");
    const dropped = createCsv(join(dir, 'dropped.csv'));
    dropped.write([['x']]);
    dropped.drop();
    expect(readdirSync(dir).filter((name) => name.startsWith('dropped'))).toEqual([]);
  });
});

const utf32 = (text: string): Buffer => {
  const codes = [0xfeff, ...[...text].map((character) => character.codePointAt(0) ?? 0)];
  const bytes = Buffer.alloc(codes.length * 4);
  codes.forEach((code, at) => bytes.writeUInt32LE(code, at * 4));
  return bytes;
};

const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with mark': (text) => Buffer.from(`\ufeff${text}`),
  'utf-16le with mark': (text) => utf16(`\ufeff${text}`, false),
  'utf-16be with mark': (text) => utf16(`\ufeff${text}`, true),
  'utf-16le without': (text) => utf16(text, false),
  'utf-16be without': (text) => utf16(text, true),
  'utf-32le with mark': (text) => utf32(text),
  'windows-1252': (text) => latin(text),
};

describe('any table', () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('abé1,;|^~:\t"\'= \n\r-.@<#')), maxLength: 8 });
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

  it('written in any encoding, separator, quoting and line end reads back cell for cell', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(...Object.keys(encoders)),
        fc.constantFrom(',', ';', '\t', '|', '||', '^', '~', '¦', '\u001f', '\u0001', ':'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        async (rows, encoding, delimiter, newline, quoteAll, ends) => {
          const needs = (text: string): boolean => quoteAll || /["\r\n]|^\s/.test(text) || text.includes(delimiter.charAt(0));
          const write = (text: string): string => (needs(text) ? `"${text.replaceAll('"', '""')}"` : text);
          // One cell that only Windows-1252 and Unicode tell apart, so that the encoding shows.
          const all = [['Kopfé', ...(rows[0] ?? []).slice(1).map((_, at) => `H${at}`)], ...rows];
          const text = all.map((row) => row.map(write).join(delimiter)).join(newline) + (ends ? newline : '');
          const found = await read(encoders[encoding]?.(text) ?? new Uint8Array(), { delimiter, headerRow: 1 });
          // A guard of ours comes off, whoever wrote it, and so does that of other programs.
          const plain = (one: string): string => /^="((?:[^"]|"")*)"$/.exec(one)?.[1]?.replaceAll('""', '"') ?? unguardText(one);
          const kept = rows.map((row) => row.map(plain)).filter((row) => row.some((one) => one.trim() !== ''));
          expect(found.headers[0]).toBe('Kopfé');
          expect(found.rows).toEqual(kept);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('written by us reads back text for text, guard and all', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (row) => {
        const back = readRows(`${csvRow(row, ',')}\r\n`, ',').next(2);
        expect(back.map((cells) => cells.map(unguardText))).toEqual([row]);
        for (const text of row) expect([text, unguardText(guardText(text))]).toEqual([text, text]);
      }),
    );
  });

  it('loses the guard only where one would have been put', async () => {
    const text = `'=head,B\r\n'=1+1,''=1+1\r\n'-5,'tis\r\n'',"'@a"\r\n`;
    const { headers, rows } = await read(Buffer.from(text), { headerRow: 1 });
    expect(headers).toEqual(['=head', 'B']);
    expect(rows).toEqual([
      ['=1+1', "'=1+1"],
      ["'-5", "'tis"],
      ["''", '@a'],
    ]);
  });

  it('written by us holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const [[shown = ''] = []] = readRows(csvRow([text, 'x'], ','), ',').next(1);
        expect(shown).not.toMatch(/^(?!-\d+(\.\d+)?$)[=+\-@\t\r]/);
      }),
    );
  });
});
