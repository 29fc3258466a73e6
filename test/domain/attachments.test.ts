/** Files kept with a record: which names and beginnings are let in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attachmentEndings,
  attachmentFault,
  likelyKind,
  MAX_ATTACHMENT_BYTES,
  mediaTypeOf,
  safeFileName,
} from '../../shared/domain/attachments.ts';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const any = Uint8Array.of(1, 2, 3);

describe('names', () => {
  test.each([
    ['photo.jpg', 'photo.jpg'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    [String.raw`C:\Users\ann\Desk top\a b.pdf`, 'a b.pdf'],
    ['  ...hidden.txt', 'hidden.txt'],
    ['ends.txt. . ', 'ends.txt'],
    ['a:b*c?.png', 'abc.png'],
    // Turned round by a control character, it would read as a picture.
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['con.txt', '_con.txt'],
    ['COM1', '_COM1'],
    ['console.txt', 'console.txt'],
    ['Übergabe 2026.pdf', 'Übergabe 2026.pdf'],
    ['.jpg', 'jpg'],
    ['\u0000\n', ''],
    [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(115)}.jpeg`],
  ])('%j is kept as %j', (typed, kept) => expect(safeFileName(typed)).toBe(kept));

  test('a name that was made safe is one, stays as it is, and is no path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const name = safeFileName(typed);
        expect(safeFileName(name)).toBe(name);
        expect(name).not.toMatch(/[/\\:\p{Cc}]|^\.|[. ]$/u);
        expect([...name].length).toBeLessThanOrEqual(121);
      }),
    );
  });
});

describe('what is kept', () => {
  test.each([
    ['a picture', 'a.JPG', jpeg, null],
    ['a drawing', 'plan.dwg', any, null],
    ['a program', 'setup.exe', any, /not kept/],
    ['a page', 'page.html', any, /not kept/],
    ['a picture that scripts', 'logo.svg', any, /not kept/],
    ['no ending', 'README', any, /not kept/],
    ['a name of every object', 'x.constructor', any, /not kept/],
    ['a program that calls itself a picture', 'a.jpg', Uint8Array.of(0x4d, 0x5a, 0x90), /not what its ending says/],
    ['less than the beginning of one', 'a.png', jpeg.subarray(0, 1), /not what its ending says/],
    ['nothing', 'a.txt', new Uint8Array(), /empty/],
    ['too much', 'a.txt', new Uint8Array(MAX_ATTACHMENT_BYTES + 1), /larger than 4 MB/],
    ['just not too much', 'a.txt', new Uint8Array(MAX_ATTACHMENT_BYTES), null],
  ])('%s', (_, name, bytes, why) => {
    const fault = attachmentFault(name, bytes);
    if (why === null) expect(fault).toBeNull();
    else expect(fault).toMatch(why);
  });

  test('every ending offered is kept, and what it is likeliest to be is said', () => {
    expect(attachmentEndings.filter((ending) => mediaTypeOf(`x${ending}`) === null)).toEqual([]);
    expect(
      [
        ['IMG_1.jpg', 'bookings'],
        ['POD 4711.pdf', 'bookings'],
        ['POD 4711.pdf', 'claims'],
        ['shop front rev C.dwg', 'bookings'],
        ['terms.pdf', 'accounts'],
      ].map(([name = '', table = '']) => likelyKind(name, table)),
    ).toEqual(['photo', 'proof', 'paper', 'drawing', 'paper']);
  });
});
